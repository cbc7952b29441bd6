"""Advice on sentences, words, links, headings and alt texts. No database."""

import random
import string
import tomllib

import pytest
from django.utils import translation

from home.readability.advice import advise
from home.readability.content import LONGEST_READ, Content, Picture
from home.readability.hard_words import FOLDER, INDEXED_BY, WHOLE, plainer_for
from home.readability.levels import LEVELS
from home.readability.markup import read_rich_text
from home.readability.passive import passive_in
from home.readability.reading import Kind
from home.readability.sentences import words_of


def reading_of(text, language="fi"):
    content = Content()
    read_rich_text(text, content, "lohko")
    return advise(content, language)


def advice_on(text, kind, language="fi"):
    return [each for each in reading_of(text, language).advice if each.kind == kind]


def test_a_long_sentence_is_quoted_with_its_number_of_words():
    long = "Voit " + "tulla " * 20 + "mukaan."

    [advice] = advice_on(f"<p>Tule. {long} Soita.</p>", Kind.SENTENCE)

    assert (advice.quote, advice.place) == (long, "lohko")
    with translation.override("en"):
        assert str(advice).startswith("22 words.")


@pytest.mark.parametrize(
    ("language", "words", "is_long"),
    [
        ("fi", 20, False),
        ("fi", 21, True),
        ("fi-simple", 11, False),
        ("fi-simple", 12, True),
        ("sv", 25, False),
        ("sv", 26, True),
        ("en", 26, True),
    ],
)
def test_each_language_has_its_own_longest_sentence(language, words, is_long):
    text = " ".join(["tule"] * words)

    assert bool(advice_on(text, Kind.SENTENCE, language)) is is_long


@pytest.mark.parametrize(
    ("language", "sentence", "verb"),
    [
        ("fi", "Ryhmässä puhutaan suomea.", "puhutaan"),
        ("fi", "Unettomuutta hoidetaan keskustellen.", "hoidetaan"),
        ("fi", "Asiasta keskustellaan yhdessä.", "keskustellaan"),
        ("fi", "Häätö voidaan usein estää.", "voidaan"),
        ("fi", "Kokous pidettiin Kotkassa.", "pidettiin"),
        ("fi", "Ovi on jo suljettu.", "suljettu"),
        ("fi", "Tutkimus on nyt tehty.", "tehty"),
        ("fi", "Asiaa arvioitiin vuonna 2024.", "arvioitiin"),
        ("fi", "Soita neuvontaan tai tule toimintaan.", ""),
        ("fi", "Hän menee rantaan ja kohti pöytään.", ""),
        ("fi", "Pidä huolta itsestään ja läheisistään.", ""),
        ("fi", "Kerro tunteitaan, tarpeitaan ja asioitaan.", ""),
        ("fi", "Varaa aika fysioterapeuttiin tai mene nettiin.", ""),
        ("fi", "Mene kotiin ja hotelliin.", ""),
        ("fi", "Se on tuttu juttu.", ""),
        ("fi", "Puhumme suomea ja autamme sinua.", ""),
        ("sv", "Dina uppgifter sparas inte.", "sparas"),
        ("sv", "Tjänsten kan inte behandlas här.", "behandlas"),
        ("sv", "Du blir kallad till ett möte.", "blir kallad"),
        ("sv", "Det finns hjälp. Du hoppas och trivs hos oss.", ""),
        ("sv", "Läs på kommunens webbplats om myndigheternas stöd.", ""),
        ("sv", "Du blir glad.", ""),
        ("en", "The form is filled in by a nurse.", "is filled"),
        ("en", "It has not yet been tested.", "been tested"),
        ("en", "Help is always given.", "is given"),
        ("en", "You are tired and worried.", ""),
        ("en", "The clinic is closed.", ""),
        ("en", "You needed help and asked us.", ""),
    ],
)
def test_the_passive_is_seen_and_what_looks_like_it_is_not(language, sentence, verb):
    assert passive_in(words_of(sentence), language) == verb


@pytest.mark.parametrize(
    ("language", "word", "plainer"),
    [
        ("fi", "toimenpide", "teko, keino, hoito"),
        ("fi", "toimenpiteisiin", "teko, keino, hoito"),
        ("fi", "toimenpiteistään", "teko, keino, hoito"),
        ("fi", "mikäli", "jos"),
        ("fi", "edellyttävät", "vaatia, tarvita"),
        ("fi", "kuntouttavasta", "kunnon palauttaminen"),
        ("fi-simple", "viipymättä", "heti"),
        ("fi", "kunta", ""),
        ("fi", "sähköiskun", ""),
        ("fi", "prosessikaaviokirjasto", ""),
        ("sv", "åtgärderna", "det vi gör, hjälp"),
        ("sv", "beträffande", "om"),
        ("en", "utilised", "use"),
        ("en", "commencing", "begin, start"),
        ("en", "viable", ""),
        ("en", "assistant", ""),
    ],
)
def test_hard_words_are_known_in_their_forms(language, word, plainer):
    assert plainer_for(word, language) == plainer


@pytest.mark.parametrize(("language", "least"), [("fi", 120), ("sv", 50), ("en", 50)])
def test_the_lists_are_long_enough_and_well_formed(language, least):
    words = tomllib.loads((FOLDER / f"{language}.toml").read_text())["words"]
    stems = [stem for key in words for stem in key.split()]

    assert len(words) >= least
    assert len(stems) == len(set(stems))
    assert all(stem == stem.casefold() for stem in stems)
    assert all(len(stem.removesuffix(WHOLE)) >= INDEXED_BY for stem in stems)
    assert all(plainer.strip() for plainer in words.values())


def test_a_hard_word_is_named_once_and_also_in_headings():
    text = "<h2>Toimenpiteet</h2><p>Toimenpiteet alkavat. Toimenpiteet jatkuvat.</p>"

    [advice] = advice_on(text, Kind.HARD_WORD)

    assert advice.quote == "Toimenpiteet"


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fi", "Kysy opiskeluterveydenhuollosta.", ["opiskeluterveydenhuollosta"]),
        ("fi", "Kysy mielenterveyspalveluista.", ["mielenterveyspalveluista"]),
        ("fi", "Kysy terveysasemalta.", []),
        ("fi", "Alkoholi-riskikäyttö-neuvonta-palvelu", []),
        ("fi", "Soita Myrkytystietokeskukseen.", []),
        ("fi", "Opiskeluterveydenhuolto auttaa.", ["Opiskeluterveydenhuolto"]),
        ("fi-simple", "Se on mielenterveyspalvelu.", ["mielenterveyspalvelu"]),
        ("sv", "Vår tillgänglighetsutredning.", ["tillgänglighetsutredning"]),
        ("en", "It is an institutionalisation.", ["institutionalisation"]),
    ],
)
def test_long_words_are_named_but_not_names(language, text, found):
    assert [each.quote for each in advice_on(text, Kind.LONG_WORD, language)] == found


@pytest.mark.parametrize(
    ("text", "is_advised"),
    [
        ("tästä", True),
        ("Klikkaa tästä", True),
        ("Lue lisää", True),
        ("Lue lisää…", True),
        ("läs mer", True),
        ("Click here.", True),
        ("https://thl.fi/uni", True),
        ("www.thl.fi", True),
        ("", True),
        ("Lue lisää unesta", False),
        ("Terveysaseman yhteystiedot", False),
        ("Tästä oppaasta", False),
        ("thl.fi", False),
    ],
)
def test_a_link_has_to_tell_where_it_leads(text, is_advised):
    html = f'<p>Katso <a href="https://thl.fi">{text}</a>.</p>'

    assert bool(advice_on(html, Kind.LINK)) is is_advised


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<h2>Uni</h2><h3>Ilta</h3><h2>Aamu</h2>", 0),
        ("<h3>Ilta</h3>", 1),
        ("<h2>Uni</h2><h4>Ilta</h4>", 1),
        ("<h2></h2><p>Teksti.</p>", 1),
        ("<h2> </h2>", 1),
        (f"<h2>{'pitkä ' * 20}</h2>", 1),
        ("<p><b>Näin se alkaa</b></p><p>Teksti.</p>", 1),
        ("<p><b>Muista:</b> soita.</p>", 0),
        ("<ul><li><b>Vesi</b> auttaa</li></ul>", 0),
    ],
)
def test_headings_follow_each_other_and_are_headings(html, number):
    assert len(advice_on(html, Kind.HEADING)) == number


@pytest.mark.parametrize(
    ("alt", "is_decorative", "is_advised"),
    [
        ("", False, True),
        ("", True, False),
        ("IMG_2031.jpg", False, True),
        ("metsä.png", False, True),
        ("Kuva: metsäpolku", False, True),
        ("kuvassa nainen", False, True),
        ("Bild av skogen", False, True),
        ("x" * 151, False, True),
        ("Kuvataiteilija maalaa", False, False),
        ("Nainen kävelee metsäpolulla syksyllä", False, False),
    ],
)
def test_an_alt_text_says_what_the_picture_shows(alt, is_decorative, is_advised):
    content = Content(pictures=[Picture(alt, is_decorative, "lohko")])

    assert bool(advise(content, "fi").advice) is is_advised


def test_a_clean_text_gets_no_advice():
    text = "<h2>Uni</h2><p>Nouse ajoissa. Mene ulos. Soita meille, jos väsyttää.</p>"

    assert reading_of(text).advice == []


ODD = [
    "",
    " ",
    "<![x[",
    "<!<![[",
    "<!DOCTYPE [<!X",
    "&#99999999999;&#0;",
    "</p></b></a></h2>",
    "<h2><p><a><b>",
    "<a>" * 3000,
    "%(words)s %s %",
    "\x00\u202e\ud7ff",
    "🎉" * 500,
    "." * 5000,
    "a.b." * 5000,
    "A. " * 5000,
    "1. 2. " * 5000,
    "a@" * 5000,
    "”)" * 5000,
    "-" * 5000,
    "a-" * 5000,
    "on " * 5000,
    "x" * 100_000,
    "taan" * 20_000,
]


@pytest.mark.parametrize("language", LEVELS)
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_text_is_too_odd(text, language):
    for advice in reading_of(text, language).advice:
        assert str(advice)
        assert len(advice.short_quote) <= 160


def test_any_text_can_be_read():
    chance = random.Random(6)
    pieces = [*string.printable, *"äöåÄÖ–”’…", "<p>", "</p>", "<b>", "<a>", "<!", "on "]

    for _number in range(300):
        text = "".join(chance.choices(pieces, k=chance.randint(0, 200)))
        for language in LEVELS:
            reading = reading_of(text, language)
            assert reading.measure.long_words <= reading.measure.words
            assert reading.measure.sentences <= reading.measure.words


def test_the_same_text_gives_the_same_answer():
    text = "<p>Mikäli toimenpiteisiin ryhdytään, asiasta ilmoitetaan.</p>"

    assert reading_of(text) == reading_of(text)


def test_what_is_longer_than_any_page_is_cut():
    content = Content()
    for _number in range(5):
        content.add_text("sana " * (LONGEST_READ // 10), "body")

    assert sum(len(text.words) for text in content.texts) <= LONGEST_READ
