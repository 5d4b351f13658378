"""`lambdaplanner fix`: edits that mend what is wrong, previewed or written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import print_json, say, warn
from lambdaplanner.cli.progress import Progress
from lambdaplanner.cli.shared import (
    ALL_WELL,
    BAD_ANSWER,
    add_json,
    add_plan,
    ip_version,
    opened,
    port_number,
)
from lambdaplanner.errors import NotAPlan, QuestionError

if TYPE_CHECKING:
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.fixes.repair import Remedy, Repair, Selection, Trouble

NAME = "fix"
SUMMARY = "ways to mend what is wrong, and what each changes elsewhere; --write mends and saves"
EXAMPLE = (
    "lambdaplanner fix orders.yaml --finding expectation --write\n"
    "status: 0 all that was selected is mended (without --write: can be), or there is nothing to "
    "mend;\n1 something is left; 2 the question cannot be asked: no such check, thing or end"
)
UNASKED = {
    "BOUNDARY": "Opens or removes a boundary: written only where --choose names it.",
    "ACCOUNT": "Changes a fact of the account: written only where --choose names it.",
}
ENDS = "an id of a function or workload, internet, an IP address, or aws:SERVICE"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, what is to be mended, and how."""
    add_plan(command)
    command.add_argument(
        "--finding",
        metavar="ID",
        action="append",
        default=[],
        help="only findings of this check, or `expectation`: the broken ones; may be given more "
        "than once",
    )
    command.add_argument("--about", metavar="THING", help="only what is about this thing")
    command.add_argument(
        "--from", dest="source", metavar="A", help=f"make B reachable from A: {ENDS}"
    )
    command.add_argument("--to", dest="target", metavar="B", help="goes with --from")
    command.add_argument(
        "--port", metavar="N", help="of that question; default: the target's port, else 443"
    )
    command.add_argument(
        "--protocol", choices=("tcp", "udp", "icmp"), default="tcp", help="default: tcp"
    )
    command.add_argument(
        "--ip", choices=("4", "6"), help="IP version; default: 4, or that of an address"
    )
    command.add_argument(
        "--choose", metavar="SLUG|N", help="this way instead of the first, by name or number"
    )
    command.add_argument(
        "--write",
        action="store_true",
        help="mend it and save the file, comments and all; without --finding and --about only "
        "what fails the check: errors and broken expectations",
    )
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints the ways, or what was done; only --write touches the file."""
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.checks.report import local_day
    from lambdaplanner.diagram.builder import build
    from lambdaplanner.editor.stillness import still
    from lambdaplanner.fixes.repair import check_selection, repair, troubles
    from lambdaplanner.formats.plan_file import save_plan

    if arguments.write:
        _refuse_picture(arguments.plan)
    file = opened(arguments.plan)
    selection = _selection(arguments)
    view = PlanAnalysis(file.plan)
    check_selection(view, selection)
    today = local_day()
    if arguments.write:
        with Progress("Mending"):
            result = repair(file.plan, selection, arguments.choose, today)
        if result.done:
            still(result.plan, build(file.plan))
            save_plan(result.plan, arguments.plan, file)
        return _tell_done(arguments, result)
    with Progress("Checking"):
        found = troubles(view, selection, today)
    return _tell_ways(arguments, view, found)


def _selection(arguments: argparse.Namespace) -> Selection:
    from lambdaplanner.fixes.repair import Selection

    ids, about = tuple(arguments.finding), arguments.about
    source, target = arguments.source, arguments.target
    if source is None and target is None:
        if arguments.port is not None:
            raise QuestionError("--port goes with --from and --to")
        if arguments.ip is not None:
            raise QuestionError("--ip goes with --from and --to")
        named = bool(ids) or about is not None
        return Selection(ids=ids, about=about, failing=arguments.write and not named)
    if source is None or target is None:
        raise QuestionError("--from and --to go together")
    if ids or about is not None:
        raise QuestionError("--from and --to go without --finding and --about")
    port, ip = port_number(arguments.port), ip_version(arguments.ip)
    question = (source, target, port, arguments.protocol, ip)
    return Selection(question=question)


def _refuse_picture(path: Path) -> None:
    from lambdaplanner.formats.fingerprints import open_regular
    from lambdaplanner.formats.picture_plan import is_picture

    with open_regular(path) as file:
        if is_picture(file.read(512)):
            raise NotAPlan(
                "a picture is not mended",
                hint="mend the YAML file that it shows, and export it again",
                where=str(path),
            )


# the ways -----------------------------------------------------------------------------------------


def _tell_ways(arguments: argparse.Namespace, view: PlanAnalysis, found: Sequence[Trouble]) -> int:
    from lambdaplanner.fixes.repair import MANY, chosen, ways

    most = 1 if len(found) > MANY and arguments.choose is None else None
    listed = []
    with Progress("Looking for ways", len(found)) as progress:
        for trouble in found:
            listed.append((trouble, ways(view, trouble, most)))
            progress.step()
    mendable = [chosen(there, arguments.choose) is not None for _, there in listed]
    if arguments.choose is not None and not any(mendable):
        warn(f"--choose {arguments.choose}: there is no such way; these are there")
    if arguments.json:
        documents = [_trouble_document(view, trouble, there) for trouble, there in listed]
        print_json({"written": False, "done": [], "findings": documents})
    else:
        say(f"{arguments.plan}: {_counted(len(found))}")
        if most is not None:
            say("The best way for each; --finding and --about give all of them.")
        for trouble, there in listed:
            _print_trouble(view, trouble, there)
    return ALL_WELL if all(mendable) else BAD_ANSWER


def _counted(number: int) -> str:
    return f"{number} to mend" if number else "nothing to mend"


def _trouble_document(
    view: PlanAnalysis, trouble: Trouble, found: Sequence[Remedy]
) -> dict[str, Any]:
    from lambdaplanner.cli.impact_document import impact_document
    from lambdaplanner.fixes.repair import why_not

    document: dict[str, Any] = {
        "id": trouble.id,
        "about": list(trouble.about),
        "message": trouble.message,
        "fixes": [{**_way_document(way), "impact": impact_document(way.impact)} for way in found],
    }
    if not found:
        document["reason"] = why_not(view, trouble)
    return document


def _way_document(way: Remedy) -> dict[str, Any]:
    fix = way.offer.fix
    return {"slug": fix.slug, "label": fix.label, "edits": [line.text for line in way.edits]}


def _print_trouble(view: PlanAnalysis, trouble: Trouble, found: Sequence[Remedy]) -> None:
    from lambdaplanner.cli.impact_document import impact_lines
    from lambdaplanner.fixes.repair import why_not

    say()
    say(f"{trouble.id}: {trouble.message} [{', '.join(trouble.about)}]")
    if not found:
        say(f"  {why_not(view, trouble)}")
    for number, way in enumerate(found, 1):
        say(f"  {number}. {way.offer.fix.label} ({way.offer.fix.slug})")
        for line in way.edits:
            say(f"       {line.text}")
        if not way.cost.taken_unasked:
            say(f"     {UNASKED[way.cost.name]}")
        changed = list(impact_lines(way.impact))
        say("     Then:" if changed else "     Then no verdict and no finding differs.")
        for text in changed:
            say(f"       {text}")


# what was done ------------------------------------------------------------------------------------


def _tell_done(arguments: argparse.Namespace, result: Repair) -> int:
    if arguments.json:
        print_json(_repair_document(result))
    else:
        _print_repair(arguments.plan, result)
    return BAD_ANSWER if result.left else ALL_WELL


def _repair_document(result: Repair) -> dict[str, Any]:
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.fixes.repair import why_left

    view = PlanAnalysis(result.plan)
    done = [
        {
            "id": one.trouble.id,
            "about": list(one.trouble.about),
            "message": one.trouble.message,
            **_way_document(one.way),
        }
        for one in result.done
    ]
    left = [
        {**_trouble_document(view, trouble, ()), "reason": why_left(view, trouble)}
        for trouble in result.left
    ]
    return {"written": bool(result.done), "done": done, "findings": left}


def _print_repair(path: Path, result: Repair) -> None:
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.fixes.repair import why_left

    if not result.done and not result.left:
        say(f"{path}: nothing to mend")
        return
    say(f"{path}: {len(result.done)} mended, {len(result.left)} left")
    for one in result.done:
        say()
        say(f"{one.trouble.id}: {one.trouble.message} [{', '.join(one.trouble.about)}]")
        say(f"  {one.way.offer.fix.label} ({one.way.offer.fix.slug})")
        for line in one.way.edits:
            say(f"    {line.text}")
    view = PlanAnalysis(result.plan)
    for trouble in result.left:
        say()
        say(f"left: {trouble.id}: {trouble.message} [{', '.join(trouble.about)}]")
        say(f"  {why_left(view, trouble)}")
