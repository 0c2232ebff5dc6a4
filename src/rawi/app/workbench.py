"""The workbench itself: a project, how it may be used, and the additions that run."""

from __future__ import annotations

from typing import NamedTuple

from rawi.app.asked import Asked
from rawi.app.imports import Imports
from rawi.app.preferences import Preferences
from rawi.corpus import Project
from rawi.show.messages import Messages


class Workbench(NamedTuple):
    """What the views work on."""

    project: Project
    imports: Imports
    read_only: bool = False
    allow_fetch: bool = False


class Call(NamedTuple):
    """One request to a view."""

    bench: Workbench
    asked: Asked
    likes: Preferences

    @property
    def project(self) -> Project:
        """The project that is looked at."""
        return self.bench.project

    @property
    def say(self) -> Messages:
        """The words of the interface."""
        return self.likes.say
