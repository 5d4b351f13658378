"""A hand at lists whose rows are painted: it finds a row and clicks it, as a person does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.panels.row_line import RowLine


def row_in_hand(editor: RowsEditor, place: int | str) -> RowLine:
    """The widgets of a row, found by its place or by what it says, after a click beside its cells
    where it was only painted."""
    rows = editor.rows
    if isinstance(place, str):
        texts = [str(rows.index(at).data()) for at in range(rows.rowCount())]
        place = next(at for at, text in enumerate(texts) if place in text)
    place %= rows.rowCount()
    if rows.lines[place] is None:
        corner = editor.view.visualRect(rows.index(place)).bottomLeft() - QPoint(0, 1)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(editor.view.viewport(), left, none, corner)
    line = rows.lines[place]
    assert line is not None
    return line
