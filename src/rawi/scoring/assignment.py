"""One-to-one alignment of largest total weight."""

from __future__ import annotations

from collections.abc import Sequence


def align(weight: Sequence[Sequence[float]]) -> dict[int, int]:
    """The assignment of rows to columns whose weights add up to the most; pairs of weight 0 are left out.

    Shortest augmenting paths with potentials (Jonker and Volgenant 1987), on costs ``max - weight``.

    >>> align([[1.0, 0.9], [0.9, 0.0]])
    {0: 1, 1: 0}
    """
    if not weight or not weight[0]:
        return {}
    turned = len(weight) > len(weight[0])
    table = [list(column) for column in zip(*weight, strict=True)] if turned else [list(row) for row in weight]
    pairs = _cheapest(table)
    if turned:
        pairs = [(column, row) for row, column in pairs]
    return dict(sorted((i, j) for i, j in pairs if weight[i][j] > 0))


def _cheapest(table: list[list[float]]) -> list[tuple[int, int]]:
    rows, columns = len(table), len(table[0])
    top = max(max(row) for row in table)
    row_price, column_price = [0.0] * rows, [0.0] * columns
    owner = [-1] * columns
    for start in range(rows):
        distance = [top - w - row_price[start] - p for w, p in zip(table[start], column_price, strict=True)]
        came_from = [-1] * columns
        done: list[int] = []
        open_columns = set(range(columns))
        while True:
            best = min(open_columns, key=lambda j: (distance[j], j))
            open_columns.discard(best)
            if owner[best] < 0:
                break
            done.append(best)
            row = owner[best]
            for j in open_columns:
                through = distance[best] + top - table[row][j] - row_price[row] - column_price[j]
                if through < distance[j]:
                    distance[j], came_from[j] = through, best
        row_price[start] += distance[best]
        for j in done:
            gap = distance[best] - distance[j]
            row_price[owner[j]] += gap
            column_price[j] -= gap
        column: int = best
        while came_from[column] >= 0:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
        owner[column] = start
    return [(row, j) for j, row in enumerate(owner) if row >= 0]
