"""What the search box offers while somebody types."""

import pytest
from wagtail.models import PageViewRestriction

from events.models import EventText
from home.models import Keyword
from search.models import MissedSearch
from tests import factories

ADDRESSES = {
    "fi": "/fi/haku/ehdotukset/",
    "sv": "/sv/sok/forslag/",
    "en": "/en/search/suggestions/",
    "fi-simple": "/fi-simple/haku/ehdotukset/",
}


def suggested(client, typed, language="fi"):
    return client.get(ADDRESSES[language], {"q": typed}).json()["suggestions"]


def texts(client, typed, language="fi"):
    return [each["text"] for each in suggested(client, typed, language)]


def make_keyword(**names):
    others = names.pop("other_names", {})
    return Keyword.objects.create(name=names, other_names=others)


def text(title, language="fi"):
    return EventText(language=language, title=title, lead="Avoin kaikille.")


# Words


def test_keyword_is_offered_by_its_beginning(client, homes):
    make_keyword(fi="unettomuus", sv="sömnlöshet")
    make_keyword(fi="päihteet")

    (word,) = suggested(client, "une")

    assert word == {
        "text": "unettomuus",
        "url": None,
        "kind": "word",
        "label": "",
        "lang": "",
    }


@pytest.mark.parametrize("typed", ["päi", "pai", "PÄI", "Pai", "pa\u0308i"])
def test_capitals_and_dots_make_no_difference(client, homes, typed):
    make_keyword(fi="päihteet")

    assert texts(client, typed) == ["päihteet"]


def test_keyword_is_offered_by_a_later_word_and_by_other_names(client, homes):
    make_keyword(fi="mielen hyvinvointi", other_names={"fi": "jaksaminen\nhyvä olo"})

    assert texts(client, "hyvinv") == ["mielen hyvinvointi"]
    assert texts(client, "mielen hy") == ["mielen hyvinvointi"]
    assert texts(client, "jaks") == ["jaksaminen"]
    assert texts(client, "lvointi") == []


def test_keyword_is_offered_once_and_in_the_readers_language_only(client, homes):
    make_keyword(fi="uni", sv="sömn", other_names={"fi": "unirytmi", "sv": "unik"})

    assert texts(client, "un") == ["uni"]
    assert texts(client, "un", "fi-simple") == ["uni"]
    assert texts(client, "un", "sv") == ["unik"]
    assert texts(client, "un", "en") == []


def test_three_keywords_at_most_and_those_that_begin_so_first(client, homes):
    for name in ("arjen rahat", "rahapelit", "raha", "rahahuolet", "oma raha-asia"):
        make_keyword(fi=name)

    assert texts(client, "raha") == ["rahapelit", "rahahuolet", "arjen rahat"]


def test_renamed_keyword_is_offered_by_its_new_name(client, homes):
    keyword = make_keyword(fi="unettomuus")
    assert texts(client, "une") == ["unettomuus"]

    keyword.name = {"fi": "huono uni"}
    keyword.save()

    assert texts(client, "une") == []
    assert texts(client, "huo") == ["huono uni"]


# Pages


def test_last_word_is_taken_as_a_beginning(client, guide_index, event_index):
    factories.make_guide(guide_index, title="Parempi uni", slug="parempi-uni")
    factories.make_event(event_index, "Unikoulu", slug="unikoulu")
    factories.make_event(event_index, "Muistikahvila")

    found = suggested(client, "un")

    assert {(each["text"], each["url"], each["kind"]) for each in found} == {
        ("Parempi uni", "/fi/oppaat/parempi-uni/", "guide"),
        ("Unikoulu", "/fi/tapahtumat/unikoulu/", "group"),
    }
    for each in found:
        assert client.get(each["url"]).status_code == 200


def test_words_before_the_last_count_in_any_form(client, guide_index):
    factories.make_guide(guide_index, title="Nuorten uni")
    factories.make_guide(guide_index, title="Vauvan uni")

    assert texts(client, "nuori un") == ["Nuorten uni"]
    assert texts(client, "vauvalle u") == ["Vauvan uni"]


def test_whole_word_in_another_form_is_found(client, guide_index):
    factories.make_guide(guide_index, title="Surukahvila")

    assert texts(client, "surukahvilassa") == ["Surukahvila"]


def test_dots_may_be_left_out(client, guide_index):
    factories.make_guide(guide_index, title="Yötyö ja jaksaminen")

    assert texts(client, "yoty") == ["Yötyö ja jaksaminen"]


def test_title_with_the_word_comes_before_a_text_with_it(client, guide_index):
    factories.make_guide(
        guide_index, title="Arjen rytmi", lead="Kävely. Kävely. Kävely."
    )
    factories.make_guide(guide_index, title="Ruoka", lead="Kävely, kävely ja kävely.")
    factories.make_guide(guide_index, title="Pitkä ja rauhallinen kävelyretki metsässä")

    assert texts(client, "käve")[0] == "Pitkä ja rauhallinen kävelyretki metsässä"
    assert len(texts(client, "käve")) == 3


def test_two_letters_find_titles_only(client, guide_index):
    factories.make_guide(guide_index, title="Kävely")
    factories.make_guide(guide_index, title="Ulkoilu", lead="Kävely ja pyöräily.")

    assert texts(client, "kä") == ["Kävely"]
    assert texts(client, "käv") == ["Kävely", "Ulkoilu"]


def test_finnish_title_comes_before_a_swedish_text_that_has_the_word(
    client, guide_indexes, event_index
):
    factories.make_guide(
        guide_indexes["sv"], title="Stöd", lead="Muistikahvila i Kotka"
    )
    factories.make_event(event_index, "Muistikahvila")

    assert texts(client, "muisti", "sv") == ["Muistikahvila", "Stöd"]


def test_five_pages_at_most(client, guide_index):
    for number in range(8):
        factories.make_guide(guide_index, title=f"Kävely {number}")

    assert len(texts(client, "käv")) == 5


def test_draft_and_private_page_are_not_offered(client, guide_index):
    factories.make_guide(guide_index, title="Kävely kaupungissa")
    factories.make_guide(guide_index, title="Kävely luonnoksena", live=False)
    private = factories.make_guide(guide_index, title="Kävely salassa")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert texts(client, "käve") == ["Kävely kaupungissa"]


def test_unpublished_page_is_offered_no_more(client, guide_index):
    guide = factories.make_guide(guide_index, title="Kävely")
    assert texts(client, "käve") == ["Kävely"]

    guide.unpublish()

    assert texts(client, "käve") == []


def test_page_is_offered_once_in_the_readers_language(client, guide_indexes):
    guide = factories.make_guide(guide_indexes["fi"], title="Stressi hallintaan")
    factories.make_guide(
        guide_indexes["sv"],
        title="Hantera stress",
        translation_key=guide.translation_key,
    )
    factories.make_guide(guide_indexes["fi"], title="Stressi töissä")

    assert [
        (each["text"], each["lang"]) for each in suggested(client, "stre", "sv")
    ] == [
        ("Hantera stress", ""),
        ("Stressi töissä", "fi"),
    ]
    # A Finnish reader is not sent to a page in Swedish.
    assert texts(client, "hant") == []


def test_group_is_offered_by_its_text_in_the_readers_language(client, event_index):
    factories.make_event(
        event_index,
        slug="musiikki",
        texts=[text("Musiikkiryhmä"), text("Musikgruppen", "sv")],
    )

    (finnish,) = suggested(client, "mus")
    (swedish,) = suggested(client, "mus", "sv")
    (english,) = suggested(client, "mus", "en")

    assert (finnish["text"], finnish["lang"]) == ("Musiikkiryhmä", "")
    assert (swedish["text"], swedish["lang"]) == ("Musikgruppen", "")
    assert swedish["url"] == "/sv/evenemang/musiikki/"
    assert (english["text"], english["lang"]) == ("Musiikkiryhmä", "fi")


def test_every_page_says_of_what_kind_it_is(client, guide_index, event_index):
    factories.make_programme(guide_index, title="Tauko-ohjelma")
    factories.make_event(event_index, "Taukokahvit")

    kinds = {each["kind"]: each["label"] for each in suggested(client, "tauko")}

    assert set(kinds) == {"programme", "group"}
    assert all(kinds.values())


# What may be typed


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "u", "'", '"', "\x00", "%", "_", "-", "*", "((", "😀😀", "\u202e"),
        *("سلام", "שלום", "\u0301\u0301", "a" * 10_000, "zzzz", "12", "%%", "__"),
    ],
)
def test_nothing_is_offered_for_what_is_no_beginning(client, guide_index, typed):
    make_keyword(fi="uni")
    factories.make_guide(guide_index, title="Uni")

    assert suggested(client, typed) == []


@pytest.mark.parametrize(
    "typed", ["un\x00", "“un", "un" + " " * 500, "\u202eun", "un 😀", "  un  "]
)
def test_signs_around_a_word_do_not_matter(client, guide_index, typed):
    factories.make_guide(guide_index, title="Uni")

    assert texts(client, typed) == ["Uni"]


@pytest.mark.parametrize("language", ADDRESSES)
def test_site_without_an_index_offers_nothing(client, homes, language):
    assert client.get(ADDRESSES[language]).json() == {"suggestions": []}


# The address


def test_suggestions_are_read_only_and_leave_no_trace(client, guide_index):
    factories.make_guide(guide_index, title="Uni")

    response = client.get(ADDRESSES["fi"], {"q": "zzzz"})

    assert not response.cookies
    assert not MissedSearch.objects.exists()
    assert client.post(ADDRESSES["fi"], {"q": "un"}).status_code == 405


@pytest.mark.parametrize("language", ADDRESSES)
def test_search_box_knows_where_to_ask(client, homes, language):
    page = client.get(f"/{language}/")

    assert f'data-suggest="{ADDRESSES[language]}"' in page.text


@pytest.mark.parametrize("number", [1, 15])
def test_suggestions_cost_the_same_whatever_is_found(
    client, guide_index, event_index, number, settled, django_assert_max_num_queries
):
    make_keyword(fi="unirytmi")
    for each in range(number):
        factories.make_guide(guide_index, title=f"Hyvä uni {each}")
        factories.make_event(event_index, f"Hyvä unikoulu {each}")
    settled()
    suggested(client, "hyvä uni")

    with django_assert_max_num_queries(5):
        found = suggested(client, "hyvä un")
    assert len(found) == min(5, 2 * number)
