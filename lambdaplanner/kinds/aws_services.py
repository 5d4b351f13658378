"""AWS's services by the names that endpoints, questions and prefix lists have for them (aws.md 2.4,
7).
"""

from __future__ import annotations

from typing import NamedTuple

GATEWAY_SERVICES = frozenset({"s3", "s3express", "dynamodb"})
"""Services that AWS has gateway endpoints for.

https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
"""

ACROSS_REGIONS = frozenset(
    {
        "ecr.api",
        "ecr.dkr",
        "ecs",
        "iam",
        "kinesis-firehose",
        "kinesisanalytics",
        "kinesisanalytics-fips",
        "kms",
        "kms-fips",
        "lambda",
        "route53",
        "s3",
    }
)
"""Services whose interface endpoints may be for another Region.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html
"""

WITHOUT_PRIVATE_DNS = frozenset({"dynamodb", "dynamodb-streams"})
"""Services whose interface endpoints have only names of their own."""

LIST_WEIGHTS = {
    "aws:s3": 1,
    "aws:dynamodb": 1,
    "aws:s3express": 6,
    "aws:vpc-lattice": 10,
    "aws:cloudfront": 55,
    "aws:route53-healthchecks": 25,
    "aws:ec2-instance-connect": 2,
    "aws:ground-station": 5,
}
"""AWS's own prefix lists, and what each counts against quotas of rules and routes.

https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
"""


class ServiceName(NamedTuple):
    """What a service's name says: its short form, and the Region, None where it names none."""

    short: str
    region: str | None


def read_service(text: str) -> ServiceName:
    """The parts of a name: ``com.amazonaws.eu-west-1.s3`` is ``s3`` of eu-west-1; ``s3`` and
    ``com.amazonaws.iam`` name no Region.
    """
    parts = text.removeprefix("cn.").split(".")
    if parts[:2] != ["com", "amazonaws"] or len(parts) < 3:
        return ServiceName(text, None)
    if len(parts) == 3 or parts[2] == "global":
        return ServiceName(parts[-1], None)
    return ServiceName(".".join(parts[3:]), parts[2])


def service_name(text: str) -> str:
    """The short name of an AWS service: ``com.amazonaws.eu-west-1.s3`` is ``s3``."""
    return read_service(text).short


def managed_list(service: str | None) -> str:
    """How AWS's own prefix list of a service is written in a rule; empty where there is none."""
    name = f"aws:{service}"
    return name if name in LIST_WEIGHTS else ""


def list_service(name: str) -> str:
    """The service of a prefix list that is called as AWS, or a plan, calls one of AWS's own."""
    return name.removeprefix("aws:") if name in LIST_WEIGHTS else service_name(name)


def service_of(target: str) -> str | None:
    """The AWS service that an expectation's end names."""
    return service_name(target.removeprefix("aws:")) if target.startswith("aws:") else None
