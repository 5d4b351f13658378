"""Random plans for the packet simulator: several VPCs that know of each other in many ways.

Mostly things that AWS would build, half of them with a mistake somewhere, so that every verdict is
common.
"""

from __future__ import annotations

from random import Random
from typing import Any

from netaddr import IPNetwork

from tests.properties.flight_judge import Question

ZONES = ("a", "b")
PRIMARY = ("10.0.0.0/16", "10.1.0.0/16", "172.20.0.0/16", "30.0.0.0/16", "10.1.0.0/20")
SECONDARY = ("100.64.0.0/16", "10.8.0.0/16")
PUBLIC = ("203.0.113.0/24", "198.51.100.0/25")
S3_LIST = "com.amazonaws.eu-west-1.s3"
S3_HOST = "52.218.1.1"
OUTSIDE = (S3_HOST, "10.77.0.1", "100.100.0.1", "203.0.113.9", "198.51.100.200", "8.8.8.8")
PORTS = (22, 443, 5432)
RANGES = ("443", "22", "5432", "1024-65535", "32768-60999", "32768-65535", "1024-40000", "0-65535")
PROTOCOLS = ("all", "tcp", "tcp", "udp", "icmp")
ROLE = ["AWSLambdaVPCAccessExecutionRole"]


class Builder:
    """Makes one plan, section by section."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.plan: dict[str, Any] = {}
        self.careful = random.random() < 0.6
        """Whether whoever drew the plan made few mistakes."""

    # Drawing.

    def one(self, *options: Any) -> Any:
        """One of the options."""
        return options[self.random.randrange(len(options))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred."""
        return self.random.randrange(100) < percent

    def mistake(self, percent: int) -> bool:
        """True in about so many of a hundred, where the plan was drawn without care."""
        return self.chance(percent // 10 if self.careful else percent)

    def some(self, options: list[Any], least: int = 0, most: int = 3) -> list[Any]:
        """Some of the options, in their order."""
        if not options:
            return []
        count = self.random.randint(min(least, len(options)), min(most, len(options)))
        chosen = self.random.sample(options, count)
        return [option for option in options if option in chosen]

    def section(self, name: str) -> dict[str, Any]:
        """A section of the plan, made where it is missing."""
        made: dict[str, Any] = self.plan.setdefault(name, {})
        return made

    def of_vpc(self, section: str, vpc: str) -> list[str]:
        """The things of a section that belong to a VPC."""
        return [name for name, fields in self.section(section).items() if fields["vpc"] == vpc]

    # Building.

    def build(self) -> dict[str, Any]:
        """The whole plan."""
        self.section("prefix_lists")["near"] = ["10.0.0.0/8", "172.20.0.0/16"]
        self.section("prefix_lists")["mixed"] = ["203.0.113.0/24", "10.1.0.0/24", "2001:db8::/32"]
        self.section("prefix_lists")["world"] = ["0.0.0.0/0"]
        self.section("prefix_lists")["s3-own"] = ["52.218.0.0/17", "3.5.0.0/16"]
        self.section("prefix_lists")[S3_LIST] = ["52.218.0.0/17", "3.5.0.0/16"]
        for number in range(self.one(1, 2, 2, 3, 4)):
            self._vpc(f"v{number}")
        self._connections()
        for vpc in self.section("vpcs"):
            self._gateways(vpc)
        for vpc in self.section("vpcs"):
            self._tables(vpc)
            self._groups(vpc)
            self._acls(vpc)
        self._choose_tables()
        self._endpoints()
        self._ends()
        if self.chance(12):
            self._impossible()
        if self.chance(12):
            self._refused()
        return {name: things for name, things in self.plan.items() if things}

    def _vpc(self, vpc: str) -> None:
        taken = [fields["cidr"] for fields in self.section("vpcs").values()]
        fresh = [cidr for cidr in PRIMARY[:4] if cidr not in taken]
        fields: dict[str, Any] = {"cidr": self.one(*PRIMARY) if self.chance(20) else fresh[0]}
        if self.chance(25):
            fields["secondary_cidrs"] = self.some(list(SECONDARY), 1, 2)
        if self.chance(30):
            fields["ipv6_cidr"] = f"2001:db8:{len(taken)}::/56"
        for key in ("dns_support", "dns_hostnames"):
            if self.chance(7):
                fields[key] = False
        self.section("vpcs")[vpc] = fields
        blocks = [fields["cidr"], *fields.get("secondary_cidrs", [])]
        for number in range(self.one(1, 2, 3, 4)):
            block = self.one(*blocks)
            prefix = self.one(24, 24, 28)
            subnet = {
                "vpc": vpc,
                "az": self.one(*ZONES),
                "cidr": str(list(IPNetwork(block).subnet(24, 6))[number].network) + f"/{prefix}",
            }
            if "ipv6_cidr" in fields and self.chance(70):
                subnet["ipv6_cidr"] = f"2001:db8:{len(taken)}:{number}::/64"
            self.section("subnets")[f"{vpc}-s{number}"] = subnet

    def _connections(self) -> None:
        vpcs = list(self.section("vpcs"))
        for number, one in enumerate(vpcs):
            for other in vpcs[number + 1 :]:
                if self.chance(50):
                    self.section("peerings")[f"pcx-{one}-{other}"] = {"vpcs": [one, other]}
        for number in range(self.one(0, 1, 1, 2) if len(vpcs) > 1 else 0):
            self._transit(f"tgw{number}", vpcs)

    def _transit(self, gateway: str, vpcs: list[str]) -> None:
        members = self.some(vpcs, 2, 4)
        names = [] if self.chance(40) else ["spokes", "hub"][: self.one(1, 2)]
        fields: dict[str, Any] = {"attachments": {}}
        for vpc in members:
            subnets = self.of_vpc("subnets", vpc)
            least = 4 if self.careful else 1
            chosen = {self.section("subnets")[s]["az"]: s for s in self.some(subnets, least, 4)}
            attachment: dict[str, Any] = {"subnets": sorted(chosen.values())}
            if names and self.chance(92):
                attachment["route_table"] = self.one(*names)
            fields["attachments"][vpc] = attachment
        if names:
            fields["route_tables"] = {name: self._transit_table(members) for name in names}
        if self.chance(50):
            fields["security_group_referencing"] = True
        self.section("transit_gateways")[gateway] = fields

    def _transit_table(self, members: list[str]) -> dict[str, Any]:
        routes = {}
        for destination in self.some(["0.0.0.0/0", *self._destinations()], 0, 3):
            routes[destination] = self.one(*members, *members, "blackhole")
        least = 4 if self.careful else 0
        return {"propagate": self.some(members, least, 4), "routes": routes}

    def _destinations(self) -> list[str]:
        found: list[str] = [*PUBLIC]
        for fields in self.section("vpcs").values():
            found += [fields["cidr"], *fields.get("secondary_cidrs", [])]
        for fields in self.section("subnets").values():
            found += [fields["cidr"], str(next(iter(IPNetwork(fields["cidr"]).subnet(29))))]
        return sorted(set(found))

    def _gateways(self, vpc: str) -> None:
        if not self.mistake(20):
            self.section("internet_gateways")[f"{vpc}-igw"] = {"vpc": vpc}
        if "ipv6_cidr" in self.section("vpcs")[vpc] and self.chance(80):
            self.section("egress_only_internet_gateways")[f"{vpc}-eigw"] = {"vpc": vpc}
        subnets = self.of_vpc("subnets", vpc)
        for number in range(self.one(0, 1, 1, 2)):
            nat: dict[str, Any] = {"subnet": self.one(*subnets)}
            if self.chance(25):
                nat["connectivity"] = "private"
            elif self.mistake(10):
                nat["elastic_ips"] = 0
            self.section("nat_gateways")[f"{vpc}-nat{number}"] = nat
        if self.chance(15):
            self.section("nat_gateways")[f"{vpc}-regional"] = {"vpc": vpc, "mode": "regional"}

    def _nats(self, vpc: str) -> list[str]:
        subnets = self.section("subnets")
        return [
            name
            for name, fields in self.section("nat_gateways").items()
            if fields.get("vpc", subnets.get(fields.get("subnet"), {}).get("vpc")) == vpc
        ]

    def _ways(self, vpc: str) -> list[str]:
        """What leads to other VPCs."""
        ways = [n for n, fields in self.section("peerings").items() if vpc in fields["vpcs"]]
        gateways = self.section("transit_gateways")
        ways += [n for n, fields in gateways.items() if vpc in fields["attachments"]]
        return ways

    def _tables(self, vpc: str) -> None:
        own = self.section("vpcs")[vpc]
        blocks = [own["cidr"], *own.get("secondary_cidrs", [])]
        far = [
            destination
            for destination in [*self._destinations(), "10.0.0.0/8"]
            if not any(IPNetwork(destination) in IPNetwork(block) for block in blocks)
        ]
        ways = self._ways(vpc)
        for number in range(self.one(1, 2, 2, 3)):
            routes: dict[str, str] = {}
            default = self._default(vpc, number)
            if default and not self.mistake(20):
                routes["world" if self.chance(8) else "0.0.0.0/0"] = default
            for destination in self.some(far, 1, 5) if ways else []:
                routes[destination] = self.one(*self._toward(vpc, destination, ways))
            if ways and self.chance(20):
                routes[self.one("near", "mixed")] = self.one(*ways)
            eigw = self.of_vpc("egress_only_internet_gateways", vpc)
            if eigw and not self.mistake(40):
                routes["::/0"] = eigw[0]
                if self.mistake(20):
                    routes["2001:db8:ff::/48"] = "blackhole"
            self._override(vpc, routes)
            table: dict[str, Any] = {"vpc": vpc, "routes": routes}
            if number == 0 and self.chance(50):
                table["main"] = True
            self.section("route_tables")[f"{vpc}-rt{number}"] = table

    def _default(self, vpc: str, number: int) -> str | None:
        """Where a table sends what no other route names: the first one is for public subnets."""
        gateways = self.of_vpc("internet_gateways", vpc)
        hubs = [g for g in self.section("transit_gateways") if g in self._ways(vpc)]
        inner = [*self._nats(vpc), *self._nats(vpc), *hubs]
        options = [[*gateways], inner][number > 0]
        if self.mistake(30):
            options = [*gateways, *inner, "blackhole"]
        return str(self.one(*options)) if options else None

    def _toward(self, vpc: str, destination: str, ways: list[str]) -> list[str]:
        """What a route to a block may lead to: what joins the VPC with its owner, mostly."""
        fitting = []
        for other, fields in self.section("vpcs").items():
            blocks = [fields["cidr"], *fields.get("secondary_cidrs", [])]
            if other != vpc and any(IPNetwork(destination) in IPNetwork(b) for b in blocks):
                fitting += [way for way in ways if way in self._ways(other)]
        return [
            *(fitting * 6),
            *ways,
            *(self._nats(vpc) * 2),
            *(["blackhole"] * (not self.careful)),
        ]

    def _override(self, vpc: str, routes: dict[str, str]) -> None:
        """A route more specific than the local one: AWS takes a whole subnet to a NAT gateway."""
        if self._nats(vpc) and self.chance(6):
            subnet = self.section("subnets")[self.one(*self.of_vpc("subnets", vpc))]
            routes[subnet["cidr"]] = self.one(*self._nats(vpc))

    def _choose_tables(self) -> None:
        homes = {fields.get("subnet") for fields in self.section("nat_gateways").values()}
        for subnet, fields in self.section("subnets").items():
            tables = self.of_vpc("route_tables", fields["vpc"])
            if subnet in homes and not self.mistake(40):
                fields["route_table"] = tables[0]
            elif self.chance(88):
                fields["route_table"] = self.one(*tables, *tables[1:])
            acls = self.of_vpc("network_acls", fields["vpc"])
            if acls and self.chance(40):
                fields["network_acl"] = self.one(*acls)

    def _groups(self, vpc: str) -> None:
        for number in range(self.one(1, 2, 3)):
            fields: dict[str, Any] = {"vpc": vpc, "inbound": self._rules()}
            if self.chance(45):
                fields["inbound"].append({"cidr": "0.0.0.0/0"})
            if self.chance(25):
                fields["outbound"] = self._rules()
                if not self.mistake(60):
                    fields["outbound"].append({"cidr": "0.0.0.0/0"})
            self.section("security_groups")[f"{vpc}-sg{number}"] = fields

    def _rules(self) -> list[dict[str, Any]]:
        rules = []
        for _ in range(self.one(0, 1, 1, 2, 3)):
            rule: dict[str, Any] = {"protocol": self.one(*PROTOCOLS)}
            if rule["protocol"] in ("tcp", "udp") and self.chance(60):
                rule["ports"] = self.one(*RANGES)
            groups = [f"v{v}-sg{n}" for v in range(len(self.section("vpcs"))) for n in range(1)]
            match self.one("any", "any", "any", "cidr", "cidr", "group", "group", "list"):
                case "any":
                    rule["cidr"] = self.one("0.0.0.0/0", "0.0.0.0/0", "::/0")
                case "cidr":
                    rule["cidr"] = self.one("10.0.0.0/8", *self._destinations())
                case "group":
                    rule["security_group"] = self.one(*groups)
                case "list":
                    rule["prefix_list"] = self.one("near", "mixed", "world", "aws:s3")
            rules.append(rule)
        return rules

    def _acls(self, vpc: str) -> None:
        for number in range(self.one(0, 1, 2)):
            fields: dict[str, Any] = {"vpc": vpc}
            for direction in ("inbound", "outbound"):
                entries: dict[int, Any] = {}
                for place in range(self.one(0, 0, 1, 2)):
                    entries[100 + place] = self._entry()
                if not self.mistake(40):
                    entries[200] = {"action": "allow"}
                fields[direction] = entries
            self.section("network_acls")[f"{vpc}-acl{number}"] = fields

    def _entry(self) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "action": self.one("allow", "allow", "deny"),
            "protocol": self.one(*PROTOCOLS),
        }
        if entry["protocol"] in ("tcp", "udp") and self.chance(80):
            entry["ports"] = self.one(*RANGES)
        if self.chance(70):
            entry["cidr"] = self.one("0.0.0.0/0", "10.0.0.0/8", "::/0", *self._destinations())
        return entry

    def _endpoints(self) -> None:
        for vpc in self.section("vpcs"):
            if self.chance(20):
                self._listed_endpoint(vpc)
            elif self.chance(35):
                tables = self.some(self.of_vpc("route_tables", vpc), 1, 3)
                self.section("endpoints")[f"{vpc}-gw"] = {
                    "vpc": vpc, "service": "s3", "type": "gateway", "route_tables": tables,
                }  # fmt: skip
            if self.chance(35):
                zones = {
                    self.section("subnets")[s]["az"]: s
                    for s in self.some(self.of_vpc("subnets", vpc), 1, 2)
                }
                fields = {
                    "vpc": vpc, "service": self.one("sqs", "sqs", "s3"), "type": "interface",
                    "subnets": sorted(zones.values()),
                    "security_groups": self.some(self.of_vpc("security_groups", vpc), 0, 2),
                }  # fmt: skip
                if self.chance(15):
                    fields["private_dns"] = False
                self.section("endpoints")[f"{vpc}-if"] = fields

    def _listed_endpoint(self, vpc: str) -> None:
        """A gateway endpoint by the routes of a list, sometimes by what AWS refuses."""
        service = "sqs" if self.mistake(10) else "s3"
        self.section("endpoints")[f"{vpc}-listed"] = {
            "vpc": vpc, "service": service, "type": "gateway",
        }  # fmt: skip
        for table in self.some(self.of_vpc("route_tables", vpc), 1, 2):
            destination = self.one("world", "s3-own") if self.mistake(20) else S3_LIST
            if self.mistake(20):
                destination = self.one("0.0.0.0/0", "52.218.0.0/16")
            self.section("route_tables")[table]["routes"][destination] = f"{vpc}-listed"
        for group in self.of_vpc("security_groups", vpc):
            if self.chance(40):
                rule = {"protocol": "tcp", "prefix_list": S3_LIST}
                self.section("security_groups")[group].setdefault("outbound", []).append(rule)

    def _ends(self) -> None:
        for vpc in self.section("vpcs"):
            subnets = self.of_vpc("subnets", vpc)
            groups = self.of_vpc("security_groups", vpc)
            if self.chance(75):
                function: dict[str, Any] = {
                    "subnets": self.some(subnets, 1, 3),
                    "security_groups": self.some(groups, 0, 2),
                }
                dual = all(self.section("subnets")[s].get("ipv6_cidr") for s in function["subnets"])
                function["ipv6"] = self.chance(80) if dual else self.mistake(10)
                if self.chance(95):
                    function["role_policies"] = ROLE
                self.section("functions")[f"{vpc}-fn"] = function
            for number in range(self.one(1, 2)):
                workload: dict[str, Any] = {
                    "type": self.one("ec2", "ec2", "rds", "alb", "nlb"),
                    "subnets": self.some(subnets, 1, 2),
                    "security_groups": self.some(groups, 0, 2),
                    "public_ip": self.chance(40),
                }
                if self.chance(30):
                    block = IPNetwork(self.section("subnets")[workload["subnets"][0]]["cidr"])
                    workload["private_ip"] = str(block[5 + number])
                self.section("workloads")[f"{vpc}-w{number}"] = workload
        self.section("functions")["lone"] = {}

    def _impossible(self) -> None:
        """Something that AWS would refuse: things of different VPCs put together, mostly."""
        vpc = self.one(*self.section("vpcs"))
        subnet = self.section("subnets")[self.one(*self.of_vpc("subnets", vpc))]
        anywhere = list(self.section("subnets"))
        match self.one("table", "acl", "group", "subnets", "attachment", "endpoint", "outside"):
            case "table":
                subnet["route_table"] = self.one(*self.section("route_tables"))
            case "acl" if self.section("network_acls"):
                subnet["network_acl"] = self.one(*self.section("network_acls"))
            case "group":
                thing = self.one(*self.section("workloads").values())
                thing["security_groups"] = self.some(list(self.section("security_groups")), 1, 3)
            case "subnets":
                thing = self.one(*self.section("workloads").values())
                thing["subnets"] = self.some(anywhere, 1, 3)
            case "attachment":
                for gateway in self.section("transit_gateways").values():
                    self.one(*gateway["attachments"].values())["subnets"] = self.some(anywhere, 1)
            case "endpoint":
                for endpoint in self.section("endpoints").values():
                    if endpoint["type"] == "interface":
                        endpoint["subnets"] = self.some(anywhere, 1, 2)
            case "outside":
                subnet["cidr"] = "10.78.0.0/24"

    def _refused(self) -> None:
        """Something that AWS takes once, or not of this kind, or for which there is no room."""
        vpc = self.one(*self.section("vpcs"))
        places = self.of_vpc("subnets", vpc)
        subnet = self.section("subnets")[self.one(*places)]
        kinds = ("gateway", "egress", "peering", "full", "overlap", "cache", "divided", "zone")
        match self.one(*kinds):
            case "gateway":
                self.section("internet_gateways")[f"{vpc}-igw-2"] = {"vpc": vpc}
            case "egress":
                self.section("egress_only_internet_gateways")[f"{vpc}-eigw-2"] = {"vpc": vpc}
            case "peering" if self.section("peerings"):
                name, first = self.one(*self.section("peerings").items())
                self.section("peerings")[f"{name}-2"] = {"vpcs": first["vpcs"][::-1]}
                for table in self.section("route_tables").values():
                    for destination, target in table["routes"].items():
                        if target == name and self.chance(60):
                            table["routes"][destination] = f"{name}-2"
            case "full":
                size = IPNetwork(subnet["cidr"]).size
                subnet["reserved_ips"] = size - 5 - self.one(0, 1, 2, 3)
            case "overlap":
                other = self.section("subnets")[self.one(*places)]
                other["cidr"] = str(next(iter(IPNetwork(subnet["cidr"]).subnet(28))))
            case "cache":
                for workload in self.section("workloads").values():
                    workload["type"] = self.one("elasticache", "opensearch", "rds-proxy")
            case "divided":
                half = str(next(iter(IPNetwork(subnet["cidr"]).subnet(28))))
                for name in self.of_vpc("route_tables", vpc):
                    ways = [*self._nats(vpc), *self._ways(vpc), f"{vpc}-w0"]
                    self.section("route_tables")[name]["routes"][half] = self.one(*ways)
            case "zone":
                for place in places:
                    self.section("subnets")[place]["az"] = "a"


def a_plan(random: Random) -> dict[str, Any]:
    """A random plan."""
    return Builder(random).build()


def a_question(random: Random, plan: dict[str, Any]) -> Question:
    """A random question about a plan."""
    things = [*plan.get("functions", {}), *plan.get("workloads", {})]
    fixed = [w["private_ip"] for w in plan["workloads"].values() if "private_ip" in w]
    pinned = [address for address in fixed if fixed.count(address) == 1]
    sources = [*things, *things, *pinned, "internet", "203.0.113.9", "30.0.0.9", "10.77.0.1"]
    targets = [
        *things, *things, *things, "internet", "internet", "internet", *OUTSIDE, *pinned,
        "aws:s3", "aws:s3", "aws:sqs", "aws:sqs", "2001:db8:ff::9", "2600::1",
    ]  # fmt: skip
    source = random.choice(sources)
    return Question(
        source,
        random.choice([target for target in targets if target != source]),
        random.choice(("tcp", "tcp", "tcp", "udp", "icmp")),
        random.choice(PORTS),
    )
