"""Easy Finnish pages: free copies that know which version they were made from."""

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from accounts.roles import EDITORS, MODERATORS, REVIEWERS
from guides.models import GuidePage
from home.easy_twin.buttons import listing_buttons
from home.models import EasySource
from home.models.easy import Standing, easy_pages, tie
from tests import factories
from tests.editing import edit_address, messages_of, send, staff_client, was_taken

REPORT = "/admin/easy-finnish/report/"
OLD = "Tämä teksti voi olla vanha."


@pytest.fixture
def guide(guide_indexes):
    page = factories.make_guide(guide_indexes["fi"], title="Uni", slug="uni")
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


def make(client, page):
    return client.post(reverse("easy_finnish:make", args=[page.pk]))


def easy_of(page):
    return GuidePage.objects.get(
        translation_key=page.translation_key, locale__language_code="fi-simple"
    )


@pytest.fixture
def easy(guide, locales, editor):
    """A public easy page that is up to date."""
    make(editor, guide)
    page = easy_of(guide)
    page.title = "Nuku hyvin"
    page.reviewer = "Esimerkkitarkastaja"
    page.last_reviewed, page.next_review = guide.last_reviewed, guide.next_review
    page.save_revision().publish()
    return easy_of(guide)


def change(page, **fields):
    page = GuidePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


def standing(page):
    return easy_pages().get(pk=page.pk).standing


def mark(client, page, **data):
    address = reverse("easy_finnish:up-to-date", args=[page.pk])
    opened = client.get(address)
    assert opened.status_code == 200
    version = opened.context["form"].initial["version"]
    return client.post(address, {"version": version} | data)


def test_an_editor_makes_a_draft_beside_the_others_that_is_no_alias(
    guide, guide_indexes, locales, editor
):
    assert "Tee sivu selkeällä suomella" in editor.get(edit_address(guide)).text

    response = make(editor, guide)

    page = easy_of(guide)
    assert response.url == edit_address(page)
    assert page.get_parent().pk == guide_indexes["fi-simple"].pk
    assert page.translation_key == guide.translation_key
    assert not page.live
    assert page.alias_of is None
    assert page.body[0].value.source == guide.body[0].value.source
    assert standing(page) == Standing.UP_TO_DATE
    assert not TranslationSource.objects.exists()
    assert "Tee sivu selkeällä suomella" not in editor.get(edit_address(guide)).text


def test_an_easy_page_is_made_once(guide, locales, editor):
    make(editor, guide)
    response = make(editor, guide)

    assert response.url == edit_address(easy_of(guide))
    assert Page.objects.filter(translation_key=guide.translation_key).count() == 2


def test_a_page_under_one_without_an_easy_page_waits(guide_indexes, locales, editor):
    programme = factories.make_programme(guide_indexes["fi"], title="Parempaan uneen")
    part = factories.make_programme_part(programme)

    response = make(editor, part)

    assert "Parempaan uneen" in response.text
    assert not part.has_translation(locales["fi-simple"])


def test_sentence_by_sentence_translation_does_not_offer_easy_finnish(
    guide, locales, editor
):
    address = reverse("wagtail_localize:submit_page_translation", args=[guide.pk])
    offered = editor.get(address).context["form"].fields["locales"].queryset

    assert {locale.language_code for locale in offered} == {"sv", "en"}
    editor.post(address, {"locales": [locales["fi-simple"].pk]})
    assert not guide.has_translation(locales["fi-simple"])
    assert not Translation.objects.exists()


def test_when_only_easy_finnish_is_left_its_own_way_is_shown(guide, locales, editor):
    for code in ("sv", "en"):
        guide.copy_for_translation(locales[code])

    response = editor.get(
        reverse("wagtail_localize:submit_page_translation", args=[guide.pk])
    )

    assert response.url == reverse("easy_finnish:make", args=[guide.pk])


def test_an_easy_page_is_not_translated_further(easy, editor):
    address = reverse("wagtail_localize:submit_page_translation", args=[easy.pk])

    assert editor.get(address).url == edit_address(easy)
    assert address not in editor.get(edit_address(easy)).text


def test_an_easy_page_is_stale_when_a_new_version_of_its_source_is_public(guide, easy):
    page = GuidePage.objects.get(pk=guide.pk)
    page.title = "Luonnos"
    page.save_revision()
    assert standing(easy) == Standing.UP_TO_DATE

    change(guide, title="Parempi uni")

    assert standing(easy) == Standing.STALE


def test_publishing_what_reads_the_same_makes_no_easy_page_old(guide, easy):
    change(guide, reviewer="Toinen lukija", slug="parempi-uni-2")
    assert standing(easy) == Standing.UP_TO_DATE

    change(guide, lead="Uusi johdanto.")
    change(guide, reviewer="Kolmas lukija")
    assert standing(easy) == Standing.STALE


def test_readers_of_a_stale_page_are_told_in_easy_finnish_and_led_to_the_source(
    guide, easy, client, django_capture_on_commit_callbacks
):
    assert OLD not in client.get(easy.url).text

    with django_capture_on_commit_callbacks(execute=True):
        guide = change(guide, lead="Uusi johdanto.")

    text = client.get(easy.url).text
    notice = text[text.index(OLD) :]
    assert "Katso uusin tieto tavallisella suomella." in notice[:300]
    assert f'href="{guide.url}"' in notice[:300]
    assert OLD not in client.get(guide.url).text


def test_marking_names_the_version_and_ends_the_notice(
    guide, easy, client, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        guide = change(guide, lead="Uusi johdanto.")
    assert OLD in client.get(easy.url).text

    with django_capture_on_commit_callbacks(execute=True):
        assert mark(moderator, easy).status_code == 302

    tied = EasySource.objects.get(page=easy.pk)
    assert tied.seen_revision == guide.live_revision_id
    assert "moderaattorit" in str(tied.marked_by)
    assert standing(easy) == Standing.UP_TO_DATE
    assert OLD not in client.get(easy.url).text
    history = moderator.get(reverse("wagtailadmin_pages:history", args=[easy.pk]))
    assert "sanoo samaa kuin suomenkielinen sivu" in history.text


def test_what_changed_while_the_editor_read_is_not_marked(guide, easy, moderator):
    read = change(guide, lead="Ensin näin.").live_revision_id
    change(guide, lead="Sitten toisin.")

    refused = mark(moderator, easy, version=read)

    assert refused.status_code == 422
    assert "muuttunut taas" in refused.text
    assert standing(easy) == Standing.STALE


def test_nothing_is_marked_while_readers_see_the_older_easy_text(
    guide, easy, moderator
):
    change(guide, lead="Uusi johdanto.")
    draft = easy_of(guide)
    draft.lead = "Selkeä johdanto."
    draft.save_revision()

    assert mark(moderator, easy).status_code == 422
    assert standing(easy) == Standing.STALE

    draft.save_revision().publish()
    assert mark(moderator, easy).status_code == 302
    assert standing(easy) == Standing.UP_TO_DATE


def test_publishing_an_old_version_does_not_bring_back_what_was_said_of_it(
    guide, easy, moderator
):
    before = easy.live_revision
    change(guide, lead="Uusi johdanto.")
    change(easy, lead="Selkeä johdanto.")
    mark(moderator, easy)

    before.publish()

    assert standing(easy) == Standing.UP_TO_DATE
    change(guide, lead="Taas uusi.")
    before.publish()
    assert standing(easy) == Standing.STALE


def test_the_editor_shows_the_source_beside_the_form_with_what_changed(
    guide, easy, editor
):
    change(guide, lead="Kaksi pitkää virkettä.", reviewer="Joku muu")

    text = editor.get(edit_address(easy)).text
    panel = text[text.index("easy-source-text") :]
    panel = panel[: panel.index("</section>")]

    assert "Kaksi <del>lyhyttä</del><ins>pitkää</ins> virkettä." in panel
    assert "Leipätekstiä." in panel
    assert panel.count("<strong>muuttunut</strong>") == 1
    assert "Joku muu" not in panel
    assert reverse("easy_finnish:up-to-date", args=[easy.pk]) not in panel
    moderators = staff_client(MODERATORS).get(edit_address(easy)).text
    assert reverse("easy_finnish:up-to-date", args=[easy.pk]) in moderators


def test_new_and_removed_parts_of_the_body_say_so(guide, easy, editor):
    text = guide.body.raw_data[0]["value"]
    new = {"type": "text", "value": "<p>Uusi kappale.</p>"}
    change(guide, body=[{"type": "text", "value": f"{text}<p>Lisätty.</p>"}, new])

    panel = editor.get(edit_address(easy)).text

    assert "Lisätty:</strong> " in panel
    assert "Uusi kappale." in panel


def test_the_easy_page_is_edited_and_published_beside_its_source(
    guide, easy, editor, moderator, client
):
    assert was_taken(send(editor, edit_address(easy), changes={"lead": "Uni auttaa."}))
    assert was_taken(send(moderator, edit_address(easy), "publish"))

    assert "Uni auttaa." in client.get(easy.url).text


def test_other_pages_have_no_such_column(guide, easy, guide_indexes, editor):
    own = factories.make_guide(guide_indexes["fi-simple"])

    for page in (guide, own):
        assert "easy-source-text" not in editor.get(edit_address(page)).text


def test_a_version_that_was_purged_is_said_not_to_be_kept(guide, easy, editor):
    seen = EasySource.objects.get(page=easy.pk).seen_revision
    change(guide, lead="Uusi johdanto.")
    Revision.objects.filter(pk=seen).delete()

    text = editor.get(edit_address(easy)).text

    assert standing(easy) == Standing.STALE
    assert "muutoksia ei voi merkitä" in text
    assert "Uusi johdanto." in text


def test_readers_and_staff_are_told_when_the_source_goes_off_the_site(
    guide, easy, client, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = moderator.post(
            reverse("wagtailadmin_pages:unpublish", args=[guide.pk]), follow=True
        )

    assert any("Nuku hyvin" in message for message in messages_of(response))
    assert standing(easy) == Standing.SOURCE_OFF
    text = client.get(easy.url).text
    assert OLD in text
    assert "Kysy neuvoa ammattilaiselta." in text
    assert guide.url not in text[text.index(OLD) : text.index(OLD) + 300]


def test_a_deleted_source_leaves_the_easy_page_and_tells(
    guide, easy, client, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = moderator.post(
            reverse("wagtailadmin_pages:delete", args=[guide.pk]), follow=True
        )

    assert any("Nuku hyvin" in message for message in messages_of(response))
    assert standing(easy) == Standing.SOURCE_GONE
    assert OLD in client.get(easy.url).text
    assert "on poistettu" in moderator.get(edit_address(easy)).text


def test_staff_are_told_at_once_when_publishing_makes_an_easy_page_stale(
    guide, easy, moderator
):
    response = send(moderator, edit_address(guide), "publish", {"lead": "Uusi."})
    after = moderator.get(response.url)

    assert any("Nuku hyvin" in message for message in messages_of(after))


def test_a_page_that_nobody_has_compared_says_nothing_to_readers(
    guide, guide_indexes, client, moderator
):
    page = factories.make_guide(
        guide_indexes["fi-simple"], translation_key=guide.translation_key
    )
    assert standing(page) == Standing.NOT_COMPARED
    assert OLD not in client.get(page.url).text

    mark(moderator, page)

    assert standing(page) == Standing.UP_TO_DATE


def review(client, page, **data):
    address = reverse("easy_finnish:review", args=[page.pk])
    assert client.get(address).status_code == 200
    return client.post(address, data)


def test_the_word_selkokieli_stands_only_on_a_reviewed_text_until_it_changes(
    easy, client, moderator, django_capture_on_commit_callbacks
):
    assert "selkokiel" not in client.get(easy.url).text.lower()

    with django_capture_on_commit_callbacks(execute=True):
        review(moderator, easy, reviewed_by="Selkokeskus", reviewed_on="2026-11-02")
    assert "Selkokieli: tarkastanut Selkokeskus 2.11.2026" in client.get(easy.url).text

    with django_capture_on_commit_callbacks(execute=True):
        change(easy, lead="Uusi johdanto.")
    assert "selkokiel" not in client.get(easy.url).text.lower()


@pytest.mark.parametrize(
    "data",
    [
        {"reviewed_by": "Selkokeskus"},
        {"reviewed_on": "2026-11-02"},
        {"reviewed_by": "Selkokeskus", "reviewed_on": "2099-01-01"},
    ],
)
def test_a_review_has_a_name_and_a_day_that_has_been(easy, moderator, data):
    assert review(moderator, easy, **data).status_code == 422
    assert EasySource.objects.get(page=easy.pk).reviewed_by == ""


def test_a_review_of_a_text_without_a_source_does_not_invent_one(
    guide_indexes, moderator
):
    own = factories.make_guide(guide_indexes["fi-simple"])

    review(moderator, own, reviewed_by="Selkokeskus", reviewed_on="2026-11-02")

    assert standing(own) == Standing.OWN_TEXT


def test_the_report_tells_how_each_easy_page_stands(
    guide, easy, guide_indexes, moderator
):
    own = factories.make_guide(guide_indexes["fi-simple"], title="Oma teksti")
    change(guide, lead="Uusi johdanto.")

    rows = moderator.get(REPORT).context["object_list"]
    stale = moderator.get(REPORT, {"standing": "stale"}).context["object_list"]

    found = {page.title: page.standing for page in rows}
    assert found["Nuku hyvin"] == "stale"
    assert found[own.title] == "own-text"
    assert [page.title for page in stale] == ["Nuku hyvin"]
    assert moderator.get(REPORT, {"export": "xlsx"}).status_code == 200


def test_the_report_costs_the_same_with_few_and_many_pages(
    guide_indexes, homes, moderator
):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert moderator.get(REPORT).status_code == 200
        return len(queries)

    def pairs(number):
        for _number in range(number):
            source = factories.make_guide(guide_indexes["fi"])
            easy = factories.make_guide(
                guide_indexes["fi-simple"], translation_key=source.translation_key
            )
            tie(easy, source)

    pairs(1)
    cost()
    few = cost()
    pairs(8)

    assert cost() == few


@pytest.mark.parametrize("language", ["fi", "fi-simple"])
def test_the_buttons_of_a_row_of_a_listing_cost_no_query(
    guide_indexes, editor, language
):
    """wagtail-localize's own ask for each row: whole pages cannot be compared."""
    user = get_user(editor)
    pages = [factories.make_guide(guide_indexes[language]) for _ in range(9)]

    def cost(rows):
        with CaptureQueriesContext(connection) as queries:
            for page in rows:
                list(listing_buttons(page, user))
        return len(queries)

    cost(pages[:1])

    assert cost(pages) == cost(pages[:1]) == 0


def test_the_way_to_an_easy_page_leads_on_to_it(guide, easy, guide_indexes, editor):
    listing = reverse("wagtailadmin_explore", args=[guide_indexes["fi"].pk])
    way = reverse("easy_finnish:make", args=[guide.pk])

    assert way in editor.get(listing).text
    assert editor.get(way).url == edit_address(easy)


def test_a_page_asks_one_query_for_its_standing_and_other_languages_none(
    guide, easy, client, settled
):
    def asked(address):
        settled()
        client.get("/fi/ei-ole/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return sum("home_easysource" in query["sql"] for query in queries)

    assert asked(easy.url) == 1
    assert asked(guide.url) == 0


@pytest.mark.parametrize(
    ("role", "may"), [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False)]
)
def test_who_may_make_an_easy_page(guide, locales, role, may):
    make(staff_client(role), guide)

    assert guide.has_translation(locales["fi-simple"]) is may


def test_only_who_may_publish_says_that_a_public_page_is_up_to_date(guide, easy):
    change(guide, lead="Uusi johdanto.")
    addresses = [
        reverse(f"easy_finnish:{name}", args=[easy.pk])
        for name in ("up-to-date", "review")
    ]

    for role, status in ((EDITORS, 302), (REVIEWERS, 302), (MODERATORS, 200)):
        client = staff_client(role)
        for address in addresses:
            assert client.get(address).status_code == status, role
    assert staff_client(REVIEWERS).get(REPORT).status_code == 302
    assert staff_client(EDITORS).get(REPORT).status_code == 200
