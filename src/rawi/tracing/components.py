"""Connected components: as SQL label propagation that DuckDB and Spark share, and as union-find where there is
little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import pyarrow as pa

from rawi.tracing.engine import DuckEngine

EDGES = pa.schema([("x", pa.int64()), ("y", pa.int64())])
LABELS = pa.schema([("node", pa.int64()), ("label", pa.int64())])
Node = TypeVar("Node", bound=Any)

_START = """
SELECT node, node AS label FROM (SELECT x AS node FROM joined UNION SELECT y AS node FROM joined) nodes
"""
_SPREAD = """
SELECT node, MIN(label) AS label FROM (
  SELECT e.y AS node, l.label AS label FROM joined e JOIN label l ON l.node = e.x
  UNION ALL SELECT e.x AS node, l.label AS label FROM joined e JOIN label l ON l.node = e.y
  UNION ALL SELECT node, label FROM label
) spread GROUP BY node
"""
# A label takes the label of the node that it names: paths halve with each round.
_JUMP = "SELECT l.node AS node, m.label AS label FROM spread l JOIN spread m ON m.node = l.label"
_MOVED = "SELECT COUNT(*) FROM label l JOIN jumped j ON j.node = l.node WHERE j.label <> l.label"


def components(engine: DuckEngine, edges: pa.Table) -> pa.Table:
    """For every node of ``edges`` (columns ``x y``) the least node that is connected with it: columns ``node label``.

    Label propagation with pointer jumping, until a round changes nothing.
    """
    engine.make("joined", "SELECT x, y FROM given", given=edges)
    engine.make("label", _START)
    while True:
        engine.make("spread", _SPREAD)
        engine.make("jumped", _JUMP)
        moved = engine.rows(_MOVED)[0][0]
        engine.make("label", "SELECT node, label FROM jumped")
        if not moved:
            return engine.query("SELECT node, label FROM label ORDER BY node")


class Groups(Generic[Node]):
    """Union-find over any hashable, ordered things; the least of a group names it."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self._parent: dict[Node, Node] = {n: n for n in nodes}

    def find(self, node: Node) -> Node:
        """The name of the group of ``node``."""
        parent = self._parent
        root = parent.setdefault(node, node)
        while parent[root] != root:
            root = parent[root]
        while parent[node] != root:
            parent[node], node = root, parent[node]
        return root

    def join(self, one: Node, other: Node) -> None:
        """Makes the groups of two nodes one."""
        a, b = self.find(one), self.find(other)
        if a != b:
            low, high = sorted((a, b))
            self._parent[high] = low

    def groups(self) -> dict[Node, list[Node]]:
        """The members of each group, sorted, by its name."""
        found: dict[Node, list[Node]] = {}
        for node in sorted(self._parent):
            found.setdefault(self.find(node), []).append(node)
        return found
