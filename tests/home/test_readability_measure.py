"""LIX, counted by hand for small texts, and where sentences and words end."""

import pytest

from home.readability.advice import advise
from home.readability.content import Content
from home.readability.levels import LEVELS, Band
from home.readability.sentences import sentences_of, words_of


def measure(paragraphs, language):
    content = Content()
    for words in paragraphs:
        content.add_text(words, "body")
    return advise(content, language).measure


@pytest.mark.parametrize(
    ("language", "text", "words", "sentences", "long_words", "lix"),
    [
        # Tule(4) mukaan(6) ryhmään(7). Juttelemme(10) ja juomme kahvia(6).
        ("fi", "Tule mukaan ryhmään. Juttelemme ja juomme kahvia.", 7, 2, 2, 32.1),
        # hyvinvointialueella (19), palvelusetelin (14), kuukaudessa (11)
        (
            "fi",
            "Saat hyvinvointialueella palvelusetelin kuukaudessa.",
            4,
            1,
            3,
            79.0,
        ),
        # Kom (3) till (4) gruppen (7). Vi (2) dricker (7) kaffe (5).
        ("sv", "Kom till gruppen. Vi dricker kaffe.", 6, 2, 2, 36.3),
        # exercise (8), regularly (9) of eight
        ("en", "You can exercise regularly. It helps you sleep.", 8, 2, 2, 29.0),
        ("fi-simple", "Voit tulla yksin. Voit tulla ystävän kanssa.", 7, 2, 1, 17.8),
        ("fi", "Soita 116117 klo 14.30.", 4, 1, 0, 4.0),
        ("fi", "", 0, 0, 0, 0.0),
        ("fi", "– … ! ?", 0, 0, 0, 0.0),
    ],
)
def test_the_figure_is_the_one_counted_by_hand(
    language, text, words, sentences, long_words, lix
):
    found = measure([text], language)

    assert (found.words, found.sentences, found.long_words) == (
        words,
        sentences,
        long_words,
    )
    assert found.lix == lix


def test_paragraphs_and_list_items_end_a_sentence_without_a_full_stop():
    found = measure(["Ota mukaan", "lämmin takki", "juotavaa"], "fi")

    assert (found.words, found.sentences) == (5, 3)


def test_a_short_text_gives_no_figure_to_go_by():
    short = measure(["Soita meille. Autamme sinua. Tule käymään."], "fi")
    long = measure(["Soita meille, niin autamme sinua heti."] * 6, "fi")

    assert not short.tells
    assert long.tells


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("fi", "Avaa esim. Kotkan sivut. Lue ohje.", 2),
        ("fi", "Tule klo 14. Ota eväät.", 2),
        ("fi", "Tule klo 14.30. Ota eväät.", 2),
        ("fi", "Avoinna ma klo 9–15 ja ke klo 12–18.", 1),
        ("fi", "Kokoonnumme 3. kerroksessa.", 1),
        ("fi", "Olemme Kotkassa 3. 5. ja 7. päivä.", 1),
        ("fi", "1. Soita neuvontaan.", 1),
        ("fi", "Mukaan: vettä, eväät jne. Tule ajoissa.", 2),
        ("fi", "Voit kysyä: ”Mitä kuuluu?” ja kuunnella.", 1),
        ("fi", "Hän sanoi: ”Tule mukaan.” Lähdin heti.", 2),
        ("fi", "Auttaako se? Auttaa!", 2),
        ("fi", "Odota… Hengitä.", 2),
        ("fi", "Ohjaaja on M. Virtanen. Soita hänelle.", 2),
        ("fi", "Syö C-vitamiinia. Hyvä.", 2),
        ("sv", "Du kan t.ex. Ringa oss. Vi svarar.", 2),
        ("sv", "Vi har öppet kl. 9. Kom då.", 2),
        ("sv", "Ta med vatten, mat osv. Vi ses.", 2),
        ("en", "Ask e.g. Dr. Smith. She helps.", 2),
        ("en", "Bring water, food, etc. See you.", 2),
        ("en", "It costs 3.50 euros. Bring cash.", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language, text, sentences):
    assert len(list(sentences_of(text, language))) == sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kello on 14.30.", ["Kello", "on", "14.30"]),
        ("THL:n ohje", ["THL:n", "ohje"]),
        ("t.ex. bröd", ["t.ex", "bröd"]),
        ("matala-arvoinen 18–65-vuotias", ["matala-arvoinen", "18–65-vuotias"]),
        ("it's a nurse’s", ["it's", "a", "nurse’s"]),
        ("Lue https://thl.fi/uni?x=1 nyt", ["Lue", "https://thl.fi/uni?x=1", "nyt"]),
        ("apu@esimerkki.fi", ["apu@esimerkki.fi"]),
        ("kyllä/ei", ["kyllä", "ei"]),
    ],
)
def test_words_are_what_a_reader_would_count(text, words):
    assert words_of(text) == words


def test_web_addresses_are_not_long_words():
    assert measure(["Lue www.mielenterveystalo.fi tai a@mielenterveys.fi."], "fi") == (
        measure(["Lue www.ab.fi tai a@b.fi."], "fi")
    )


@pytest.mark.parametrize(
    ("language", "lix", "band"),
    [
        ("sv", 40.0, Band.PLAIN),
        ("sv", 40.1, Band.HEAVY),
        ("en", 30.0, Band.EASY),
        ("fi", 60.0, Band.PLAIN),
        ("fi", 60.1, Band.HEAVY),
        ("fi", 70.1, Band.VERY_HEAVY),
        ("fi-simple", 45.1, Band.HEAVY),
    ],
)
def test_each_language_has_its_own_bands(language, lix, band):
    assert LEVELS[language].band(lix) == band


def test_easy_finnish_is_held_to_less_than_finnish():
    easy, finnish = LEVELS["fi-simple"], LEVELS["fi"]

    assert easy.plain < finnish.plain
    assert easy.longest_sentence < finnish.longest_sentence
    assert easy.longest_word < finnish.longest_word
