"""The language boundary: a toy language of thirty rows runs end to end through the same code."""

from __future__ import annotations

from pathlib import Path

import pytest

import rawi
import rawi.lang.ar
from rawi.lang.ar.pack import ArabicPack
from rawi.model import Reading

ARABIC = Path(rawi.lang.ar.__file__).parent
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "toy.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ArabicPack:
    """Every table of the language folder with its header alone, then the rows of the toy language."""
    folder = tmp_path_factory.mktemp("toy")
    for table in ARABIC.glob("*.tsv"):
        lines = table.read_text(encoding="utf-8").splitlines()
        header = next(line for line in lines if line.strip() and not line.startswith("#"))
        (folder / table.name).write_text(f"{header}\n", encoding="utf-8")
    for table_name, cells in ROWS:
        path = folder / f"{table_name}.tsv"
        with path.open("a", encoding="utf-8") as stream:
            stream.write("\t".join(cells.split(";")) + "\n")
    return ArabicPack(folder)


def read(text: str, pack: ArabicPack) -> Reading:
    return rawi.read(rawi.Article(id="toy", text=text, published="2024-05-07"), pack=pack)


def parts(reading: Reading) -> list[tuple[str, str, str, str]]:
    text = reading.text
    return [
        ("".join(c.of(text) for c in a.cue), "".join(s.of(text) for s in a.source), a.content[0].of(text), a.stance)
        for a in reading.attributions
    ]


def test_there_are_about_thirty_rows() -> None:
    assert 25 <= len(ROWS) <= 35


def test_a_clause_with_a_complementiser(pack: ArabicPack) -> None:
    assert parts(read("Заг\nсака лим да тока ова зум.", pack)) == [("сака", "лим", "да тока ова зум", "reported")]


def test_a_denial(pack: ArabicPack) -> None:
    assert parts(read("Заг\nфора дом да тока ова.", pack)) == [("фора", "дом", "да тока ова", "denied")]


def test_an_accusation(pack: ArabicPack) -> None:
    assert parts(read("Заг\nграка дом да лим ова.", pack))[0][3] == "alleged"


def test_a_continuation_finds_its_speaker(pack: ArabicPack) -> None:
    reading = read("Заг\nсака лим да тока ова. нисо да зум ира.", pack)
    second = reading.attributions[1]
    assert second.source == ()
    assert second.ref is not None
    assert second.ref.of(reading.text) == "лим"


def test_a_quotation_after_a_colon(pack: ArabicPack) -> None:
    reading = read("Заг\nсака лим: «тока ова зум ира».", pack)
    assert reading.attributions[0].kind == "direct"
    assert reading.quotes[0].speaker == 1


def test_a_prepositional_source_before_its_content(pack: ArabicPack) -> None:
    assert parts(read("Заг\nпола дом, тока ова зум ира.", pack)) == [("пола", "дом", "тока ова зум ира", "reported")]


def test_a_date_a_place_a_wording_and_the_writers_own_voice(pack: ArabicPack) -> None:
    reading = read("Заг\nясно тар зум на тока 3 рела 2024.", pack)
    assert [t.value for t in reading.times] == ["2024-05-03"]
    assert [p.country for p in reading.places] == ["XX"]
    assert [c.row for c in reading.charged] == ["Z1"]
    assert [u.class_ for u in reading.unattributed] == ["impersonal"]


def test_the_hash_of_the_tables_is_its_own(pack: ArabicPack) -> None:
    assert pack.tables_hash != rawi.read(rawi.Article(id="a", text="")).made_by.tables  # type: ignore[union-attr]
