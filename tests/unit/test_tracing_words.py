"""Words and fingerprints of the corpus step: the same words as the text layer's, stable hashes, what winnowing
promises."""

from __future__ import annotations

import random

import numpy as np

from planted.words import Vocabulary, another_hand
from rawi.lang.ar.pack import arabic
from rawi.text.tokens import NUMBER, WORD, tokenize
from rawi.tracing import words as words_module
from rawi.tracing.fingerprints import GRAM, WINDOW, grams, winnow
from rawi.tracing.words import WordReader, hash_text

PACK = arabic()
READER = WordReader(PACK.letters)


def keys(text: str) -> list[int]:
    return READER.read([text])[0].key.tolist()


def test_words_lie_where_the_text_layer_has_them() -> None:
    text = "قال الوزير إنَّ 35 شاحنةً عبرت «معبر التل» أمس.\nوأضاف: «وصلت القافلة»"
    tokens = tokenize(text, PACK.letters)
    expected = [(s, e) for s, e, k in zip(tokens.start, tokens.end, tokens.kind, strict=True) if k in (WORD, NUMBER)]
    found = READER.read([text])[0]
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == expected


def test_a_word_has_one_hash_however_it_is_spelled() -> None:
    assert keys("إلى مدرسةٍ أخرى") == keys("الى مدرسـه اخري")
    assert keys("٣٥ شاحنة") == keys("35 شاحنة")
    assert keys("مدرسة") != keys("مدارس")


def test_the_form_keeps_what_the_key_folds() -> None:
    one, other = READER.read(["إلى المدرسة", "الى المدرسه"])
    assert one.key.tolist() == other.key.tolist()
    assert one.form.tolist() != other.form.tolist()
    assert other.form.tolist()[1] == other.key.tolist()[1]


def test_a_ligature_is_its_letters() -> None:
    assert keys("\ufefbحد") == keys("لاحد")


def test_batches_change_nothing() -> None:
    texts = ["واحد اثنان", "", "ثلاثة\nأربعة", "…", "خمسة"]
    alone = [READER.read([t])[0].key.tolist() for t in texts]
    assert [w.key.tolist() for w in READER.read(texts)] == alone


def test_hashes_never_change() -> None:
    # A change would make every stored state disagree with new texts.
    assert keys("الوزير") == [6288522092429985429]
    assert hash_text("rawi") == hash_text("rawi") != hash_text("iwar")


def test_a_text_longer_than_the_tables() -> None:
    vocabulary = Vocabulary(3)
    text = " ".join(vocabulary.sentence(400))
    small = WordReader(PACK.letters)
    small._powers, small._inverse = small._powers[:300], small._inverse[:300]
    assert small.read([text])[0].key.tolist() == keys(text)
    assert words_module.CHUNK > 300


def test_every_shared_run_of_eight_words_leaves_a_fingerprint() -> None:
    vocabulary = Vocabulary(11)
    size = GRAM + WINDOW - 1
    for seed in range(60):
        shared = vocabulary.sentence(size)
        one = vocabulary.sentence(30) + shared + vocabulary.sentence(30)
        other = vocabulary.sentence(20 + seed % 7) + another_hand(shared) + vocabulary.sentence(25)
        a, b = (winnow(READER.read([" ".join(t)])[0].key) for t in (one, other))
        assert set(a.hash.tolist()) & set(b.hash.tolist())


def test_short_texts() -> None:
    rng = random.Random(1)
    for n in range(GRAM + 2):
        made = np.array([rng.randrange(1, 2**62) for _ in range(n)], dtype=np.int64)
        assert len(winnow(made).hash) == (1 if n >= GRAM else 0)
        assert len(grams(made)) == max(0, n - GRAM + 1)
