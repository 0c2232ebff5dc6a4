"""A whole corpus through ``rawi read``: articles read and failed, peak memory, articles a second.

    python bench/read_corpus.py [FILE.jsonl[.gz]]

Without a file the 12,754 articles of ../shared, where it lies beside the repository. Exit 1 where an article failed
or memory passed 300 MiB: reading is streamed, so memory may not grow with the corpus.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "news" / "saudi_2015_07.jsonl.gz"
LIMIT_MIB = 300


def main() -> int:
    """0 where all articles were read within the memory limit, else 1."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else NEWS
    if not path.exists():
        print("not measured: ../shared absent")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "readings.jsonl"
        code = "import sys; from rawi.cli import main; main(sys.argv[1:])"
        start = time.perf_counter()
        command = [sys.executable, "-c", code, "read", str(path), "--format", "jsonl", "-o", str(out)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        told = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        with out.open("rb") as stream:
            read = sum(1 for _ in stream)
    failed = [line for line in told.splitlines() if not line.endswith("could not be read")]
    peak = usage.ru_maxrss // 1024
    print(f"{path.name}: {read} articles read, {len(failed)} failed, exit {os.waitstatus_to_exitcode(status)}")
    print(f"peak memory {peak} MiB (limit {LIMIT_MIB}), {read / seconds:.0f} articles a second")
    print("\n".join(failed[:20]))
    return int(bool(failed) or peak > LIMIT_MIB)


if __name__ == "__main__":
    sys.exit(main())
