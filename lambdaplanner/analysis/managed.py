"""What AWS makes and nobody writes: its ids, which have a colon where the plan has no name for the
thing.
"""

from __future__ import annotations

from lambdaplanner.analysis.hops import Hop, Translation

INTERNET_ID = "internet"
SERVICE_VPC_ID = "lambda-service-vpc"
V2N_ID = "vpc-to-vpc-nat"

SERVICE_VPC = Hop(id=SERVICE_VPC_ID, kind=SERVICE_VPC_ID, by="Lambda's default networking")


def into_service_vpc(interface: str) -> Hop:
    """The VPC-to-VPC NAT as a reply meets it, on its way from the interface that has these
    addresses.
    """
    return Hop(
        id=V2N_ID,
        kind=V2N_ID,
        by="from the Lambda service VPC into the function's interface",
        translation=Translation("target", interface, "an address of the Lambda service VPC"),
    )


def main_table_id(vpc: str) -> str:
    """The main route table of a VPC for which none is written."""
    return f"main-rt:{vpc}"


def default_group_id(vpc: str) -> str:
    """The default security group of a VPC."""
    return f"default-sg:{vpc}"
