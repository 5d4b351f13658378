"""The two tables of the capacity panel as Qt models: plain rows, so that a thousand subnets cost
milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lambdaplanner.analysis.answers import FunctionCapacity, SubnetCapacity
from lambdaplanner.analysis.capacity_reasons import fate_of, most_of
from lambdaplanner.analysis.room import Room
from lambdaplanner.ui.panels.meter import meter_text
from lambdaplanner.ui.panels.room_words import room_in_short, room_sentence
from lambdaplanner.ui.panels.words import CAPACITY, sentence
from lambdaplanner.ui.plain import plain_tip

ROW = Qt.ItemDataRole.UserRole
"""The answer behind a row."""
TONE = Qt.ItemDataRole.UserRole + 1
"""The tone of a cell's state, "" where it has none."""

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(NamedTuple):
    """One column: its title, its text, what it sorts by, and whether it holds numbers."""

    title: str
    text: Callable[[str, Any], str]
    key: Callable[[str, Any], Any]
    number: bool = False
    tip: str = ""
    width: int = 0
    """Pixels at first; 0: as usual for text or numbers."""


class CapacityTable(QAbstractTableModel):
    """Rows of one sort of answer, by id."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[tuple[str, Any]] = []
        self._sorted: tuple[int, bool] | None = None

    def show_rows(self, rows: list[tuple[str, Any]]) -> None:
        """Shows these rows; the selection stays where the ids do."""
        rows = self._in_order(rows)
        if [name for name, _ in rows] != [name for name, _ in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1)
            )

    def name_at(self, row: int) -> str:
        """The id of a row."""
        return self.rows[row][0]

    def cells(self, places: Sequence[int] | None) -> Iterator[Sequence[str]]:
        """The headings, and what rows show, whatever room there is for it; of all rows where none
        is named.
        """
        yield [column.title for column in self.columns]
        for row in range(len(self.rows)) if places is None else places:
            yield [str(self.index(row, at).data() or "") for at in range(len(self.columns))]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.tip) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        name, row = self.rows[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(name, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.tip(name, row))
        if role == ROW:
            return row
        if role == TONE:
            return self.tone(column.title, row)
        return None

    def tip(self, name: str, row: Any) -> str:
        """The tooltip of a row."""
        return name

    def tone(self, title: str, row: Any) -> str:
        """The tone of a cell."""
        return ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.beginResetModel()
        self.rows = self._in_order(self.rows)
        self.endResetModel()

    def _in_order(self, rows: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        if self._sorted is None:
            return rows
        column, backwards = self._sorted
        key = self.columns[column].key
        return sorted(rows, key=lambda one: key(*one), reverse=backwards)


def _number(field: str) -> Callable[[str, Any], str]:
    return lambda _name, row: f"{getattr(row, field):,}"


def _key(field: str) -> Callable[[str, Any], Any]:
    return lambda _name, row: getattr(row, field)


def _count_column(title: str, field: str, tip: str = "", width: int = 0) -> Column:
    return Column(title, _number(field), _key(field), True, tip, width)


SUBNET_COLUMNS = (
    Column("Subnet", lambda name, _row: name, lambda name, _row: name, width=168),
    Column("CIDR", lambda _name, row: row.cidr, _key("cidr")),
    Column("Zone", lambda _name, row: row.az, _key("az")),
    _count_column("Usable", "usable", "Addresses without the five that AWS keeps"),
    _count_column("Used", "used", "By workloads, endpoints, gateways and reserved addresses"),
    _count_column("Free", "free"),
    _count_column("Demand", "demand", "What the functions want under the chosen model"),
    Column(
        "Headroom",
        lambda _name, row: f"{row.headroom:+,}" if row.headroom else "0",
        _key("headroom"),
        True,
        "Free less demand",
    ),
)
BAR_COLUMN = len(SUBNET_COLUMNS) - 1


class SubnetTable(CapacityTable):
    """The address ledger of every subnet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(SUBNET_COLUMNS, parent)

    def tip(self, name: str, row: SubnetCapacity) -> str:
        lines = [f"{name}: {meter_text(row)}"]
        for who, number in row.used_by[:12]:
            lines.append(f"{number:,}  {'reserved' if who == name else who}")
        if len(row.used_by) > 12:
            lines.append(f"and {len(row.used_by) - 12} more")
        return "\n".join(lines)

    def tone(self, title: str, row: SubnetCapacity) -> str:
        return "error" if title in ("Headroom", "Free") and getattr(row, title.lower()) < 0 else ""


FUNCTION_COLUMNS = (
    Column("Function", lambda name, _row: name, lambda name, _row: name, width=132),
    _count_column(
        "Target", "concurrency", "Simultaneous invocations to plan for; double-click to change", 68
    ),
    Column(
        "Verdict",
        lambda _name, row: CAPACITY[row.verdict].text,
        lambda _name, row: tuple(CAPACITY).index(row.verdict),
    ),
    Column(
        "At most",
        lambda _name, row: f"{most:,}" if isinstance(most := most_of(row), int) else most,
        _key("most"),
        True,
        "While the others keep their targets; never more than the account may run at once",
        96,
    ),
    Column(
        "Short of",
        lambda _name, row: f"{row.shortfall:,}" if row.shortfall else "",
        _key("shortfall"),
        True,
        width=70,
    ),
    Column(
        "Ramp",
        lambda _name, row: f"{row.ramp_seconds:,} s",
        _key("ramp_seconds"),
        True,
        "Seconds from cold until the target runs: 1,000 at once, then 100 more each second",
        64,
    ),
    Column(
        "Gets",
        lambda _name, row: fate_of(row),
        lambda _name, row: fate_of(row),
        False,
        "What Lambda answers where addresses run out",
        168,
    ),
    Column(
        "Would do",
        lambda _name, row: "" if row.suggested_prefix is None else f"/{row.suggested_prefix} each",
        lambda _name, row: row.suggested_prefix or 0,
        False,
        "The smallest size that, given to each of its subnets, makes it fit; where it is free",
    ),
)
TARGET_COLUMN = 1
VERDICT_COLUMN = 2
ROOM_COLUMN = len(FUNCTION_COLUMNS) - 1


class FunctionTable(CapacityTable):
    """Every function's target and verdict; targets can be edited through `put`."""

    def __init__(self, put: Callable[[str, int], bool], parent: QObject | None = None) -> None:
        super().__init__(FUNCTION_COLUMNS, parent)
        self._put = put
        self._rooms: Mapping[str, Room] = {}
        self.editable = True

    def show_rooms(self, rooms: Mapping[str, Room]) -> None:
        """Says where the sizes that would do are free, by function."""
        if rooms != self._rooms:
            self._rooms = dict(rooms)
            if self.rows:
                last = self.index(len(self.rows) - 1, ROOM_COLUMN)
                self.dataChanged.emit(self.index(0, ROOM_COLUMN), last)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        editable = index.column() == TARGET_COLUMN and self.editable
        return base | Qt.ItemFlag.ItemIsEditable if editable else base

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.column() == TARGET_COLUMN:
            return self.rows[index.row()][1].concurrency
        if index.column() == ROOM_COLUMN:
            room = self._rooms.get(self.name_at(index.row()))
            if room is not None and role == Qt.ItemDataRole.DisplayRole:
                return room_in_short(room)
            if room is not None and role == Qt.ItemDataRole.ToolTipRole:
                return plain_tip(room_sentence(room))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if index.column() != TARGET_COLUMN or role != Qt.ItemDataRole.EditRole:
            return False
        return self._put(self.name_at(index.row()), int(value))

    def tip(self, name: str, row: FunctionCapacity) -> str:
        if row.bottleneck:
            return sentence(f"the bottleneck is {', '.join(row.bottleneck)}")
        return name

    def tone(self, title: str, row: FunctionCapacity) -> str:
        if title == "Verdict":
            return CAPACITY[row.verdict].tone
        return "error" if title in ("Short of", "Gets") else ""
