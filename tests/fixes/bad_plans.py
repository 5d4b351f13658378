"""For each obstacle that an edit can clear, plans with it: what stops the packet, and what mends it
first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lambdaplanner.analysis.hops import Direction
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import ROLE, function, plan_from, plan_with, route_table
from tests.analysis.test_reach_beyond import (
    ANY,
    BACK,
    THERE,
    egress,
    joined,
    peered,
    private_nat,
    two_vpcs,
)

HOST6 = "2600:1f18::1"


class Bad(NamedTuple):
    """A plan with an obstacle on the way of a question, and the slug of the best fix."""

    name: str
    plan: Plan
    source: str
    target: str
    code: str
    first: str
    direction: Direction = "forward"


def _in(subnet: str, **fields: Any) -> dict[str, Any]:
    return {"fn": function(subnets=[subnet], **fields)}


def _isolated() -> Plan:
    """A VPC with nothing but a private subnet."""
    return plan_with(
        internet_gateways={"igw": None},
        nat_gateways={"nat": None},
        subnets={"public": None, "private": None},
        route_tables={"public-rt": None, "private-rt": None},
        functions=_in("data"),
        workloads={"web": None},
    )


def _far(**changes: Any) -> Plan:
    """The function in VPC a, the database in VPC b."""
    return plan_from(two_vpcs(**changes))


def _over_hub(**hub: Any) -> Plan:
    return plan_from(joined(**hub))


def _third_vpc() -> dict[str, Any]:
    """a and b on a transit gateway, c peered with b: no way on from b to c."""
    sections = joined(route_tables={"t": {"propagate": ["a", "b"], "routes": {"10.3.0.0/16": "b"}}})
    for vpc in "ab":
        sections["transit_gateways"]["hub"]["attachments"][vpc]["route_table"] = "t"
    sections["vpcs"]["c"] = {"cidr": "10.3.0.0/16"}
    sections["peerings"] = {"pcx": {"vpcs": ["b", "c"]}}
    sections["subnets"]["c1"] = {"vpc": "c", "az": "z1", "cidr": "10.3.1.0/24"}
    sections["security_groups"]["c-sg"] = {"vpc": "c", "inbound": ANY}
    sections["workloads"]["deep"] = {"type": "rds", "subnets": ["c1"], "security_groups": ["c-sg"]}
    sections["route_tables"]["b-tgw-rt"]["routes"]["10.3.0.0/16"] = "pcx"
    return sections


def _spread(block: str) -> dict[str, Any]:
    """fn in a with a way to the internet; the database in b, which has other addresses."""
    third = block.removesuffix("0.0/16")
    sections = two_vpcs(
        vpcs={"b": {"cidr": block}},
        internet_gateways={"igw-a": {"vpc": "a"}},
        subnets={
            "a-pub": {"vpc": "a", "az": "z1", "cidr": "10.1.0.0/24", "route_table": "a-pub-rt"},
            "b1": {"vpc": "b", "az": "z1", "cidr": f"{third}1.0/24", "route_table": "b-rt"},
        },
        nat_gateways={"nat-a": {"subnet": "a-pub"}},
        route_tables={
            "a-rt": route_table({"0.0.0.0/0": "nat-a"}, "a"),
            "a-pub-rt": route_table({"0.0.0.0/0": "igw-a"}, "a"),
        },
        peerings={"pcx": {"vpcs": ["a", "b"]}},
    )
    for name in ("b-tgw", "b-pub"):
        del sections["subnets"][name]
        del sections["route_tables"][f"{name}-rt"]
    del sections["nat_gateways"]["nat-b"]
    return sections


def _table(*codes: str) -> dict[str, Any]:
    return {"t": {"propagate": list(codes)}}


def _with_tables(tables: dict[str, Any], **association: str) -> Plan:
    attachments: dict[str, Any] = {
        vpc: {
            "subnets": [place],
            **({"route_table": association[vpc]} if vpc in association else {}),
        }
        for vpc, place in (("a", "a1"), ("b", "b-tgw"))
    }
    return _over_hub(attachments=attachments, route_tables=tables)


def _twins() -> Plan:
    """A third VPC with the block of b is known to the same table of the transit gateway."""
    sections = joined(route_tables={"t": {"propagate": ["a", "b", "c"]}})
    sections["vpcs"]["c"] = {"cidr": "10.2.0.0/16"}
    sections["subnets"]["c1"] = {"vpc": "c", "az": "z1", "cidr": "10.2.200.0/24"}
    sections["transit_gateways"]["hub"]["attachments"] = {
        "a": {"subnets": ["a1"], "route_table": "t"},
        "b": {"subnets": ["b-tgw"], "route_table": "t"},
        "c": {"subnets": ["c1"], "route_table": "t"},
    }
    return plan_from(sections)


def _db(**fields: Any) -> dict[str, Any]:
    return {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"], **fields}}


def _referenced(**hub: Any) -> dict[str, Any]:
    return {**joined(**hub), "workloads": _db()}


def _acl(inbound: dict[int, Any], outbound: dict[int, Any], subnet: str = "data") -> Plan:
    subnets: dict[str, Any] = {
        "private": {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"},
        "data": {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24", "route_table": "data-rt"},
    }
    return plan_with(
        network_acls={"acl": {"vpc": "main", "inbound": inbound, "outbound": outbound}},
        subnets={subnet: {**subnets[subnet], "network_acl": "acl"}},
    )


ALLOW = {100: {"action": "allow"}}
DENY_443 = {90: {"action": "deny", "protocol": "tcp", "ports": 5432}, **ALLOW}
DENY_SOME = {90: {"action": "deny", "protocol": "tcp", "ports": "30000-40000"}, **ALLOW}


def _endpoint(**fields: Any) -> dict[str, Any]:
    base = {"vpc": "main", "service": "sqs", "type": "interface", "subnets": ["data"]}
    return {"q": {**base, "security_groups": ["open-sg"], **fields}}


def _dual(routes: dict[str, str], **changes: Any) -> Plan:
    sections: dict[str, Any] = {
        "vpcs": {"main": {"cidr": "10.0.0.0/16", "ipv6_cidr": "2001:db8:0:1000::/56"}},
        "subnets": {
            "private": {
                "vpc": "main",
                "az": "a",
                "cidr": "10.0.1.0/24",
                "ipv6_cidr": "2001:db8:0:1001::/64",
                "route_table": "private-rt",
            }
        },
        "functions": {"fn": function(ipv6=True)},
        "route_tables": {"private-rt": route_table(routes)},
    }
    return plan_with(**{**sections, **changes})


def _appliance() -> Plan:
    fire = {"type": "ec2", "subnets": ["public"], "security_groups": ["open-sg"]}
    return plan_with(
        workloads={"fire": fire},
        route_tables={"private-rt": route_table({"0.0.0.0/0": "fire"})},
    )


def _gateway_of_another_vpc() -> Plan:
    """s3 is asked for through a transit gateway, and answered by b's gateway endpoint."""
    sections = egress()
    sections["endpoints"] = {
        "s3": {"vpc": "b", "service": "s3", "type": "gateway", "route_tables": ["b-tgw-rt"]}
    }
    return plan_from(sections)


def _entered_at(subnet: str) -> Plan:
    """b is the egress VPC of a; the transit gateway's interface stands in this subnet."""
    sections = egress()
    sections["transit_gateways"]["hub"]["attachments"]["b"]["subnets"] = [subnet]
    return plan_from(sections)


_REGIONAL = {"nat": {"vpc": "main", "mode": "regional"}}
_NO_GATEWAY = {"igw": None}
_OTHER_VPC = {"main": {"cidr": "10.0.0.0/16"}, "other": {"cidr": "10.9.0.0/16"}}

BAD: tuple[Bad, ...] = (
    # routes to the internet
    Bad(
        "no route, but a NAT gateway",
        plan_with(functions=_in("data")),
        "fn",
        "internet",
        "NO_ROUTE_TO_DESTINATION",
        "route-to-nat-gateway",
    ),
    Bad(
        "no route and no NAT gateway",
        plan_with(nat_gateways={"nat": None}, route_tables={"private-rt": route_table({})}),
        "fn",
        "internet",
        "NO_ROUTE_TO_DESTINATION",
        "add-nat-gateway",
    ),
    Bad(
        "no way out at all",
        _isolated(),
        "fn",
        "internet",
        "NO_ROUTE_TO_DESTINATION",
        "add-nat-gateway",
    ),
    Bad(
        "a public address and no route",
        plan_with(route_tables={"public-rt": route_table({})}),
        "web",
        "internet",
        "NO_ROUTE_TO_DESTINATION",
        "route-to-internet-gateway",
    ),
    Bad(
        "no route for replies to the internet",
        plan_with(route_tables={"public-rt": route_table({})}),
        "internet",
        "web",
        "NO_ROUTE_TO_DESTINATION",
        "route-to-internet-gateway",
        "return",
    ),
    Bad(
        "replies that leave by a NAT gateway on which others rely",
        plan_with(
            workloads={
                "web": {
                    "type": "ec2",
                    "subnets": ["private"],
                    "security_groups": ["open-sg"],
                    "public_ip": True,
                }
            }
        ),
        "internet",
        "web",
        "NO_ROUTE_TO_DESTINATION",
        "move-to-public-subnets",
        "return",
    ),
    Bad(
        "a regional NAT gateway without an internet gateway",
        plan_with(
            nat_gateways=_REGIONAL,
            internet_gateways=_NO_GATEWAY,
            route_tables={"public-rt": route_table({})},
        ),
        "fn",
        "internet",
        "NO_ROUTE_TO_DESTINATION",
        "add-internet-gateway",
    ),
    Bad(
        "a blackhole for everything",
        plan_with(
            functions=_in("data"), route_tables={"data-rt": route_table({"0.0.0.0/0": "blackhole"})}
        ),
        "fn",
        "internet",
        "BAD_STATE_ROUTE",
        "route-to-nat-gateway",
    ),
    Bad(
        "a blackhole for a public address",
        plan_with(
            route_tables={
                "private-rt": route_table({"0.0.0.0/0": "nat", "203.0.113.0/24": "blackhole"})
            }
        ),
        "fn",
        "203.0.113.9",
        "BAD_STATE_ROUTE",
        "route-to-nat-gateway",
    ),
    Bad(
        "the internet gateway of another VPC",
        plan_with(
            vpcs=_OTHER_VPC,
            internet_gateways={"igw2": {"vpc": "other"}},
            route_tables={"private-rt": route_table({"0.0.0.0/0": "igw2"})},
        ),
        "fn",
        "internet",
        "BAD_STATE_ROUTE",
        "route-to-nat-gateway",
    ),
    Bad(
        "an appliance on the way",
        _appliance(),
        "fn",
        "internet",
        "UNSUPPORTED_COMPONENT",
        "route-to-nat-gateway",
    ),
    Bad(
        "the NAT gateway of another VPC",
        plan_with(
            vpcs=_OTHER_VPC,
            internet_gateways={"igw2": {"vpc": "other"}},
            subnets={"far": {"vpc": "other", "az": "a", "cidr": "10.9.0.0/24"}},
            nat_gateways={"nat2": {"subnet": "far"}},
            route_tables={"private-rt": route_table({"0.0.0.0/0": "nat2"})},
        ),
        "fn",
        "internet",
        "NGW_REQUIRES_SOURCE_IN_VPC",
        "route-to-nat-gateway",
    ),
    Bad(
        "the way out of a peer",
        plan_from(peered({"0.0.0.0/0": "pcx"}, BACK)),
        "fn",
        "internet",
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        "add-nat-gateway",
    ),
    # routes to services
    Bad(
        "no way to S3",
        plan_with(functions=_in("data")),
        "fn",
        "aws:s3",
        "NO_ROUTE_TO_DESTINATION",
        "add-gateway-endpoint",
    ),
    Bad(
        "a gateway endpoint of other tables",
        plan_with(
            functions=_in("data"),
            endpoints={
                "s3": {
                    "vpc": "main",
                    "service": "s3",
                    "type": "gateway",
                    "route_tables": ["private-rt"],
                }
            },
        ),
        "fn",
        "aws:s3",
        "NO_ROUTE_TO_DESTINATION",
        "use-gateway-endpoint",
    ),
    Bad(
        "only ranges that may be S3's",
        plan_with(route_tables={"private-rt": route_table({"52.216.0.0/15": "nat"})}),
        "fn",
        "aws:s3",
        "SERVICE_ADDRESSES_UNKNOWN",
        "add-gateway-endpoint",
    ),
    Bad(
        "no way to SQS",
        plan_with(functions=_in("data")),
        "fn",
        "aws:sqs",
        "NO_ROUTE_TO_DESTINATION",
        "add-interface-endpoint",
    ),
    Bad(
        "an endpoint under another name",
        plan_with(
            functions=_in("data"),
            endpoints=_endpoint(private_dns=False, security_groups=[]),
        ),
        "fn",
        "aws:sqs",
        "NO_ROUTE_TO_DESTINATION",
        "switch-private-dns-on",
    ),
    Bad(
        "no resolver",
        plan_with(vpcs={"main": {"cidr": "10.0.0.0/16", "dns_support": False}}),
        "fn",
        "aws:sqs",
        "NO_DNS_SUPPORT",
        "switch-dns-support-on",
    ),
    Bad(
        "names that do not lead to an endpoint",
        plan_with(
            functions=_in("data"),
            vpcs={"main": {"cidr": "10.0.0.0/16", "dns_hostnames": False}},
            endpoints=_endpoint(),
        ),
        "fn",
        "aws:sqs",
        "ENDPOINT_WITHOUT_DNS",
        "switch-dns-on",
    ),
    Bad(
        "an endpoint without interfaces",
        plan_with(endpoints=_endpoint(subnets=[], security_groups=[])),
        "fn",
        "aws:sqs",
        "NO_POSSIBLE_DESTINATION",
        "give-endpoint-subnets",
    ),
    Bad(
        "a gateway endpoint of another VPC",
        _gateway_of_another_vpc(),
        "fn",
        "aws:s3",
        "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
        "add-gateway-endpoint",
    ),
    # routes inside a VPC and between VPCs
    Bad(
        "a blackhole inside the VPC",
        plan_with(
            functions={"fn": function(security_groups=["open-sg"])},
            workloads={"db": {"type": "rds", "subnets": ["data"], "security_groups": ["open-sg"]}},
            route_tables={"private-rt": route_table({"10.0.2.128/25": "blackhole"})},
        ),
        "fn",
        "db",
        "BAD_STATE_ROUTE",
        "remove-route",
    ),
    Bad(
        "a peering without a route there",
        plan_from(peered({}, BACK)),
        "fn",
        "db",
        "NO_ROUTE_TO_DESTINATION",
        "route-over-peering",
    ),
    Bad(
        "a peering without a route back",
        plan_from(peered(THERE, {})),
        "fn",
        "db",
        "NO_ROUTE_TO_DESTINATION",
        "route-over-peering",
        "return",
    ),
    Bad("no peering", _far(), "fn", "db", "NO_ROUTE_TO_DESTINATION", "add-peering"),
    Bad(
        "a transit gateway without routes to it",
        plan_from(
            {
                **joined(),
                "route_tables": two_vpcs()["route_tables"],
            }
        ),
        "fn",
        "db",
        "NO_ROUTE_TO_DESTINATION",
        "route-over-transit-gateway",
    ),
    Bad(
        "a peering of others",
        plan_from(
            two_vpcs(
                vpcs={"c": {"cidr": "10.3.0.0/16"}},
                peerings={"pcx": {"vpcs": ["b", "c"]}},
                route_tables={"a-rt": route_table(THERE, "a")},
            )
        ),
        "fn",
        "db",
        "BAD_STATE_ROUTE",
        "add-peering",
    ),
    Bad(
        "a VPC beyond a peer",
        plan_from(_third_vpc()),
        "fn",
        "deep",
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        "attach-to-transit-gateway",
    ),
    Bad(
        "a private address sent to the internet",
        plan_from(_spread("10.2.0.0/16")),
        "fn",
        "db",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
        "route-over-peering",
    ),
    Bad(
        "a shared address sent to the internet",
        plan_from(_spread("100.64.0.0/16")),
        "fn",
        "db",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
        "route-over-peering",
    ),
    Bad(
        "a VPC with public addresses sought on the internet",
        plan_from(_spread("30.0.0.0/16")),
        "fn",
        "db",
        "NO_PATH",
        "route-over-peering",
    ),
    Bad(
        "no door to the internet",
        plan_with(internet_gateways=_NO_GATEWAY, route_tables={"public-rt": route_table({})}),
        "internet",
        "web",
        "NO_PATH",
        "add-internet-gateway",
    ),
    Bad(
        "a regional NAT gateway on the way to another VPC",
        plan_from(
            {
                **peered({"10.2.0.0/16": "regional"}, BACK),
                "nat_gateways": {
                    "nat-b": {"subnet": "b-pub"},
                    "regional": {"vpc": "a", "mode": "regional"},
                },
            }
        ),
        "fn",
        "db",
        "NO_ROUTE_TO_DESTINATION",
        "route-over-peering",
    ),
    # NAT gateways
    Bad(
        "a NAT gateway in the subnet that it should serve",
        plan_with(nat_gateways={"nat": {"subnet": "private"}}),
        "fn",
        "internet",
        "NAT_IN_SOURCE_SUBNET",
        "move-nat-gateway",
    ),
    Bad(
        "a NAT gateway in a private subnet",
        plan_with(nat_gateways={"nat": {"subnet": "data"}}),
        "fn",
        "internet",
        "NAT_SUBNET_NOT_PUBLIC",
        "move-nat-gateway",
    ),
    Bad(
        "a NAT gateway whose subnet lost its route",
        plan_with(route_tables={"public-rt": route_table({})}),
        "fn",
        "internet",
        "NAT_SUBNET_NOT_PUBLIC",
        "route-to-internet-gateway",
    ),
    Bad(
        "a NAT gateway without an address",
        plan_with(nat_gateways={"nat": {"subnet": "public", "elastic_ips": 0}}),
        "fn",
        "internet",
        "NAT_LACKS_ELASTIC_IP",
        "add-elastic-ip",
    ),
    Bad(
        "a private NAT gateway",
        plan_with(nat_gateways={"nat": {"subnet": "public", "connectivity": "private"}}),
        "fn",
        "internet",
        "PRIVATE_NAT_TO_INTERNET",
        "make-nat-public",
    ),
    # internet gateways
    Bad(
        "a function in a public subnet",
        plan_with(functions=_in("public")),
        "fn",
        "internet",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "move-to-private-subnets",
    ),
    Bad(
        "a function in the only subnet",
        plan_with(
            functions=_in("public"),
            nat_gateways={"nat": None},
            subnets={"private": None},
            route_tables={"private-rt": None},
        ),
        "fn",
        "internet",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "add-private-subnets",
    ),
    Bad(
        "an instance without a public address",
        plan_with(
            workloads={
                "web": {"type": "ec2", "subnets": ["public"], "security_groups": ["open-sg"]}
            }
        ),
        "web",
        "internet",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "give-public-address",
    ),
    Bad(
        "an egress VPC entered at its public subnet",
        _entered_at("b-pub"),
        "fn",
        "internet",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "attach-in-private-subnet",
    ),
    Bad(
        "an instance that the internet does not know",
        plan_with(
            workloads={
                "web": {"type": "ec2", "subnets": ["public"], "security_groups": ["open-sg"]}
            }
        ),
        "internet",
        "web",
        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        "give-public-address",
    ),
    # functions
    Bad("not attached", plan_with(), "lone", "db", "LAMBDA_NOT_ATTACHED", "attach-function"),
    Bad(
        "a role without the policy",
        plan_with(functions={"fn": function(role_policies=[])}),
        "fn",
        "internet",
        "LAMBDA_ROLE_LACKS_ENI_ACCESS",
        "add-policy",
    ),
    # security groups
    Bad(
        "no rule out",
        plan_with(
            security_groups={"fn-sg": {"vpc": "main", "outbound": [{"cidr": "10.9.0.0/16"}]}}
        ),
        "fn",
        "internet",
        "ENI_SG_RULES_MISMATCH",
        "allow-in-group",
    ),
    Bad(
        "no rule at all",
        plan_with(security_groups={"fn-sg": {"vpc": "main", "outbound": []}}),
        "fn",
        "db",
        "SG_HAS_NO_RULES",
        "allow-in-group",
    ),
    Bad(
        "no rule in",
        plan_with(security_groups={"db-sg": {"vpc": "main"}}),
        "fn",
        "db",
        "SG_HAS_NO_RULES",
        "allow-in-group",
    ),
    Bad(
        "the default group",
        plan_with(
            security_groups={"db-sg": None},
            workloads={"db": {"type": "rds", "subnets": ["data"], "port": 5432}},
        ),
        "fn",
        "db",
        "ENI_SG_RULES_MISMATCH",
        "allow-in-group",
    ),
    Bad(
        "the default group in place of the one made for it",
        plan_with(workloads={"db": {"type": "rds", "subnets": ["data"], "port": 5432}}),
        "fn",
        "db",
        "ENI_SG_RULES_MISMATCH",
        "use-security-group",
    ),
    Bad(
        "a group of another VPC",
        plan_with(
            vpcs=_OTHER_VPC,
            security_groups={"other-sg": {"vpc": "other", "inbound": ANY}},
            workloads={"db": {"type": "rds", "subnets": ["data"], "security_groups": ["other-sg"]}},
        ),
        "fn",
        "db",
        "ENI_SG_RULES_MISMATCH",
        "allow-in-group",
    ),
    Bad(
        "a reference behind a private NAT gateway",
        plan_from(private_nat(workloads=_db())),
        "fn",
        "db",
        "SG_REFERENCES_NOT_PRESERVED",
        "allow-in-group",
    ),
    Bad(
        "a reference that the transit gateway does not carry",
        plan_from(_referenced()),
        "fn",
        "db",
        "SG_REFERENCING_SUPPORT",
        "switch-on-referencing",
    ),
    # network ACLs
    Bad(
        "an entry that denies",
        _acl(DENY_443, ALLOW),
        "fn",
        "db",
        "SUBNET_ACL_RESTRICTION",
        "allow-in-acl",
    ),
    Bad(
        "no entry for replies",
        _acl(ALLOW, {100: {"action": "allow", "protocol": "tcp", "ports": 443}}),
        "fn",
        "db",
        "SUBNET_ACL_RESTRICTION",
        "allow-in-acl",
        "return",
    ),
    Bad(
        "an entry against some replies",
        _acl(DENY_SOME, ALLOW, "private"),
        "fn",
        "internet",
        "SUBNET_ACL_RESTRICTION",
        "allow-in-acl",
        "return",
    ),
    # transit gateways
    Bad(
        "a zone without attachment",
        plan_from(
            {
                **joined(),
                "functions": {
                    "fn": {"role_policies": ROLE, "subnets": ["a2"], "security_groups": ["fn-sg"]}
                },
            }
        ),
        "fn",
        "db",
        "TGW_ROUTE_AZ_RESTRICTION",
        "attach-in-zone",
    ),
    Bad(
        "an attachment without a table",
        _with_tables(_table("a", "b"), b="t"),
        "fn",
        "db",
        "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
        "propagate-to-transit-table",
    ),
    Bad(
        "a transit table that does not know the way",
        _with_tables(_table("a"), a="t", b="t"),
        "fn",
        "db",
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        "propagate-to-transit-table",
    ),
    Bad(
        "a transit table that does not know the way out",
        _over_hub(),
        "fn",
        "internet",
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        "route-through-egress-vpc",
    ),
    Bad(
        "a dead route in a transit table",
        _with_tables(
            {"t": {"propagate": ["a", "b"], "routes": {"10.2.1.0/24": "blackhole"}}}, a="t", b="t"
        ),
        "fn",
        "db",
        "TGW_RTB_BAD_STATE_ROUTE",
        "propagate-to-transit-table",
    ),
    Bad(
        "two VPCs of the same block in a transit table",
        _twins(),
        "fn",
        "db",
        "TGW_RTB_ROUTES_ARE_UNKNOWN",
        "propagate-to-transit-table",
    ),
    # IPv6 and addresses
    Bad(
        "a function that does not use IPv6",
        plan_with(),
        "fn",
        HOST6,
        "NO_IPV6_EGRESS",
        "use-ipv6",
    ),
    Bad(
        "no route for IPv6",
        _dual({"0.0.0.0/0": "nat"}),
        "fn",
        HOST6,
        "NO_IPV6_EGRESS",
        "use-ipv6",
    ),
    Bad(
        "a function without any VPC and IPv6",
        plan_with(),
        "lone",
        HOST6,
        "NO_IPV6_EGRESS",
        "attach-with-ipv6",
    ),
    Bad(
        "a fixed address of another subnet",
        plan_with(
            workloads={
                "db": {
                    "type": "rds",
                    "subnets": ["data"],
                    "security_groups": ["open-sg"],
                    "private_ip": "10.0.99.9",
                }
            }
        ),
        "fn",
        "db",
        "ENI_ADDRESS_RESTRICTION",
        "choose-free-address",
    ),
    Bad(
        "a route table of another VPC",
        plan_with(
            vpcs={"other": {"cidr": "10.9.0.0/16"}},
            route_tables={"data-rt": route_table({}, "other")},
            functions=_in("data"),
        ),
        "fn",
        "web",
        "UNASSOCIATED_COMPONENT",
        "use-own-vpc",
    ),
    Bad(
        "a network ACL of another VPC",
        plan_with(
            vpcs={"other": {"cidr": "10.9.0.0/16"}},
            network_acls={"stray": {"vpc": "other", "inbound": {100: {"action": "allow"}}}},
            subnets={
                "data": {
                    "vpc": "main",
                    "az": "b",
                    "cidr": "10.0.2.0/24",
                    "route_table": "data-rt",
                    "network_acl": "stray",
                }
            },
        ),
        "fn",
        "db",
        "UNASSOCIATED_COMPONENT",
        "use-own-vpc",
    ),
    Bad(
        "a security group of another VPC",
        plan_with(
            vpcs={"other": {"cidr": "10.9.0.0/16"}},
            security_groups={"stray": {"vpc": "other"}},
            functions=_in("private", security_groups=["fn-sg", "stray"]),
        ),
        "fn",
        "db",
        "UNASSOCIATED_COMPONENT",
        "use-own-vpc",
    ),
    Bad(
        "a second internet gateway",
        plan_with(internet_gateways={"igw-2": {"vpc": "main"}}),
        "fn",
        "internet",
        "BAD_STATE",
        "keep-one",
    ),
    Bad(
        "a subnet outside of its VPC",
        plan_with(
            subnets={
                "data": {"vpc": "main", "az": "b", "cidr": "10.77.2.0/24", "route_table": "data-rt"}
            },
        ),
        "fn",
        "db",
        "VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
        "add-secondary-block",
    ),
    Bad(
        "a function in two VPCs",
        plan_with(
            vpcs={"other": {"cidr": "10.9.0.0/16"}},
            subnets={"far": {"vpc": "other", "az": "a", "cidr": "10.9.1.0/24"}},
            functions={"fn": function(subnets=["private", "far"])},
        ),
        "fn",
        "db",
        "DISCONNECTED_VPCS",
        "keep-one-vpc",
    ),
    Bad(
        "a group of another VPC among an endpoint's own",
        plan_with(
            vpcs={"other": {"cidr": "10.9.0.0/16"}},
            security_groups={"strange": {"vpc": "other"}},
            endpoints={
                "queue": {
                    "vpc": "main",
                    "service": "sqs",
                    "type": "interface",
                    "subnets": ["data"],
                    "security_groups": ["open-sg", "strange"],
                }
            },
        ),
        "fn",
        "aws:sqs",
        "UNASSOCIATED_COMPONENT",
        "use-own-vpc",
    ),
)
