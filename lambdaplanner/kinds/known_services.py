"""The names that AWS's services are known by, for questions about one that there is not.

AWS makes new ones; a name that is not here is doubted, and judged all the same unless it is a
letter away from one that is.
https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

_NAMES = """
access-analyzer account acm acm-pca airflow.api airflow.env airflow.ops amplify apigateway
app-integrations appconfig appconfigdata appflow application-autoscaling applicationinsights
appmesh appmesh-envoy-management apprunner apprunner.requests appstream.api appstream.streaming
appsync appsync-api aps aps-workspaces arc-zonal-shift artifact athena auditmanager autoscaling
autoscaling-plans awsconnector b2bi backup backup-gateway batch bcm-data-exports
bcm-pricing-calculator bedrock bedrock-agent bedrock-agent-runtime bedrock-agentcore
bedrock-agentcore.gateway bedrock-data-automation bedrock-data-automation-runtime bedrock-mantle
bedrock-runtime billing billingconductor braket budgets cases cassandra cassandra-fips chime
cleanrooms cleanrooms-ml cloud9 cloudcontrolapi cloudcontrolapi-fips clouddirectory
cloudformation cloudformation-fips cloudfront cloudhsmv2 cloudsearch cloudtrail cloudtrail-data
cloudwatch codeartifact.api codeartifact.repositories codebuild codebuild-fips codecatalyst
codecommit codecommit-fips codeconnections.api codedeploy codedeploy-commands-secure
codeguru-profiler codeguru-reviewer codepipeline codestar-connections.api codewhisperer
cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer config connect
connect-campaigns connect-campaigns-v2 console control-catalog controltower
cost-optimization-hub cur data-servicediscovery data-servicediscovery-fips databrew dataexchange
datasync datazone dax deadline.management deadline.scheduling detective devicefarm devops-guru
directconnect directoryservice discovery dlm dms dms-fips docdb ds ds-data dsql dynamodb
dynamodb-fips dynamodb-streams ebs ec2 ec2-instance-connect ec2messages ecr ecr.api ecr.dkr ecs
ecs-agent ecs-telemetry eks eks-auth elasticache elasticache-fips elasticbeanstalk
elasticbeanstalk-health elasticfilesystem elasticfilesystem-fips elasticloadbalancing
elasticmapreduce email email-smtp emr-containers emr-serverless emr-serverless-services.livy
emrwal.prod entityresolution es events evidently evidently-dataplane evs execute-api finspace
finspace-api firehose fis forecast forecast-fips forecastquery forecastquery-fips frauddetector
freetier fsx fsx-fips gameliftstreams git-codecommit git-codecommit-fips glacier
globalaccelerator glue glue.dashboard grafana grafana-workspace greengrass ground-station
groundstation guardduty guardduty-data guardduty-data-fips healthlake iam identitystore
imagebuilder inspector-scan inspector2 internetmonitor internetmonitor-fips invoicing
iot.credentials iot.data iot.fleethub.api iotdeviceadvisor iotfleetwise iotroborunner
iotsitewise.api iotsitewise.data iottwinmaker.api iottwinmaker.data iotwireless.api ivs kafka
kafka-fips kendra kendra-ranking kinesis kinesis-firehose kinesis-streams kinesis-streams-fips
kinesisanalytics kinesisanalytics-fips kinesisvideo kms kms-fips lakeformation lambda
launchwizard license-manager license-manager-fips license-manager-linux-subscriptions
license-manager-user-subscriptions lightsail location logs lookoutequipment lookoutmetrics
lookoutvision m2 macie2 managedblockchain managedblockchain-query mediaconnect mediaconvert
medialive mediapackage mediapackagev2 memory-db memorydb-fips metering-marketplace mgn
migrationhub migrationhub-orchestrator migrationhub-strategy models-v2-lex monitoring mq mwaa
neptune-graph neptune-graph-data network-firewall networkflowmonitor networkflowmonitorreports
networkmanager networkmonitor notifications oam observabilityadmin omics opensearch
organizations outposts panorama partnercentral-selling payment-cryptography.controlplane
payment-cryptography.dataplane pca-connector-ad pca-connector-scep pcs personalize
personalize-events personalize-runtime pi pinpoint pinpoint-sms-voice-v2 pipes polly pricing.api
private-networks profile proton q qapps qbusiness qldb.session quicksight quicksight-website ram
rbin rds rds-data redshift redshift-data redshift-data-fips redshift-fips redshift-serverless
rekognition rekognition-fips resiliencehub resource-explorer-2 resource-groups robomaker
rolesanywhere route53 route53-healthchecks route53resolver rum rum-dataplane runtime-v2-lex
runtime.sagemaker s3 s3-global.accesspoint s3-outposts s3express s3tables s3vectors sagemaker
sagemaker-data-science-assistant sagemaker-geospatial sagemaker.api
sagemaker.featurestore-runtime sagemaker.metrics sagemaker.runtime savingsplans scheduler
schemas secretsmanager security-ir securityhub securitylake serverlessrepo servicecatalog
servicecatalog-appregistry servicediscovery servicediscovery-fips servicequotas ses shield
signer signin simspaceweaver sms sms-fips sms-voice snow-device-management snowball sns
social-messaging sqs ssm ssm-contacts ssm-incidents ssm-quicksetup ssmmessages sso states
storagegateway streaming-rekognition sts support swf swf-fips synthetics synthetics-fips tagging
tax tex textract textract-fips thinclient.api timestream timestream-influxdb timestream-query
timestream-write timestream.ingest-cell1 timestream.query-cell1 tnb transcribe
transcribestreaming transfer transfer.server translate trustedadvisor user-subscriptions
verifiedpermissions voiceid vpc-lattice waf wafv2 wellarchitected wisdom workmail workspaces
workspaces-thin-client workspaces-web xray
"""

KNOWN_SERVICES = frozenset(_NAMES.split())
"""As endpoints and as calls name them (`kinesis-streams` and `kinesis`)."""


def is_known(service: str) -> bool:
    """Whether there is an AWS service of this short name, or one of somebody's own behind an
    endpoint service.
    """
    return service in KNOWN_SERVICES or service.startswith("vpce")
