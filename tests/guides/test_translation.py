"""Guides in other languages, through wagtail-localize as editors use it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    Translation,
    TranslationSource,
)

from accounts.roles import EDITORS, MODERATORS
from demo.content import stream
from guides.models import GuidePage
from home.models import Goal, ReviewedMixin
from home.models.base import OwnField
from tests import factories
from tests.editing import edit_address, messages_of, staff_client
from tests.home.review import answer, asked

CARE_CARD = {
    "type": "care_card",
    "id": "11111111-1111-4111-8111-111111111111",
    "value": {
        "level": "emergency",
        "title": "Soita heti",
        "text": "<p>Jos henki on vaarassa.</p>",
        "phones": [
            {
                "type": "item",
                "id": "44444444-4444-4444-8444-444444444444",
                "value": {"name": "Hätänumero", "number": "112"},
            }
        ],
    },
}
CONTACT = {
    "type": "contact",
    "id": "22222222-2222-4222-8222-222222222222",
    "value": {"name": "Päivystysapu", "phone": "116 117", "hours": "Aina avoinna"},
}
KEY_POINTS = {
    "type": "key_points",
    "id": "33333333-3333-4333-8333-333333333333",
    "value": {
        "title": "Lyhyesti",
        "points": [
            {
                "type": "item",
                "id": "55555555-5555-4555-8555-555555555555",
                "value": "Kävele joka päivä.",
            }
        ],
    },
}
SWEDISH = {
    "Uni": "Sömn",
    "uni": "somn",
    "Kaksi lyhyttä virkettä.": "Två korta meningar.",
    "Soita heti": "Ring genast",
    "Jos henki on vaarassa.": "Om livet är i fara.",
    "Hätänumero": "Nödnumret",
    "Päivystysapu": "Jourhjälpen",
    "Aina avoinna": "Alltid öppet",
    "Lyhyesti": "I korthet",
    "Kävele joka päivä.": "Gå varje dag.",
    "HYTE-tiimi": "HYTE-teamet",
}


@pytest.fixture
def guide(guide_indexes):
    page = factories.make_guide(
        guide_indexes["fi"],
        title="Uni",
        slug="uni",
        body=[CARE_CARD, CONTACT, KEY_POINTS],
    )
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


def submit(client, page, *locales, **extra):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(address).status_code == 200
    return client.post(address, {"locales": [locale.pk for locale in locales]} | extra)


def swedish_of(guide, locales):
    return GuidePage.objects.get(
        translation_key=guide.translation_key, locale=locales["sv"]
    )


def translate(client, translation, texts=SWEDISH):
    """Writes each sentence in the translation view, as its script does."""
    for segment in StringSegment.objects.filter(source=translation.source):
        text = texts.get(segment.string.data)
        if text is None:
            continue
        response = client.put(
            reverse(
                "wagtail_localize:edit_string_translation",
                args=[translation.pk, segment.pk],
            ),
            f"value={text}",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code in {200, 201}, response


def publish(client, page):
    return client.post(edit_address(page), {"action": "publish"}, follow=True)


@pytest.fixture
def translated(guide, locales, editor, moderator, django_capture_on_commit_callbacks):
    """The guide, reviewed and published in Swedish."""
    capture = django_capture_on_commit_callbacks
    submit(editor, guide, locales["sv"])
    translate(editor, Translation.objects.get())
    publish(moderator, swedish_of(guide, locales))
    answer(asked(swedish_of(guide, locales), capture), capture)
    with capture(execute=True):
        publish(moderator, swedish_of(guide, locales))
    return swedish_of(guide, locales)


def test_a_translation_begins_as_a_draft_even_when_the_guide_is_public(
    guide, locales, editor
):
    response = submit(editor, guide, locales["sv"])

    page = swedish_of(guide, locales)
    assert response.status_code == 302
    assert response.url == edit_address(page)
    assert not page.live
    assert page.alias_of is None
    assert editor.get(response.url).status_code == 200


def test_sentences_of_every_block_are_offered_and_numbers_and_choices_are_not(
    guide, locales, editor
):
    submit(editor, guide, locales["sv"])

    offered = {segment.string.data for segment in StringSegment.objects.all()}
    assert offered == set(SWEDISH)


def test_published_translation_has_its_own_words_and_the_same_numbers_and_levels(
    translated, client
):
    assert translated.live
    assert translated.title == "Sömn"
    card, contact, points = translated.body
    assert card.value["level"] == "emergency"
    assert card.value["title"] == "Ring genast"
    assert card.value["phones"][0]["number"] == "112"
    assert card.value["phones"][0]["name"] == "Nödnumret"
    assert contact.value["phone"] == "116 117"
    assert list(points.value["points"]) == ["Gå varje dag."]
    text = client.get(translated.url).text
    assert "Gå varje dag." in text
    assert "Kävele" not in text


def test_goals_follow_the_source_and_the_review_is_of_one_language(
    translated, guide, locales, moderator
):
    other = Goal.objects.get(key="meaningful-life")
    guide.goals = [other]
    guide.last_reviewed, guide.next_review = date(2026, 2, 1), date(2028, 1, 31)
    guide.reviewer = "Toinen tarkastaja"
    guide.reviewed_by = guide.kept_by = factories.make_review_person()
    guide.save_revision().publish()

    update(moderator)
    publish_now(moderator, translated)

    page = swedish_of(guide, locales).get_latest_revision_as_object()
    assert [*page.goals.all()] == [other]
    for name in ("last_reviewed", "next_review", "reviewer", "reviewed_by", "kept_by"):
        assert getattr(page, name) == getattr(translated, name), name


def test_a_translation_is_born_unreviewed_and_kept_by_the_same_people(
    guide, locales, editor
):
    guide.reviewed_by = guide.kept_by = factories.make_review_person()
    guide.save_revision().publish()

    submit(editor, guide, locales["sv"])

    page = swedish_of(guide, locales).get_latest_revision_as_object()
    assert page.last_reviewed is None
    assert page.next_review is None
    assert page.reviewed_by is None
    assert page.reviewer == ""
    assert page.kept_by == guide.kept_by


def test_a_translation_is_published_when_somebody_has_reviewed_it(
    guide, locales, editor, moderator, client, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    submit(editor, guide, locales["sv"])
    translate(editor, Translation.objects.get())

    refused = publish(moderator, swedish_of(guide, locales))

    page = swedish_of(guide, locales)
    assert not page.live
    assert refused.redirect_chain[-1][0] == reverse("review_staff:page", args=[page.pk])
    path = asked(page, capture)
    assert "Ring genast" in client.get(path).text
    answer(path, capture, name="Exempelgranskare")
    with capture(execute=True):
        publish(moderator, page)
    page = swedish_of(guide, locales)
    assert page.live
    assert page.last_reviewed == timezone.localdate()
    assert "Exempelgranskare" in client.get(page.url).text


@pytest.mark.parametrize("model", get_page_models())
def test_every_reviewed_type_keeps_its_review_to_its_language(model):
    if not issubclass(model, ReviewedMixin):
        return
    own = {
        field.field_name
        for field in get_translatable_fields(model)
        if isinstance(field, OwnField)
    }

    assert own == {
        "kept_by",
        "reviewer",
        "reviewed_by",
        "last_reviewed",
        "next_review",
    }


def update(client):
    source = TranslationSource.objects.get()
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert client.get(address).status_code == 200
    return client.post(address, {"publish_translations": "on"})


def publish_now(client, page):
    translation = Translation.objects.get()
    translate(client, translation, SWEDISH | {"Uusi otsikko": "Ny rubrik"})
    return publish(client, page)


def test_a_changed_source_is_seen_as_work_to_do_and_never_as_finnish_in_swedish(
    translated, guide, locales, editor, moderator, client
):
    total, done = Translation.objects.get().get_progress()
    assert total == done
    guide.body[2].value["title"] = "Uusi otsikko"
    guide.save_revision().publish()

    response = update(editor)

    assert response.status_code == 302
    translation = Translation.objects.get()
    assert translation.get_progress() == (total, done - 1)
    assert translation.get_status_display() != "Up to date"
    refused = publish(moderator, translated)
    assert any(
        f"{done - 1}/{total}" in m or str(done - 1) in m for m in messages_of(refused)
    )
    assert "Uusi otsikko" not in client.get(translated.url).text


def test_an_editor_may_translate_and_not_publish(guide, locales, editor):
    submit(editor, guide, locales["sv"])
    translate(editor, Translation.objects.get())
    page = swedish_of(guide, locales)

    publish(editor, page)

    assert not swedish_of(guide, locales).live


def test_half_a_translation_is_not_published(guide, locales, editor, moderator):
    submit(editor, guide, locales["sv"])
    translate(editor, Translation.objects.get(), {"Uni": "Sömn"})

    refused = publish(moderator, swedish_of(guide, locales))

    assert not swedish_of(guide, locales).live
    assert len(messages_of(refused)) == 1


def test_no_alias_page_appears(translated, guide, locales, editor):
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    with pytest.raises(PermissionDenied):
        guide.copy_for_translation(locales["en"], alias=True)
    editor.post(
        reverse("wagtail_localize:convert_to_alias", args=[translated.pk]), follow=True
    )
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_a_page_under_one_that_is_not_translated_waits_and_is_told_why(
    guide_indexes, locales, editor
):
    programme = factories.make_programme(guide_indexes["fi"], title="Parempaan uneen")
    part = factories.make_programme_part(programme)

    response = submit(editor, part, locales["sv"])

    message = messages_of(editor.get(response.url))
    assert len(message) == 1
    assert "Parempaan uneen" in message[0]
    assert not part.has_translation(locales["sv"])


def test_a_locale_offers_no_synchronisation():
    models = [component["model"] for component in get_locale_components()]

    assert LocaleSynchronization not in models


def test_checks_tell_of_aliases_and_of_synchronisation(
    guide, translated, locales, capsys
):
    Page.objects.filter(pk=translated.pk).update(alias_of=guide)
    LocaleSynchronization.objects.bulk_create(
        [LocaleSynchronization(locale=locales["sv"], sync_from=locales["fi"])]
    )

    call_command("check", databases=["default"])

    told = capsys.readouterr().err
    assert "home.W002" in told
    assert "home.W003" in told


def test_a_service_keeps_its_phone_and_a_self_assessment_its_instrument(
    guide_indexes, locales, editor
):
    for page in (
        factories.make_service(guide_indexes["fi"], phone="020 123 4567"),
        factories.make_self_assessment(guide_indexes["fi"], instrument="audit"),
    ):
        page.save_revision().publish()
        submit(editor, page, locales["sv"])

    offered = {segment.string.data for segment in StringSegment.objects.all()}

    assert not offered & {"020 123 4567", "audit"}


def test_items_of_the_demos_lists_are_offered_to_a_translator(
    guide_indexes, locales, editor
):
    block = {
        "type": "key_points",
        "value": {"title": "Lyhyesti", "points": ["Kävele joka päivä.", "Nuku."]},
    }
    guide = factories.make_guide(guide_indexes["fi"], body=stream([block], "guide/uni"))
    guide.save_revision().publish()

    submit(editor, guide, locales["sv"])

    offered = {segment.string.data for segment in StringSegment.objects.all()}
    assert {"Lyhyesti", "Kävele joka päivä.", "Nuku."} <= offered


def test_a_queue_is_the_same_in_every_language(guide_indexes, locales, editor):
    queue = factories.make_queue()
    block = {
        "type": "while_you_wait",
        "id": "66666666-6666-4666-8666-666666666666",
        "value": queue.pk,
    }
    guide = factories.make_guide(guide_indexes["fi"], body=[block])
    guide.save_revision().publish()

    submit(editor, guide, locales["sv"])

    assert swedish_of(guide, locales).body[0].value == queue
