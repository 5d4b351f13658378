"""Random worlds of transit gateways whose subnets are nearly alike: here and there a route, an
entry or a rule is about one of them.
"""

from __future__ import annotations

import random
from typing import Any

ZONES = "abc"
Sections = dict[str, Any]


def a_world(chance: random.Random) -> Sections:
    """Two to four VPCs joined in a chain, a star or a mesh, some hidden behind NAT gateways."""
    return _World(chance).sections


class _World:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._vpcs = chance.randint(2, 4)
        self._size = chance.randint(2, 4)
        self._oddity = 1.3 - chance.random()
        self._foreign_zones = chance.random() < 0.5
        self._shape = chance.choice(("chain", "star", "mesh"))
        kinds = ("vpcs", "subnets", "route_tables", "transit_gateways", "nat_gateways")
        guards = ("network_acls", "security_groups", "workloads", "functions", "internet_gateways")
        self.sections: Sections = {kind: {} for kind in (*kinds, *guards)}
        hidden = chance.random() < 0.4
        for vpc in range(self._vpcs):
            self._add_vpc(vpc)
            if (hidden and vpc < self._vpcs - 1) or self._odd(0.3):
                self._hide(vpc)
        if chance.random() < 0.5:
            self._open_to_the_internet()
        for hub in sorted({self._hub(a, b) for a in range(self._vpcs) for b in self._others(a)}):
            self._add_hub(hub)
        for vpc in range(self._vpcs):
            self._add_ends(vpc)

    def _odd(self, share: float) -> bool:
        return self._chance.random() < share * self._oddity

    def _others(self, vpc: int) -> list[int]:
        return [other for other in range(self._vpcs) if other != vpc]

    def _hub(self, one: int, other: int) -> str:
        if self._shape == "star":
            return "hub"
        if self._shape == "mesh":
            return f"t{min(one, other)}{max(one, other)}"
        return f"t{one}" if other > one else f"t{one - 1}"

    def _some_block(self) -> str:
        vpc, subnet = self._chance.randrange(self._vpcs), self._chance.randrange(self._size)
        return f"10.{vpc}.{subnet}.0/24"

    def _add_vpc(self, vpc: int) -> None:
        self.sections["vpcs"][f"v{vpc}"] = {"cidr": f"10.{vpc}.0.0/16"}
        tables = self._chance.randint(1, self._size)
        acls = self._chance.choice((0, 0, 1, self._size))
        for number in range(acls):
            self.sections["network_acls"][f"a{vpc}{number}"] = {
                "vpc": f"v{vpc}",
                "inbound": self._entries(),
                "outbound": self._entries(),
            }
        for number in range(self._size):
            place = self._place(vpc, number, f"10.{vpc}.{number}.0/24", f"r{vpc}{number % tables}")
            if acls and not self._odd(0.3):
                place["network_acl"] = f"a{vpc}{number % acls}"
            self.sections["subnets"][f"v{vpc}s{number}"] = place
        for number in range(tables):
            routes = self._routes(vpc)
            self.sections["route_tables"][f"r{vpc}{number}"] = {"vpc": f"v{vpc}", "routes": routes}

    def _place(self, vpc: int, number: int, cidr: str, table: str) -> Sections:
        foreign = "x" if self._foreign_zones and vpc % 2 else ""
        zone = f"us-east-1{ZONES[number % 3]}{foreign}"
        return {"vpc": f"v{vpc}", "az": zone, "cidr": cidr, "route_table": table}

    def _entries(self) -> Sections:
        allowing: Sections = {"100": {"action": "allow"}}
        if not self._odd(0.3):
            return allowing
        fixed = ("10.0.0.4/32", "172.16.0.0/12", "0.0.0.0/0")
        denied: Sections = {
            "action": "deny",
            "cidr": self._chance.choice((*fixed, self._some_block())),
        }
        if self._chance.random() < 0.4:
            denied |= {"protocol": "tcp", "ports": self._chance.choice((443, "1024-65535"))}
        return {"90": denied, **allowing}

    def _routes(self, vpc: int) -> dict[str, str]:
        others = self._others(vpc)
        routes = {f"10.{o}.0.0/16": self._hub(vpc, o) for o in others if not self._odd(0.15)}
        if self._odd(0.2):
            hub = self._hub(vpc, self._chance.choice(others))
            routes[self._some_block()] = self._chance.choice(("blackhole", hub))
        return routes

    def _hide(self, vpc: int) -> None:
        """Private NAT gateways before the transit gateway."""
        count = self._chance.randint(1, self._size)
        out = {f"10.{other}.0.0/16": self._hub(vpc, other) for other in self._others(vpc)}
        self.sections["route_tables"][f"rn{vpc}"] = {"vpc": f"v{vpc}", "routes": out}
        for number in range(count):
            place = self._place(vpc, number, f"10.{vpc}.{100 + number}.0/24", f"rn{vpc}")
            self.sections["subnets"][f"v{vpc}n{number}"] = place
            nat = {"subnet": f"v{vpc}n{number}", "connectivity": "private"}
            self.sections["nat_gateways"][f"nat{vpc}{number}"] = nat
        tables = [n for n in self.sections["route_tables"] if n.startswith(f"r{vpc}")]
        for place_in, name in enumerate(tables):
            routes = self.sections["route_tables"][name]["routes"]
            for block in routes:
                if block != f"10.{vpc - 1}.0.0/16" and not self._odd(0.15):
                    routes[block] = f"nat{vpc}{place_in % count}"

    def _open_to_the_internet(self) -> None:
        self.sections["internet_gateways"]["igw"] = {"vpc": "v0"}
        routes = {"0.0.0.0/0": "igw", "10.0.0.0/8": self._hub(0, 1)}
        self.sections["route_tables"]["public"] = {"vpc": "v0", "routes": routes}
        self.sections["subnets"]["pub"] = self._place(0, 0, "10.0.250.0/24", "public")
        self.sections["nat_gateways"]["nat"] = {"subnet": "pub"}
        for name, table in self.sections["route_tables"].items():
            if name.startswith("r0"):
                table["routes"]["0.0.0.0/0"] = "nat"

    def _add_hub(self, hub: str) -> None:
        everybody = range(self._vpcs)
        joined = sorted(
            {
                v
                for a in everybody
                for b in self._others(a)
                for v in (a, b)
                if self._hub(a, b) == hub
            }
        )
        if self._shape == "chain":
            joined = [int(hub[1:]), int(hub[1:]) + 1]
        attachments = {f"v{vpc}": {"subnets": self._attached(vpc)} for vpc in joined}
        gateway: Sections = {"attachments": attachments}
        if self._shape == "chain":
            low, high = joined
            far = {
                f"10.{o}.0.0/16": f"v{low if o < low else high}"
                for o in everybody
                if o not in joined
            }
            known = {"propagate": list(attachments), "routes": far}
            gateway["route_tables"] = {"default": known}
        self.sections["transit_gateways"][hub] = gateway

    def _attached(self, vpc: int) -> list[str]:
        places = [n for n in self.sections["subnets"] if n.startswith(f"v{vpc}")]
        chosen = [n for n in places if ("n" not in n or self._odd(0.3)) and not self._odd(0.2)]
        return chosen or [f"v{vpc}s0"]

    def _add_ends(self, vpc: int) -> None:
        rules = [{"cidr": "10.0.0.0/8"}]
        if self._odd(0.4):
            whole = f"10.{self._chance.randrange(self._vpcs)}.0.0/16"
            rules = [{"cidr": self._some_block()}, {"cidr": whole}]
        self.sections["security_groups"][f"g{vpc}"] = {"vpc": f"v{vpc}", "inbound": rules}
        places = [f"v{vpc}s{number}" for number in range(self._size) if not self._odd(0.2)]
        guarded = {"subnets": places or [f"v{vpc}s0"], "security_groups": [f"g{vpc}"]}
        kind = self._chance.choice(("rds", "ec2"))
        self.sections["workloads"][f"w{vpc}"] = {"type": kind, **guarded}
        policies = ["AWSLambdaVPCAccessExecutionRole"]
        self.sections["functions"][f"f{vpc}"] = {"role_policies": policies, **guarded}
