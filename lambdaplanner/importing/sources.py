"""Which reader a document is for: a row each; everything else works on what they find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lambdaplanner.errors import QuestionError
from lambdaplanner.importing.aws import reader as aws
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Found, NotRead
from lambdaplanner.importing.loading import Document, Loaded
from lambdaplanner.importing.template import reader as template


class Reader(NamedTuple):
    """One kind of source."""

    kind: str
    title: str
    """What people call such files."""
    claims: Callable[[Document], bool]
    read: Callable[[Sequence[Document], Choices], Found]


READERS: tuple[Reader, ...] = (
    Reader(aws.KIND, "AWS CLI JSON", aws.claims, aws.read),
    Reader(template.KIND, "templates of CloudFormation", template.claims, template.read),
)

MAKE = (
    "lambdaplanner import --script prints a script that collects AWS CLI JSON; templates of "
    "CloudFormation and SAM are read as they are"
)


def read_sources(loaded: Loaded, choices: Choices) -> Found:
    """What the documents tell, all of them by one reader.

    Raises QuestionError where none is of a kind that is read, where there are several kinds, and
    where something has to be chosen first.
    """
    claimed = {reader: [d for d in loaded.documents if reader.claims(d)] for reader in READERS}
    sure = [
        reader for reader in READERS if any(document.text is None for document in claimed[reader])
    ]
    fitting = sure or [reader for reader in READERS if claimed[reader]]
    if len(fitting) > 1:
        kinds = " and ".join(reader.title for reader in fitting)
        raise QuestionError(f"the files are {kinds}", hint="import one after the other")
    if not fitting:
        raise _nothing(loaded, list(loaded.not_read))
    found = fitting[0].read(claimed[fitting[0]], choices)
    names = {document.file for document in claimed[fitting[0]]}
    found.not_read = [*loaded.not_read, *found.not_read]
    found.not_read += [
        NotRead(document.file, "no key of ours")
        for document in loaded.documents
        if document.file not in names
    ]
    found.files = loaded.files
    if not found.things:
        raise _nothing(loaded, found.not_read)
    return found


def _nothing(loaded: Loaded, not_read: Sequence[NotRead]) -> QuestionError:
    why = "; ".join(f"{one.file}: {one.why}" for one in not_read[:3])
    more = f" ({why})" if why else ""
    looked = ", ".join(reader.title for reader in READERS)
    return QuestionError(
        f"nothing to import was found in {loaded.files} files{more}; looked for {looked}",
        hint=MAKE,
    )
