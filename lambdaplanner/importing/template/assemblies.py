"""What CDK synthesizes: a folder whose manifest names the templates of its stacks.

https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from lambdaplanner.importing.loading import Document
from lambdaplanner.importing.template.templates import Template

_STACK = "aws:cloudformation:stack"


def is_manifest(value: Any) -> bool:
    """Whether a value is the manifest of an assembly."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("artifacts"), Mapping)
        and isinstance(value.get("version"), str)
    )


def in_assemblies(
    documents: Iterable[Document], templates: Sequence[Template]
) -> tuple[list[Template], dict[str, str]]:
    """The templates without those that lie in an assembly and that nothing there names; and the
    names of the stacks of the others.
    """
    names: dict[str, str] = {}
    folders: list[str] = []
    for document in documents:
        if PurePosixPath(document.file).name == "manifest.json" and is_manifest(document.value):
            folder = str(PurePosixPath(document.file).parent)
            folders.append(folder)
            names |= _stacks(folder, document.value["artifacts"])
    kept = [
        one
        for one in templates
        if one.file in names
        or ".nested." in PurePosixPath(one.file).name
        or not any(_inside(one.file, folder) for folder in folders)
    ]
    return kept, names


def _stacks(folder: str, artifacts: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for logical, artifact in artifacts.items():
        if not isinstance(artifact, Mapping) or artifact.get("type") != _STACK:
            continue
        properties = artifact.get("properties")
        if not isinstance(properties, Mapping):
            continue
        file, name = properties.get("templateFile"), properties.get("stackName")
        if isinstance(file, str):
            found[str(PurePosixPath(folder) / file)] = name if isinstance(name, str) else logical
    return found


def _inside(file: str, folder: str) -> bool:
    return folder == "." or file.startswith(f"{folder}/")
