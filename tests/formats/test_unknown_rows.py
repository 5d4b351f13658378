"""What a plan says that it does not know, and what an import left: written, read, followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdaplanner.cli import program
from lambdaplanner.commands.duplicate import duplicate
from lambdaplanner.errors import PlanProblems
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.formats.schema import plan_schema
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

TEXT = """\
lambdaplanner: 1
vpcs:
  main:
    origin: vpc-0ab
    cidr: 10.0.0.0/16
  other:
    label: Other
    origin:
    - vpc-0cd
    - tf:aws_vpc.other
    cidr: 10.1.0.0/16
subnets:
  a:
    vpc: main
    cidr: 10.0.1.0/24
    route_table: rt
route_tables:
  rt:
    vpc: main
    routes:
      10.0.0.0/8: outside
transit_gateways:
  hub:
    attachments:
      main:
        origin: tgw-attach-1
    route_tables:
      t:
        routes:
          0.0.0.0/0: outside
        label: Spokes
functions:
  orders:
    concurrency: 5
unknown:
- about: orders
  of: subnets
  why: exported by another stack
- about: rt
  of: routes
observed:
  a:
    available: 247
    lambda: 2
"""


def plan() -> Plan:
    return read_text(TEXT, where="a test").plan


def test_it_is_read_and_written_as_it_is() -> None:
    found = plan()
    written = plan_text(found)
    again = read_text(written, where="a test").plan
    assert plan_text(again) == written
    assert [(row.about, row.of, row.why) for row in again.unknown] == [
        ("orders", "subnets", "exported by another stack"),
        ("rt", "routes", ""),
    ]
    assert again.observed[0].available == 247
    assert again.observed[0].functions == 2
    assert again.resource("other").origin == ("vpc-0cd", "tf:aws_vpc.other")
    assert written.index("unknown:") < written.index("observed:")
    assert "origin: vpc-0ab" in written


def test_the_schema_knows_it() -> None:
    properties = plan_schema()["properties"]
    assert list(properties)[-4:] == ["unknown", "notes", "observed", "layout"]
    table = properties["route_tables"]["additionalProperties"]
    assert "outside" not in json.dumps(table["properties"]["routes"])
    assert "outside" in properties["subnets"]["propertyNames"]["not"]["enum"]


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("vpcs: {outside: {cidr: 10.0.0.0/16}}", '"outside" is reserved and cannot be an id'),
        ("unknown: [{about: nobody, of: subnets}]", 'no thing "nobody"'),
        ("observed: {nowhere: {available: 3}}", 'no subnet "nowhere"'),
    ],
)
def test_what_has_no_meaning_is_an_error(section: str, sentence: str) -> None:
    with pytest.raises(PlanProblems) as error:
        read_text(f"lambdaplanner: 1\n{section}\n", where="a test")
    assert sentence in str(error.value)


def test_rows_follow_their_things() -> None:
    found = plan()
    edit = Edit(found)
    edit.rename("orders", "shop")
    edit.rename("a", "b")
    assert [row.about for row in found.unknown] == ["shop", "rt"]
    assert found.observed[0].subnet == "b"
    edit.remove("shop")
    edit.remove("b")
    assert [row.about for row in found.unknown] == ["rt"]
    assert found.observed == ()
    edit.roll_back()
    assert plan_text(found) == plan_text(plan())


def test_filling_a_value_in_deletes_its_row() -> None:
    found = plan()
    edit = Edit(found)
    edit.update("orders", subnets=("a",))
    assert [row.about for row in found.unknown] == ["rt"]


def test_a_route_more_does_not_say_that_these_are_all() -> None:
    found = plan()
    edit = Edit(found)
    edit.update("rt", routes=())
    edit.update("rt", routes=(Route(destination="0.0.0.0/0", target="outside"),))
    assert [row.about for row in found.unknown] == ["orders", "rt"]


def test_a_copy_is_from_nowhere() -> None:
    found = plan()
    (copy,) = duplicate(Edit(found), ["other"])
    assert found.resource(copy).origin == ()


def test_what_aws_reported_is_shown_beside_the_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert program.main(["capacity", str(path), "--json"]) in (0, 1)
    subnet = json.loads(capsys.readouterr().out)["subnets"]["a"]
    assert subnet["observed"] == {"available": 247, "lambda": 2}
    program.main(["capacity", str(path)])
    assert "a: AWS reported 247 free addresses and 2 of Lambda's interfaces" in (
        capsys.readouterr().out
    )
