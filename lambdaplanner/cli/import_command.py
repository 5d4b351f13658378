"""`lambdaplanner import`: what people have already becomes a plan."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import print_json, put, say, warn
from lambdaplanner.cli.shared import ALL_WELL, BAD_ANSWER, add_json, opened
from lambdaplanner.errors import QuestionError
from lambdaplanner.visible import visible_json

if TYPE_CHECKING:
    from lambdaplanner.formats.plan_file import OpenedPlan
    from lambdaplanner.importing.choices import Choices
    from lambdaplanner.importing.merging import Merged

NAME = "import"
SUMMARY = (
    "make a plan of what is there: AWS CLI JSON, templates; into a plan that exists what people "
    "added stays"
)
EXAMPLE = (
    "lambdaplanner import --script > collect.sh   a read-only script that collects the files\n"
    "         lambdaplanner import lambdaplanner-aws/ -o network.yaml\n"
    "         lambdaplanner import dump/ -o network.yaml --vpc shop --dry-run"
)
STDOUT = "-"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """SOURCE..., -o, and what is chosen of the sources."""
    add = command.add_argument
    add("sources", metavar="SOURCE", nargs="*", help="files and folders, - is stdin")
    add("-o", "--out", metavar="PLAN", help="the plan to write, or to merge into; - is stdout")
    add("--script", action="store_true", help="print a read-only shell script that collects")
    add("--region", metavar="R", action="append", default=[], help="this region; repeatable")
    add("--account", metavar="A", default="", help="this account alone")
    add("--vpc", metavar="V", action="append", default=[], help="id, tag Name or CIDR; repeatable")
    add("--parameter", metavar="K=V", action="append", default=[], help="of a template")
    add("--parameters", metavar="FILE", type=Path, help="parameters of a template, as JSON")
    add("--stack-name", metavar="FILE=NAME", action="append", default=[], help="of a template")
    add("--state", choices=("planned", "prior"), default="planned", help="of a Terraform plan")
    add(
        "--assume",
        choices=("default-acls",),
        action="append",
        default=[],
        help="take ACLs that no file tells to be AWS's own",
    )
    add("--keep-default-vpc", action="store_true", help="also where nothing stands in it")
    add("--no-unattached", action="store_true", help="leave out functions attached to no VPC")
    add("--keep-missing", action="store_true", help="keep what the source no longer has")
    add("--replace", action="store_true", help="start afresh; the old file is backed up")
    add("--dry-run", action="store_true", help="report only, write nothing")
    add(
        "--strict",
        action="store_true",
        help="exit 1 where anything is unknown, assumed, or left out with an effect",
    )
    add("--full-ids", action="store_true", help="show whole account ids")
    add("--report", metavar="FILE", type=Path, help="write the whole report as JSON")
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Reads, assembles, reports, writes."""
    if arguments.script:
        from lambdaplanner.importing.script import SCRIPT

        put(SCRIPT)
        return ALL_WELL
    from lambdaplanner.importing.loading import load
    from lambdaplanner.importing.report import document, lines, troubled
    from lambdaplanner.importing.sources import read_sources

    _refuse_what_cannot_be(arguments)
    choices = _choices(arguments)
    previous = _previous(arguments)
    found = read_sources(load(arguments.sources), choices)
    made = _made(arguments, found, previous)
    report = document(found, made, choices)
    if not arguments.dry_run:
        _write(arguments, made, previous)
    if arguments.report is not None:
        _save(arguments.report, visible_json(json.dumps(report, indent=2, ensure_ascii=False)))
    if arguments.json:
        print_json(report)
    for line in lines(report):
        warn(line)
    return BAD_ANSWER if arguments.strict and troubled(report) else ALL_WELL


def _refuse_what_cannot_be(arguments: argparse.Namespace) -> None:
    if not arguments.sources:
        raise QuestionError(
            "SOURCE is missing", hint="name files or folders; --script prints what collects them"
        )
    if arguments.out is None:
        if arguments.dry_run:
            return
        raise QuestionError("-o PLAN is missing", hint="name the plan to write, or use --dry-run")
    if arguments.out == STDOUT:
        if arguments.json:
            raise QuestionError("-o - and --json both print to stdout", hint="use --report FILE")
        return
    written = [path for path in (Path(arguments.out), arguments.report) if path is not None]
    for source in arguments.sources:
        if source != "-" and any(_same(Path(source), path) for path in written):
            raise QuestionError("a source cannot be written over", where=source)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _choices(arguments: argparse.Namespace) -> Choices:
    from lambdaplanner.importing.choices import Choices

    parameters = _parameters(arguments.parameters) if arguments.parameters else {}
    return Choices(
        regions=tuple(dict.fromkeys(arguments.region)),
        account=arguments.account,
        vpcs=tuple(arguments.vpc),
        parameters={**parameters, **_pairs("--parameter", arguments.parameter)},
        stack_names=_pairs("--stack-name", arguments.stack_name),
        state=arguments.state,
        default_acls="default-acls" in arguments.assume,
        keep_default_vpc=arguments.keep_default_vpc,
        unattached=not arguments.no_unattached,
        full_ids=arguments.full_ids,
    )


def _pairs(option: str, words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not (key and equals):
            raise QuestionError(f"{option} {word}: NAME=VALUE is due")
        found[key] = value
    return found


def _parameters(path: Path) -> dict[str, str]:
    from lambdaplanner.importing.loading import load

    loaded = load([str(path)])
    found: dict[str, str] = {}
    for value in (document.value for document in loaded.documents):
        one = value.get("Parameters", value) if isinstance(value, dict) else {}
        if isinstance(one, dict) and "ParameterKey" in one:
            found[str(one["ParameterKey"])] = str(one.get("ParameterValue", ""))
        elif isinstance(one, dict):
            found.update({key: str(part) for key, part in one.items() if _is_scalar(part)})
    if not found:
        raise QuestionError("there are no parameters in it", where=str(path))
    return found


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _previous(arguments: argparse.Namespace) -> OpenedPlan | None:
    """The plan to merge into."""
    if arguments.out in (None, STDOUT) or not Path(arguments.out).exists():
        return None
    return None if arguments.replace else opened(Path(arguments.out))


def _made(arguments: argparse.Namespace, found: Any, previous: OpenedPlan | None) -> Merged:
    from lambdaplanner.importing.merging import fresh, merged

    if previous is None:
        return fresh(found)
    return merged(found, previous.plan, keep_missing=arguments.keep_missing)


def _write(arguments: argparse.Namespace, made: Merged, previous: OpenedPlan | None) -> None:
    from lambdaplanner.formats.atomic import save_atomically
    from lambdaplanner.importing.writing import text_of

    text = text_of(made, previous)
    if arguments.out == STDOUT:
        put(text)
        return
    path = Path(arguments.out)
    if arguments.replace and path.exists():
        backup = path.with_name(f"{path.name}.bak")
        save_atomically(backup, path.read_bytes())
        warn(f"note: the old file is kept as {backup}")
    known = None if previous is None else previous.on_disk
    data = (("\ufeff" if previous is not None and previous.bom else "") + text).encode("utf-8")
    save_atomically(path, data, known=known)
    if not arguments.json:
        say(f"wrote {path}")


def _save(path: Path, text: str) -> None:
    from lambdaplanner.formats.atomic import save_atomically

    save_atomically(path, f"{text}\n".encode())
