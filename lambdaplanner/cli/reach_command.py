"""`lambdaplanner reach`: one question, hop by hop."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import print_json, print_table, say
from lambdaplanner.cli.imagining import (
    add_scenario,
    imagine_asked,
    say_scenario,
    scenario_document,
    scenario_of,
)
from lambdaplanner.cli.progress import Progress
from lambdaplanner.cli.shared import (
    ALL_WELL,
    BAD_ANSWER,
    add_json,
    add_plan,
    ip_version,
    obstacle_document,
    opened,
    port_number,
)
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.analysis.answers import Answer, PathAnswer
    from lambdaplanner.analysis.hops import Hop
    from lambdaplanner.analysis.network import Network
    from lambdaplanner.analysis.scenario import Scenario
    from lambdaplanner.analysis.survey import Reached
    from lambdaplanner.analysis.view import PlanAnalysis

NAME = "reach"
SUMMARY = (
    "whether one end reaches the other, hop by hop, and every thing that blocks; "
    "or everything that one end reaches, or is reached by"
)
EXAMPLE = (
    "lambdaplanner reach orders.yaml orders internet --port 443\n"
    "         lambdaplanner reach orders.yaml --out-of orders   what can it reach\n"
    "         lambdaplanner reach orders.yaml --into orders-db  who can reach it"
)
ENDS = "an id of a function or workload, internet, an IP address, or aws:SERVICE"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, FROM, TO, --port, --protocol, a scenario, --json."""
    add_plan(command)
    command.add_argument("source", metavar="FROM", nargs="?", help=ENDS)
    command.add_argument("target", metavar="TO", nargs="?", help=ENDS)
    command.add_argument(
        "--out-of", metavar="FROM", help="what can this end reach; in place of FROM TO"
    )
    command.add_argument("--into", metavar="TO", help="who can reach this end; in place of FROM TO")
    command.add_argument(
        "--port", metavar="N", help="default: the target workload's port, else 443"
    )
    command.add_argument(
        "--protocol", choices=("tcp", "udp", "icmp"), default="tcp", help="default: tcp"
    )
    command.add_argument(
        "--ip", choices=("4", "6"), help="IP version; default: 4, or that of an address"
    )
    add_scenario(command)
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer: to one question, or to all that one end is about."""
    from lambdaplanner.analysis.view import PlanAnalysis

    pair = (arguments.source, arguments.target)
    asked = [pair != (None, None), arguments.out_of is not None, arguments.into is not None]
    if asked.count(True) != 1 or (asked[0] and None in pair):
        raise QuestionError(
            "name FROM and TO, or one end with --out-of or --into", hint=f"an end is {ENDS}"
        )
    plan, scenario = opened(arguments.plan).plan, scenario_of(arguments)
    view = PlanAnalysis(imagine_asked(plan, scenario, *pair, arguments.out_of, arguments.into))
    port, protocol = port_number(arguments.port), arguments.protocol
    ip = ip_version(arguments.ip)
    if not asked[0]:
        return _survey(arguments, view.network, port, scenario)
    with Progress("Following packets"):
        answer = _answered(view, (arguments.source, arguments.target, port, protocol, ip))
    if arguments.json:
        print_json(scenario_document(scenario) | reach_document(answer))
    else:
        say_scenario(scenario)
        _print_answer(answer)
    return ALL_WELL if answer.verdict == "reachable" else BAD_ANSWER


def _answered(view: PlanAnalysis, asked: tuple[str, str, int | None, str, int | None]) -> Answer:
    """The answer; what it advises is what `fix` offers first."""
    answer = view.question(*asked)
    if answer.verdict == "reachable":
        return answer
    from lambdaplanner.fixes.advice import advised

    return advised(view, answer)


def _survey(
    arguments: argparse.Namespace, network: Network, port: int | None, scenario: Scenario
) -> int:
    from lambdaplanner.analysis.survey import reach_from, reach_into

    near, far, protocol = arguments.out_of, arguments.into, arguments.protocol
    ip = ip_version(arguments.ip)
    with Progress("Following packets"):
        if far is None:
            rows = reach_from(network, near, port=port, protocol=protocol, ip=ip)
        else:
            rows = reach_into(network, far, port=port, protocol=protocol, ip=ip)
    if arguments.json:
        answers = [
            {"from": r.source, "to": r.target, "protocol": r.protocol, "port": r.port}
            | ({} if ip is None else {"ip": ip})
            | {"verdict": r.verdict, "assumes": list(r.assumes)}
            for r in rows
        ]
        print_json(scenario_document(scenario) | {"from": near, "to": far, "answers": answers})
    else:
        say_scenario(scenario)
        _print_survey(rows)
    return ALL_WELL


def _print_survey(rows: tuple[Reached, ...]) -> None:
    print_table(
        ("from", "to", "asked", "verdict"),
        [(row.source, row.target, f"{row.protocol}{_port_of(row)}", row.verdict) for row in rows],
    )


def _port_of(row: Reached) -> str:
    return "" if row.port is None else f" {row.port}"


def reach_document(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it."""
    return {
        "from": answer.source,
        "to": answer.target,
        "protocol": answer.protocol,
        "port": answer.port,
        **({} if answer.ip is None else {"ip": answer.ip}),
        "verdict": answer.verdict,
        "assumes": list(answer.assumes),
        "paths": [_path_document(path) for path in answer.paths],
    }


def _path_document(path: PathAnswer) -> dict[str, Any]:
    return {
        "via": path.via,
        "into": path.into,
        "verdict": path.verdict,
        "assumes": list(path.assumes),
        "hops": [_hop_document(hop) for hop in path.hops],
        "return_hops": [_hop_document(hop) for hop in path.return_hops],
        "obstacles": [
            {**obstacle_document(obstacle), "fix": obstacle.fix} for obstacle in path.obstacles
        ],
    }


def _hop_document(hop: Hop) -> dict[str, Any]:
    document: dict[str, Any] = {"id": hop.id, "kind": hop.kind}
    if hop.detail:
        document["detail"] = hop.detail
    if hop.translation:
        document["translation"] = hop.translation._asdict()
    return document


def _print_answer(answer: Answer) -> None:
    from lambdaplanner.analysis.ends import said_ip

    port = "" if answer.port is None else f" {answer.port}"
    asked = f"{answer.protocol}{port}{said_ip(answer.ip)}"
    say(f"{answer.source} to {answer.target}, {asked}: {answer.verdict}")
    for said in answer.assumes:
        say(f"  taken for granted: {said}")
    for path in answer.paths:
        say()
        say(f"{_path_title(path)}: {path.verdict}")
        _print_hops("  ", path.hops)
        if path.return_hops:
            say("  back:")
            _print_hops("  ", path.return_hops)
        for obstacle in path.obstacles:
            way = " on the way back" if obstacle.direction == "return" else ""
            state = "not known" if obstacle.in_doubt else "blocked"
            say(f"  {state} at {obstacle.at}{way} ({obstacle.code})")
            say(f"    {obstacle.message}")
            if obstacle.fix:
                say(f"    Fix: {obstacle.fix}")


def _path_title(path: PathAnswer) -> str:
    source = f"from {path.via}" if path.via else "from outside any subnet"
    return f"{source} into {path.into}" if path.into else source


def _print_hops(indent: str, hops: tuple[Hop, ...]) -> None:
    for number, hop in enumerate(hops, 1):
        detail = f"  {hop.detail}" if hop.detail else ""
        say(f"{indent}{number:>3}. {hop.id} ({hop.kind}){detail}")
        if hop.translation:
            end, before, after = hop.translation
            say(f"{indent}       {end}: {before} becomes {after}")
