"""AWS's quotas on networks: defaults that AWS raises on request, so that every one is the user's to
set (aws.md 1.5, 2.4).
"""

from __future__ import annotations

from dataclasses import dataclass

from lambdaplanner.model.fields import Integer
from lambdaplanner.model.records import Record, attr

_MANY = 1_000_000


def _quota(title: str, default: int, help_text: str = "") -> int:
    found: int = attr(Integer(1, _MANY), title, default=default, help=help_text)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas(Record):
    """How many of what AWS allows; the defaults are AWS's.

    https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    """

    vpcs: int = _quota("VPCs", 5, "In the region")
    cidrs_per_vpc: int = _quota("IPv4 blocks per VPC", 5, "The primary one included")
    subnets_per_vpc: int = _quota("Subnets per VPC", 200)
    route_tables_per_vpc: int = _quota("Route tables per VPC", 200)
    routes_per_table: int = _quota("Routes per table", 500, "IPv4 and IPv6 each")
    security_groups: int = _quota("Security groups", 2500, "In the region")
    rules_per_security_group: int = _quota(
        "Rules per security group", 60, "Each direction, IPv4 and IPv6 each"
    )
    security_groups_per_interface: int = _quota("Security groups per interface", 5)
    network_acls_per_vpc: int = _quota("Network ACLs per VPC", 200)
    rules_per_network_acl: int = _quota("Rules per network ACL", 20, "Each direction")
    nat_gateways_per_zone: int = _quota("NAT gateways per zone", 5)
    elastic_ips: int = _quota("Elastic IPs", 5, "In the region")
    elastic_ips_per_nat_gateway: int = _quota("Elastic IPs per NAT gateway", 2, "AWS gives up to 8")
    peerings_per_vpc: int = _quota("Peerings per VPC", 50)
    transit_gateways_per_vpc: int = _quota("Transit gateways per VPC", 5)
    gateway_endpoints: int = _quota("Gateway endpoints", 20, "In the region")
    interface_endpoints_per_vpc: int = _quota("Interface endpoints per VPC", 50)
    prefix_list_entries: int = _quota("Entries per prefix list", 1000)
    interfaces_per_zone: int = _quota("Network interfaces per zone", 5000, "In the region")


DEFAULT_QUOTAS = Quotas()
