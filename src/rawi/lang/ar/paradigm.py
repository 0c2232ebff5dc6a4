"""The paradigm of a reporting verb, made from its principal parts (Wright, Grammar of the Arabic Language, I)."""

from __future__ import annotations

from collections.abc import Iterator

from rawi.lexicon.reporting import Form
from rawi.lexicon.table import Row

OBJECTS = ("ه", "ها", "هم", "هما", "نا", "ني")
GENITIVES = ("ه", "ها", "هم", "هما", "هن", "نا", "ي")


def forms_of(row: Row) -> Iterator[Form]:
    """The forms of one row of ``reporting.tsv``, without proclitics; weak finals change before suffixes."""
    if row["past_3ms"]:
        yield from _past(row["past_3ms"], row["past_3fs"])
    if row["present_3ms"]:
        yield from _present(row["present_3ms"], row["present_3fs"])
    for written in row.list("other"):
        first = written[:1]
        person = 1 if written.endswith(("ت", "نا")) or first == "ن" else 3
        yield Form(written, "present" if person == 3 else "past", "f" if first == "ت" else "m", "s", person, "")
    if row["hal"]:
        yield from _hal(row["hal"])
    if row["masdar"]:
        yield from _masdar(row["masdar"])
    if row["passive"]:
        yield Form(row["passive"], "passive", "m", "s", 3, "")


def _past(masculine: str, feminine: str) -> Iterator[Form]:
    weak = masculine[-1] in "ىا"
    stem = masculine[:-1] if weak else masculine
    before_object = stem + "ا" if weak else masculine
    yield Form(masculine, "past", "m", "s", 3, "")
    yield Form(feminine, "past", "f", "s", 3, "")
    yield Form(stem + "وا", "past", "m", "p", 3, "")
    yield Form(feminine + "ا", "past", "f", "d", 3, "")
    yield Form(stem + ("يا" if weak else "ا"), "past", "m", "d", 3, "")
    if not weak and masculine[1:2] != "ا":
        yield Form(stem + "نا", "past", "m", "p", 1, "")
    for suffix in OBJECTS:
        yield Form(before_object + suffix, "past", "m", "s", 3, suffix)
        yield Form(feminine + suffix, "past", "f", "s", 3, suffix)
        yield Form(stem + "و" + suffix, "past", "m", "p", 3, suffix)


def _present(masculine: str, feminine: str) -> Iterator[Form]:
    weak = masculine[-1] in "ىيو"
    stem = masculine[:-1] if weak else masculine
    yield Form(masculine, "present", "m", "s", 3, "")
    yield Form(feminine, "present", "f", "s", 3, "")
    yield Form("ن" + masculine[1:], "present", "m", "p", 1, "")
    yield Form(stem + "ون", "present", "m", "p", 3, "")
    yield Form(stem + "وا", "present", "m", "p", 3, "")
    yield Form((masculine[:-1] + "ي" if masculine[-1] == "ى" else masculine) + "ان", "present", "m", "d", 3, "")
    yield Form(feminine + "ان", "present", "f", "d", 3, "")
    before_object = stem + "ا" if masculine[-1] == "ى" else masculine
    for suffix in OBJECTS:
        yield Form(before_object + suffix, "present", "m", "s", 3, suffix)
        yield Form(feminine[:1] + before_object[1:] + suffix, "present", "f", "s", 3, suffix)


def _hal(accusative: str) -> Iterator[Form]:
    stem = accusative.removesuffix("ا") if accusative.endswith("ا") else accusative
    yield Form(accusative, "hal", "m", "s", 3, "")
    if not accusative.endswith("ا"):
        yield Form(accusative + "ا", "hal", "m", "s", 3, "")
    yield Form(stem + "ة", "hal", "f", "s", 3, "")
    yield Form(stem + "ين", "hal", "m", "p", 3, "")
    yield Form(stem + "تين", "hal", "f", "d", 3, "")


def _masdar(bare: str) -> Iterator[Form]:
    stem = bare[:-1] + "ت" if bare.endswith("ة") else bare
    yield Form(bare, "masdar", "m", "s", 3, "")
    yield Form("ال" + bare, "masdar", "m", "s", 3, "")
    for suffix in GENITIVES:
        yield Form(stem + suffix, "masdar", "m", "s", 3, suffix)
        if stem.endswith("اء"):
            yield Form(stem[:-1] + "ئ" + suffix, "masdar", "m", "s", 3, suffix)
