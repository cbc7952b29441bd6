"""Reading pages: while they are written, and when they are published."""

import io
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.roles import EDITORS, MODERATORS
from guides.models import CustomerPathPage, GuidePage, ProgrammePage, ProgrammePartPage
from home.models import (
    ContentVersion,
    GoalPage,
    PageReadability,
    SiteImage,
    StandardPage,
)
from home.readability.pages import content_of, read
from home.readability.reading import RULES, Kind
from home.readability.rows import bring_up_to_date, readable_models, write_rows
from tests import factories
from tests.editing import edit_address, filled, send, staff_client, was_taken

HEAVY = (
    "<p>Mikäli asiakkuuteen liittyvien toimenpiteiden toteuttaminen edellyttää"
    " hyvinvointialueen palvelukokonaisuuksien koordinointia, asiakasohjauksessa"
    " huomioidaan kokonaisvaltaisesti palvelutarpeet, joita kartoitetaan"
    " moniammatillisesti yhteistyötahojen verkostossa ennen päätöksentekoa ja"
    " hoitoa.</p>"
)
PLAIN = "<p>Soita meille. Kerro, mikä painaa. Me autamme sinua heti.</p>"
MEANS_NO_HARM = '<p><b>Otsikolta näyttävä</b></p><p>Lue lisää <a href="https://thl.fi">tästä</a>.</p>'


def text(html):
    return [{"type": "text", "value": html}]


def body_of(html):
    return nested_form_data({"body": streamfield([("text", rich_text(html))])})


def kinds_of(page):
    return {advice.kind for advice in read(page).advice}


def test_all_guidance_and_pages_of_text_are_read():
    assert {GoalPage, StandardPage, GuidePage, ProgrammePage, ProgrammePartPage} <= set(
        readable_models()
    )


def test_every_kind_of_block_is_read_as_a_reader_meets_it(guide_index):
    guide = factories.make_guide(
        guide_index,
        title="Uni",
        lead="Ensin ingressi.\nToinen rivi.",
        body=[
            {"type": "key_points", "value": {"title": "Lyhyesti", "points": ["Nuku."]}},
            {
                "type": "steps",
                "value": {
                    "title": "Näin alat",
                    "steps": [{"title": "Herää", "text": "<p>Nouse ylös.</p>"}],
                },
            },
            {
                "type": "care_card",
                "value": {
                    "level": "emergency",
                    "title": "Soita heti",
                    "text": "<ul><li>Henki on vaarassa</li></ul>",
                    "phones": [{"name": "Hätäkeskuslaitos", "number": "112"}],
                },
            },
            {"type": "contact", "value": {"name": "Neuvonta", "hours": "ma klo 9–15"}},
            {"type": "groups", "value": {"title": "Ryhmiä sinulle"}},
        ],
    )

    content = content_of(guide)

    assert [text.words for text in content.texts if not text.is_heading] == [
        "Ensin ingressi.",
        "Toinen rivi.",
        "Nuku.",
        "Nouse ylös.",
        "Henki on vaarassa",
    ]
    assert [(heading.words, heading.level) for heading in content.headings] == [
        ("Uni", 1),
        ("Lyhyesti", 2),
        ("Näin alat", 2),
        ("Herää", 3),
        ("Soita heti", 2),
        ("Ryhmiä sinulle", 2),
    ]


def test_a_picture_has_to_have_an_alt_text_unless_it_is_decoration(guide_index):
    picture = SiteImage.objects.create(title="Metsä", file=get_test_image_file())

    def guide_with(**alt):
        value = {"image": {"image": picture.pk, **alt}}
        return factories.make_guide(
            guide_index, body=[{"type": "picture", "value": value}]
        )

    assert Kind.ALT in kinds_of(guide_with(alt_text="", decorative=False))
    assert Kind.ALT in kinds_of(guide_with(alt_text="Kuva metsästä", decorative=False))
    assert Kind.ALT not in kinds_of(guide_with(alt_text="Metsää", decorative=False))
    assert Kind.ALT not in kinds_of(guide_with(alt_text="", decorative=True))


def test_the_steps_of_a_customer_path_are_read_too(guide_index):
    path = factories.make_guidance(
        CustomerPathPage,
        guide_index,
        steps=[{"type": "step", "value": {"title": "Soita", "text": PLAIN}}],
    )

    words = " ".join(text.words for text in content_of(path).texts)
    assert "Kerro, mikä painaa." in words


@pytest.mark.parametrize(
    ("language", "html", "kind"),
    [
        ("fi", HEAVY, Kind.HARD_WORD),
        ("sv", "<p>Vi vidtar åtgärder beträffande detta.</p>", Kind.HARD_WORD),
        ("en", "<p>Insomnia is treated first by talking.</p>", Kind.PASSIVE),
        (
            "fi-simple",
            "<p>Voit tulla yksin tai voit ottaa mukaan oman hyvän ystävän,"
            " jos haluat.</p>",
            Kind.SENTENCE,
        ),
    ],
)
def test_a_page_is_read_in_its_own_language(guide_indexes, language, html, kind):
    guide = factories.make_guide(guide_indexes[language], lead="Tule.", body=text(html))

    assert kind in kinds_of(guide)
    assert PageReadability.objects.get(pk=guide.pk).language == language


def test_a_text_in_another_language_is_left_alone(home):
    page = factories.make_standard_page(home, text_language="ru")

    assert read(page) is None
    assert not PageReadability.objects.filter(pk=page.pk).exists()


def test_publishing_writes_what_was_measured_and_a_draft_does_not(guide_index):
    guide = factories.make_guide(guide_index, body=text(PLAIN))
    before = PageReadability.objects.get(pk=guide.pk)

    guide.body = text(HEAVY)
    guide.save_revision()
    draft = PageReadability.objects.get(pk=guide.pk)
    guide.get_latest_revision().publish()
    after = PageReadability.objects.get(pk=guide.pk)

    assert before.words == draft.words
    assert before.advice == draft.advice == 0
    assert after.advice > 3
    assert after.advice == sum(after.advice_by_kind.values())
    assert after.computed_with == RULES


def test_what_is_not_public_any_more_has_no_row(guide_index):
    unpublished = factories.make_guide(guide_index)
    deleted = factories.make_guide(guide_index)
    assert PageReadability.objects.filter(pk__in=[unpublished.pk, deleted.pk]).count()

    unpublished.unpublish()
    deleted.delete()

    assert not PageReadability.objects.filter(
        pk__in=[unpublished.pk, deleted.pk]
    ).exists()


def test_the_row_costs_one_query_and_no_page_of_residents(
    guide_index, django_assert_num_queries, settled
):
    guide = factories.make_guide(guide_index)
    settled()
    version = ContentVersion.current()

    with django_assert_num_queries(1):
        write_rows([guide])

    settled()
    assert ContentVersion.current() == version


def test_the_command_measures_all_anew_and_says_how_many(guide_index):
    guide = factories.make_guide(guide_index)
    hidden = factories.make_guide(guide_index)
    PageReadability.objects.filter(pk=guide.pk).delete()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    out = io.StringIO()

    call_command("measure_readability", stdout=out)

    public = PageReadability.objects.values_list("pk", flat=True)
    assert guide.pk in public
    assert hidden.pk not in public
    assert f"{len(public)} pages are measured" in out.getvalue()


def test_a_site_from_before_the_rules_is_measured_once(guide_index):
    guide = factories.make_guide(guide_index)
    PageReadability.objects.update(computed_with=0)

    bring_up_to_date()

    assert PageReadability.objects.get(pk=guide.pk).computed_with == RULES


@pytest.mark.parametrize("action", ["", "publish"])
def test_advice_never_stops_anybody_from_saving_or_publishing(guide_index, action):
    moderator = staff_client(MODERATORS)
    guide = factories.make_guide(guide_index, body=text(PLAIN))

    answer = send(
        moderator, edit_address(guide), action, body_of(HEAVY + MEANS_NO_HARM)
    )

    assert was_taken(answer)
    guide = GuidePage.objects.get(pk=guide.pk)
    assert len(read(guide.get_latest_revision_as_object()).advice) > 5
    assert ("Mikäli" in str(guide.body)) is bool(action)


def preview_of(client, page, html):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = filled(client, edit_address(page), body_of(html))
    assert client.post(address, data).json()["is_valid"]
    return client.get(address, {"in_preview_panel": "true"}).text


def reading_in(html):
    found = re.search(
        r'<script id="reading" type="application/json">(.*?)</script>', html
    )
    return json.loads(found[1]) if found else None


def test_the_editor_reads_the_advice_on_what_is_not_saved_yet(guide_index):
    editor = staff_client(EDITORS)
    guide = factories.make_guide(guide_index, body=text(PLAIN))

    reading = reading_in(preview_of(editor, guide, HEAVY))

    assert {group["kind"] for group in reading["groups"]} >= {"sentence", "hard-word"}
    [sentence] = reading["groups"][0]["items"]
    assert sentence["quote"].startswith("Mikäli asiakkuuteen")
    assert reading["count"] > 3
    assert not guide.revisions.exists()


def test_markup_in_a_quote_stays_words(guide_index):
    editor = staff_client(EDITORS)
    guide = factories.make_guide(guide_index)
    evil = "<p>Mikäli &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;.</p>"

    html = preview_of(editor, guide, evil)

    assert "<script>alert(1)" not in html
    assert reading_in(html) is not None


def test_the_panel_of_checks_has_our_measure_and_our_checks(guide_index):
    editor = staff_client(EDITORS)
    guide = factories.make_guide(guide_index)

    html = editor.get(edit_address(guide)).text

    assert "data-reading-score" in html
    assert "data-content-readability-score" not in html
    assert "js/readability.js" in html
    assert "vague-link-text" in html
    assert "|klikkaa" in html


def test_groups_keep_the_panel_that_wagtail_has(event_index):
    editor = staff_client(MODERATORS)
    event = factories.make_event(event_index)

    html = editor.get(edit_address(event)).text

    assert "data-reading-score" not in html
    assert "data-content-readability-score" in html


def test_readers_meet_none_of_it(client, guide_index):
    guide = factories.make_guide(guide_index, body=text(HEAVY))

    html = client.get(guide.url).text

    assert "Mikäli asiakkuuteen" in html
    for trace in ("userbar", 'id="reading"', "content-checks"):
        assert trace not in html
