"""Fixes for findings about connections and quotas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.quotas import exceeded
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.edit import Edit


@mends("LAM-020")
def fewer_connections(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Fewer connections in each environment: half as many, until one is left."""
    function = subject(view, finding, Function)
    now = (
        function.connections_per_environment or view.plan.info.settings.connections_per_environment
    )
    fewer = now // 2
    while fewer:
        yield Fix(
            slug="fewer-connections",
            label=f"Let each environment of {function.title} hold {fewer:,} connections at most",
            command=updating(function.id, connections_per_environment=fewer),
        )
        fewer //= 2


@mends("LAM-023")
def raised_account_quota(view: PlanAnalysis, _finding: Finding) -> Iterator[Fix]:
    """The quota that the targets need, once AWS has granted it."""
    wanted = view.capacity().account.concurrency
    yield Fix(
        slug="raise-quota",
        label=f"Plan with a raised quota of {wanted:,} concurrent executions",
        command=lambda edit: edit.set_settings(account_concurrency=wanted),
    )


@mends("NET-028", "NAT-013", "SG-006")
def raised_quotas(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The quota that is needed, once AWS has granted it."""
    named = {"NAT-013": "nat_gateways_per_zone", "SG-006": "rules_per_security_group"}
    quotas = view.plan.info.settings.quotas
    if finding.id in named:
        setting = named[finding.id]
        wanted = [(setting, getattr(quotas, setting) * times) for times in (2, 4, 16)]
    else:
        wanted = [(c.setting, c.number) for c in exceeded(view) if c.about == finding.about]
    for setting, value in wanted:
        yield Fix(
            slug="raise-quota",
            label=f"Plan with a raised quota: {value:,} for {setting.replace('_', ' ')}",
            command=partial(Edit.set_settings, quotas=replace(quotas, **{setting: value})),
        )
