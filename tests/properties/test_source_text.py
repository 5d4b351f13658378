"""Whatever a file looks like: edits keep what they do not touch, `format` keeps every comment."""

from __future__ import annotations

import copy
import random
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.formats.source_text import SourceText, format_text
from lambdaplanner.formats.yaml_outline import Outline
from lambdaplanner.formats.yaml_reader import parse
from tests.effort import examples
from tests.properties.hand_written import ORDER, Scribe, random_plan, random_record

seeds = st.integers(0, 2**32)
MANY = examples(80)


def canonical(plan: dict[str, Any]) -> dict[str, Any]:
    return {name: plan[name] for name in ORDER if name in plan and plan[name] not in ({}, [])}


def said(text: str) -> dict[str, Any]:
    return canonical(yaml.load(text, Loader=yaml.CSafeLoader))


def comments(text: str) -> list[str]:
    return [
        part for found in Outline(text).comments for part in found.text.split(" ") if part != "#"
    ]


def hand_written(seed: int) -> tuple[random.Random, dict[str, Any], str, list[str]]:
    rnd = random.Random(seed)
    plan = random_plan(rnd)
    scribe = Scribe(rnd)
    text = scribe.text(plan)
    assert yaml.load(text, Loader=yaml.CSafeLoader) == plan
    return rnd, canonical(plan), text, [comment[2:] for comment in scribe.comments]


@MANY
@given(seeds)
def test_format_keeps_the_plan_and_every_comment_and_does_nothing_more_the_second_time(
    seed: int,
) -> None:
    _, plan, text, written = hand_written(seed)
    formatted = format_text(text, plan)
    assert said(formatted) == plan
    assert sorted(comments(formatted)) == sorted(written)
    assert format_text(formatted, plan) == formatted


def edited(
    rnd: random.Random, plan: dict[str, Any]
) -> tuple[dict[str, Any], set[tuple[str, str]], bool]:
    """A changed plan, the entries that are as before, and whether anything was taken out."""
    after = copy.deepcopy(plan)
    removed = False
    for _ in range(rnd.randint(1, 4)):
        section = rnd.choice(ORDER[4:])
        step = rnd.random()
        if section == "expectations":
            rows = after.setdefault(section, [])
            if rows and step < 0.3:
                rows.pop(rnd.randrange(len(rows)))
                removed = True
            elif rows and step < 0.6:
                rows[rnd.randrange(len(rows))] = random_record(rnd, 2)
            else:
                rows.insert(rnd.randint(0, len(rows)), random_record(rnd, 2))
            continue
        entries = after.setdefault(section, {})
        if entries and step < 0.3:
            del entries[rnd.choice(list(entries))]
            removed = True
        elif entries and step < 0.6:
            entries[rnd.choice(list(entries))] = random_record(rnd)
        else:
            entries[f"new-{rnd.randint(0, 10**6)}"] = random_record(rnd)
    if rnd.random() < 0.2:
        after["name"] = "another"
    after = canonical(after)
    same = {
        (section, name)
        for section in ORDER[4:]
        if isinstance(plan.get(section), dict)
        for name in plan[section]
        if name in after.get(section, {}) and after[section][name] == plan[section][name]
    }
    return after, same, removed


@MANY
@given(seeds)
def test_an_edit_keeps_what_it_does_not_touch(seed: int) -> None:
    rnd, plan, text, written = hand_written(seed)
    source = SourceText.of(parse(text), plan)
    assert source.edited(copy.deepcopy(plan)).text == text
    after, same, removed = edited(rnd, plan)
    result = source.edited(after)
    assert said(result.text) == after
    if not removed:
        assert sorted(comments(result.text)) == sorted(written)
    assert source.text == text
    for section, name in same:
        kept = body(text, section, name)
        assert kept == "" or kept == body(result.text, section, name)


def body(text: str, section: str, name: str) -> str:
    """What an entry looks like, from its key to the end of its value; empty in sections written in
    braces.
    """
    outline = Outline(text)
    found = next(place for place in outline.root.children if place.part == section)
    if found.flow:
        return ""
    entry = next(place for place in found.children if place.part == name)
    return text[entry.start : entry.end]


@MANY
@given(seeds)
def test_many_edits_are_like_opening_the_file_between_them(seed: int) -> None:
    rnd, plan, text, _ = hand_written(seed)
    source = SourceText.of(parse(text), plan)
    for _ in range(3):
        plan, _, _ = edited(rnd, plan)
        reopened = SourceText.of(parse(source.text), source.sections)
        source = source.edited(plan)
        assert said(source.text) == plan
        assert reopened.edited(plan).text == source.text


@MANY
@given(seeds, st.booleans())
def test_line_ends_and_a_missing_last_one_stay(seed: int, final: bool) -> None:
    rnd, plan, text, _ = hand_written(seed)
    dos = text.replace("\n", "\r\n")
    after, _, _ = edited(rnd, plan)
    unix = SourceText.of(parse(text), plan).edited(after).text
    source = SourceText.of(parse(dos if final else dos.rstrip("\r\n")), plan)
    result = source.edited(after)
    assert result.text.replace("\r\n", "").count("\n") == 0
    assert said(result.text) == after
    if final:
        assert result.text == unix.replace("\n", "\r\n")
    else:
        assert not result.text.endswith("\n")
