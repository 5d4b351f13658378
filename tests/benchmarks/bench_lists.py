"""Choosing what has many rows: a route table, a security group, an ACL; and many findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from lambdaplanner.ui.workbench import Workbench
from tests.benchmarks.rows import Row, median_ms, record
from tests.benchmarks.window import close, opened_window, settle

pytestmark = pytest.mark.usefixtures("qapp")

ROUTES, RULES, ENTRIES = 500, 60, 20
"""Of one table, and of each direction of a group and of an ACL; AWS's quotas allow no more."""
CHOSEN = {
    "long-table": f"a route table of {ROUTES} routes",
    "long-group": f"a security group of {2 * RULES} rules",
    "long-acl": f"a network ACL of {2 * ENTRIES} entries",
}
FINDINGS = 2_000
ONE_FRAME = 16.0


def plan() -> str:
    """A VPC with one short and one long thing of each kind."""
    routes = "".join(f"      10.{at // 200}.{at % 200}.0/24: nat\n" for at in range(ROUTES))
    rules = "".join(
        f"      - {{protocol: tcp, ports: {1000 + at}, cidr: 10.0.0.0/16}}\n" for at in range(RULES)
    )
    entries = "".join(
        f"      {1 + at}: {{action: allow, protocol: tcp, ports: {80 + at}, cidr: 10.0.0.0/16}}\n"
        for at in range(ENTRIES)
    )
    return f"""lambdaplanner: 1
region: eu-west-1
vpcs: {{v: {{cidr: 172.16.0.0/16}}}}
internet_gateways: {{igw: {{vpc: v}}}}
subnets:
  pub: {{vpc: v, az: eu-west-1a, cidr: 172.16.0.0/24, route_table: short-table}}
nat_gateways: {{nat: {{subnet: pub}}}}
route_tables:
  short-table: {{vpc: v, routes: {{0.0.0.0/0: igw}}}}
  long-table:
    vpc: v
    routes:
{routes}security_groups:
  short-group: {{vpc: v}}
  long-group:
    vpc: v
    inbound:
{rules}    outbound:
{rules}network_acls:
  short-acl: {{vpc: v}}
  long-acl:
    vpc: v
    inbound:
{entries}    outbound:
{entries}"""


def broken() -> str:
    """So many promises, none of which holds."""
    rows = "".join(
        f"- {{from: f{at % 9}, to: internet, port: {1000 + at}, expect: reachable}}\n"
        for at in range(FINDINGS)
    )
    functions = "".join(f"  f{at}: {{subnets: [s]}}\n" for at in range(9))
    return f"""lambdaplanner: 1
region: eu-west-1
vpcs: {{v: {{cidr: 172.16.0.0/16}}}}
subnets: {{s: {{vpc: v, az: eu-west-1a, cidr: 172.16.0.0/24}}}}
functions:
{functions}expectations:
{rows}"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    yield from window_with(plan(), tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def with_findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    yield from window_with(broken(), tmp_path_factory.mktemp("findings"))


def window_with(text: str, folder: Path) -> Iterator[Workbench]:
    """The window with a plan open."""
    file = folder / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    made = opened_window(folder)
    assert made.documents.open(file)
    settle(made)
    yield made
    close(made)


@pytest.mark.parametrize("name", CHOSEN)
def test_choosing(benchmark: Any, opened: Workbench, name: str) -> None:
    short = name.replace("long", "short")

    def choose() -> None:
        opened.bridge.select([name])
        QApplication.processEvents()
        opened.bridge.select([short])
        QApplication.processEvents()

    time = median_ms(benchmark, choose, rounds=15)
    what = f"choosing {CHOSEN[name]}, and another thing"
    record(benchmark, Row(part="Long lists", what=what, ours=time, most=ONE_FRAME))


def test_opening_findings(benchmark: Any, with_findings: Workbench) -> None:
    """The panel comes up from behind another one, and goes back."""
    window, panel = with_findings.window, with_findings.findings
    assert len(panel.shown) > FINDINGS

    def open_and_leave() -> None:
        for dock in ("findings", "trace"):
            window.show_dock(dock)
            QApplication.processEvents()

    time = median_ms(benchmark, open_and_leave, rounds=15)
    what = f"opening the findings panel, {FINDINGS:,} findings, and another panel"
    record(benchmark, Row(part="Long lists", what=what, ours=time, most=ONE_FRAME))


def test_walking_findings(benchmark: Any, with_findings: Workbench) -> None:
    panel = with_findings.findings
    with_findings.window.show_dock("findings")
    bar = panel.view.verticalScrollBar()
    settle(with_findings)

    def scroll() -> None:
        bar.setValue(bar.value() + 400 if bar.value() + 400 < bar.maximum() else 0)
        panel.view.viewport().repaint()

    time = median_ms(benchmark, scroll, rounds=51)
    what = f"a frame of scrolling through {FINDINGS:,} findings, none of them seen before"
    record(benchmark, Row(part="Long lists", what=what, ours=time, most=ONE_FRAME))
