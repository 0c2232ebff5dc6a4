"""The compact gazetteer: whole, folded as the pack folds, within its size, refused when broken."""

from __future__ import annotations

import re

import pytest

from rawi.errors import FormatError
from rawi.lang.ar.pack import arabic
from rawi.marks.places.gazetteer import FILE, MAGIC, Gazetteer, load_gazetteer
from rawi.text.tokens import tokenize

PACK = arabic()
STEP = 97


def test_size_and_count() -> None:
    gazetteer = load_gazetteer()
    assert len(gazetteer) > 100_000
    assert FILE.stat().st_size < 6_000_000


def test_rows_are_whole() -> None:
    gazetteer = load_gazetteer()
    kinds = {"country", "admin1", "admin2", "admin3", "place", "neighbourhood", "facility"}
    for number in range(0, len(gazetteer), STEP):
        row = gazetteer.row(number)
        assert re.fullmatch(r"(gn|wof|cldr|rawi):[\w-]+", row.id), row
        assert row.name and row.kind in kinds and re.fullmatch(r"[A-Z]{2}", row.country), row
        assert row.source in {"wof", "geonames", "cldr"}, row
        assert (row.lat is None) == (row.lon is None)
        if row.lat is not None and row.lon is not None:
            assert -90 <= row.lat <= 90 and -180 <= row.lon <= 180


def test_keys_are_sorted_and_folded_as_the_pack_folds() -> None:
    keys = load_gazetteer().keys()
    assert keys == sorted(keys)
    for key in keys[::STEP]:
        assert tokenize(key, PACK.letters).key == key.split(" "), key


def test_every_name_leads_to_its_row() -> None:
    gazetteer = load_gazetteer()
    for key in gazetteer.keys()[::STEP]:
        first = key.split(" ")[0]
        assert gazetteer.longest(first) >= len(key.split(" ")) or key not in gazetteer
        for number in gazetteer.rows_of(key):
            assert 0 <= number < len(gazetteer)
        if " " in key:
            assert key.split(" ")[1] in gazetteer.seconds(first)


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [("درعا", "SY", 32.6, 36.1), ("تلعفر", "IQ", 36.4, 42.4), ("زبيد", "YE", 14.2, 43.3), ("مرزق", "LY", 25.9, 13.9)],
)
def test_known_places(name: str, country: str, lat: float, lon: float) -> None:
    gazetteer = load_gazetteer()
    rows = [gazetteer.row(n) for n in gazetteer.rows_of(PACK.places.phrase(name))]
    near = [r for r in rows if r.country == country and r.lat is not None and abs(r.lat - lat) < 0.3]
    assert any(r.lon is not None and abs(r.lon - lon) < 0.3 for r in near)


def test_mended_rows() -> None:
    gazetteer = load_gazetteer()
    (tanf,) = [r for n in gazetteer.rows_of("التنف") if (r := gazetteer.row(n)).id == "gn:172344"]
    assert tanf.admin1 == "حمص"
    assert not any(gazetteer.row(n).country in {"XA", "ZZ", "UN"} for n in range(0, len(gazetteer), 11))


def test_attribution_and_notice() -> None:
    notice = (FILE.parent / "NOTICE").read_text(encoding="utf-8")
    for name in ("GeoNames", "Who's On First", "Unicode CLDR", "CC BY 4.0"):
        assert name in notice
    assert "GeoNames" in load_gazetteer().attribution


def test_an_unknown_key() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.rows_of("زهرابانستان") == () and gazetteer.longest("زهرابانستان") == 0
    assert "زهرابانستان" not in gazetteer


def test_another_file_is_refused() -> None:
    with pytest.raises(FormatError, match=MAGIC.decode()):
        Gazetteer(b"something else")
