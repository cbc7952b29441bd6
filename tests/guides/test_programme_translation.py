"""A programme in another language: the same parts and keys, stale when changed."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from accounts.roles import EDITORS
from demo.content import CONTENT, read_folder
from demo.guidance import Guidance
from demo.structure import Tree
from guides.models import ProgrammePage, ProgrammePartPage
from tests import factories
from tests.editing import staff_client
from tests.guides import exercises
from tests.guides.test_translation import submit

BODIES = {
    model: set(model._meta.get_field("body").stream_block.child_blocks)
    for model in (ProgrammePage, ProgrammePartPage)
}


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


def offered():
    return {segment.string.data for segment in StringSegment.objects.all()}


def test_translator_is_offered_the_words_and_not_the_phone_or_the_numbers(
    guide_indexes, locales, editor
):
    programme = exercises.make_programme(guide_indexes["fi"], phone="05 000 0001")
    programme.save_revision().publish()
    submit(editor, programme, locales["sv"])
    assert {"Hyvinvointivalmentaja", "Nukahdat kesken ajamisen."} <= offered()
    assert "05 000 0001" not in offered()

    for part in programme.parts:
        part.save_revision().publish()
        submit(editor, part, locales["sv"])

    assert {
        "Vireys 1–5",
        "Maanantai",
        "Mitä teen?",
        "Yksi asia riittää.",
        "Katson ryhmän sivua.",
        "”Huominen menee pilalle.”",
        "Aikainen nukkumaanmeno",
        "Nousemisen voi päättää.",
        "Mistä pidän kiinni?",
    } <= offered()
    assert not {"True", "False", "1", "2", "3"} & offered()


def test_translated_exercise_keeps_its_settings_and_the_keys_of_its_answers(
    guide_indexes, locales, editor
):
    programme = exercises.make_programme(guide_indexes["fi"])
    programme.save_revision().publish()
    submit(editor, programme, locales["sv"])
    for title in ("Mitä uni on", "Keho rauhoittuu", "Huolihetki"):
        part = exercises.part_of(programme, title)
        part.save_revision().publish()
        submit(editor, part, locales["sv"])
        swedish = part.get_translation(locales["sv"])

        assert [a.key for a in swedish.answers()] == [a.key for a in part.answers()]
        assert swedish.key == part.key
        assert swedish.number == part.number
        if title == "Keho rauhoittuu":
            assert swedish.body[0].value["rounds"] == 2


def test_changed_question_is_seen_as_work_to_do(guide_indexes, locales, editor):
    programme = exercises.make_programme(guide_indexes["fi"])
    programme.save_revision().publish()
    submit(editor, programme, locales["sv"])
    part = exercises.part_of(programme, "Huolihetki")
    part.save_revision().publish()
    submit(editor, part, locales["sv"])
    source = TranslationSource.objects.get(object_id=part.translation_key)
    total, _done = Translation.objects.get(source=source).get_progress()

    body = part.body.raw_data
    body[0]["value"]["questions"][0]["value"] = "Mikä on jo kevyempää?"
    part.body = [dict(block) for block in body]
    part.save_revision().publish()
    editor.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {})

    assert "Mikä on jo kevyempää?" in offered()
    assert Translation.objects.get(source=source).get_progress()[0] == total
    assert Translation.objects.get(source=source).get_status_display() != "Up to date"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_self_assessment_card_leads_to_the_readers_language_or_says_which_it_is(
    guide_indexes, event_indexes, locales, client, settled, language
):
    audit = factories.make_self_assessment(
        guide_indexes["fi"],
        title="Alkoholikysely",
        slug="audit",
        search_description="Kymmenen kysymystä.",
    )
    page = factories.make_programme(
        guide_indexes[language],
        body=[{"type": "self_assessment", "value": audit.pk}],
    )

    settled()
    alone = card_on(client.get(page.url).text)
    twin = audit.copy_for_translation(locales[language], copy_parents=False)
    twin.title = "Alcohol"
    twin.reviewer = "Esimerkkilukija, sairaanhoitaja"
    twin.last_reviewed, twin.next_review = audit.last_reviewed, audit.next_review
    twin.save()
    draft = card_on(client.get(page.url).text)
    twin.save_revision().publish()
    settled()
    translated = card_on(client.get(page.url).text)

    for card in (alone, draft):
        assert f'href="{audit.url}" lang="fi" hreflang="fi">Alkoholikysely</a>' in card
        assert '<p lang="fi">Kymmenen kysymystä.</p>' in card
        assert "icon-globe" in card
    assert f'href="{twin.url}">Alcohol</a>' in translated
    assert "lang=" not in translated
    assert "icon-globe" not in translated


def card_on(html):
    return html.split("icon-self-assessment")[1].split("</section>")[0]


# The demo's content files


def test_every_block_in_the_content_files_is_known():
    unknown = []
    for folder in sorted((CONTENT / "programmes").iterdir()):
        for key, texts in read_folder(f"programmes/{folder.name}"):
            bodies = [(ProgrammePage, texts["body"])]
            bodies += [(ProgrammePartPage, part["body"]) for part in texts["part"]]
            unknown += [
                (folder.name, key, block["type"])
                for model, blocks in bodies
                for block in blocks
                if block["type"] not in BODIES[model]
            ]

    assert not unknown


def programme_texts(title, *, parts):
    return {
        "title": title,
        "slug": title.lower(),
        "lead": "Pieniä muutoksia.",
        "search_description": "",
        "owner": "HYTE-tiimi",
        "reviewer": "Terveydenhoitaja",
        "last_reviewed": "2026-11-02",
        "next_review": "2027-11-02",
        "goals": ["healthy-habits"],
        "phone_name": "Valmentaja",
        "phone": "05 000 0000",
        "body": [exercises.SUITABILITY],
        "part": [
            {"title": title, "slug": slug, "lead": "Osa.", "body": body}
            for title, slug, body in parts
        ],
    }


def test_demos_translation_shares_its_parts_and_answers_with_the_source(
    guide_indexes, locales
):
    guidance = Guidance(Tree())
    swedish_diary = {
        "type": "diary",
        "value": exercises.DIARY["value"] | {"title": "Sömndagbok"},
    }
    for language, title, parts in (
        ("fi", "Uneen", [("Uni", "uni", [exercises.DIARY]), ("Ilta", "ilta", [])]),
        ("sv", "Sova", [("Sömn", "somn", [swedish_diary]), ("Kväll", "kvall", [])]),
    ):
        texts = programme_texts(title, parts=parts)
        page = guidance.make_page(guide_indexes[language], "programmes", "uni", texts)
        guidance.sources.setdefault(("programmes", "uni"), page)
        guidance.make_parts(page, "uni", texts)

    finnish = ProgrammePage.objects.get(title="Uneen")
    swedish = finnish.get_translation(locales["sv"])
    assert swedish.title == "Sova"
    assert (swedish.phone_name, swedish.phone) == ("Valmentaja", "05 000 0000")
    for before, after in zip(finnish.parts, swedish.parts, strict=True):
        assert after.translation_key == before.translation_key
        assert after.number == before.number
        assert [a.key for a in after.answers()] == [a.key for a in before.answers()]
    assert finnish.parts[0].answers()
