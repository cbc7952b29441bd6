"""The language switch keeps the page where it exists, and says so where it does not."""

from django.core.cache import cache

from tests import factories


def test_switch_leads_to_the_same_page_in_the_other_language(client, guide_indexes):
    finnish = factories.make_guide(guide_indexes["fi"], slug="uni")
    swedish = factories.make_guide(
        guide_indexes["sv"], slug="somn", translation_key=finnish.translation_key
    )

    text = client.get(finnish.url).text

    assert f'href="{swedish.url}"' in text
    assert f'hreflang="sv" href="http://testserver{swedish.url}"' in text


def test_switch_says_in_the_links_language_where_the_page_is_missing(
    client, guide_indexes
):
    finnish = factories.make_guide(guide_indexes["fi"], slug="uni")

    text = client.get(finnish.url).text

    assert 'href="/sv/"' in text
    assert "finns inte på svenska" in text
    assert 'hreflang="sv" href="http' not in text


def test_draft_translation_is_not_linked(client, guide_indexes):
    finnish = factories.make_guide(guide_indexes["fi"], slug="uni")
    draft = factories.make_guide(
        guide_indexes["sv"],
        slug="somn",
        live=False,
        translation_key=finnish.translation_key,
    )

    assert draft.slug not in client.get(finnish.url).text


def test_swedish_list_shows_swedish_pages_first_and_marks_finnish_ones(
    client, guide_indexes
):
    factories.make_guide(guide_indexes["fi"], title="Aamu-uni", slug="aamu-uni")
    both = factories.make_guide(guide_indexes["fi"], title="Iltauni", slug="iltauni")
    factories.make_guide(
        guide_indexes["sv"],
        title="Kvällssömn",
        slug="kvallssomn",
        translation_key=both.translation_key,
    )

    text = client.get("/sv/guider/").text

    assert text.index("Kvällssömn") < text.index("Aamu-uni")
    assert "Iltauni" not in text
    assert 'lang="fi"' in text[text.index("Kvällssömn") :]


def test_page_in_russian_says_its_language(client, home):
    page = factories.make_standard_page(
        home, title="Добро пожаловать", slug="ru", text_language="ru"
    )

    assert 'lang="ru"' in client.get(page.url).text


def test_changed_crisis_number_shows_on_every_page_at_once(
    client, home, django_capture_on_commit_callbacks
):
    contact = factories.make_crisis_contact(number="09 000 0001")
    assert "09 000 0001" in client.get("/fi/").text

    with django_capture_on_commit_callbacks(execute=True):
        contact.number = "09 000 0002"
        contact.save()

    text = client.get("/fi/").text
    assert "09 000 0002" in text
    assert "09 000 0001" not in text


def test_crisis_contact_is_in_the_readers_language(client, homes):
    factories.make_crisis_contact(name={"fi": "Kriisipuhelin", "sv": "Kristelefonen"})
    cache.clear()

    assert "Kristelefonen" in client.get("/sv/").text
    assert "Kriisipuhelin" not in client.get("/sv/").text
