"""Running checks: their drafts become findings, and a sentence that many things share is one."""

from __future__ import annotations

import logging
from collections.abc import Collection

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import CRASHED, Check, Draft, Finding
from lambdaplanner.checks.sharing import grouped


def run_check(rule: Check, view: PlanAnalysis) -> list[Finding]:
    """What one check finds; if it breaks, a finding that says so at its end, and the reason goes
    to the log.
    """
    drafts: list[Draft] = []
    broken = []
    try:
        drafts.extend(rule.body(view))
    except Exception:
        logging.getLogger(__name__).exception("check %s broke", rule.id)
        broken.append(_crashed(rule))
    return [*(_finding(rule, draft) for draft in grouped(drafts)), *broken]


def _finding(rule: Check, draft: Draft) -> Finding:
    apart = draft.apart

    def told(names: Collection[str]) -> list[Finding]:
        return [_finding(rule, one) for one in (apart(names) if apart is not None else ())]

    return Finding(
        id=rule.id,
        severity=draft.severity or rule.severity,
        about=draft.about,
        message=draft.message,
        fix=draft.fix,
        reference=rule.reference,
        members=draft.members or ((draft.subject,) if draft.subject else ()),
        part=draft.part,
        apart=None if apart is None else told,
    )


def _crashed(rule: Check) -> Finding:
    return Finding(
        id=CRASHED,
        severity="warning",
        about=(),
        message=f'The check {rule.id} "{rule.title}" broke on this plan, so nobody knows whether '
        "it holds.",
        fix="Please report it with the plan; the log has the details.",
    )
