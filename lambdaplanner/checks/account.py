"""Checks of what the account allows."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.function import Function

CONCURRENCY_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"
_NAMED = 3


@check(
    "LAM-023",
    "warning",
    "The concurrency targets exceed the account's quota",
    reference=CONCURRENCY_PAGE,
    reads="amounts",
)
def account_exceeded(view: PlanAnalysis) -> Iterator[Draft]:
    """All functions of a region share one quota, attached or not; what is beyond it is throttled,
    however many addresses there are. AWS raises the quota on request.
    """
    account = view.capacity().account
    if account.verdict == "ok":
        return
    largest = list(_largest(view, account.concurrency - account.quota))
    named = ", ".join(f'{f.concurrency:,} of "{f.id}"' for f in largest)
    yield Draft(
        about=tuple(function.id for function in largest),
        message=f"The concurrency targets add up to {account.concurrency:,} (the largest: "
        f"{named}), but the account runs {account.quota:,} at once in a region: the rest is "
        "throttled.",
        fix=f"Ask AWS to raise the quota of concurrent executions to {account.concurrency:,} or "
        "more and write it as account_concurrency in the settings, or lower the targets.",
    )


def _largest(view: PlanAnalysis, excess: int) -> Iterator[Function]:
    """The functions with the largest targets, as many as make up what is too much; a few at
    most.
    """
    for function in sorted(view.of(Function), key=lambda f: -f.concurrency)[:_NAMED]:
        if excess <= 0:
            return
        yield function
        excess -= function.concurrency
