"""Texts that people and accidents make: a tree with places, or problems in plain words."""

from __future__ import annotations

import gc

import pytest
import yaml

from lambdaplanner.formats import yaml_builder
from lambdaplanner.formats.yaml_reader import MAX_BYTES, parse

PLAN = """\
lambdaplanner: 1
subnets:
  private-a: {vpc: main, cidr: 10.0.16.0/20}
  no:
    cidr: 1.10
    ips:
      - 22:22
      - {port: "443"}
empty:
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_builder, "PARSER", getattr(yaml, request.param))


def only_problem(source: str | bytes) -> tuple[str, int, int]:
    (problem,) = parse(source).problems
    return problem.message, problem.line, problem.column


@pytest.mark.usefixtures("both_parsers")
def test_scalars_stay_the_text_that_was_written() -> None:
    tree = parse(PLAN)
    assert tree.problems == []
    assert tree.root == {
        "lambdaplanner": "1",
        "subnets": {
            "private-a": {"vpc": "main", "cidr": "10.0.16.0/20"},
            "no": {"cidr": "1.10", "ips": ["22:22", {"port": "443"}]},
        },
        "empty": "",
    }


@pytest.mark.usefixtures("both_parsers")
@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("lambdaplanner",), (1, 1), (1, 16)),
        (("subnets", "private-a", "cidr"), (3, 26), (3, 32)),
        (("subnets", "no", "ips", 1), (8, 9), (8, 9)),
        (("subnets", "no", "ips", 1, "port"), (8, 10), (8, 16)),
        (("empty",), (9, 1), (9, 7)),
        (("subnets", "no", "missing", "deeper"), (5, 5), (5, 5)),
        (("subnets", "no", "ips", 7), (7, 7), (7, 7)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_places_of_keys_values_and_missing_things(
    path: tuple[str | int, ...],
    key: tuple[int, int],
    value: tuple[int, int],
) -> None:
    tree = parse(PLAN)
    assert tree.locate(path, at="key") == key
    assert tree.locate(path) == value


def test_places_count_lines_as_editors_do() -> None:
    tree = parse("a: 1\r\nb: 2\rc: 'é\u2028x'\nd: 4\n")
    assert [tree.locate((key,), at="key") for key in "abd"] == [(1, 1), (2, 1), (4, 1)]


def test_a_byte_order_mark_opens_and_is_remembered() -> None:
    tree = parse(b"\xef\xbb\xbfa: 1\n")
    assert (tree.root, tree.bom, tree.text) == ({"a": "1"}, True, "a: 1\n")
    assert tree.locate(("a",), at="key") == (1, 1)


@pytest.mark.usefixtures("both_parsers")
def test_every_problem_of_a_whole_structure_is_collected() -> None:
    tree = parse(
        "a: !!python/object:os.system x\n"
        "b: 1\nb: 2\n"
        "? [x, y]\n: {z: 1}\n"
        "c: &base {k: v}\n"
        "d: {<<: *base, e: !mine 3}\n"
        "f: *missing\n"
    )
    assert not tree.broken
    assert [(p.line, p.column, p.path, p.message.split(";")[0]) for p in tree.problems] == [
        (1, 4, ("a",), "the YAML tag !!python/object:os.system has no place in a plan"),
        (3, 1, ("b",), 'the key "b" is given twice, in lines 2 and 3'),
        (4, 3, (), "a list cannot be a key"),
        (7, 5, ("d", "<<"), "merge keys (<<) have no place in a plan"),
        (7, 19, ("d", "e"), "the YAML tag !mine has no place in a plan"),
        (8, 4, ("f",), "the alias *missing has no finished anchor &missing before it"),
    ]
    assert tree.root["b"] == "1"
    assert tree.root["d"] == {"e": "3"}


@pytest.mark.usefixtures("both_parsers")
def test_small_aliases_are_copies() -> None:
    tree = parse("a: &x {k: [1, 2]}\nb: *x\n")
    assert tree.problems == []
    assert tree.root["b"] == {"k": ["1", "2"]}
    assert tree.root["b"] is not tree.root["a"]
    assert tree.anchored


def test_alias_bombs_are_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, inner in zip("bcdefghij", "abcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]\n"
    message, line, _ = only_problem(bomb)
    assert "aliases add more than 10,000 values" in message
    assert line == 5


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "{a: " * 100_000,
        "a:\n  " + "- " * 100_000,
        "x:\n ? " + "? " * 100_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(500)),
        "a: &a [[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]\nb: [[[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]]\n",
    ],
    ids=["lists", "mappings", "dashes", "keys", "blocks", "aliases"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    tree = parse(text)
    assert tree.broken
    assert "nested more than 32 levels" in tree.problems[-1].message


@pytest.mark.parametrize(
    ("text", "says", "line", "column"),
    [
        ("a: 1\n\tb: 2\n", "indent with spaces", 2, 1),
        ("a: 1\nb: x: y\n", 'before this ":"', 2, 5),
        ("a: [1, 2\nb: 3\n", "in the list that begins in line 1", 2, 2),
        ("a:\n  b: {c: 1\n\nd: 2\n", "in the mapping that begins in line 2", 4, 2),
        ('a: 1\nb: "open\nc: 2\n', "never closed", 2, 4),
        ("a: 1\nb\nc: 2\n", 'a ":" is missing', 2, 1),
        ("a: @x\n", '"@" cannot begin a value', 1, 4),
        ("a:\n  b: 1\n c: 2\n", "check indentation", 3, 2),
        ("a: 'x' y\n", "check indentation and quotes", 1, 8),
        ("a: - b\n", "give it a line of its own", 1, 4),
        ("a: ]\n", 'a value is missing before "]"', 1, 4),
        ('a: "\\q"\n', "single quotes", 1, 5),
        ("a: |x\n  b\n", "begins on the next line", 1, 5),
        ("%YAML 3.0\n---\na: b\n", "directive", 1, 1),
        ("a: 1\n---\nb: 2\n", "a second document begins here", 2, 1),
        ("a: b\x01\n", "U+0001", 1, 5),
        ("a: b\x00\n", "not a text file", 1, 5),
        ("a: \ud800\n", "U+D800", 1, 4),
        ("- a\n", "not a list", 1, 1),
        ("plain\n", "not a single text", 1, 1),
        ("", "the file is empty", 1, 1),
        ("---\n", "the file is empty", 2, 1),
        ("# only\n", "holds only comments", 2, 1),
        ("a: &\n", "anchor or alias", 1, 5),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(
    text: str, says: str, line: int, column: int
) -> None:
    tree = parse(text)
    assert tree.broken
    assert tree.root == {}
    (problem,) = tree.problems
    assert says in problem.message
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("a: 1\n".encode("utf-16"), "UTF-16"),
        ("a: 1\n".encode("utf-16-le"), "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL bytes"),
        ("a: 1\nb: caf\xe9\n".encode("latin-1"), "0xE9 is not UTF-8"),
        (b"x" * (MAX_BYTES + 1), "larger than 32 MB"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    assert says in only_problem(data)[0]


def test_the_place_of_a_wrong_byte_is_named() -> None:
    assert only_problem("a: 1\nb: é\nc: caf".encode() + b"\xe9")[1:] == (3, 7)


def test_problems_end_somewhere() -> None:
    tree = parse("a: 1\n" * 5_000)
    assert len(tree.problems) == yaml_builder.MAX_PROBLEMS + 1
    assert "there may be more" in tree.problems[-1].message


@pytest.mark.parametrize("text", ["a: 1\n", "a: [\n", "a: 1\na: 2\n"])
@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was(text: str, collecting: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        parse(text)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()
