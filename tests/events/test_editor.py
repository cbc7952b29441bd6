"""Groups in the editor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from accounts.roles import EDITORS, MODERATORS
from events.enums import Weekday
from events.models import EventPage, EventText, Organisation, Venue
from home.models import ContentVersion, CrisisContact, Goal, TargetGroup
from tests import factories
from tests.editing import (
    add_address,
    edit_address,
    errors_of,
    filled,
    messages_of,
    send,
    staff_client,
    was_taken,
)


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


@pytest.fixture
def organiser(db):
    return factories.make_organisation()


def text(language="fi", title="Perhekahvila", **fields):
    return {
        "id": "",
        "language": language,
        "title": title,
        "lead": "Kahvia ja juttuseuraa.",
        "body": rich_text("<p>Tervetuloa.</p>"),
        "first_visit": rich_text(""),
    } | fields


def rule(**fields):
    return {
        "id": "",
        "frequency": "weekly",
        "interval": "1",
        "weekdays": ["2", "4"],
        "nth": "",
        "start_date": "5.1.2027",
        "start_time": "14:00",
        "end_time": "15:30",
    } | fields


def rows(name, *items):
    """A formset's fields; a list in a row stays one."""
    data = nested_form_data(
        {name: inline_formset([dict.fromkeys(item, "") for item in items])}
    )
    for number, item in enumerate(items):
        data |= {f"{name}-{number}-{field}": value for field, value in item.items()}
    return data


def group(organiser, *texts, rules=(), **changes):
    return (
        {
            "main_language": "fi",
            "goals": [str(factories.goal().pk)],
            "organisers": [str(organiser.pk)],
            "contact_phone": "05 123 4567",
        }
        | rows("texts", *(texts or [text()]))
        | rows("rules", *rules)
        | changes
    )


def test_a_group_is_published_and_named_after_its_text(
    moderator, event_index, organiser, client
):
    response = send(
        moderator,
        add_address(EventPage, event_index),
        "publish",
        group(organiser, text(title="Äidit ja vauvat"), rules=[rule()]),
    )

    assert was_taken(response)
    event = EventPage.objects.get()
    assert event.live
    assert (event.title, event.slug) == ("Äidit ja vauvat", "aidit-ja-vauvat")
    assert event.rules.get().weekdays == [2, 4]
    assert event.occurrences.exists()
    assert event.goal_list == [factories.goal()]
    assert client.get(event.path_in("fi")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact_phone": ""}, "contact_phone"),
        ({"goals": []}, "goals"),
        ({"organisers": []}, "organisers"),
        ({"main_language": "sv"}, "main_language"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_a_draft_may_lack_it(
    moderator, event_index, organiser, changes, field
):
    address = add_address(EventPage, event_index)
    data = group(organiser, **changes)

    assert list(errors_of(send(moderator, address, "publish", data))) == [field]
    assert was_taken(send(moderator, address, changes=data))

    draft = EventPage.objects.get()
    assert not draft.live
    assert draft.title == "Perhekahvila"
    again = send(moderator, edit_address(draft), "publish", changes)
    assert field in errors_of(again)


def test_a_draft_may_have_no_text_at_all(moderator, event_index, organiser):
    data = group(organiser) | rows("texts")

    assert was_taken(send(moderator, add_address(EventPage, event_index), changes=data))

    draft = EventPage.objects.get()
    assert draft.title
    changes = rows("texts", text(title="Lauluryhmä"))
    assert was_taken(send(moderator, edit_address(draft), changes=changes))
    assert EventPage.objects.get().get_latest_revision_as_object().title == "Lauluryhmä"


def test_a_walk_in_group_needs_no_phone(moderator, event_index, organiser):
    data = group(organiser, contact_phone="", is_walk_in="on")

    assert was_taken(
        send(moderator, add_address(EventPage, event_index), "publish", data)
    )


def test_two_texts_in_one_language_are_refused(moderator, event_index, organiser):
    data = group(organiser, text(), text(title="Sama uudelleen"))

    refused = send(moderator, add_address(EventPage, event_index), "publish", data)

    assert refused.status_code == 200
    assert not EventPage.objects.exists()


def test_a_new_draft_of_a_public_group_shows_only_in_the_editor(
    moderator, event_index, client
):
    event = factories.make_event(event_index, "Perhekahvila")
    event.save_revision().publish()
    row = event.texts.get()
    changes = {"texts-0-title": "Isovanhempien kahvila"}

    assert was_taken(send(moderator, edit_address(event), changes=changes))

    assert "Isovanhempien" not in client.get(event.path_in("fi")).text
    listing = moderator.get(reverse("wagtailadmin_explore", args=[event_index.pk]))
    assert "Isovanhempien kahvila" in listing.text
    assert EventText.objects.get(pk=row.pk).title == "Perhekahvila"


# Fields


def test_weekdays_are_chosen_by_name(moderator, event_index, organiser):
    event = factories.make_event(event_index, rules=[factories.weekly_rule()])

    page = moderator.get(edit_address(event))

    form = page.context["form"].formsets["rules"].forms[0]
    assert form["weekdays"].value() == ["2"]
    boxes = [str(box) for box in form["weekdays"]]
    assert len(boxes) == len(Weekday)
    assert all("checkbox" in box for box in boxes)
    assert "checked" in boxes[1]


def test_a_rule_without_a_weekday_is_refused(moderator, event_index, organiser):
    data = group(organiser, rules=[rule(weekdays=[])])

    refused = send(moderator, add_address(EventPage, event_index), "publish", data)

    forms = refused.context["form"].formsets["rules"].forms
    assert list(forms[0].errors) == ["weekdays"]


def test_a_rule_that_ends_before_it_begins_is_refused_and_told(
    moderator, event_index, organiser
):
    data = group(organiser, rules=[rule(end_date="1.1.2027")])

    refused = send(moderator, add_address(EventPage, event_index), "publish", data)

    forms = refused.context["form"].formsets["rules"].forms
    assert len(forms[0].non_field_errors()) == 1
    assert not EventPage.objects.exists()


def test_main_language_is_one_of_the_sites(moderator, event_index, organiser):
    page = moderator.get(add_address(EventPage, event_index))

    field = page.context["form"].fields["main_language"]
    assert [code for code, _name in field.choices] == ["fi", "sv", "en", "fi-simple"]
    refused = send(
        moderator,
        add_address(EventPage, event_index),
        "publish",
        group(organiser, main_language="xx"),
    )
    assert list(errors_of(refused)) == ["main_language"]


def test_facts_have_three_values_in_words(moderator, event_index):
    venue = factories.make_venue(ramp=True, lift=False)
    page = moderator.get(reverse("wagtailsnippets_events_venue:edit", args=[venue.pk]))

    form = page.context["form"]
    labels = [str(label) for _value, label in form.fields["ramp"].widget.choices]
    assert len(labels) == 3
    assert [form[name].value() for name in ("ramp", "lift", "quiet_space")] == [
        True,
        False,
        None,
    ]


def test_a_venue_is_saved_with_its_facts(moderator):
    add = reverse("wagtailsnippets_events_venue:add")
    response = moderator.post(
        add,
        {
            "name_fi": "Esimerkkitalo",
            "kind": "library",
            "slug": "esimerkkitalo",
            "ramp": "true",
            "lift": "false",
            "quiet_space": "unknown",
        },
    )

    assert was_taken(response)
    venue = Venue.objects.get()
    assert (venue.ramp, venue.lift, venue.quiet_space) == (True, False, None)


def test_an_organisation_is_saved_in_its_languages(moderator):
    response = moderator.post(
        reverse("wagtailsnippets_events_organisation:add"),
        {
            "name_fi": "Esimerkkiyhdistys ry",
            "name_sv": "Exempelföreningen rf",
            "name_fi_simple": "",
            "slug": "esimerkkiyhdistys",
            "kind": "association",
        },
    )

    assert was_taken(response)
    assert Organisation.objects.get().name == {
        "fi": "Esimerkkiyhdistys ry",
        "sv": "Exempelföreningen rf",
    }


def test_a_crisis_contacts_languages_are_ticked(moderator):
    response = moderator.post(
        reverse("wagtailsnippets_home_crisiscontact:add"),
        {
            "key": "kriisipuhelin",
            "name_fi": "Kriisipuhelin",
            "number": "09 2525 0111",
            "languages": ["fi", "ar"],
            "checked_on": "1.11.2026",
            "order": "1",
        },
    )

    assert was_taken(response)
    assert CrisisContact.objects.get().languages == ["fi", "ar"]


def test_codes_are_written_one_on_a_line(administrator, client):
    client.force_login(administrator)
    group = TargetGroup.objects.first()
    group.ptv_codes = ["KR1.1", "KR2"]
    group.save()
    address = reverse("wagtailsnippets_home_targetgroup:edit", args=[group.pk])
    form = client.get(address).context["form"]
    assert form["ptv_codes"].value() == "KR1.1\nKR2"

    data = {"key": group.key, "order": "1", "name_fi": "Nuoret", "yso_ids": ""}
    assert was_taken(client.post(address, data | {"ptv_codes": "KR1.1\r\n\r\n KR3 "}))

    group.refresh_from_db()
    assert (group.ptv_codes, group.yso_ids) == (["KR1.1", "KR3"], [])


# Languages


def test_a_group_is_not_offered_for_translation(event_index, locales):
    editor = staff_client(EDITORS)
    event = factories.make_event(event_index)
    submit = reverse("wagtail_localize:submit_page_translation", args=[event.pk])

    listing = editor.get(reverse("wagtailadmin_explore", args=[event_index.pk]))
    assert event.title in listing.text
    assert "/localize/submit/" not in listing.text
    assert "/localize/submit/" not in editor.get(edit_address(event)).text

    for answer in (
        editor.get(submit, follow=True),
        editor.post(submit, {"locales": [locales["sv"].pk]}, follow=True),
    ):
        assert answer.status_code == 200
        assert len(messages_of(answer)) == 1
    assert EventPage.objects.count() == 1


def test_a_guide_is_offered_for_translation(guide_index):
    editor = staff_client(EDITORS)
    guide = factories.make_guide(guide_index)

    assert f"/localize/submit/page/{guide.pk}/" in editor.get(edit_address(guide)).text


def test_preview_is_offered_in_the_languages_that_have_a_text(moderator, event_index):
    event = factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Perhekahvila", lead="Tule mukaan."),
            EventText(language="sv", title="Familjecafé", lead="Kom med."),
        ],
    )
    event.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[event.pk])

    assert [mode for mode, _label in event.preview_modes] == ["fi", "sv"]
    swedish = moderator.get(address, {"mode": "sv"})
    finnish = moderator.get(address)

    assert swedish.status_code == finnish.status_code == 200
    assert "Familjecafé" in swedish.text
    assert 'lang="sv"' in swedish.text
    assert "Perhekahvila" in finnish.text


def test_preview_shows_what_is_not_saved_yet(moderator, event_index, organiser):
    event = factories.make_event(event_index, "Perhekahvila", organisers=[organiser])
    event.save_revision().publish()
    changes = group(organiser, text(title="Iltakahvila"), rules=[rule()])
    new = add_address(EventPage, event_index)
    for form, address in (
        (
            new,
            reverse(
                "wagtailadmin_pages:preview_on_add",
                args=["events", "eventpage", event_index.pk],
            ),
        ),
        (
            edit_address(event),
            reverse("wagtailadmin_pages:preview_on_edit", args=[event.pk]),
        ),
    ):
        taken = moderator.post(address, filled(moderator, form, changes))
        assert taken.json()["is_valid"], address

        preview = moderator.get(address, {"mode": "fi"})

        assert preview.status_code == 200
        assert "Iltakahvila" in preview.text


# Addresses


def test_a_new_address_redirects_from_the_old_one_in_every_language(
    moderator, event_index, organiser, client, django_capture_on_commit_callbacks
):
    event = factories.make_event(event_index, slug="kahvila", organisers=[organiser])
    event.save_revision().publish()

    with django_capture_on_commit_callbacks(execute=True):
        assert was_taken(
            send(moderator, edit_address(event), "publish", {"slug": "perhekahvila"})
        )

    for language, slug in (
        ("fi", "tapahtumat"),
        ("sv", "evenemang"),
        ("en", "events"),
        ("fi-simple", "tapahtumat"),
    ):
        response = client.get(f"/{language}/{slug}/kahvila/")
        assert response.status_code == 301, language
        new = response.headers["Location"]
        assert new.endswith(f"/{language}/{slug}/perhekahvila/")
        assert client.get(new).status_code == 200


def test_a_second_new_address_needs_no_chain(
    event_index, client, django_capture_on_commit_callbacks
):
    event = factories.make_event(event_index, slug="a")
    for slug in ("b", "c"):
        with django_capture_on_commit_callbacks(execute=True):
            event.slug = slug
            event.save_revision().publish()

    for old in ("a", "b"):
        response = client.get(f"/sv/evenemang/{old}/")
        assert response.headers["Location"].endswith("/sv/evenemang/c/")
    assert Redirect.objects.filter(old_path="/sv/evenemang/a").count() == 1


def test_a_guides_new_address_redirects_from_the_old_one(
    guide_index, client, django_capture_on_commit_callbacks
):
    guide = factories.make_guide(guide_index, slug="uni")
    with django_capture_on_commit_callbacks(execute=True):
        guide.slug = "parempi-uni"
        guide.save_revision().publish()

    response = client.get("/fi/oppaat/uni/")

    assert response.status_code == 301
    assert response.headers["Location"].endswith("/fi/oppaat/parempi-uni/")


# Listing


def test_listing_is_never_ordered_by_tree_position(moderator, event_index):
    """Wagtail would then leave paging out."""
    for number in range(60):
        factories.make_event(event_index, f"Ryhmä {number:02}", rules=[])
    address = reverse("wagtailadmin_explore", args=[event_index.pk])

    for query in ({}, {"ordering": "ord"}, {"ordering": "-ord"}):
        response = moderator.get(address, query)
        assert len(response.context["page_obj"]) <= 50, query


def test_listing_is_filtered_by_kind_and_searched(moderator, event_index):
    factories.make_event(event_index, "Lauluryhmä")
    factories.make_event(event_index, "Tietokonekurssi", kind="course")
    address = reverse("wagtailadmin_explore", args=[event_index.pk])

    def titles(**query):
        response = moderator.get(address, query)
        return [page.title for page in response.context["page_obj"]]

    assert titles(kind="course") == ["Tietokonekurssi"]
    assert titles(q="laulu") == ["Lauluryhmä"]
    assert set(titles()) == {"Lauluryhmä", "Tietokonekurssi"}


def test_goals_on_the_front_panel_lead_to_their_pages(moderator, homes):
    page = factories.make_goal_page(homes["fi"])

    panel = moderator.get("/admin/")

    assert edit_address(page) in panel.text
    assert all(str(goal) in panel.text for goal in Goal.objects.current())


def test_groups_stand_under_the_main_index_only(moderator, event_indexes):
    main = moderator.get(add_address(EventPage, event_indexes["fi"]))
    other = moderator.get(add_address(EventPage, event_indexes["sv"]))

    assert main.status_code == 200
    assert other.status_code == 302


def test_listing_costs_the_same_however_many_groups_there_are(
    moderator, event_index, django_assert_num_queries
):
    address = reverse("wagtailadmin_explore", args=[event_index.pk])
    for _group in range(3):
        factories.make_event(event_index, rules=[])
    moderator.get(address)
    with CaptureQueriesContext(connection) as few:
        moderator.get(address)
    cost = len(few)  # The next request empties the list.
    for _group in range(12):
        factories.make_event(event_index, rules=[])
    ContentVersion.forget()
    moderator.get(address)  # The languages are read anew after a change.

    with django_assert_num_queries(cost):
        moderator.get(address)
