"""The facade over a project: everything outside talks to what stands here.

>>> import rawi, tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     with rawi.open(folder) as project:
...         added = project.add_bytes([("a.txt", b"one line")])
...         (added.articles, project.counts()["articles"])
(1, 1)
"""

from __future__ import annotations

from rawi.corpus.plain import to_plain as to_plain
from rawi.corpus.project import Project as Project
from rawi.corpus.project import open_project as open
from rawi.corpus.records import Article as Article
from rawi.corpus.records import Change as Change
from rawi.corpus.records import FamilyView as FamilyView
from rawi.corpus.records import Outlet as Outlet
from rawi.corpus.records import PlaceCount as PlaceCount
from rawi.corpus.records import Source as Source
from rawi.corpus.records import Traced as Traced

__all__ = [
    "Article",
    "Change",
    "FamilyView",
    "Outlet",
    "PlaceCount",
    "Project",
    "Source",
    "Traced",
    "open",
    "to_plain",
]
