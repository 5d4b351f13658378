# ruff: noqa: E501  # a case a line reads better than five
"""What a plan file may say, and what is said of one that may not."""

from __future__ import annotations

import textwrap

import pytest

from lambdaplanner.errors import NewerPlan, NotAPlan, PlanFileError, PlanProblems
from lambdaplanner.formats.document import plain_plan
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.model.geometry import Placement

WHOLE = textwrap.dedent(
    """\
    lambdaplanner: 1
    name: "1.10"
    region: eu-west-1
    settings: {capacity_model: hyperplane, connections_per_environment: 40}
    vpcs:
      main: {cidr: 10.0.0.0/16, secondary_cidrs: [100.64.0.0/16], ipv6_cidr: 2001:db8::/56, dns_hostnames: false}
      shared: {cidr: 10.1.0.0/16}
    internet_gateways:
      igw: {vpc: main}
    egress_only_internet_gateways:
      eigw: {vpc: main}
    subnets:
      a: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: rt, network_acl: tight, reserved_ips: 12}
      no: {vpc: main, az: eu-west-1b, cidr: 10.0.1.0/24}
      s: {vpc: shared, az: eu-west-1a, cidr: 10.1.0.0/24}
    nat_gateways:
      nat: {subnet: a, elastic_ips: 2}
      regional: {vpc: main, mode: regional}
      private: {subnet: a, connectivity: private}
    route_tables:
      rt:
        vpc: main
        main: true
        routes: {0.0.0.0/0: igw, '::/0': eigw, office: nat, 10.1.0.0/16: to-shared, 10.9.0.0/16: blackhole}
    prefix_lists:
      office: [203.0.113.0/24]
    security_groups:
      fn-sg:
        vpc: main
        outbound:
        - {protocol: tcp, ports: 443, cidr: 0.0.0.0/0, description: public APIs}
        - {protocol: udp, ports: 1024-65535, prefix_list: office}
        - {security_group: none-out}
      none-out: {vpc: main, outbound: []}
    network_acls:
      tight:
        vpc: main
        inbound:
          100: {action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}
          200: {action: deny}
    endpoints:
      s3: {vpc: main, service: s3, type: gateway, route_tables: [rt]}
      secrets:
        vpc: main
        service: secretsmanager
        type: interface
        subnets: [a]
        security_groups: [fn-sg]
        private_dns: false
    peerings:
      to-shared: {vpcs: [main, shared]}
    transit_gateways:
      hub:
        attachments:
          main: {subnets: [a], route_table: spokes}
          shared: {}
        route_tables:
          spokes: {propagate: [main], routes: {0.0.0.0/0: shared, 10.9.0.0/16: blackhole}}
    functions:
      orders:
        memory_mb: 512
        timeout_s: 30
        concurrency: 800
        role_policies: [AWSLambdaVPCAccessExecutionRole]
        subnets: [a, no]
        security_groups: [fn-sg]
        connections_per_environment: 20
        ipv6: true
      reports: {}
    workloads:
      db: {type: rds, subnets: [a, no], security_groups: [fn-sg], port: 5432}
      bastion: {type: ec2, label: Way in, subnets: [a], public_ip: true, private_ip: 10.0.0.9, ips: 2}
    expectations:
    - {from: orders, to: internet, port: 443, expect: reachable}
    - {from: 203.0.113.7, to: db, protocol: udp, expect: unreachable}
    - {from: orders, to: "aws:s3", expect: partial}
    acknowledged:
    - {finding: NAT-003, about: [nat], reason: one zone is enough, until: "2027-06-30"}
    notes:
      n1: {text: Second zone comes in Q3}
    layout:
      main: [0, 0, 960, 640]
      a: [40, -300]
    """
)


def problems_of(text: str) -> list[str]:
    with pytest.raises(PlanProblems) as caught:
        read_text(textwrap.dedent(text), where="p.yaml")
    return str(caught.value).splitlines()


def test_every_section_is_read_and_written_alike() -> None:
    plan = read_text(WHOLE, where="p.yaml").plan

    again = read_text(WHOLE, where="p.yaml").plan
    assert plain_plan(plan) == plain_plan(again)
    plain = plain_plan(plan)
    assert list(plain) == [line.split(":")[0] for line in WHOLE.splitlines() if line[0] not in " -"]
    assert plain["name"] == "1.10"
    assert "no" in plain["subnets"]
    assert plain["security_groups"]["none-out"] == {"vpc": "main", "outbound": []}
    assert plain["prefix_lists"] == {"office": ["203.0.113.0/24"]}
    assert plain["functions"]["reports"] == {}
    assert plain["network_acls"]["tight"]["inbound"][200] == {"action": "deny"}
    assert plan.placements["a"] == Placement(40, -300)


def test_left_out_and_empty_rules_differ() -> None:
    groups = read_text(WHOLE, where="p").plan.of("security-group")
    assert isinstance(groups["fn-sg"], SecurityGroup)
    assert groups["none-out"].outbound == ()
    assert groups["none-out"].inbound == ()
    text = "lambdaplanner: 1\nvpcs: {v: {cidr: 10.0.0.0/16}}\nsecurity_groups: {g: {vpc: v}}\n"
    assert read_text(text, where="p").plan.of("security-group")["g"].outbound is None


@pytest.mark.parametrize("empty", ["", " {}", " ~", " null"])
def test_empty_sections_and_entries_of_defaults_open(empty: str) -> None:
    plan = read_text(f"lambdaplanner: 1\nvpcs:{empty}\nfunctions: {{f: }}\n", where="p").plan
    assert plan.of("vpc") == {}
    assert plan.resource("f") == Function(id="f")


def test_a_cidr_with_host_bits_opens_canonical_with_a_warning() -> None:
    opened = read_text("lambdaplanner: 1\nvpcs:\n  v: {cidr: 10.100.119.0/21}\n", where="p")

    assert opened.plan.of("vpc")["v"].cidr == "10.100.112.0/21"
    assert [w.describe("p") for w in opened.warnings] == [
        "p:3:13: vpcs.v.cidr: 10.100.119.0/21 has host bits set; AWS makes it 10.100.112.0/21"
    ]


def test_all_problems_come_together_each_with_its_place() -> None:
    lines = problems_of(
        """\
        lambdaplanner: 1
        vpcs:
          main: {cidr: 10.0.0.300/16}
        subnets:
          a: {vpc: main, az: x, cidr: 10.0.0.0/24, route_table: privat-rt}
          b: {vpc: mian, az: x, cidr: 10.0.0.0/24, zone: x}
        route_tables:
          private-rt: {vpc: main, routes: {0.0.0.0/0: main}}
        functions:
          f: {concurrency: many}
        functoins: {}
        """
    )
    assert lines == [
        'p.yaml:3:16: vpcs.main.cidr: "10.0.0.300/16" is not a CIDR block, such as 10.0.0.0/16',
        'p.yaml:5:57: subnets.a.route_table: no route table "privat-rt"; did you mean "private-rt"?',
        'p.yaml:6:12: subnets.b.vpc: no VPC "mian"; did you mean "main"?',
        'p.yaml:6:44: subnets.b.zone: unknown key "zone"',
        'p.yaml:8:47: route_tables.private-rt.routes.0.0.0.0/0: "main" is a VPC, not a route target',
        'p.yaml:10:20: functions.f.concurrency: "many" is not a whole number',
        'p.yaml:11:1: functoins: unknown section "functoins"; did you mean "functions"?',
    ]


ONE_PROBLEM = [
    ("vpcs: {internet: {cidr: 10.0.0.0/16}}", '"internet" is reserved'),
    ("vpcs: {'a b': {cidr: 10.0.0.0/16}}", '"a b" cannot be an id'),
    ("vpcs: {v: {}}", '"cidr" is missing'),
    ("vpcs: {v: {cidr: 10.0.0.0}}", "for this one address write 10.0.0.0/32"),
    ("vpcs: {v: {cidr: 010.0.0.0/8}}", "is not a CIDR block"),
    ("vpcs: {v: {cidr: 10.0.0.0/33}}", "no prefix length from 0 to 32"),
    ("vpcs: {v: {cidr: 'fd00::/8'}}", "is IPv6; an IPv4 block is due here"),
    ("vpcs: {v: {cidr: [10.0.0.0/16]}}", "a CIDR block is due here, not a list"),
    ("vpcs: [a]", "a mapping from ids to things is due here, not a list"),
    ("vpcs: {v: {cidr: 10.0.0.0/16}, v: {cidr: 10.1.0.0/16}}", '"v"'),
    ("vpcs: {v: {cidr: 10.0.0.0/16}}\nfunctions: {v: {}}", "ids are unique in the whole file"),
    ("vpcs: {v: {cidr: 10.0.0.0/16, dns_support: maybe}}", "neither true nor false"),
    ("functions: {f: {concurrency: yes}}", '"yes" is not a whole number'),
    ("functions: {f: {concurrency: 010}}", '"010" is not a whole number'),
    ("functions: {f: {concurrency: 1_000}}", '"1_000" is not a whole number'),
    ("functions: {f: {concurrency: -1}}", "out of range"),
    ("functions: {f: {subnets: [x]}}", 'no subnet "x"'),
    ("functions: {f: {label: [x]}}", "text is due here, not a list"),
    ("settings: {capacity_model: hyperplan}", 'did you mean "hyperplane"?'),
    ("settings: {connections_per_environment: 2000}", "from 1 to 1000"),
    (
        "expectations: [{from: internet, to: nobody, expect: reachable}]",
        'no Lambda function, workload or external network "nobody"',
    ),
    (
        "expectations: [{from: internet, to: internet, expect: maybe}]",
        "none of reachable, partial, unreachable",
    ),
    ("expectations: {a: b}", "a list is due here, not a mapping"),
    ("acknowledged: [{finding: X, until: tomorrow}]", "is not a day such as"),
    ("layout: {v: [0, 0]}", 'there is no "v"'),
    ("layout: {internet: [0]}", "[x, y] or [x, y, width, height] is due here"),
    ("lambdaplaner: 1", 'did you mean "lambdaplanner"?'),
]


@pytest.mark.parametrize(("text", "expected"), ONE_PROBLEM)
def test_one_problem_is_one_clear_sentence(text: str, expected: str) -> None:
    lines = problems_of(f"lambdaplanner: 1\n{text}\n")

    assert len(lines) == 1
    assert expected in lines[0]
    assert lines[0].startswith("p.yaml:")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{ports: 443-22, protocol: tcp, cidr: 0.0.0.0/0}", "runs backwards; write 22-443"),
        ("{ports: 70000, protocol: tcp, cidr: 0.0.0.0/0}", "ports go from 0 to 65535"),
        ("{protocol: gre, cidr: 0.0.0.0/0}", "none of all, tcp, udp, icmp"),
        ("{protocol: tcp}", "exactly one of cidr, security_group and prefix_list is due, not none"),
        ("{cidr: 0.0.0.0/0, security_group: g}", "not cidr and security_group"),
    ],
)
def test_rules_of_groups_are_judged(rule: str, expected: str) -> None:
    text = (
        "lambdaplanner: 1\nvpcs: {v: {cidr: 10.0.0.0/16}}\n"
        f"security_groups: {{g: {{vpc: v, inbound: [{rule}]}}}}\n"
    )
    assert expected in problems_of(text)[0]


def test_ports_without_a_protocol_are_warned_of() -> None:
    text = (
        "lambdaplanner: 1\nvpcs: {v: {cidr: 10.0.0.0/16}}\n"
        "security_groups: {g: {vpc: v, inbound: [{ports: 443, cidr: 0.0.0.0/0}]}}\n"
    )
    (warning,) = read_text(text, where="p").warnings
    assert "it matches every port" in warning.message


def test_a_newer_file_is_refused_with_both_versions() -> None:
    with pytest.raises(NewerPlan, match=r"version 7.*version 1"):
        read_text("lambdaplanner: 7\nsomething: new\n", where="p")


@pytest.mark.parametrize(
    "text", ["name: x\n", "- a\n", "", "just text", "\x00\x01", "{", "a: !!python/object:x {}"]
)
def test_what_is_no_plan_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        read_text(text, where="p.yaml")
    assert str(caught.value).startswith("p.yaml")
    assert "Traceback" not in str(caught.value)


def test_a_file_without_version_is_no_plan() -> None:
    with pytest.raises(NotAPlan, match="format version is missing"):
        read_text("version: 3\nservices: {}\n", where="p")


def test_a_missing_version_is_one_problem_among_the_others() -> None:
    assert problems_of("vpcs: {v: {cidr: x}}\n") == [
        "p.yaml:1:1: the key lambdaplanner with the format version is missing; "
        "a plan begins with the line lambdaplanner: 1",
        'p.yaml:1:18: vpcs.v.cidr: "x" is not a CIDR block, such as 10.0.0.0/16',
    ]


def test_a_newer_version_is_said_first_and_with_its_place() -> None:
    with pytest.raises(NewerPlan) as caught:
        read_text("# soon\nlambdaplanner: 2\nname: !new x\n", where="p")
    assert str(caught.value).startswith("p:2:16: the file has format version 2")


def test_mentions_are_followed_where_the_entry_around_them_is_unreadable() -> None:
    assert problems_of(
        """\
        lambdaplanner: 1
        transit_gateways:
          hub:
            attachments:
              nope: {subnets: [a]}
            route_tables:
              spokes: {routes: {10.0.0.1/8: away, foo: blackhole}}
        functions:
          f: {subnets: [a, b], memory_mb: much, security_groups: [f]}
        """
    ) == [
        'p.yaml:5:7: transit_gateways.hub.attachments.nope: no VPC, transit gateway or external network "nope"',
        'p.yaml:5:24: transit_gateways.hub.attachments.nope.subnets[0]: no subnet "a"',
        'p.yaml:7:37: transit_gateways.hub.route_tables.spokes.routes.10.0.0.1/8: no VPC, transit gateway or external network "away"',
        'p.yaml:7:43: transit_gateways.hub.route_tables.spokes.routes.foo: "foo" is not a CIDR block, such as 10.0.0.0/16',
        'p.yaml:9:17: functions.f.subnets[0]: no subnet "a"',
        'p.yaml:9:20: functions.f.subnets[1]: no subnet "b"',
        'p.yaml:9:35: functions.f.memory_mb: "much" is not a whole number',
        'p.yaml:9:59: functions.f.security_groups[0]: "f" is a Lambda function, not a security group',
    ]


def test_a_transit_route_table_that_is_not_there_is_said_at_its_name() -> None:
    assert problems_of(
        """\
        lambdaplanner: 1
        vpcs: {main: {cidr: 10.0.0.0/16}}
        transit_gateways:
          hub: {attachments: {main: {route_table: spoks}}, route_tables: {spokes: {}}}
        """
    ) == [
        "p.yaml:4:43: transit_gateways.hub.attachments.main.route_table: "
        'main: there is no transit route table "spoks"; did you mean "spokes"?'
    ]


def test_a_suggestion_is_of_the_kind_that_is_due() -> None:
    (line,) = problems_of(
        """\
        lambdaplanner: 1
        vpcs: {main: {cidr: 10.0.0.0/16}}
        peerings: {to-shared: {vpcs: [main, shared]}}
        """
    )
    assert line.endswith('no VPC "shared"')


def test_a_problem_stays_on_one_line_of_bearable_length() -> None:
    many, long = problems_of(
        f'lambdaplanner: 1\nfunctions: {{"a\\nb": {{}}, f: {{concurrency: {"x" * 5000}}}}}\n'
    )
    assert many.startswith('p.yaml:2:13: functions.a\\nb: "a\\nb" cannot be an id')
    assert len(long) < 500


def test_a_place_between_pixels_is_rounded() -> None:
    opened = read_text("lambdaplanner: 1\nlayout: {internet: [-20.6, 7.0]}\n", where="p")
    assert opened.plan.placements["internet"] == Placement(-21, 7)


def test_sections_whose_content_is_commented_out_are_empty() -> None:
    opened = read_text("lambdaplanner: 1\nsettings:\nvpcs:\nlayout: ~\n", where="p")
    assert opened.plan.info.settings.account_concurrency == 1000
