"""Programmes: exercises, the numbers of parts, and what stands at a part's end."""

import re
from datetime import timedelta
from html import unescape
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from accounts.roles import EDITORS, MODERATORS
from demo.content import stream
from events.models import EventState
from guides.models import PartNumbers, ProgrammePage, ProgrammePartPage
from guides.progress_codes import LARGEST_NUMBER, is_code_of
from home.models import Goal, TargetGroup, Theme
from tests import factories
from tests.editing import (
    add_address,
    edit_address,
    errors_of,
    send,
    staff_client,
    was_taken,
)
from tests.guides import exercises
from tests.guides.codes import code_of
from tests.site.test_every_page import Outline

PART_QUERIES = 17
FOUND = 302
GOALS = ["healthy-habits"]
GROUPS_ABOUT_ALCOHOL = {
    "type": "groups",
    "value": {
        "title": "Ryhmiä",
        "goal": "",
        "theme": "alcohol",
        "target_group": "",
    },
}


@pytest.fixture
def programme(guide_index, event_indexes):
    return exercises.make_programme(guide_index)


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.text


def test_each_kind_of_exercise_is_drawn_with_labelled_fields(client, programme):
    for title, _blocks in exercises.PARTS:
        html = html_of(client, exercises.part_of(programme, title))
        outline = Outline(html)
        labelled = set(outline.attribute("label", "for"))
        for tag, attributes in outline.tags:
            if "data-answer" in attributes:
                wrapped = f'id="{attributes["id"]}"' in "".join(
                    re.findall(r"<label[^>]*>\s*<input[^>]*>", html)
                )
                assert attributes["id"] in labelled or wrapped, (tag, attributes)
        ids = outline.attribute("textarea", "id") + outline.attribute("input", "id")
        assert len(ids) == len(set(ids))
        others = html.count('class="search-form') + html.count('action="/fi/palaute/')
        assert outline.count("form") == others


def test_what_is_written_in_a_part_is_never_in_a_form(client, programme):
    html = html_of(client, exercises.part_of(programme, "Huolihetki"))

    assert html.count("data-answer") == 2 + 2 + 3 * 3
    inside = "".join(re.findall(r"<form.*?</form>", html, re.DOTALL))
    assert inside
    assert "data-answer" not in inside


def test_example_stands_beside_its_question(client, programme):
    html = html_of(client, exercises.part_of(programme, "Huolihetki"))

    before, after = html.split("”Huominen menee pilalle.”")
    assert before.rstrip().endswith("</strong>")
    assert before.rindex(">Ajatus</label>") > before.rindex("Kuka huomasi muutoksen?")
    assert "Pelko 8." in after


def test_quiz_shows_its_answers_without_scripts(client, programme):
    html = html_of(client, exercises.part_of(programme, "Mitä uni on"))

    answer = html.split('<details class="quiz-answer">')[1].split("</details>")[0]
    assert "Säännöllinen nousuaika" in answer
    assert "Nousemisen voi päättää." in answer
    assert re.search(r"<p[^>]* hidden data-check>", html)


def test_page_says_that_without_scripts_nothing_is_kept(client, programme):
    for title in ("Mitä uni on", "Huolihetki", "Näin pidät kiinni"):
        html = html_of(client, exercises.part_of(programme, title))
        kept = re.search(r"<p [^>]*data-kept.*?</p>", html, re.DOTALL)
        assert kept
        # What scripts add is hidden until they run.
        for name in ("part-end", "clear"):
            assert re.search(rf"<(div|section)[^>]* hidden data-{name}\b", html), name


def test_summary_has_the_questions_of_the_other_parts_hidden(client, programme):
    part = exercises.part_of(programme, "Näin pidät kiinni")
    html = html_of(client, part)

    written = html.split("data-written>")[1].split('class="field"')[0]
    assert "Mitä teen?" in written
    assert "Maanantai: Ylös" in written
    assert "Mistä pidän kiinni?" not in written
    assert "Mikä pitää rytmin koossa?" not in written
    assert written.count("<section hidden") == 3


def test_keys_of_answers_stay_when_an_editor_reorders_and_rewrites(programme):
    part = exercises.part_of(programme, "Huolihetki")
    before = {answer.label: answer.key for answer in part.answers()}

    raw = part.body.raw_data
    questions = raw[0]["value"]["questions"]
    questions.reverse()
    questions[0]["value"] = "Kuka näki muutoksen?"
    part.body = [*reversed([dict(block) for block in raw])]
    part.save()

    after = {
        answer.label: answer.key
        for answer in ProgrammePartPage.objects.get(pk=part.pk).answers()
    }
    assert after["Kuka näki muutoksen?"] == before["Kuka huomasi muutoksen?"]
    assert after["Mikä on nyt paremmin?"] == before["Mikä on nyt paremmin?"]
    assert after["Tunne"] == before["Tunne"]


def test_is_this_for_me_tells_whom_it_suits_and_who_asks_first(client, programme):
    html = html_of(client, programme)

    assert "Olet nukkunut huonosti viikkoja." in html
    asks = html.split('class="ask-first"')[1].split("</section>")[0]
    assert "Nukahdat kesken ajamisen." in asks
    assert 'href="tel:0000000000"' in asks


# Numbers of parts


def test_parts_are_numbered_once_and_keep_their_number(programme):
    parts = list(programme.parts)
    assert [part.number for part in parts] == [1, 2, 3, 4, 5]

    parts[4].move(parts[0], pos="left")
    parts[1].delete()
    new = exercises.make_part(programme, "Uusi osa", [exercises.CHECKLIST])

    numbers = {part.title: part.number for part in programme.parts}
    assert numbers["Näin pidät kiinni"] == 5
    assert numbers["Mitä uni on"] == 1
    assert new.number == 6


def test_number_of_a_deleted_part_is_never_given_again(programme):
    programme.save_revision()
    exercises.part_of(programme, "Näin pidät kiinni").delete()
    programme = ProgrammePage.objects.get(pk=programme.pk)
    programme.get_latest_revision().publish()  # Saved when there were five.

    programme = ProgrammePage.objects.get(pk=programme.pk)
    new = exercises.make_part(programme, "Uusi osa", [exercises.CHECKLIST])
    assert new.number == 6

    new.delete()
    for part in programme.parts:
        part.delete()
    programme = ProgrammePage.objects.get(pk=programme.pk)
    assert exercises.make_part(programme, "Alusta", []).number == 7


def test_number_deleted_in_one_language_is_not_given_in_another(
    programme, locales, guide_indexes
):
    swedish = programme.copy_for_translation(locales["sv"])
    exercises.part_of(programme, "Näin pidät kiinni").delete()

    assert exercises.make_part(swedish, "Ny del", []).number == 6
    assert exercises.make_part(programme, "Uusi osa", []).number == 7


def test_editor_is_told_when_no_code_would_take_another_part_along(programme):
    editor = staff_client(EDITORS)
    numbers = PartNumbers.objects.get(programme=programme.translation_key)
    last = LARGEST_NUMBER - numbers.highest
    assert panel_of(editor, programme) == ""

    numbers.highest += last - 1
    numbers.save()
    assert "voi lisätä vielä yhden osan" in panel_of(editor, programme)
    part = exercises.make_part(programme, "Viimeinen", [exercises.CHECKLIST])
    assert part.number == LARGEST_NUMBER
    assert is_code_of(code_of(UUID(programme.key), [part.number]), UUID(programme.key))

    assert "ei voi enää lisätä osia" in panel_of(editor, programme)
    address = add_address(ProgrammePartPage, programme)
    assert editor.get(address).status_code == FOUND  # With a message.
    assert not ProgrammePartPage.can_create_at(programme)
    part.delete()
    assert "ei voi enää lisätä osia" in panel_of(editor, programme)
    assert not ProgrammePartPage.can_create_at(programme)


def panel_of(editor, programme):
    html = editor.get(edit_address(programme)).text
    _before, _panel, after = html.partition('class="part-numbers')
    return after.partition("</div>")[0]


def test_numbers_go_on_from_the_largest_of_before_they_were_remembered(programme):
    PartNumbers.objects.all().delete()

    migration = import_module("guides.migrations.0010_part_numbers")
    migration.go_on_from_the_largest(apps, None)

    assert exercises.make_part(programme, "Uusi osa", []).number == 6


def test_number_outlives_a_new_slug_and_an_old_revision(programme):
    part = exercises.part_of(programme, "Huolihetki")
    content = part.save_revision().content
    del content["number"]
    content["slug"] = "uusi-osoite"

    again = part.with_content_json(content)
    again.save()

    part.refresh_from_db()
    assert (part.slug, part.number) == ("uusi-osoite", 3)


def test_translated_part_has_its_sources_number(programme, locales, guide_indexes):
    programme.copy_for_translation(locales["sv"])
    for part in reversed(list(programme.parts)):
        part.copy_for_translation(locales["sv"])

    swedish = programme.get_translation(locales["sv"])
    numbers = {
        part.translation_key: part.number
        for part in ProgrammePartPage.objects.child_of(swedish)
    }
    assert numbers == {part.translation_key: part.number for part in programme.parts}
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert swedish.key == programme.key


def test_a_copied_programme_has_its_own_numbers_and_keys(programme):
    copied = programme.copy(
        recursive=True, update_attrs={"slug": "kopio", "title": "Kopio"}
    )

    parts = ProgrammePartPage.objects.child_of(copied)
    assert sorted(part.number for part in parts) == [1, 2, 3, 4, 5]
    assert copied.key != programme.key


def test_a_part_does_not_move_to_another_programme(programme, guide_index):
    other = factories.make_programme(guide_index)
    part = exercises.part_of(programme, "Huolihetki")

    assert not part.can_move_to(other)
    assert part.can_move_to(programme)


# Publishing


@pytest.mark.parametrize("field", ["phone", "phone_name"])
def test_programme_is_not_published_without_a_phone_route(guide_index, field):
    programme = factories.make_programme(guide_index, **{field: ""}, live=False)
    programme.save_revision()
    moderator = staff_client(MODERATORS)

    assert was_taken(send(staff_client(EDITORS), edit_address(programme)))
    refused = send(moderator, edit_address(programme), "publish")
    assert list(errors_of(refused)) == [field]

    given = {"phone": "05 000 0000", "phone_name": "Valmentaja"}
    assert was_taken(send(moderator, edit_address(programme), "publish", given))
    assert ProgrammePage.objects.get(pk=programme.pk).live


# A part's end: never an empty box


def with_topics(programme, *, themes=(), target_groups=(), goals=()):
    programme.themes = Theme.objects.filter(key__in=themes)
    programme.target_groups = TargetGroup.objects.filter(key__in=target_groups)
    programme.goals = Goal.objects.filter(key__in=goals)
    programme.save()


def next_step(client, programme):
    html = html_of(client, exercises.part_of(programme, "Huolihetki"))
    return html.split('class="next-step"')[1].split("</section>\n", 1)[0]


def test_part_names_the_next_group_by_theme_then_target_group_then_goal(
    client, programme, event_index, settled
):
    with_topics(
        programme,
        themes=["sleep"],
        target_groups=["older-people"],
        goals=["healthy-habits"],
    )
    by_theme = factories.make_event(
        event_index, "Uniryhmä", goals=[factories.goal("safe-everyday")]
    )
    by_theme.themes = Theme.objects.filter(key="sleep")
    by_theme.save()
    by_both = factories.make_event(
        event_index, "Vanhuuden uni", goals=[factories.goal("safe-everyday")]
    )
    by_both.themes = Theme.objects.filter(key="sleep")
    by_both.target_groups = TargetGroup.objects.filter(key="older-people")
    by_both.save()
    by_target = factories.make_event(
        event_index, "Ikääntyneiden kahvit", goals=[factories.goal("safe-everyday")]
    )
    by_target.target_groups = TargetGroup.objects.filter(key="older-people")
    by_target.save()
    factories.make_event(event_index, "Kävelyryhmä")
    factories.make_event(
        event_index, "Muu ryhmä", goals=[factories.goal("safe-everyday")]
    )
    settled()

    for title, event in (
        ("Vanhuuden uni", by_both),
        ("Uniryhmä", by_theme),
        ("Ikääntyneiden kahvit", by_target),
        ("Kävelyryhmä", None),
    ):
        shown = next_step(client, programme)
        assert title in shown
        assert shown.count("event-card") == 1
        assert 'href="tel:0000000000"' in shown
        if event:
            event.unpublish()
            settled()


GROUPS_FOR_AGES = {
    "Nuorten ryhmä": (13, 17),
    "Nuorten aikuisten ryhmä": (16, 29),
    "Ikääntyneiden ryhmä": (65, None),
    "Aikuisten ryhmä": (18, None),
}


def by_ages(event_index, settled):
    """Groups about alcohol for various ages, the soonest first."""
    for place, (title, (youngest, oldest)) in enumerate(GROUPS_FOR_AGES.items()):
        group = factories.make_event(
            event_index,
            title,
            dates=[factories.single_date(timezone.now() + timedelta(days=place + 1))],
            min_age=youngest,
            max_age=oldest,
        )
        group.themes = Theme.objects.filter(key="alcohol")
        group.save()
    settled()


def groups_block(client, page):
    return html_of(client, page).split('class="groups-block"')[1].split("</section>")[0]


def groups_in(html):
    return re.findall(r">([^<>]*ryhmä)</a>", html)


@pytest.mark.parametrize(
    ("people", "titles"),
    [
        (["working-age"], ["Aikuisten ryhmä", "Nuorten aikuisten ryhmä"]),
        (
            ["working-age", "everyone"],
            ["Aikuisten ryhmä", "Nuorten ryhmä", "Nuorten aikuisten ryhmä"],
        ),
        (
            ["youth"],
            ["Nuorten ryhmä", "Nuorten aikuisten ryhmä", "Aikuisten ryhmä"],
        ),
        (["older-people"], ["Ikääntyneiden ryhmä", "Aikuisten ryhmä"]),
        (["substance-use"], [*GROUPS_FOR_AGES][:3]),
    ],
)
def test_groups_for_the_programmes_ages_come_first(
    client, guide_index, event_index, settled, people, titles
):
    by_ages(event_index, settled)
    programme = exercises.make_programme(
        guide_index,
        body=stream([exercises.SUITABILITY, GROUPS_ABOUT_ALCOHOL], "groups"),
    )
    with_topics(programme, themes=["alcohol"], target_groups=people, goals=GOALS)

    assert groups_in(groups_block(client, programme)) == titles
    assert groups_in(next_step(client, programme)) == titles[:1]
    if titles[0] == "Nuorten ryhmä":
        assert "13–17" in next_step(client, programme)


def test_the_next_group_has_room_and_a_full_one_is_named_when_no_other_fits(
    client, programme, event_index, settled, django_assert_num_queries
):
    with_topics(programme, themes=["sleep"], target_groups=["working-age"], goals=GOALS)
    groups = []
    for place, title in enumerate(["Täysi ryhmä", "Epävarma ryhmä", "Väljä ryhmä"]):
        group = factories.make_event(
            event_index,
            title,
            dates=[factories.single_date(timezone.now() + timedelta(days=place + 1))],
            min_age=18,
        )
        group.themes = Theme.objects.filter(key="sleep")
        if place == 0:
            group.target_groups = TargetGroup.objects.filter(key="working-age")
        group.save()
        groups.append(group)
    EventState.objects.create(event=groups[0], is_full=True)
    EventState.objects.create(event=groups[1], stage="unconfirmed")
    settled()
    part = exercises.part_of(programme, "Huolihetki")
    client.get(exercises.part_of(programme, "Rytmi ja sänky").url)

    with django_assert_num_queries(PART_QUERIES):
        client.get(part.url)
    assert groups_in(next_step(client, programme)) == ["Väljä ryhmä"]

    groups[2].unpublish()
    settled()
    assert groups_in(next_step(client, programme)) == ["Täysi ryhmä"]


@pytest.mark.parametrize("make", ["make_guide", "make_self_assessment"])
def test_groups_on_a_page_of_guidance_are_for_its_ages(
    client, guide_index, event_index, settled, make
):
    by_ages(event_index, settled)
    page = getattr(factories, make)(
        guide_index, body=stream([GROUPS_ABOUT_ALCOHOL], "groups")
    )
    with_topics(
        page,
        themes=["alcohol"],
        target_groups=["substance-use", "working-age", "older-people"],
        goals=GOALS,
    )

    block = (
        html_of(client, page).split('class="groups-block"')[1].split("</section>")[0]
    )
    assert groups_in(block) == [
        "Ikääntyneiden ryhmä",
        "Aikuisten ryhmä",
        "Nuorten aikuisten ryhmä",
    ]


def test_groups_in_a_part_are_for_the_programmes_ages(
    client, programme, event_index, settled
):
    by_ages(event_index, settled)
    with_topics(
        programme, themes=["alcohol"], target_groups=["older-people"], goals=GOALS
    )
    part = exercises.make_part(programme, "Ryhmiä", [GROUPS_ABOUT_ALCOHOL])

    block = (
        html_of(client, part).split('class="groups-block"')[1].split("</section>")[0]
    )
    assert groups_in(block) == ["Ikääntyneiden ryhmä", "Aikuisten ryhmä"]


def test_more_groups_are_those_of_the_same_subject(
    client, guide_index, event_index, settled
):
    by_ages(event_index, settled)
    factories.make_event(event_index, "Muu ryhmä")
    settled()
    programme = exercises.make_programme(
        guide_index,
        body=stream([exercises.SUITABILITY, GROUPS_ABOUT_ALCOHOL], "groups"),
    )
    with_topics(
        programme,
        themes=["alcohol", "sleep"],
        target_groups=["youth"],
        goals=GOALS,
    )
    more = re.compile(r'class="more" href="([^"]*)"')

    for html, asked in (
        (html_of(client, programme), {"theme": ["alcohol"]}),
        (next_step(client, programme), {"theme": ["sleep", "alcohol"]}),
    ):
        address = unescape(more.search(html)[1])
        path, query = address.split("?")
        listed = client.get(address).text
        assert path == "/fi/tapahtumat/"
        assert sorted(QueryDict(query).getlist("theme")) == sorted(asked["theme"])
        assert set(GROUPS_FOR_AGES) <= set(groups_in(listed))
        assert "Muu ryhmä" not in groups_in(listed)
        # Refining the search keeps the theme, and a chip takes it off.
        assert '<input type="hidden" name="theme" value="alcohol">' in listed


def test_more_groups_are_found_by_what_found_the_first(
    client, programme, event_index, settled
):
    with_topics(
        programme, themes=["sleep"], target_groups=["older-people"], goals=GOALS
    )
    group = factories.make_event(event_index, "Ikääntyneiden ryhmä")
    group.target_groups = TargetGroup.objects.filter(key="older-people")
    group.save()
    settled()

    assert 'href="/fi/tapahtumat/?group=older-people"' in next_step(client, programme)


def test_without_any_group_the_part_leads_to_all_groups_and_to_the_phone(
    client, programme
):
    shown = next_step(client, programme)

    assert 'href="/fi/tapahtumat/"' in shown
    assert 'href="tel:0000000000"' in shown
    assert "Hyvinvointivalmentaja" in shown


def test_part_costs_the_same_with_few_and_many_parts_and_groups(
    client, guide_index, event_index, settled, django_assert_num_queries
):
    programme = exercises.make_programme(guide_index)
    part = exercises.part_of(programme, "Huolihetki")
    summary = exercises.part_of(programme, "Näin pidät kiinni")
    factories.make_event(event_index, "Kävelyryhmä")
    for more in (0, 4):
        for number in range(more):
            exercises.make_part(programme, f"Lisäosa {number}", [exercises.DIARY])
            factories.make_event(event_index)
        settled()
        # Navigation, taxonomies and links in texts are read once.
        client.get(exercises.part_of(programme, "Rytmi ja sänky").url)
        for page, queries in ((part, PART_QUERIES), (summary, PART_QUERIES + 1)):
            with django_assert_num_queries(queries):
                client.get(page.url)


def test_parts_of_a_sensitive_programme_can_be_left_quickly(client, guide_index):
    for is_sensitive in (True, False):
        programme = factories.make_programme(guide_index, is_sensitive=is_sensitive)
        html = html_of(client, factories.make_programme_part(programme))
        assert ("data-quick-exit" in html) is is_sensitive


# Blocks


def clean(block_type, value):
    block = ProgrammePartPage._meta.get_field("body").stream_block.child_blocks[
        block_type
    ]
    (stored,) = stream([{"type": block_type, "value": value}], "koe")
    return block.clean(block.to_python(stored["value"]))


def test_quiz_question_needs_a_right_answer():
    question = exercises.QUIZ["value"]["questions"][0]
    options = [{"text": "Kyllä", "is_right": False}, {"text": "Ei", "is_right": False}]
    clean("quiz", exercises.QUIZ["value"])

    with pytest.raises((StructBlockValidationError, ValidationError)):
        clean(
            "quiz",
            exercises.QUIZ["value"] | {"questions": [question | {"options": options}]},
        )


def test_example_has_no_more_answers_than_questions():
    clean("thought_record", exercises.THOUGHT_RECORD["value"])

    with pytest.raises(StructBlockValidationError):
        clean(
            "thought_record",
            exercises.THOUGHT_RECORD["value"] | {"example": ["a", "b", "c"]},
        )


def test_diary_has_from_two_to_six_columns():
    for columns in (["Yksi"], list("abcdefg")):
        with pytest.raises(StructBlockValidationError):
            clean("diary", exercises.DIARY["value"] | {"columns": columns})


def test_whom_it_is_for_is_read_before_the_parts_and_help_after_them(client, programme):
    programme.body = [
        ("inset", "<p>Lue tämä ensin.</p>"),
        ("is_this_for_me", {"suits": ["Nukut huonosti."], "ask_first": [], "text": ""}),
        ("text", "<p>Näin käytät ohjelmaa.</p>"),
    ]
    programme.save_revision().publish()

    html = html_of(client, programme)

    places = [
        html.index(words)
        for words in (
            "Lue tämä ensin.",
            "Nukut huonosti.",
            'id="parts-heading"',
            "Näin käytät ohjelmaa.",
        )
    ]
    assert places == sorted(places)
