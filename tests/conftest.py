"""What holds for all tests: no skip where skips are failures, the long runs apart, one closing line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

NO_SKIP = os.environ.get("RAWI_NO_SKIP") == "1"
SOAK = os.environ.get("RAWI_SOAK") == "1"
CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the long runs to ``make soak``; marks browser tests as skipped where no browser is."""
    kept, left = [], []
    for item in items:
        (left if item.get_closest_marker("soak") and not SOAK else kept).append(item)
        if item.get_closest_marker("browser") and not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turns a skip into a failure where ``RAWI_NO_SKIP=1``."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where RAWI_NO_SKIP=1: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Counts the skips in one line, and leaves the closing line for ``.ci/run``."""
    stats = terminalreporter.stats
    passed, skipped = len(stats.get("passed", [])), len(stats.get("skipped", []))
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    if skipped:
        terminalreporter.write_line(f"{skipped} tests need a browser or Java that is not installed here")
    folder = Path(".pytest_cache")
    folder.mkdir(exist_ok=True)
    (folder / "rawi-closing-line").write_text(f"tests: {passed} passed, {failed} failed\n")
