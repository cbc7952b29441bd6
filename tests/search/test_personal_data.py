"""A search that tells of somebody is known, and an ordinary one is let through."""

import threading

import pytest

from search import voikko
from search.personal_data import looks_personal
from tests import factories

needs_voikko = pytest.mark.skipif(
    not voikko.is_installed(), reason="libvoikko1 and voikko-fi are not installed"
)
pytestmark = pytest.mark.django_db

ALWAYS_PERSONAL = [
    "maija@esimerkki.fi",
    "maija.meikalainen＠esimerkki.fi",
    "maija (at) esimerkki.fi",
    "maija esimerkki gmail com",
    "0401234567",
    "+358 40 123 4567",
    "040-123 45 67",
    "040/1234567",
    "(040) 123.4567",
    "soita 0 4 0 1 2 3",
    "040 tai 123 4567",
    "٠٤٠١٢٣٤٥٦٧",
    "０４０１２３４５６７",
    "0\u200b4\u200b0\u200b1\u200b2\u200b3",
    "FI21 1234 5600 0007 85",
    "synt. 13.10.1952",
    "Keskuskatu 5",
    "Storgatan 12 b",
    "maija virtanen 65",
    "Virtaselle 4",
    "andersson 1957",
    "Anna-Liisa Korhonen 2",
    "minun tarinani on pitkä " * 10,
]

ORDINARY = [
    "",
    "   ",
    '"',
    "\x00",
    "😀",
    "surukahvila",
    "vertaistukiryhmä omaishoitajille",
    "yli 65",
    "65-vuotiaat",
    "65+ jumppa",
    "13-29 nuoret",
    "kesä 2027",
    "48100 ryhmä",
    "48100",
    "12 askelta",
    "who-5",
    "d-vitamiini 50",
    "kotka",
    "Kouvolassa 65",
    "alzheimer",
    "parkinsonin tauti",
    "aspergerin vertaistuki",
    "mannerheimin lastensuojeluliitto",
    "promenad i skogen",
    "sorg och ensamhet",
    "samtalsgrupp 65",
    "support group",
    "mielenterveystalo.fi",
]


@pytest.mark.parametrize("with_voikko", [True, False])
@pytest.mark.parametrize("words", ALWAYS_PERSONAL)
def test_what_tells_of_somebody_is_known(words, with_voikko):
    assert looks_personal(words, with_voikko=with_voikko)


@pytest.mark.parametrize("with_voikko", [True, False])
@pytest.mark.parametrize("words", ORDINARY)
def test_an_ordinary_search_is_let_through(words, with_voikko):
    assert not looks_personal(words, with_voikko=with_voikko)


@pytest.mark.parametrize("with_voikko", [True, False])
@pytest.mark.parametrize("century", "+-UVWXYABCDEF")
def test_a_henkilötunnus_of_any_century_is_known(century, with_voikko):
    for number in (f"131052{century}308T", f"131052{century.lower()}308t"):
        for words in (number, f"apua {number}", f"{number[:6]} {number[6:]}"):
            assert looks_personal(words, with_voikko=with_voikko), words


def test_any_run_of_digits_is_known_whatever_stands_between():
    for sign in (" ", "-", "–", ".", "/", "_", " - ", "\u00a0", ")("):
        assert looks_personal(sign.join("04012")), sign


def test_a_number_of_five_digits_is_let_through_only_as_a_postal_code_of_ours():
    assert not looks_personal("48100 surukahvila")
    for words in ("99999 surukahvila", "48100 ja 48600", "48 100", "x48100"):
        assert looks_personal(words), words


@needs_voikko
@pytest.mark.parametrize(
    "words",
    [
        "maija",
        "Virtasen",
        "virtanen maija",
        "toivo mäki",
        "Mäki Toivo",
        "olga",
        "päivi",
    ],
)
def test_a_name_alone_is_known_by_the_dictionary(words):
    assert looks_personal(words)


@needs_voikko
@pytest.mark.parametrize("words", ["toivo", "rauha", "ilo ja toivo", "aamu", "anna"])
def test_a_word_that_may_also_be_a_name_is_let_through_without_a_number(words):
    assert not looks_personal(words)
    assert looks_personal(f"toivo {words} 61")


@pytest.mark.parametrize("words", ["korhonen", "johanna", "Svensson", "pekalle? pekka"])
def test_the_most_usual_names_are_known_without_a_dictionary(words):
    assert looks_personal(words, with_voikko=False)


def test_two_words_that_nobody_knows_beside_a_number_may_be_a_name(event_index):
    assert looks_personal("zumbaa pilatesta 65")
    assert not looks_personal("zumbaa pilatesta")

    factories.make_event(event_index, "Zumbaa ja pilatesta")

    assert not looks_personal("zumbaa pilatesta 65")
    assert looks_personal("xyzzy qwertz 65")


@needs_voikko
def test_classes_are_read_in_many_threads_at_once():
    words = ["maija", "virtanen", "toivo", "kotka", "uni"] * 40
    right = {word: voikko.classes(word) for word in words}
    wrong = []

    def read():
        wrong.extend(word for word in words if voikko.classes(word) != right[word])

    threads = [threading.Thread(target=read) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert right["maija"] == {("maija", "etunimi")}
    assert not wrong


@needs_voikko
@pytest.mark.parametrize("words", ["Abdi 43", "Fatima 1985", "Kissanen 44"])
def test_word_that_nobody_knows_may_be_a_name_beside_a_number(db, words):
    assert looks_personal(words)
