"""What AWS CLI prints: `aws ec2 describe-*`, `aws lambda ...` and the like."""
