"""Text to terms: the same for what is indexed and for what is asked."""

import random
import threading

import pytest

from search import voikko
from search.analysis import KnownStems, analyse, fingerprint, stem_of, words_of

needs_voikko = pytest.mark.skipif(
    not voikko.is_installed(), reason="libvoikko1 and voikko-fi are not installed"
)


def wholes(text: str, language: str = "fi", **options: object) -> set[str]:
    tokens = analyse(text, language, **options)
    return {term for token in tokens for term, weight in token.terms if weight == 1}


def parts(text: str, language: str = "fi", **options: object) -> set[str]:
    tokens = analyse(text, language, **options)
    return {term for token in tokens for term, weight in token.terms if weight < 1}


@needs_voikko
@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("ryhmissä", "ryhmä"),
        ("unen", "uni"),
        ("lasten", "lapsi"),
        ("öiden", "yö"),
        ("Kouvolassa", "kouvola"),
        ("raa’at", "raaka"),
        ("tukea", "tuki"),
    ],
)
def test_finnish_words_become_their_base_forms(form, base):
    assert base in wholes(form)
    assert wholes(form, "fi-simple") == wholes(form)


@needs_voikko
def test_participle_leads_to_its_verb_but_not_in_a_compound():
    assert "nukkua" in wholes("nukuttua")
    assert wholes("itsetehtyä") == {"itsetehty"}
    assert wholes("äkkikuolema") == {"äkkikuolema"}


@needs_voikko
def test_compounds_have_their_parts_and_each_two_together():
    assert wholes("mielenterveysryhmässä") == {"mielenterveysryhmä"}
    assert {"mieli", "terveys", "ryhmä", "mielenterveys"} <= parts(
        "mielenterveysryhmässä"
    )
    assert {"omainen", "hoitaja"} <= parts("omaishoitajien")
    assert {"vertainen", "tuki"} <= parts("vertaistukeen")
    assert "tukea" not in parts("vertaistukeen")


@needs_voikko
@pytest.mark.parametrize(
    "text", ["Nepsy-valmennuksessa", "nepsyvalmennus", "NEPSYVALMENNUKSEN"]
)
def test_abbreviations_make_compounds(text):
    assert wholes(text) == {"nepsyvalmennus"}
    assert parts(text) == {"nepsy", "valmennus"}


@pytest.mark.parametrize("with_voikko", [True, False])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("Kotkassa", "kotka"),
        ("Haminaan", "hamina"),
        ("Fredrikshamn", "hamina"),
        ("Pyhtäällä", "pyhtää"),
        ("Virolahden", "virolahti"),
        ("Miehikkälästä", "miehikkälä"),
        ("Korialla", "koria"),
        ("Elimäellä", "elimäki"),
        ("Kuusankoskelle", "kuusankoski"),
        ("Anjalankosken", "anjalankoski"),
        ("Inkeroisissa", "inkeroinen"),
        ("Karhulasta", "karhula"),
        ("Valkealaan", "valkeala"),
        ("Jaalassa", "jaala"),
        ("Kymmenedalens", "kymenlaakso"),
        ("MTKY:n", "mtky"),
        ("AA", "aa"),
        ("HYTEn", "hyte"),
        ("ADHD:sta", "adhd"),
        ("Al-Anon", "alanon"),
    ],
)
def test_places_and_abbreviations_are_known_everywhere(
    form, known, language, with_voikko
):
    (token,) = analyse(form, language, with_voikko=with_voikko)

    assert token.terms == ((known, 1),)
    assert token.is_known


def test_eagles_are_not_in_kotka():
    assert "kotka" not in wholes("kotkien", with_voikko=False)


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ("grupp gruppen grupper grupperna", "sv"),
        ("ångest ångesten", "sv"),
        ("group groups group's group’s", "en"),
        ("walk walking walked", "en"),
    ],
)
def test_forms_of_a_swedish_or_english_word_share_a_stem(forms, language):
    assert len(wholes(forms, language)) == 1


def test_swedish_compounds_are_split_by_words_of_the_index():
    known = KnownStems(
        ("sv", stem_of(word, "sv"))
        for word in words_of("sorg grupp ungdom mottagning flicka skola barn")
    )

    assert parts("sorggruppen", "sv", vocabulary=known) == {"sorg", "grupp"}
    assert parts("ungdomsmottagning", "sv", vocabulary=known) == {
        "ungdom",
        "mottagning",
    }
    assert parts("skolbarnen", "sv", vocabulary=known) == {"skol", "barn"}
    assert parts("sorggruppen", "sv") == set()


def test_finnish_compounds_are_split_so_where_voikko_is_missing():
    known = KnownStems(
        ("fi", stem_of(word, "fi")) for word in ("kävely", "ryhmä", "mielen", "terveys")
    )
    options = {"with_voikko": False, "vocabulary": known}

    assert parts("kävelyryhmään", **options) == {
        stem_of("kävely", "fi"),
        stem_of("ryhmä", "fi"),
    }
    assert stem_of("mielen", "fi") in parts("mielenterveys", **options)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kello 14:00–15.30", ["kello", "14", "00", "15", "30"]),
        ("mielenterveys- ja päihdetyö", ["mielenterveys", "ja", "päihdetyö"]),
        ("a\u0308iti", ["äiti"]),
        ("MTKY:n AA:ssa", ["mtky", "aa"]),
        ("<b>uni</b>", ["b", "uni", "b"]),
        ("  ", []),
        ("'", []),
        ("x" * 100, ["x" * 60]),
    ],
)
def test_words_are_cut_out_of_any_text(text, words):
    assert list(words_of(text)) == words


def test_words_without_meaning_have_no_terms():
    assert wholes("ja että on") == wholes("och att är", "sv") == set()
    assert wholes("the and of", "en") == set()


def test_numbers_stay_as_they_are():
    (token,) = analyse("112", "fi")

    assert (token.terms, token.is_known) == ((("112", 1),), True)


@needs_voikko
def test_voikko_answers_in_many_threads_at_once():
    """One handle shared by two threads would end the process."""
    words = ["mielenterveysryhmässä", "kävelyllä", "omaishoitajien", "unen", "öiden"]
    right = [voikko.read(word) for word in words]
    wrong: list[str] = []

    def read_often() -> None:
        for _each in range(300):
            wrong.extend(
                word
                for word, reading in zip(words, right, strict=True)
                if voikko.read(word) != reading
            )

    threads = [threading.Thread(target=read_often) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


@needs_voikko
def test_fingerprint_tells_whether_voikko_was_there():
    assert fingerprint(with_voikko=True) != fingerprint(with_voikko=False)


@pytest.mark.parametrize("with_voikko", [True, False])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_any_text_gives_terms_that_a_database_takes(language, with_voikko):
    chance = random.Random(language)
    letters = "aäöåbst-':’ \u0308\x00😀ßİ١²ж字각\u200d\ud800\ufeffﷺ"
    for _each in range(2_000):
        text = "".join(chance.choices(letters, k=chance.randint(0, 80)))
        for token in analyse(text, language, with_voikko=with_voikko):
            for term, weight in token.terms:
                assert 0 < len(term) <= 60
                assert 0 < weight <= 1
                assert " " not in term
                assert term.encode()
                assert "\x00" not in term
