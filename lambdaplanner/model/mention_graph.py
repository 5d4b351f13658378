"""The graph of a plan: a multigraph of networkx whose copies are cheap, since many are made to try
something on.
"""

from __future__ import annotations

from typing import Any

import networkx as nx


class MentionGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """Node = id of a thing, edge = a mention. Copies share what neither has changed since: a row is
    copied before it is first written to. Only the methods below write.
    """

    _node: dict[str, dict[str, Any]]
    _succ: dict[str, dict[str, dict[Any, Any]]]
    _pred: dict[str, dict[str, dict[Any, Any]]]

    def __init__(self) -> None:
        super().__init__()
        self._own_succ: set[str] = set()
        self._own_pred: set[str] = set()
        self._own_edges: set[tuple[str, str]] = set()

    def copy(self, as_view: bool = False) -> MentionGraph:
        """Another graph with the same nodes and edges."""
        assert not as_view
        twin = MentionGraph()
        twin._node.update(self._node)
        twin._succ.update(self._succ)
        twin._pred.update(self._pred)
        for own in (self._own_succ, self._own_pred, self._own_edges):
            own.clear()
        return twin

    def put(self, name: str, **values: Any) -> None:
        """Adds a node, or gives one other values."""
        if name in self._node:
            self._node[name] = self._node[name].copy()
        self.add_node(name, **values)

    def drop(self, name: str) -> None:
        """Takes a node away, with every mention that it makes or has."""
        for target in self._succ[name]:
            self._claim(name, target)
        for source in self._pred[name]:
            self._claim(source, name)
        self.remove_node(name)
        self._own_succ.discard(name)
        self._own_pred.discard(name)

    def mention(self, source: str, target: str, key: Any, **values: Any) -> None:
        """Adds a mention."""
        self._claim(source, target)
        self.add_edge(source, target, key, **values)

    def forget_mentions(self, source: str) -> None:
        """Takes every mention that a node makes away."""
        for target, keys in [(name, list(edges)) for name, edges in self._succ[source].items()]:
            self._claim(source, target)
            for key in keys:
                self.remove_edge(source, target, key)

    def _claim(self, source: str, target: str) -> None:
        """Makes what an edge is written to this graph's own."""
        for rows, own, name in (
            (self._succ, self._own_succ, source),
            (self._pred, self._own_pred, target),
        ):
            if name in rows and name not in own:
                rows[name] = rows[name].copy()
                own.add(name)
        edges = self._succ.get(source, {}).get(target)
        if edges is not None and (source, target) not in self._own_edges:
            self._succ[source][target] = self._pred[target][source] = edges.copy()
            self._own_edges.add((source, target))
