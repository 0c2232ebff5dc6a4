"""The corpus step: what was copied, what is the same claim, how many origins stand behind it *in this corpus*.

The facade::

    from rawi.tracing import Tracer, trace

    result = trace(readings)                    # all at once, in memory
    with Tracer(path) as tracer:                # a state that stays, one DuckDB file (None: in memory)
        change = tracer.add(readings)           # only what these readings touch is made anew
        change = tracer.remove(ids)             # for a version that is no longer the latest
        result = tracer.result()                # everything, the same as trace() over all readings

``result`` and ``change.result`` are :class:`TraceResult`: six Arrow tables, whose columns
:mod:`rawi.tracing.schemas` names (FORMAT's corpus records; every span is in code points of the original text):

========== =====================================================================================================
reuse      ``id a b spans_a spans_b words class direction certainty evidence``; ``a < b`` are document ids
tellings   ``id document statement passage span claim stance speaker time place`` (+ ``family``)
claims     ``id family gist_document gist tellings numbers dates places entities``; ``gist`` is a span
families   ``id claims documents denials lo hi named anonymous unsourced denying circular choke first_seen``
edges      ``family from to kind evidence probability``; ``from`` depends on ``to``
roots      ``id family name kind stance evidence documents``
========== =====================================================================================================

``TraceChange``: ``result`` (the tables of the touched families and the new reuse only), ``gone_families``,
``gone_reuse`` (ids that no longer hold), ``documents`` (ids whose families changed). A caller that stores the
tables deletes what is gone and every row of the families in ``result.families``, then inserts ``result``.

A reading is traced by its ``id``; adding an id again replaces it. Readings need ``text``, better ``outlet`` and
``published``; everything else may be empty.
"""

from __future__ import annotations

from rawi.tracing.records import TraceChange, TraceResult
from rawi.tracing.tracer import Tracer, trace

__all__ = ["TraceChange", "TraceResult", "Tracer", "trace"]
