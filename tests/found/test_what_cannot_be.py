"""Questions about services, Regions, zones, ports and ends that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdaplanner.cli.program import main
from lambdaplanner.kinds.known_services import KNOWN_SERVICES
from lambdaplanner.kinds.regions import REGIONS, zone_complaint, zone_prefix
from lambdaplanner.model.nearness import nearest, suggestion
from tests.found.asking import ask, findings, ids, twin
from tests.found.plans import found

PLAN = "egress-to-s3-list-only"
SQS = "gateway-endpoint-for-sqs"


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What stands on stderr where the question cannot be asked."""
    assert main([words[0], str(found(PLAN)), *words[1:]]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("reach", "orders", "aws:s33"),
            'no AWS service is known as "s33"; did you mean "aws:s3"?',
        ),
        (("reach", "orders", "aws:secretmanager"), 'did you mean "aws:secretsmanager"?'),
        (("reach", "orders", "aws:S3"), "write aws:s3"),
        (("reach", "orders", "s3"), 'did you mean "aws:s3"?'),
        (("reach", "orders", "10.0.0.300"), "10.0.0.300 is no IPv4 address"),
        (("reach", "orders", "10.0.0"), "10.0.0 is no IPv4 address"),
        (("reach", "orders", "fd00::12345"), "is no IPv6 address"),
        (("reach", "orders", "example.com"), "host names are not resolved"),
        (("reach", "ORDERS", "internet"), 'did you mean "orders"?'),
        (("reach", "orders", "internet", "--port", "0"), "a number from 1 to 65535"),
        (("reach", "orders", "internet", "--port", "65536"), "a number from 1 to 65535"),
        (("fix", "--finding", "lam-001"), 'did you mean "LAM-001"?'),
        (("capacity", "--without-az", "EU-WEST-1A"), 'did you mean "eu-west-1a"?'),
        (("whatif", "--without-az", "eu-west-1z"), 'did you mean "eu-west-1a"?'),
        (("capacity", "--concurrency", "orders=1,200"), "a whole number without separators"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_was_meant(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    err = refused(capsys, *words)
    assert says in err
    assert "?;" not in err


def test_nothing_far_away_is_offered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["export", str(found(PLAN)), str(tmp_path / "x.svg"), "--only", "nothere"]) == 2
    assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("lam-001", "LAM-001"),
        ("LAM001", "LAM-001"),
        ("internt", "internet"),
        ("inetrnet", "internet"),
        ("nothere", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_near_miss_is_at_most_a_third_of_the_word_away(text: str, near: str | None) -> None:
    assert nearest(text, ["SG-001", "LAM-001", "internet", "orders"]) == near
    assert bool(suggestion(text, ["SG-001", "LAM-001", "internet", "orders"])) == bool(near)


def test_a_made_up_service_is_a_finding_and_a_way_all_the_same() -> None:
    plan = twin(SQS, ("service: sqs", "service: zzzzzzzzz"), ("aws:sqs", "aws:zzzzzzzzz"))
    assert ask(plan, "orders", "aws:zzzzzzzzz").verdict == "unreachable"
    (finding,) = findings(plan, "END-010")
    assert finding.about == ("queue-ep", "orders")
    near = findings(twin(SQS, ("aws:sqs", "aws:sqss")), "END-010")
    assert [one.fix for one in near] == ["Write sqs, if that is meant."]


@pytest.mark.parametrize("service", ["s3", "sqs", "kms", "ecr.dkr", "bedrock-runtime", "sts"])
def test_services_that_there_are(service: str) -> None:
    assert service in KNOWN_SERVICES
    assert "END-010" not in ids(twin(SQS, ("service: sqs", f"service: {service}")))


@pytest.mark.parametrize(
    ("region", "severity", "says"),
    [
        ("Ireland", "error", "Write eu-west-1"),
        ("frankfurt", "error", "Write eu-central-1"),
        ("eu-wst-1", "warning", "Write eu-west-1"),
        ("EU-WEST-1", "error", "Write eu-west-1"),
        ("nowhere at all", "error", "such as eu-west-1"),
    ],
)
def test_a_region_that_there_is_not_is_named(region: str, severity: str, says: str) -> None:
    plan = twin(SQS, ("region: eu-west-1", f"region: {region}"))
    (finding,) = findings(plan, "NET-032")
    assert (finding.severity, says in finding.fix) == (severity, True)


@pytest.mark.parametrize("region", REGIONS)
def test_zones_of_every_region_are_its_own(region: str) -> None:
    assert zone_complaint(f"{region}a", region) == ""
    assert zone_complaint(f"{zone_prefix(region)}-az1", region) == ""


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ("eu-west-9a", "zone of eu-west-9"),
        ("us-east-1a", "zone of us-east-1"),
        ("eu-west-1z", "is no zone"),
        ("use1-az1", "begin with euw1"),
    ],
)
def test_a_zone_of_another_region_is_named(zone: str, says: str) -> None:
    plan = twin(SQS, ("az: eu-west-1b", f"az: {zone}"))
    (finding,) = findings(plan, "NET-030")
    assert finding.about == ("in-b",)
    assert says in finding.message


@pytest.mark.parametrize("zone", ["euw1-az2", "eu-west-1c", "a"])
def test_a_zone_of_the_region_or_none_of_awss_names_is_no_finding(zone: str) -> None:
    assert "NET-030" not in ids(twin(SQS, ("az: eu-west-1b", f"az: {zone}")))
