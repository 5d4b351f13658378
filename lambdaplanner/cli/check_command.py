"""`lambdaplanner check`: findings and expectations."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import print_json, say
from lambdaplanner.cli.imagining import (
    add_scenario,
    say_scenario,
    scenario_document,
    scenario_of,
    stranded_line,
)
from lambdaplanner.cli.progress import Progress
from lambdaplanner.cli.shared import ALL_WELL, BAD_ANSWER, add_json, obstacle_document, opened

if TYPE_CHECKING:
    from lambdaplanner.checks.report import CheckReport

NAME = "check"
SUMMARY = (
    "findings and expectations; fails on an error that nobody acknowledged, or a broken expectation"
)
EXAMPLE = "lambdaplanner check plans/*.yaml"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN..., a scenario, --json."""
    command.add_argument(
        "plans",
        metavar="PLAN",
        type=Path,
        nargs="+",
        help="plan files, or pictures with their plan inside",
    )
    add_scenario(command)
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints the reports; every file is read before the first one is judged."""
    from lambdaplanner.analysis.whatif import imagine
    from lambdaplanner.checks.report import report

    scenario = scenario_of(arguments)
    plans = [(path, imagine(opened(path).plan, scenario)) for path in arguments.plans]
    reports = []
    with Progress("Checking", len(plans)) as progress:
        for path, then in plans:
            reports.append((path, _judged(report(then.plan), then.stranded)))
            progress.step()
    if arguments.json:
        documents = [scenario_document(scenario) | check_document(found) for _, found in reports]
        if len(documents) == 1:
            print_json(documents[0])
        else:
            failing = any(document["verdict"] == "fail" for document in documents)
            named = [
                {"plan": str(path), **document}
                for (path, _), document in zip(reports, documents, strict=True)
            ]
            print_json({"verdict": "fail" if failing else "pass", "plans": named})
    else:
        say_scenario(scenario)
        for path, found in reports:
            _print_report(path, found)
    return BAD_ANSWER if any(found.verdict == "fail" for _, found in reports) else ALL_WELL


def _judged(found: CheckReport, stranded: tuple[str, ...]) -> CheckReport:
    """The report of an imagined plan: it fails where nothing is left of an end."""
    verdict = "fail" if stranded else found.verdict
    return dataclasses.replace(found, verdict=verdict, stranded=stranded)


def check_document(found: CheckReport) -> dict[str, Any]:
    """The report as JSON has it."""
    return {
        "verdict": found.verdict,
        **({"stranded": list(found.stranded)} if found.stranded else {}),
        "findings": [
            {
                "id": f.id,
                "severity": f.severity,
                "about": list(f.about),
                "message": f.message,
                "fix": f.fix,
                "reference": f.reference,
                "acknowledged": f.acknowledged,
            }
            for f in found.findings
        ],
        "expectations": [
            {
                "from": e.source,
                "to": e.target,
                "protocol": e.protocol,
                "port": e.port,
                **({} if e.ip is None else {"ip": e.ip}),
                "expect": e.expect,
                "verdict": e.verdict,
                "ok": e.ok,
                "assumes": list(e.assumes),
                "obstacles": [obstacle_document(o) for o in e.obstacles],
            }
            for e in found.expectations
        ],
    }


def _print_report(path: Path, found: CheckReport) -> None:
    from lambdaplanner.analysis.ends import said_ip

    say(f"{path}: {found.verdict}")
    for name in found.stranded:
        say(f"  {stranded_line(name)}")
    for finding in found.findings:
        mark = "acknowledged" if finding.acknowledged else finding.severity
        say(f"  {finding.id} {mark}: {finding.message} [{', '.join(finding.about)}]")
        if finding.fix:
            say(f"    Fix: {finding.fix}")
    for row in found.expectations:
        port = "" if row.port is None else f" {row.port}"
        taken = f", if {' and '.join(row.assumes)}" if row.assumes else ""
        state = f"holds{taken}" if row.ok else f"BROKEN: it is {row.verdict or 'impossible to ask'}"
        asked = f"{row.source} to {row.target}, {row.protocol}{port}{said_ip(row.ip)}"
        say(f"  {asked}, expected {row.expect}: {state}")
        for cause in (row.problem, *(obstacle.message for obstacle in row.obstacles)):
            if cause:
                say(f"    {cause}")
