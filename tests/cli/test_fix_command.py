"""`lambdaplanner fix`: previews that touch nothing, and files mended with their comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner.cli import main
from lambdaplanner.diagram.builder import build
from lambdaplanner.formats.plan_file import open_plan
from tests.diagram.corners import corners

ROOT = Path(__file__).resolve().parents[2]

PLAN = """\
# Orders, as it is today
lambdaplanner: 1
region: eu-west-1

vpcs:
  main: {cidr: 10.0.0.0/16}    # the only one

internet_gateways:
  igw: {vpc: main}
subnets:
  public-a:  {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24,  route_table: public-rt}
  private-a: {vpc: main, az: eu-west-1a, cidr: 10.0.16.0/20, route_table: private-rt}
  private-b: {vpc: main, az: eu-west-1b, cidr: 10.0.32.0/20, route_table: private-rt}

route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}  # out
  private-rt: {vpc: main}   # no way out yet
security_groups:
  fn-sg: {vpc: main}
  db-sg: {vpc: main}
functions:
  orders: {role_policies: [], subnets: [private-a, private-b], security_groups: [fn-sg]}
workloads:
  db: {type: rds, subnets: [private-a, private-b], security_groups: [db-sg], port: 5432}
expectations:
  - {from: orders, to: internet, expect: reachable}   # to the payment service
  - {from: orders, to: db, expect: reachable}
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def out(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    assert main([str(a) for a in arguments]) == status
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    return json.loads(out(capsys, "fix", *arguments, "--json", status=status))


def test_a_preview_touches_nothing(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "fix", orders, "--about", "orders")

    assert orders.read_text(encoding="utf-8") == PLAN
    assert "orders.yaml: 3 to mend" in text
    assert "  1. Add AWSLambdaVPCAccessExecutionRole to the role of orders (add-policy)" in text
    assert (
        "       changes Lambda function orders: role policies: adds AWSLambdaVPCAccessExecutionRole"
    ) in text
    assert "       orders to internet, tcp 443: unreachable -> reachable" in text
    assert "       orders to internet, tcp 443, expected reachable: holds then" in text


def test_a_preview_as_json(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, orders, "--finding", "LAM-005")

    assert found["written"] is False
    (finding,) = found["findings"]
    assert (finding["id"], finding["about"]) == ("LAM-005", ["orders"])
    (fix,) = finding["fixes"]
    assert fix["slug"] == "add-policy"
    assert fix["label"] == "Add AWSLambdaVPCAccessExecutionRole to the role of orders"
    assert fix["edits"] == [
        "changes Lambda function orders: role policies: adds AWSLambdaVPCAccessExecutionRole"
    ]
    assert set(fix["impact"]) == {"verdicts", "expectations", "capacity", "gone", "new"}
    assert [gone["id"] for gone in fix["impact"]["gone"]] == ["LAM-005"]


def test_expectations_have_ways_and_what_they_change(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, orders, "--finding", "expectation")

    internet, database = found["findings"]
    assert internet["about"] == ["orders", "internet"]
    assert {"from": "db", "to": "internet", "protocol": "tcp", "port": 443} | {
        "before": "unreachable",
        "after": "reachable",
    } in internet["fixes"][0]["impact"]["verdicts"]
    assert database["fixes"][0]["impact"]["expectations"] == [
        {
            "from": "orders",
            "to": "db",
            "protocol": "tcp",
            "port": 5432,
            "expect": "reachable",
            "before": False,
            "after": True,
        }
    ]


def test_what_is_written_keeps_what_a_person_wrote(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = out(capsys, "fix", orders, "--finding", "expectation", "--write")

    written = orders.read_text(encoding="utf-8")
    assert "orders.yaml: 2 mended, 0 left" in text
    for comment in ("# Orders, as it is today", "# the only one", "# out", "# no way out yet"):
        assert comment in written
    untouched = [line for line in PLAN.splitlines() if "public-a:" in line or "private-b:" in line]
    assert all(line in written for line in untouched)
    assert "nat_gateways:\n  nat-a: {subnet: public-a}\n" in written
    assert main(["check", str(orders)]) == 0


def test_what_is_mended_leaves_the_picture_as_it_was(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = corners(build(open_plan(orders).plan))

    out(capsys, "fix", orders, "--finding", "expectation", "--write")

    after = corners(build(open_plan(orders).plan))
    moved = [name for name in before if name in after and before[name] != after[name]]
    assert len(moved) <= 0.5 * len(before)
    assert "internet" not in moved
    assert before["public-a"] == after["public-a"]


def test_mending_again_does_nothing(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out(capsys, "fix", orders, "--finding", "expectation", "--write")
    written = orders.read_bytes()

    text = out(capsys, "fix", orders, "--finding", "expectation", "--write")

    assert text == f"{orders}: nothing to mend\n"
    assert orders.read_bytes() == written


def test_all_that_can_be_mended_is(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(orders)]) == 1
    capsys.readouterr()

    status = main(["fix", str(orders), "--write", "--json"])
    done = json.loads(capsys.readouterr().out)

    assert status == (1 if done["findings"] else 0)
    assert done["written"] is True
    assert done["done"][0]["id"] == "expectation", "what is promised goes before its symptoms"
    assert done["done"][0]["label"].startswith("Add AWSLambdaVPCAccessExecutionRole to the role")
    assert all(one["edits"] for one in done["done"])
    assert all(one["reason"] for one in done["findings"])
    assert main(["check", str(orders)]) == 0


def test_one_question_is_mended_alone(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = ("--from", "orders", "--to", "db", "--port", "5432")

    found = document(capsys, orders, *question)
    text = out(capsys, "fix", orders, *question, "--write")

    assert [one["id"] for one in found["findings"]] == ["question"]
    assert "question: orders to db, tcp 5432, should be reachable and is unreachable." in text
    written = orders.read_text(encoding="utf-8")
    assert "nat_gateways" not in written
    assert "nothing to mend" in out(capsys, "fix", orders, *question)


@pytest.mark.parametrize("choice", ["2", "add-nat-gateway"])
def test_a_way_is_chosen_by_number_or_name(
    orders: Path, capsys: pytest.CaptureFixture[str], choice: str
) -> None:
    question = ("--from", "orders", "--to", "internet", "--write")
    out(capsys, "fix", orders, "--finding", "LAM-005", "--write")

    out(capsys, "fix", orders, *question, "--choose", choice)

    gateways = orders.read_text(encoding="utf-8").count("{subnet: public-")
    assert gateways == (2 if choice == "2" else 1)


@pytest.mark.parametrize("choice", ["9", "0", "pray"])
def test_a_way_that_there_is_not_leaves_it_as_it_is(
    orders: Path, capsys: pytest.CaptureFixture[str], choice: str
) -> None:
    chosen = ("--finding", "expectation", "--choose", choice)
    out(capsys, "fix", orders, *chosen, status=1)
    text = out(capsys, "fix", orders, *chosen, "--write", status=1)
    assert "0 mended, 2 left" in text
    assert orders.read_text(encoding="utf-8") == PLAN


def test_what_no_edit_mends_says_why(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = document(capsys, orders, "--from", "db", "--to", "orders", status=1)["findings"]

    assert found["fixes"] == []
    assert found["reason"] == ("No edit mends this: functions are invoked through the Lambda API.")


def test_nothing_found_is_no_error(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, "fix", orders, "--finding", "NET-005") == f"{orders}: nothing to mend\n"
    assert document(capsys, orders, "--finding", "NET-005") == {
        "written": False,
        "done": [],
        "findings": [],
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--finding", "LAM-500"), 'there is no finding "LAM-500"'),
        (("--finding", "expectations"), 'did you mean "expectation"?'),
        (("--about", "order"), 'there is no "order"; did you mean "orders"?'),
        (("--from", "orders"), "--from and --to go together"),
        (("--from", "orders", "--to", "db", "--about", "db"), "without --finding and --about"),
        (("--from", "orders", "--to", "nobody"), 'there is no function or workload "nobody"'),
        (("--port", "80"), "--port goes with --from and --to"),
        (("--from", "orders", "--to", "db", "--port", "x"), "a number from 1 to 65535 is due"),
    ],
)
def test_what_cannot_be_asked_ends_with_2(
    orders: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    for more in ((), ("--write",)):
        assert main(["fix", str(orders), *arguments, *more]) == 2
        told = capsys.readouterr()
        assert says in told.err
        assert told.out == ""
    assert orders.read_text(encoding="utf-8") == PLAN


def test_a_picture_is_looked_at_but_not_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "orders.png"
    picture.write_bytes((ROOT / "resources" / "guide" / "two-zones.png").read_bytes())
    before = picture.read_bytes()

    assert "nothing to mend" in out(capsys, "fix", picture, "--finding", "expectation")
    assert main(["fix", str(picture), "--write"]) == 2

    assert capsys.readouterr().err == (
        f"{picture}: a picture is not mended; mend the YAML file that it shows, "
        "and export it again\n"
    )
    assert picture.read_bytes() == before


def test_acknowledged_findings_are_left_alone(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived_with = "acknowledged:\n  - {finding: LAM-005, about: [orders]}\n"
    orders.write_text(PLAN + lived_with, encoding="utf-8")
    assert "nothing to mend" in out(capsys, "fix", orders, "--finding", "LAM-005")
