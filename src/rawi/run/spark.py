"""Spark as an engine (extra ``rawi[spark]``): one task a shard, Arrow batches in and out, the same call as here.

Every worker needs rawi installed and sees inputs and output under the same paths. A lost worker's tasks are given to
another by Spark; what it had written in part has another name and is never taken for whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from rawi.errors import ExportError, SettingsError
from rawi.run.shards import Done, Shard, read_shard
from rawi.settings import Settings

SCHEMA = "shard long, articles long, statements long, failed long, sha256 string"
# The second number: how often a task is tried, which Spark leaves at once on one machine.
HERE = "local[*,4]"


def run_spark(shards: list[Shard], plan_hash: str, out: Path, settings: Settings, master: str | None) -> list[Done]:
    """What reading the shards on Spark did, in their order.

    Raises :class:`SettingsError` without PySpark, :class:`ExportError` where Spark gives the job up.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as fault:
        raise SettingsError("PySpark is not installed", expected="pip install 'rawi[spark]', and Java 17") from fault
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("rawi").config("spark.ui.showConsoleProgress", "false")
    wanted = master or (None if "SPARK_ENV_LOADED" in os.environ else HERE)
    if wanted:
        builder = builder.master(wanted)
    if wanted and wanted.startswith("local"):
        builder = builder.config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
    work = partial(_work, [list(s) for s in shards], plan_hash, str(out), msgspec.to_builtins(settings))
    try:
        session = builder.getOrCreate()
        try:
            frame = session.range(0, len(shards), 1, len(shards)).mapInArrow(work, SCHEMA)
            return [Done(*row) for row in frame.collect()]
        finally:
            session.stop()
    except PySparkException as fault:
        first = str(fault).strip().splitlines()[0][:300]
        raise ExportError(f"Spark: {first}", where=str(out), expected="the same command again; it resumes") from fault


def _work(
    shards: list[list[Any]], plan_hash: str, out: str, settings: dict[str, Any], batches: Iterator[Any]
) -> Iterator[Any]:
    """On a worker: reads the shards whose indices come in."""
    import pyarrow as pa

    known = msgspec.convert(settings, Settings)
    for batch in batches:
        for index in batch.column(0).to_pylist():
            done = read_shard(Shard(*shards[index]), plan_hash, Path(out), known)
            yield pa.RecordBatch.from_pylist([done._asdict()])
