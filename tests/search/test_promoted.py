"""Pages that staff put first for a phrase."""

import pytest
from wagtail.models import PageViewRestriction

from search.models import PromotedResult
from tests import factories

pytestmark = pytest.mark.usefixtures("either_way")


@pytest.fixture
def promoted(guide_indexes):
    """Last by its words: nothing of the phrase stands in it."""
    page = factories.make_guide(guide_indexes["fi"], title="Rauhallinen yö")
    for number in range(3):
        factories.make_guide(guide_indexes["fi"], title=f"Unettomuus {number}")
    return page


def promote(page, **phrases):
    """Phrases by language, one on a line."""
    return PromotedResult.objects.create(page=page, phrases=phrases)


def titles(client, words, address="/fi/haku/"):
    answer = client.get(address, {"q": words, "format": "json"}).json()
    return [result["title"] for result in answer["results"]]


def test_promoted_page_stands_first(client, promoted):
    assert "Rauhallinen yö" not in titles(client, "unettomuus")

    promote(promoted, fi="unettomuus")

    found = titles(client, "unettomuus")
    assert found[0] == "Rauhallinen yö"
    assert len(found) == 4


@pytest.mark.parametrize(
    "typed", ["unettomuus", "UNETTOMUUS", "en saa unta", "unta en saa", "saada unta"]
)
def test_any_phrase_in_any_form_and_order_is_known(client, promoted, typed):
    promote(promoted, fi="unettomuus\nen saa unta\nsaada unta")

    assert titles(client, typed)[0] == "Rauhallinen yö"


@pytest.mark.parametrize(
    ("phrases", "typed"),
    [
        ({"sv": "jag kan inte sova"}, "jag kan inte sova"),
        ({"en": "I cannot get to sleep"}, "i cannot get to sleep"),
        ({"fi-simple": "en saa nukuttua"}, "en saa nukuttua"),
    ],
)
def test_phrases_of_every_language_are_known_with_their_small_words(
    client, promoted, phrases, typed
):
    promote(promoted, **phrases)

    assert titles(client, typed)[0] == "Rauhallinen yö"


@pytest.mark.parametrize("typed", ["unettomuus lapsella", "vauvan unettomuus", "unet"])
def test_other_questions_are_left_as_they_are(client, promoted, typed):
    before = titles(client, typed)

    promote(promoted, fi="unettomuus\nvauva ei nuku")

    assert titles(client, typed) == before


def test_typing_error_leads_to_the_promoted_page_too(client, promoted):
    promote(promoted, fi="unettomuus")

    assert titles(client, "unetotmuus")[0] == "Rauhallinen yö"


def test_reader_gets_it_in_their_own_language(client, promoted, guide_indexes):
    factories.make_guide(
        guide_indexes["sv"], title="Lugn natt", translation_key=promoted.translation_key
    )
    factories.make_guide(guide_indexes["sv"], title="Sömnlöshet")

    promote(promoted, fi="unettomuus", sv="sömnlöshet")

    assert titles(client, "sömnlöshet", "/sv/sok/")[0] == "Lugn natt"
    assert titles(client, "sömnlöshet")[0] == "Rauhallinen yö"
    assert "Lugn natt" not in titles(client, "unettomuus")


def test_page_that_may_not_be_shown_is_not_promoted(client, promoted, guide_index):
    secret = factories.make_guide(guide_index, title="Salainen")
    promote(promoted, fi="unettomuus")
    promote(secret, fi="unettomuus")
    assert {"Rauhallinen yö", "Salainen"} <= set(titles(client, "unettomuus"))

    promoted.unpublish()
    PageViewRestriction.objects.create(
        page=secret, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )

    found = titles(client, "unettomuus")
    assert len(found) == 3
    assert not {"Rauhallinen yö", "Salainen"} & set(found)


def test_changed_and_deleted_promotion_works_at_once(client, promoted):
    promotion = promote(promoted, fi="unettomuus")
    assert titles(client, "unettomuus")[0] == "Rauhallinen yö"

    promotion.phrases = {"fi": "valvominen"}
    promotion.save()

    assert "Rauhallinen yö" not in titles(client, "unettomuus")
    assert titles(client, "valvominen") == ["Rauhallinen yö"]

    promotion.delete()

    assert titles(client, "valvominen") == []


def test_promotion_goes_with_its_page(client, promoted):
    promote(promoted, fi="unettomuus")

    promoted.delete()

    assert not PromotedResult.objects.exists()
    assert len(titles(client, "unettomuus")) == 3


def test_group_can_be_promoted_too(client, promoted, event_index):
    group = factories.make_event(event_index, "Iltakahvit")

    promote(group, fi="unettomuus")

    answer = client.get("/fi/haku/", {"q": "unettomuus", "format": "json"}).json()
    first = answer["results"][0]
    assert (first["type"], first["title"]) == ("event", "Iltakahvit")
