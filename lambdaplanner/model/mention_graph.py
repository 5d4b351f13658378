"""The graph of a plan: a multigraph of networkx whose copies are cheap, since many are made to try
something on.
"""

from __future__ import annotations

from typing import Any

import networkx as nx


class MentionGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """Node = id of a thing, edge = a mention. What nodes and edges bear is never changed in place,
    only put there anew, so that a copy may share it.
    """

    _node: dict[str, dict[str, Any]]
    _succ: dict[str, dict[str, dict[Any, Any]]]
    _pred: dict[str, dict[str, dict[Any, Any]]]

    def copy(self, as_view: bool = False) -> MentionGraph:
        """Another graph with the same nodes and edges."""
        assert not as_view
        twin = MentionGraph()
        twin._node.update({name: dict(values) for name, values in self._node.items()})
        succ, pred = twin._succ, twin._pred
        pred.update({name: {} for name in self._pred})
        for source, targets in self._succ.items():
            mentions = succ[source] = {name: dict(edges) for name, edges in targets.items()}
            for target, edges in mentions.items():
                pred[target][source] = edges
        return twin
