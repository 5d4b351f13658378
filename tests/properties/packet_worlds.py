"""Random networks of several VPCs, wider than those of `reach_worlds`: transit gateways with
tables, overlapping blocks, prefix lists, chained NAT gateways, several zones and subnets.

Each begins as a network in which everything works; here and there something is otherwise.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.analysis.reach_plans import ROLE

VPCS = ("a", "b", "c")
ZONES = ("z1", "z2")
SUBNETS = tuple(f"{vpc}{n}" for vpc in VPCS for n in range(3))
NUMBERS = {"a": 1, "b": 2, "c": 3}
GATED = ("a", "b")
"""VPCs with a virtual private gateway, behind which is the office."""
OFFICE = "172.30.0.0/16"
PORTS = (None, "443", "1024-65535", "20000-30000", "32768-60999")


def zone_of(subnet: str) -> str:
    return ZONES[int(subnet[1]) % 2]


@st.composite
def some_block(draw: st.DrawFn) -> str:
    number, third = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    return draw(
        st.sampled_from(
            (
                "0.0.0.0/0",
                "0.0.0.0/0",
                "10.0.0.0/8",
                "172.30.0.0/16",
                "172.30.0.0/17",
                f"10.{number}.0.0/16",
                f"10.{number}.{third}.0/24",
                f"10.{number}.{third}.0/25",
                "203.0.113.0/24",
            )
        )
    )


@st.composite
def rule(draw: st.DrawFn) -> dict[str, Any]:
    """One rule of a security group."""
    about: tuple[dict[str, Any], ...] = (
        {},
        {"protocol": "tcp"},
        {"protocol": "tcp", "ports": 443},
        {"protocol": "udp"},
    )
    made = dict(draw(st.sampled_from(about)))
    kind = draw(st.sampled_from(("cidr", "cidr", "security_group", "prefix_list")))
    if kind == "cidr":
        made["cidr"] = draw(some_block())
    elif kind == "security_group":
        made["security_group"] = f"g{draw(st.sampled_from(VPCS))}{draw(st.integers(0, 1))}"
    else:
        made["prefix_list"] = draw(st.sampled_from(("near", "far")))
    return made


@st.composite
def entries(draw: st.DrawFn) -> dict[int, dict[str, Any]]:
    """Entries of a network ACL; mostly everything else is allowed at the end."""
    found: dict[int, dict[str, Any]] = {}
    for number in range(10, 10 + draw(st.integers(0, 2))):
        entry: dict[str, Any] = {"action": draw(st.sampled_from(("allow", "deny")))}
        ports = draw(st.sampled_from(PORTS))
        if ports:
            entry |= {"protocol": "tcp", "ports": ports}
        if draw(st.booleans()):
            entry["cidr"] = draw(some_block())
        found[number] = entry
    if draw(st.integers(0, 4)):
        found[99] = {"action": "allow"}
    return found


def sound_routes(vpc: str, public: bool, ways: dict[str, str]) -> dict[str, str]:
    """Out by the own gateways, to other VPCs as agreed."""
    made = {"0.0.0.0/0": f"igw-{vpc}" if public else ways[vpc]}
    for other in VPCS:
        if other != vpc:
            made[f"10.{NUMBERS[other]}.0.0/16"] = ways["".join(sorted(vpc + other))]
    if vpc in GATED:
        made["172.30.0.0/16"] = f"vgw-{vpc}"
    return made


@st.composite
def odd_routes(draw: st.DrawFn, vpc: str) -> dict[str, str]:
    """Routes of a table that may or may not make sense."""
    anywhere = ("blackhole", "hub", "pcx-ab", "pcx-bc", "nat-b", "vgw-a", "vgw-b", "box")
    own = (f"igw-{vpc}", f"nat-{vpc}", f"private-{vpc}")
    made = {"0.0.0.0/0": draw(st.sampled_from((*own, *anywhere)))} if draw(st.booleans()) else {}
    for other in VPCS:
        ways = ("", "hub", "pcx-ab", "pcx-bc", f"private-{vpc}", "blackhole", "box")
        way = draw(st.sampled_from(ways))
        if other != vpc and way:
            width = draw(st.sampled_from(("0.0/16", "1.0/24")))
            made[f"10.{NUMBERS[other]}.{width}"] = way
    if draw(st.booleans()):
        width = draw(st.sampled_from(("172.30.0.0/16", "172.30.0.0/17", "172.16.0.0/12")))
        made[width] = draw(st.sampled_from(("vgw-a", "vgw-b", "hub", "box", f"private-{vpc}")))
    if draw(st.booleans()):
        made[draw(st.sampled_from(("near", "far")))] = draw(st.sampled_from((*own, *anywhere)))
    return made


@st.composite
def odd_hub(draw: st.DrawFn) -> dict[str, Any]:
    """A transit gateway with one default table, or two of its own."""
    own = draw(st.booleans())
    attachments: dict[str, Any] = {}
    for vpc in draw(st.lists(st.sampled_from(VPCS), unique=True, min_size=2)):
        chosen = draw(st.sampled_from(([0, 1], [0, 1], [0], [1], [1, 2])))
        attachments[vpc] = {"subnets": [f"{vpc}{n}" for n in chosen]}
        if own and draw(st.integers(0, 5)):
            attachments[vpc]["route_table"] = draw(st.sampled_from(("t1", "t1", "t2")))
    made: dict[str, Any] = {"attachments": attachments}
    if draw(st.booleans()):
        made["security_group_referencing"] = True
    targets = st.sampled_from((*attachments, "blackhole"))
    blocks = st.sampled_from(("0.0.0.0/0", "10.1.0.0/16", "10.2.1.0/24"))
    if own:
        made["route_tables"] = {
            name: {
                "propagate": draw(st.lists(st.sampled_from(list(attachments)), unique=True)),
                "routes": draw(st.dictionaries(blocks, targets, max_size=2)),
            }
            for name in ("t1", "t2")
        }
    return made


SOUND_HUB = {
    "attachments": {vpc: {"subnets": [f"{vpc}0", f"{vpc}1"], "route_table": "t"} for vpc in VPCS},
    "route_tables": {"t": {"propagate": list(VPCS), "routes": {"0.0.0.0/0": "b"}}},
    "security_group_referencing": True,
}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with a function in `a`, a database and a web server anywhere."""

    def odd(one_in: int) -> bool:
        return draw(st.integers(1, one_in)) == one_in

    blocks = {vpc: f"10.{NUMBERS[vpc]}.0.0/16" for vpc in VPCS}
    if odd(8):
        blocks["c"] = "10.1.0.0/16"
    ways = {vpc: draw(st.sampled_from((f"nat-{vpc}", f"nat-{vpc}", "hub"))) for vpc in VPCS}
    ways |= {"ab": draw(st.sampled_from(("hub", "pcx-ab"))), "ac": "hub"}
    ways |= {"bc": draw(st.sampled_from(("hub", "pcx-bc")))}
    subnets: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for name in SUBNETS:
        vpc, third = name[0], name[1]
        base = blocks[vpc].removesuffix("0.0/16")
        subnets[name] = {"vpc": vpc, "az": zone_of(name), "cidr": f"{base}{third}.0/24"}
        if not odd(10):
            subnets[name]["route_table"] = f"rt-{name}"
        if odd(7):
            subnets[name]["network_acl"] = f"acl-{vpc}"
        sound = sound_routes(vpc, third == "0", ways)
        tables[f"rt-{name}"] = {"vpc": vpc, "routes": draw(odd_routes(vpc)) if odd(9) else sound}
        if third == "1" and draw(st.booleans()):
            tables[f"rt-{name}"]["main"] = True
    groups: dict[str, Any] = {}
    for vpc in VPCS:
        for n in range(2):
            groups[f"g{vpc}{n}"] = {"vpc": vpc, "inbound": [{"cidr": "0.0.0.0/0"}]}
            if odd(3):
                groups[f"g{vpc}{n}"]["inbound"] = draw(st.lists(rule(), max_size=3))
            if odd(6):
                groups[f"g{vpc}{n}"]["outbound"] = draw(st.lists(rule(), max_size=3))
    nats: dict[str, Any] = {}
    for vpc in VPCS:
        nats[f"nat-{vpc}"] = {
            "subnet": f"{vpc}1" if odd(8) else f"{vpc}0",
            "elastic_ips": 0 if odd(8) else 1,
        }
        place = draw(st.sampled_from((f"{vpc}0", f"{vpc}1", f"{vpc}2")))
        nats[f"private-{vpc}"] = {"subnet": place, "connectivity": "private"}

    def guarded(subnet: str) -> dict[str, Any]:
        chosen = draw(st.lists(st.integers(0, 1), unique=True, min_size=1, max_size=2))
        return {} if odd(8) else {"security_groups": [f"g{subnet[0]}{n}" for n in chosen]}

    acls: dict[str, Any] = {
        f"acl-{vpc}": {"vpc": vpc, "inbound": draw(entries()), "outbound": draw(entries())}
        for vpc in VPCS
    }
    for vpc in VPCS:
        if odd(4):
            groups[f"g{vpc}{draw(st.integers(0, 1))}"]["default"] = True
        if odd(8):
            acls[f"acl-{vpc}"]["default"] = True
    modes = ("off", "off", "off", "ingress", "bidirectional")
    vpcs: dict[str, Any] = {vpc: {"cidr": block} for vpc, block in blocks.items()}
    for record in (*vpcs.values(), *subnets.values()):
        if odd(6):
            record["public_access"] = draw(st.sampled_from(("bidirectional", "egress")))
    groups["g-box"] = {"vpc": "a", "inbound": [{"cidr": "0.0.0.0/0"}]}
    if odd(3):
        some_rules = st.lists(rule().filter(lambda one: "security_group" not in one), max_size=2)
        groups["g-box"]["inbound"] = draw(some_rules)
    if odd(2):  # packets of one subnet to b, and what comes back, go by the router
        for name, block in (("a1", "10.2.0.0/16"), ("a0", "10.1.1.0/24")):
            if not odd(4):
                tables[f"rt-{name}"]["routes"][block] = "box"
    homes = draw(st.sampled_from((["a1"], ["a2"], ["a1", "a2"], ["a0"])))
    spot, web = draw(st.sampled_from(SUBNETS)), draw(st.sampled_from(SUBNETS))
    return {
        "settings": {"block_public_access": draw(st.sampled_from(modes))},
        "vpcs": vpcs,
        "virtual_private_gateways": {
            f"vgw-{vpc}": {"vpc": vpc, "networks": ["office"]} for vpc in GATED
        },
        "external_networks": {"office": {"cidrs": [OFFICE]}},
        "internet_gateways": {f"igw-{vpc}": {"vpc": vpc} for vpc in VPCS},
        "subnets": subnets,
        "nat_gateways": nats,
        "route_tables": tables,
        "prefix_lists": {"near": ["10.2.0.0/16"], "far": ["10.3.1.0/24", "203.0.113.0/24"]},
        "security_groups": groups,
        "network_acls": acls,
        "peerings": {"pcx-ab": {"vpcs": ["a", "b"]}, "pcx-bc": {"vpcs": ["b", "c"]}},
        "transit_gateways": {"hub": draw(odd_hub()) if odd(4) else SOUND_HUB},
        "functions": {"fn": {"role_policies": ROLE, "subnets": homes, **guarded("a")}},
        "workloads": {
            "db": {"type": "rds", "subnets": [spot], **guarded(spot)},
            "web": {
                "type": draw(st.sampled_from(("ec2", "alb", "nlb"))),
                "subnets": [web],
                "public_ip": draw(st.booleans()),
                **guarded(web),
            },
            "box": {
                "type": "ec2",
                "subnets": [draw(st.sampled_from(("a2", "a2", "a0")))],
                "forwards": "router",
                "security_groups": ["g-box"],
            },
        },
    }
