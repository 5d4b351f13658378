"""For each check of functions and NAT gateways a plan that breaks it, and one that keeps it."""

from __future__ import annotations

from tests.checks.rule_cases import Case

LAMBDA_CASES: tuple[Case, ...] = ()
