"""Texts of templates as an import reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lambdaplanner.importing.assembled import Assembled, plan_of
from lambdaplanner.importing.assembly import assemble
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Found
from lambdaplanner.importing.loading import Document, documents
from lambdaplanner.importing.template.reader import read
from lambdaplanner.model.plan import Plan
from tests.importing.interop import INTEROP

NAMES = ("template-net", "template-sam")


def text_of(name: str) -> str:
    """A worked input."""
    return (INTEROP / f"{name}.yaml").read_text(encoding="utf-8")


def found_in(files: Mapping[str, str] | str, **choices: Any) -> Found:
    """What templates tell, by file; one text is ``stack.yaml``."""
    texts = {"stack.yaml": files} if isinstance(files, str) else files
    loaded: list[Document] = []
    for name, text in texts.items():
        loaded += documents(name, text.encode())
    return read(loaded, Choices(**choices))


def assembled(files: Mapping[str, str] | str, **choices: Any) -> Assembled:
    """What templates become, and all that there is to report."""
    return assemble(found_in(files, **choices))


def plan_from(files: Mapping[str, str] | str, **choices: Any) -> Plan:
    """The plan that templates become."""
    plan = plan_of(assembled(files, **choices))
    assert plan is not None
    return plan


def template(**resources: Any) -> str:
    """A template of resources, each ``(type, properties)`` or ``(type, properties, more)``."""
    made = {}
    for name, (kind, properties, *more) in resources.items():
        extra = more[0] if more else {}
        made[name] = {"Type": f"AWS::{kind}", "Properties": properties, **extra}
    return json.dumps({"Resources": made})


def ref(name: str) -> dict[str, str]:
    """A mention."""
    return {"Ref": name}
