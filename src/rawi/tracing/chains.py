"""Chains as graphs: circles of outlets, and the points through which everything passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def circles(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one node, each sorted (Tarjan, without recursion).

    >>> circles({"a": ["b"], "b": ["a", "c"], "c": []})
    [['a', 'b']]
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on: set[str] = set()
    found: list[list[str]] = []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(graph.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            node, rest = work[-1]
            for after in rest:
                if after not in index:
                    index[after] = low[after] = len(index)
                    stack.append(after)
                    on.add(after)
                    work.append((after, iter(graph.get(after, ()))))
                    break
                if after in on:
                    low[node] = min(low[node], index[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = []
                    while True:
                        top = stack.pop()
                        on.discard(top)
                        group.append(top)
                        if top == node:
                            break
                    if len(group) > 1:
                        found.append(sorted(group))
    return sorted(found)


def disjoint_paths(graph: Graph, sources: Iterable[str], targets: Iterable[str]) -> int:
    """The most paths from ``sources`` to ``targets`` of which no two share a node (Menger; unit-capacity flow).

    Edges point from what depends to what it depends on, so a path runs from a report to an origin.

    >>> disjoint_paths({"r": ["m"], "s": ["m"], "m": ["x", "y"]}, ["r", "s"], ["x", "y"])
    1
    """
    starts, ends = set(sources), set(targets)
    flow: dict[tuple[str, int], set[tuple[str, int]]] = {}

    def residual(node: tuple[str, int]) -> list[tuple[str, int]]:
        return sorted(flow.get(node, ()))

    nodes = set(graph) | {y for ys in graph.values() for y in ys} | starts | ends
    for n in nodes:
        flow[n, 0] = {(n, 1)}
        flow[n, 1] = {(m, 0) for m in graph.get(n, ())}
    count = 0
    while True:
        parent: dict[tuple[str, int], tuple[str, int] | None] = {
            (s, 0): None for s in sorted(starts) if flow.get((s, 0))
        }
        queue = list(parent)
        end = None
        for node in queue:
            if node[0] in ends and node[1] == 1:
                end = node
                break
            for after in residual(node):
                if after not in parent:
                    parent[after] = node
                    queue.append(after)
        if end is None:
            return count
        count += 1
        # A start that has given its path gives no other; an end takes one.
        here: tuple[str, int] | None = end
        while here is not None:
            before = parent[here]
            if before is not None:
                flow[before].discard(here)
                flow.setdefault(here, set()).add(before)
            else:
                starts.discard(here[0])
            here = before
        ends.discard(end[0])


def chokes(graph: Graph, reports: Sequence[str], origins: Sequence[str]) -> list[str]:
    """The nodes through which every path from another report to an origin passes, sorted; origins count where
    alone."""
    nodes = sorted({y for ys in graph.values() for y in ys} | set(origins))
    found = []
    for node in nodes:
        others = [r for r in reports if r != node]
        if others and all(not _reaches(graph, r, origins, without=node) for r in others):
            found.append(node)
    return found


def _reaches(graph: Graph, start: str, ends: Sequence[str], without: str) -> bool:
    seen = {start, without}
    queue = [start]
    wanted = set(ends) - {without}
    for node in queue:
        if node in wanted:
            return True
        for after in graph.get(node, ()):
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return False
