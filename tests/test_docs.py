"""What the pages say is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lambdaplanner.cli.program import COMMANDS
from lambdaplanner.formats.plan_file import open_plan, read_text
from lambdaplanner.kinds import KINDS
from lambdaplanner.ui.actions import ACTIONS, MENUS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = ROOT / "resources" / "guide"


def test_the_readme_lists_every_kind() -> None:
    rows = re.findall(r"\| `(\w+)` \| ([^|]+) \|", README)
    listed = {section: title.strip() for section, title in rows}
    assert {kind.section: kind.title for kind in KINDS.values()}.items() <= listed.items()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "open"])
def test_the_readme_shows_every_command(command: str) -> None:
    assert f"lambdaplanner {command}" in README


@pytest.mark.parametrize("page", [ROOT / "README.md", GUIDE / "format.md"], ids=str)
def test_yaml_on_the_pages_opens(page: Path) -> None:
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        assert read_text(block, where=page.name).plan.of("function")


def test_the_picture_of_the_readme_carries_its_plan() -> None:
    assert "private-b" in open_plan(GUIDE / "two-zones.png").plan


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *GUIDE.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_actions_have_unique_ids_and_keys_and_known_menus() -> None:
    ids = [row.id for row in ACTIONS]
    keys = [key for row in ACTIONS for key in row.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert {row.menu for row in ACTIONS} == set(MENUS)
    assert all(row.tip for row in ACTIONS)


FACTS = (GUIDE / "aws.md").read_text(encoding="utf-8")


def test_the_page_of_facts_names_every_source() -> None:
    """A citation is a link by reference; what has no address is listed by name, its brackets
    escaped.
    """
    known = set(
        re.findall(r"^\[([^\]]+)\]: https://docs\.aws\.amazon\.com/\S+$", FACTS, re.MULTILINE)
    )
    listed = set(re.findall(r"\\\[([^\]]+)\\\]", FACTS))
    text = FACTS.split("\n[Lambda VPC]: ")[0]
    cited = set(re.findall(r"(?<!\\)\[([^\]\\\[]+)\](?!\()", text))
    assert cited == known | listed


def test_the_page_of_facts_has_no_html() -> None:
    outside = re.sub(r"```.*?```|`[^`]*`", "", FACTS, flags=re.DOTALL)
    assert re.findall(r"<[A-Za-z!/]", outside) == []


SOURCES = sorted(
    path
    for folder in ("lambdaplanner", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if path != Path(__file__)
)
HEADINGS = set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", FACTS, re.MULTILINE))


def test_every_fact_that_code_cites_is_on_the_page() -> None:
    """A citation is the page's name and the numbers of its sections: ``aws.md 1.5, 2.4``."""
    number = r"\d+(?:\.\d+)?"
    for path in SOURCES:
        text = re.sub(r"\n\s*#? ?", " ", path.read_text(encoding="utf-8"))
        for cited in re.findall(rf"aws\.md ({number}(?:(?:,| and| to) {number})*)", text):
            assert set(re.findall(number, cited)) <= HEADINGS, f"{path.name}: aws.md {cited}"


def test_code_names_no_page_that_there_is_not() -> None:
    pages = {"README.md", *(page.name for page in GUIDE.glob("*.md"))}
    for path in SOURCES:
        named = set(re.findall(r"\b[\w-]+\.md\b", path.read_text(encoding="utf-8")))
        assert named <= pages, path.name
