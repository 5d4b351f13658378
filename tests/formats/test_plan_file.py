"""Saving: what a person wrote stays, files are replaced in one step, pictures open as plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdaplanner.errors import NotAPlan, PlanFileError
from lambdaplanner.formats.picture_plan import PNG_SIGNATURE, plan_chunk, png_chunk, svg_element
from lambdaplanner.formats.plan_file import formatted, open_plan, plan_text, read_text, save_plan
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit

HAND_WRITTEN = """\
# Orders, see the wiki
lambdaplanner: 1
region:   eu-west-1   # for now

functions:
  reports: {concurrency:   50}     # batch

vpcs:
    main:            # four spaces, as I like it
        cidr: "10.0.0.0/16"
    other: {cidr: 10.1.0.0/16}
"""


def edited(text: str, *commands: str) -> str:
    opened = read_text(text, where="p")
    edit = Edit(opened.plan)
    for command in commands:
        verb, _, name = command.partition(" ")
        if verb == "add":
            edit.add(Vpc(id=name, cidr="10.7.0.0/16"))
        elif verb == "remove":
            edit.remove(name)
        else:
            edit.update(name, concurrency=60)
    return plan_text(opened.plan, opened)


def test_saving_without_a_change_is_the_same_to_the_byte() -> None:
    assert edited(HAND_WRITTEN) == HAND_WRITTEN


def test_one_edit_is_a_small_difference() -> None:
    after = edited(HAND_WRITTEN, "change reports").splitlines()

    differing = [
        new for old, new in zip(HAND_WRITTEN.splitlines(), after, strict=True) if old != new
    ]
    assert differing == ["  reports: {concurrency: 60}  # batch"]


def test_new_entries_go_to_the_end_of_their_section() -> None:
    after = edited(HAND_WRITTEN, "add fresh")
    assert after.index("fresh") > after.index("other")
    assert (
        after.replace("    fresh: {cidr: 10.7.0.0/16}\n", "").replace(
            "  fresh: {cidr: 10.7.0.0/16}\n", ""
        )
        == HAND_WRITTEN
    )


def test_removed_entries_vanish_and_undo_puts_them_back() -> None:
    after = edited(HAND_WRITTEN, "remove other")
    assert after == HAND_WRITTEN.replace("    other: {cidr: 10.1.0.0/16}\n", "")


def test_a_file_goes_to_disk_and_back(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(HAND_WRITTEN.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    opened = open_plan(path)
    Edit(opened.plan).update("reports", concurrency=60)

    saved = save_plan(opened.plan, path, opened)
    assert path.read_bytes().count(b"\r\n") == HAND_WRITTEN.count("\n")
    assert b"# Orders, see the wiki" in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o640
    assert not saved.changed_on_disk(path)
    assert open_plan(path).plan.resource("reports") == opened.plan.resource("reports")
    path.write_text(HAND_WRITTEN)
    assert saved.changed_on_disk(path)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text(HAND_WRITTEN)
    link.symlink_to(real)

    save_plan(open_plan(link).plan, link)
    assert link.is_symlink()
    assert "region: eu-west-1" in real.read_text()


def test_pictures_with_a_plan_inside_open(tmp_path: Path) -> None:
    png = tmp_path / "p.png"
    png.write_bytes(
        PNG_SIGNATURE
        + png_chunk(b"IHDR", b"\0" * 13)
        + plan_chunk(HAND_WRITTEN)
        + png_chunk(b"IEND", b"")
    )
    svg = tmp_path / "p.svg"
    svg.write_bytes(b"<svg><metadata>" + svg_element(HAND_WRITTEN) + b"</metadata></svg>")

    for path in (png, svg):
        opened = open_plan(path)
        assert list(opened.plan.of("vpc")) == ["main", "other"]
        assert opened.text == HAND_WRITTEN
        with pytest.raises(NotAPlan):
            formatted(path)


def test_a_picture_without_a_plan_says_so(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    path.write_bytes(PNG_SIGNATURE + png_chunk(b"IHDR", b"\0" * 13) + png_chunk(b"IEND", b""))
    with pytest.raises(NotAPlan, match="no plan inside"):
        open_plan(path)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfea\0", b"\x80\x81", b"\0\0\0", PNG_SIGNATURE, b"<svg>"]
)
def test_what_is_no_plan_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(data)
    with pytest.raises(PlanFileError) as caught:
        open_plan(path)
    assert str(path) in str(caught.value)


def test_byte_order_mark_and_missing_last_line_end_survive(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    data = b"\xef\xbb\xbf" + HAND_WRITTEN.rstrip("\n").encode()
    path.write_bytes(data)
    opened = open_plan(path)

    save_plan(opened.plan, path, opened)
    assert path.read_bytes() == data
