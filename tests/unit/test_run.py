"""``rawi run``: the same readings whatever the shards and the engine; what is there is not read again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import rawi
from rawi.cli import main
from rawi.errors import ExportError, FormatError, InputError
from rawi.run import engines
from rawi.run.engines import run_corpus
from rawi.run.shards import make_plan, prepare
from rawi.settings import Settings

JAVA = shutil.which("java") is not None and find_spec("pyspark") is not None
# A short-lived virtual machine: what it would gain by compiling more is less than what that costs.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
ALONE = Settings(workers=1)
TEXT = "قال المهندس سالم الراوي يوم الثلاثاء إن الجسر رقم {n} في بغداد مغلق حتى إشعار آخر."


def rows(count: int) -> list[dict[str, str]]:
    return [
        {"id": f"a{n}", "text": TEXT.format(n=n), "outlet": "وكالة المثال", "published": "2024-05-03"}
        for n in range(count)
    ]


def lines(records: list[dict[str, str]]) -> str:
    return "".join(json.dumps(r, ensure_ascii=n % 2 == 0) + "\n" for n, r in enumerate(records))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Forty articles, one line that is none and no line break at the end."""
    text = lines(rows(20)) + '{"id": "none"}\n\n' + lines(rows(40)[20:])
    path = tmp_path / "in" / "corpus.jsonl"
    path.parent.mkdir()
    path.write_text(text.rstrip("\n"), encoding="utf-8")
    return path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A MiB is 600 bytes here: a corpus of a few lines has many shards."""
    monkeypatch.setattr("rawi.run.shards.MIB", 600)


def parts(out: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(out.glob("part-?????.jsonl")))


def read_whole(path: Path) -> bytes:
    made = (rawi.read(a) for a in rawi.load_all(path) if isinstance(a, rawi.Article))
    return "".join(rawi.dumps(r) + "\n" for r in made).encode()


@pytest.mark.parametrize("shard_mb", [1, 2, 7, 10_000])
def test_the_parts_are_what_read_writes(corpus: Path, tmp_path: Path, small: None, shard_mb: int) -> None:
    done = run_corpus([corpus], tmp_path / "out", settings=ALONE, shard_mb=shard_mb)
    assert (done.articles, done.failed, done.lost) == (40, 1, ())
    assert done.shards > 3 or shard_mb > 2
    assert parts(tmp_path / "out") == read_whole(corpus)


def test_every_byte_is_in_one_shard(corpus: Path, small: None) -> None:
    shards = make_plan([corpus], "v", shard_mb=1).shards
    data = corpus.read_bytes()
    assert b"".join(data[s.start : s.end] for s in shards) == data
    assert all(data[s.end - 1 : s.end] == b"\n" for s in shards[:-1])


def test_a_failure_says_where(corpus: Path, tmp_path: Path, small: None) -> None:
    run_corpus([corpus], tmp_path / "out", settings=ALONE, shard_mb=1)
    (told,) = (json.loads(p.read_text()) for p in (tmp_path / "out").glob("*.failed.jsonl"))
    assert told["kind"] == "FormatError" and "corpus.jsonl line" in told["where"] and "from byte" in told["where"]


def test_parquet_reads_as_the_same_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    parquet.write_table(pa.Table.from_pylist(rows(25)), tmp_path / "in" / "days.parquet", row_group_size=10)
    done = run_corpus([tmp_path / "in"], tmp_path / "out", settings=ALONE)
    assert (done.shards, done.articles, done.failed) == (3, 25, 0)
    made = [json.loads(line) for line in parts(tmp_path / "out").splitlines()]
    assert [m["id"] for m in made] == [r["id"] for r in rows(25)]
    assert [m["text"] for m in made] == [r["text"] for r in rows(25)]
    assert all(m["attributions"] for m in made) and made[0]["published"] == "2024-05-03"


def test_parquet_without_text_is_refused(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"n": [1]}), tmp_path / "n.parquet")
    with pytest.raises(FormatError, match="columns n"):
        run_corpus([tmp_path / "n.parquet"], tmp_path / "out", settings=ALONE)


def test_a_stopped_run_goes_on(corpus: Path, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run_corpus([corpus], out, settings=ALONE, shard_mb=1, report=stopped)
    (out / "part-00009.0123.part").write_text("what a killed process left")
    again: list[int] = []
    real = engines.read_shard
    monkeypatch.setattr(engines, "read_shard", lambda s, *rest: (again.append(s.number), real(s, *rest))[1])
    done = run_corpus([corpus], out, settings=ALONE, shard_mb=1)
    assert done.resumed == 2 and again == list(range(2, done.shards))
    assert not list(out.glob("*.part"))
    assert parts(out) == read_whole(corpus)


def test_another_run_is_not_mixed_in(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_corpus([corpus], out, settings=ALONE)
    corpus.write_text(lines(rows(3)), encoding="utf-8")
    with pytest.raises(ExportError, match="another folder, or --anew"):
        run_corpus([corpus], out, settings=ALONE)
    assert run_corpus([corpus], out, settings=ALONE, anew=True).articles == 3
    assert parts(out) == read_whole(corpus)


def test_a_folder_of_others_is_left_alone(corpus: Path) -> None:
    with pytest.raises(ExportError, match="other files"):
        prepare(corpus.parent, make_plan([corpus], "v"))
    with pytest.raises(InputError, match="No such file"):
        make_plan([corpus.parent / "none.jsonl"], "v")


def test_two_processes_write_the_same(corpus: Path, tmp_path: Path) -> None:
    other = corpus.with_name("other.jsonl")
    other.write_text(lines(rows(5)), encoding="utf-8")
    for workers in (1, 2):
        run_corpus([corpus.parent], tmp_path / str(workers), settings=Settings(workers=workers))
    assert parts(tmp_path / "1") == parts(tmp_path / "2") == read_whole(corpus) + read_whole(other)


def test_the_verb_counts_as_json(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["run", str(corpus), "-o", str(tmp_path / "out"), "--workers", "1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert stop.value.code == 1 and (told["articles"], told["failed"], told["engine"]) == (40, 1, "local")


def test_the_page_names_only_options_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "scale.md").read_text(encoding="utf-8")
    told = {o for line in page.splitlines() if line.startswith("rawi run") for o in re.findall(r"--[a-z-]+", line)}
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    there = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert {"--engine", "--master", "--json"} <= told | {"--anew", "--shard-mb"} <= there


def test_no_spark_is_one_clear_line(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(rawi.RawiError, match="not installed"):
        run_corpus([corpus], tmp_path / "out", engine="spark", settings=ALONE)


@pytest.mark.java
@pytest.mark.timeout(300)
@pytest.mark.skipif(
    not JAVA, reason="no Java or no PySpark here: pip install 'rawi[spark]', apt-get install default-jre"
)
def test_spark_reads_byte_for_byte_what_the_local_engine_reads(corpus: Path, tmp_path: Path) -> None:
    """Two Spark workers; the first try at one shard kills its Python process, which costs that try alone."""
    parquet.write_table(pa.Table.from_pylist(rows(12)), corpus.with_name("days.parquet"), row_group_size=4)
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from rawi.run import shards
        shards.MIB = 4000
        from rawi.run.engines import run_corpus
        from rawi.settings import Settings
        engine, source, out = sys.argv[1:]
        master = "local[2,4]" if engine == "spark" else None
        print(run_corpus([source], Path(out), engine=engine, settings=Settings(workers=1), shard_mb=1, master=master))
    """)
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        textwrap.dedent(f"""
        import os, sys
        mark = {str(tmp_path / "killed")!r}
        if "pyspark" in " ".join(getattr(sys, "orig_argv", [])) and not os.path.exists(mark):
            import rawi.run.shards as shards
            real = shards.dumps
            def dumps(reading):
                if reading.id == "a30" and not os.path.exists(mark):
                    open(mark, "w").close()
                    os._exit(9)
                return real(reading)
            shards.dumps = dumps
        """),
        encoding="utf-8",
    )
    path = os.pathsep.join(filter(None, [str(hook), os.environ.get("PYTHONPATH")]))
    told = {}
    for engine in ("local", "spark"):
        there = {"PYTHONPATH": path, "JAVA_TOOL_OPTIONS": QUICK} if engine == "spark" else {}
        made = subprocess.run(
            [sys.executable, "-c", code, engine, str(corpus.parent), str(tmp_path / engine)],
            capture_output=True, text=True, timeout=280, env={**os.environ, **there},
        )  # fmt: skip
        assert made.returncode == 0, made.stderr[-3000:]
        told[engine] = made.stdout.strip().splitlines()[-1].split("articles=")[1].split(", seconds")[0]
    assert (tmp_path / "killed").exists()
    assert told["local"] == told["spark"] and told["spark"].startswith("52,")
    assert parts(tmp_path / "local") == parts(tmp_path / "spark")
    names = [sorted(p.name for p in (tmp_path / e).glob("part-*")) for e in ("local", "spark")]
    assert names[0] == names[1] and len(names[0]) > 8 and not list((tmp_path / "spark").glob("*.part"))
