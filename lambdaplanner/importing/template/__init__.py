"""CloudFormation, SAM and what CDK synthesizes."""
