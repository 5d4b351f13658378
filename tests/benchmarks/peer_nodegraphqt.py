"""The same boxes in NodeGraphQt, in the environment that has it; prints milliseconds as JSON.

QT_QPA_PLATFORM=offscreen python peer_nodegraphqt.py 1000
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

from NodeGraphQt import BaseNode, NodeGraph  # type: ignore[import-not-found, unused-ignore]
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

_SIZE = (1600, 1000)
_PER_CONTAINER = 20


class _Box(BaseNode):  # type: ignore[misc]
    __identifier__ = "bench"
    NODE_NAME = "box"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("in")
        self.add_output("out")


def _median_ms(action: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main(boxes: int) -> None:
    """Measures build, repaint at 100 % and of all, a drag of 20, and itemAt."""
    application = QApplication([])
    graph = NodeGraph()
    graph.register_node(_Box)
    start = time.perf_counter()
    nodes = []
    for index in range(boxes):
        group, child = divmod(index, _PER_CONTAINER)
        at = [group % 6 * 880 + child % 4 * 196, group // 6 * 560 + 70 + child // 4 * 88]
        nodes.append(graph.create_node("bench._Box", pos=at, selected=False, push_undo=False))
        if child:
            nodes[-2].set_output(0, nodes[-1].input(0))
    built = (time.perf_counter() - start) * 1000
    view = graph.viewer()
    view.resize(*_SIZE)
    view.show()
    application.processEvents()
    image = QImage(*_SIZE, QImage.Format.Format_RGB32)

    def repaint(area: QRectF) -> None:
        painter = QPainter(image)
        view.scene().render(painter, QRectF(0, 0, *_SIZE), area)
        painter.end()

    close = QRectF(0, 0, *_SIZE)
    rounds = 7 if boxes <= 1000 else 3
    figures = {
        "build": built,
        "repaint_close": _median_ms(lambda: repaint(close), rounds),
        "repaint_all": _median_ms(lambda: repaint(view.scene().itemsBoundingRect()), rounds),
    }
    view.scene().setSceneRect(view.scene().itemsBoundingRect())
    view.centerOn(QPointF(800, 500))
    application.processEvents()

    def drag() -> None:
        for node in nodes[:_PER_CONTAINER]:
            x, y = node.view.xy_pos
            node.view.xy_pos = [x + 3, y + 1]
        application.processEvents()

    figures["drag"] = _median_ms(drag, rounds)
    middle = nodes[0].view.sceneBoundingRect().center()
    view.centerOn(middle)
    target = view.mapFromScene(middle)
    figures["item_at"] = _median_ms(lambda: view.itemAt(target), 50)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
