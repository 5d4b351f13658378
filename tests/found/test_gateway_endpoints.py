"""What endpoints AWS has: for which services, of which Region, and where names lead to them."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.endpoint import Endpoint
from tests.found.asking import ask, blocked, findings, ids, twin

SQS = "gateway-endpoint-for-sqs"
ELSEWHERE = "s3-endpoint-of-another-region"
NO_RESOLVER = "no-resolver-but-nat"
NAT = """
  out-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}
internet_gateways: {igw: {vpc: shop}}
nat_gateways: {nat: {subnet: out}}
"""
OUT = "  out: {vpc: shop, cidr: 10.20.9.0/24, az: eu-west-1a, route_table: out-rt}\n"
BY_NAT = (
    ("in-rt: {vpc: shop, routes: {}}\n", "in-rt: {vpc: shop, routes: {0.0.0.0/0: nat}}" + NAT),
    (
        "subnets:\n",
        "subnets:\n" + OUT,
    ),
)


@pytest.mark.parametrize("service", ["sqs", "kms", "made-up", "ecr.api"])
def test_no_other_service_has_a_gateway_endpoint(service: str) -> None:
    plan = twin(SQS, ("sqs, type", f"{service}, type"), ("aws:sqs", f"aws:{service}"))
    answer = ask(plan, "orders", f"aws:{service}")
    assert answer.verdict == "unreachable"
    assert ("queue-ep", "UNSUPPORTED_COMPONENT") in blocked(answer)
    (finding,) = findings(plan, "END-007")
    assert (finding.severity, finding.about[0]) == ("error", "queue-ep")
    assert service in finding.message


@pytest.mark.parametrize("service", ["s3", "dynamodb", "s3express", "com.amazonaws.eu-west-1.s3"])
def test_the_three_that_have_one(service: str) -> None:
    short = service.rsplit(".", 1)[-1]
    plan = twin(SQS, ("sqs, type", f"{service}, type"), ("aws:sqs", f"aws:{short}"))
    assert ask(plan, "orders", f"aws:{short}").verdict == "reachable"
    assert "END-007" not in ids(plan)


@pytest.mark.parametrize(("name", "service"), [(SQS, "sqs"), (ELSEWHERE, "s3")])
def test_another_way_stays_a_way_and_the_error_stands(name: str, service: str) -> None:
    plan = twin(name, *BY_NAT)
    answer = ask(plan, "orders", f"aws:{service}")
    assert answer.verdict == "reachable"
    assert "nat" in [hop.id for hop in answer.paths[0].hops]
    assert "END-007" in ids(plan)


def test_a_gateway_endpoint_serves_its_own_region() -> None:
    plan = twin(ELSEWHERE)
    answer = ask(plan, "orders", "aws:s3")
    assert answer.verdict == "unreachable"
    assert ("s3-ep", "UNSUPPORTED_COMPONENT") in blocked(answer)
    (finding,) = findings(plan, "END-007")
    assert "us-east-1" in finding.message
    own = twin(ELSEWHERE, ("us-east-1", "eu-west-1"))
    assert ask(own, "orders", "aws:s3").verdict == "reachable"
    assert "END-007" not in ids(own)


INTERFACE = (
    "type: gateway, route_tables: [in-rt]",
    "type: interface, subnets: [in-a, in-b], security_groups: [ep-sg]",
)
GROUP = (
    "fn-sg: {vpc: shop}\n",
    "fn-sg: {vpc: shop}\n  ep-sg: {vpc: shop, inbound: [{cidr: 10.20.0.0/16}]}\n",
)


@pytest.mark.parametrize(
    ("service", "refused"),
    [
        ("com.amazonaws.us-east-1.sqs", True),
        ("com.amazonaws.us-east-1.kms", False),
        ("com.amazonaws.us-east-1.ecr.api", False),
    ],
)
def test_an_interface_endpoint_of_another_region_never_serves_the_name(
    service: str, refused: bool
) -> None:
    short = service.removeprefix("com.amazonaws.us-east-1.")
    plan = twin(
        SQS, ("service: sqs", f"service: {service}"), ("aws:sqs", f"aws:{short}"), INTERFACE, GROUP
    )
    assert ask(plan, "orders", f"aws:{short}").verdict == "unreachable"
    assert ("END-007" in ids(plan)) == refused
    own = twin(
        SQS, ("service: sqs", f"service: {short}"), ("aws:sqs", f"aws:{short}"), INTERFACE, GROUP
    )
    assert ask(own, "orders", f"aws:{short}").verdict == "reachable"


def test_an_interface_endpoint_never_takes_dynamodbs_name() -> None:
    changes = (("service: sqs", "service: dynamodb"), ("aws:sqs", "aws:dynamodb"), INTERFACE, GROUP)
    assert ask(twin(SQS, *changes), "orders", "aws:dynamodb").verdict == "unreachable"
    by_nat = ask(twin(SQS, *changes, *BY_NAT), "orders", "aws:dynamodb")
    assert "nat" in [hop.id for hop in by_nat.paths[0].hops]


def test_a_question_names_a_service_of_the_plans_own_region() -> None:
    plan = twin(SQS)
    assert ask(plan, "orders", "aws:com.amazonaws.eu-west-1.sqs").verdict == "unreachable"
    with pytest.raises(QuestionError, match="us-east-1"):
        ask(plan, "orders", "aws:com.amazonaws.us-east-1.sqs")


def test_without_a_resolver_no_name_leads_anywhere_and_an_address_does() -> None:
    plan = twin(NO_RESOLVER)
    answer = ask(plan, "orders", "aws:s3")
    assert answer.verdict == "unreachable"
    assert ("shop", "NO_DNS_SUPPORT") in blocked(answer)
    assert ask(plan, "orders", "1.1.1.1").verdict == "reachable"
    assert ask(plan, "orders", "internet").verdict == "reachable"
    with_names = twin(NO_RESOLVER, (", dns_support: false", ""))
    assert ask(with_names, "orders", "aws:s3").verdict == "reachable"


def test_without_a_resolver_workloads_call_no_service_either() -> None:
    plan = twin(
        NO_RESOLVER,
        (
            "functions:",
            "workloads: {host: {type: ec2, subnets: [priv-a]}}\nfunctions:",
        ),
    )
    assert ask(plan, "host", "aws:sts").verdict == "unreachable"


def test_the_services_of_a_survey_are_those_of_the_region() -> None:
    assert PlanAnalysis(twin(ELSEWHERE)).network.services == ()


@pytest.mark.parametrize(
    ("endpoint", "refused"),
    [
        (Endpoint(id="e", vpc="v", service="s3", type="gateway"), False),
        (Endpoint(id="e", vpc="v", service="com.amazonaws.iam", type="interface"), False),
        (
            Endpoint(id="e", vpc="v", service="com.amazonaws.us-west-2.dynamodb", type="gateway"),
            True,
        ),
    ],
)
def test_names_are_read_as_aws_writes_them(endpoint: Endpoint, refused: bool) -> None:
    assert bool(endpoint.refusal("eu-west-1")) == refused


@pytest.mark.parametrize(
    ("service", "quota", "exceeded"),
    [("s3", 2, False), ("s3", 1, True), ("s3express", 7, False), ("s3express", 6, True)],
)
def test_an_endpoint_counts_in_its_tables_with_the_weight_of_its_list(
    service: str, quota: int, exceeded: bool
) -> None:
    text = f"""
lambdaplanner: 1
region: eu-west-1
settings: {{quotas: {{routes_per_table: {quota}}}}}
vpcs: {{shop: {{cidr: 10.20.0.0/16}}}}
route_tables: {{rt: {{vpc: shop, routes: {{10.30.0.0/16: blackhole}}}}}}
endpoints: {{ep: {{vpc: shop, service: {service}, type: gateway, route_tables: [rt]}}}}
"""
    told = findings(read_text(text, where="weights").plan, "NET-028")
    assert bool(told) == exceeded
    assert all("routes for IPv4" in one.message for one in told)


LISTED = "com.amazonaws.eu-west-1.s3"
HIDDEN = f"""
lambdaplanner: 1
region: eu-west-1
vpcs: {{shop: {{cidr: 10.20.0.0/16}}}}
internet_gateways: {{igw: {{vpc: shop}}}}
prefix_lists: {{{LISTED}: [52.218.0.0/17]}}
subnets:
  in: {{vpc: shop, az: eu-west-1a, cidr: 10.20.1.0/24, route_table: in-rt}}
  out: {{vpc: shop, az: eu-west-1a, cidr: 10.20.2.0/24, route_table: out-rt}}
nat_gateways: {{nat: {{subnet: out}}}}
route_tables:
  in-rt: {{vpc: shop, routes: {{0.0.0.0/0: nat}}}}
  out-rt: {{vpc: shop, routes: {{{LISTED}: ep, 0.0.0.0/0: igw}}}}
endpoints: {{ep: {{vpc: shop, service: s3, type: gateway}}}}
functions: {{orders: {{subnets: [in], role_policies: [AWSLambdaVPCAccessExecutionRole]}}}}
"""


@pytest.mark.parametrize("connectivity", ["public", "private"])
@pytest.mark.parametrize("how", ["listed", "associated"])
def test_a_nat_gateway_uses_no_gateway_endpoint_however_a_table_names_it(
    how: str, connectivity: str
) -> None:
    text = HIDDEN.replace("{subnet: out}", f"{{subnet: out, connectivity: {connectivity}}}")
    if how == "associated":
        text = text.replace(f"{LISTED}: ep, ", "")
        text = text.replace("type: gateway", "type: gateway, route_tables: [out-rt]")
    answer = ask(read_text(text, where="hidden").plan, "orders", "aws:s3")
    assert answer.verdict == ("reachable" if connectivity == "public" else "unreachable")
    assert "ep" not in [hop.id for path in answer.paths for hop in path.hops]


@pytest.mark.parametrize("default", ["nat", ""])
def test_a_listed_route_to_what_aws_does_not_make_takes_nothing_from_the_default_route(
    default: str,
) -> None:
    routes = f"{LISTED}: ep" + (f", 0.0.0.0/0: {default}" if default else "")
    text = HIDDEN.replace(f"{LISTED}: ep, ", "").replace("service: s3", "service: sqs")
    text = text.replace(
        "{vpc: shop, routes: {0.0.0.0/0: nat}}", f"{{vpc: shop, routes: {{{routes}}}}}"
    )
    plan = read_text(text, where="refused").plan
    answer = ask(plan, "orders", "aws:s3")
    assert answer.verdict == ("reachable" if default else "unreachable")
    if not default:
        assert ("ep", "UNSUPPORTED_COMPONENT") in blocked(answer)
    assert "END-007" in ids(plan)
