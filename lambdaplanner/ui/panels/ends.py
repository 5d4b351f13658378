"""The ends of questions in forms: what may be chosen, and what may be typed."""

from __future__ import annotations

from lambdaplanner.kinds import kind_of
from lambdaplanner.model.network_fields import ENDS, PathEnd
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.reference_editors import Option
from lambdaplanner.ui.panels.words import icon_of_resource

_SERVICES = ("aws:s3", "aws:dynamodb", "aws:secretsmanager")


def end_field(title: str, key: str, help_: str) -> FieldInfo:
    """The field of an end in a form of its own."""
    return FieldInfo(key, key, title, help_, PathEnd(), None)


def end_options(plan: Plan, *, services: bool = False) -> list[Option]:
    """The internet, every function and workload, and the AWS services asked about most."""
    things = [one for kind in ENDS for one in plan.ordered(kind)]
    found = [Option(one.id, icon_of_resource(one), kind_of(one).summary(one)) for one in things]
    more = [Option(name, "endpoint", "AWS API") for name in _SERVICES if services]
    return [Option("internet", "internet", "any public address"), *found, *more]


def read_end(text: str) -> str:
    """An end as typed, where it is an address or a service; else ValueError says what is due."""
    value = PathEnd().parse(text)
    if value == text and "." not in text and ":" not in text and text != "internet":
        raise ValueError(f'"{text}" is no function or workload, and no address')
    return value
