"""Linked Events as they really come: see interop.md 4f."""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from wagtail.log_actions import log

from events.models import (
    EventPage,
    EventState,
    ImportedEvent,
    Organisation,
    SearchRow,
    Venue,
)

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def imported(run, listed_events, page_of):
    """Imports one event of the list, with fields changed, and gives its page."""

    def import_one(key, **fields):
        item = listed_events[key] | fields
        rows = [item]
        location = fields.get("location", item.get("location"))
        if key != "perhekahvila" and location:
            # So that a place given only as a reference is known.
            rows.append(listed_events["perhekahvila"]["location"])
        import_one.said = run(rows)
        return page_of(item["id"])

    return import_one


def local(moment):
    return moment.astimezone(HELSINKI).replace(tzinfo=None)


def on(days, clock="10:00"):
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock))


def coming(page):
    return list(page.upcoming_dates())


# The list as a whole


def test_whole_list_is_taken_and_each_left_out_event_has_its_reason(run, payload):
    said = run(payload("linked_events_list.json"))

    assert "Read 24, of which taken 20:" in said
    assert ImportedEvent.objects.filter(source="esimerkki").count() == 20
    assert (
        "skipped: Ikivanha näyttely (esimerkki:liian-vanha):"
        " the year 1998 is outside 2000–2100" in said
    )
    assert "esimerkki:liian-kaukana): the year 2150 is outside 2000–2100" in said
    assert "esimerkki:poistettu): deleted in the source" in said
    assert "esimerkki:viikko): it only holds other events together" in said
    assert "[1/20] " in said
    assert "[20/20] " in said


def test_second_run_changes_nothing_and_says_so(run, payload):
    run(payload("linked_events_list.json"))
    before = list(
        EventPage.objects.order_by("pk").values_list(
            "pk", "slug", "last_published_at", "latest_revision"
        )
    )

    said = run(payload("linked_events_list.json"))

    assert "    20  unchanged" in said
    assert "     0  new" in said
    assert "     0  changed" in said
    assert before == list(
        EventPage.objects.order_by("pk").values_list(
            "pk", "slug", "last_published_at", "latest_revision"
        )
    )


def test_changed_event_keeps_its_page_address_and_rows(imported, listed_events):
    page = imported("perhekahvila")
    texts = {text.language: text.pk for text in page.texts.all()}
    row = page.occurrences.get().pk
    names = {"fi": "Perhekahvila Kotkassa", "sv": "Familjecaféet"}

    changed = imported("perhekahvila", name=names)

    assert (changed.pk, changed.slug) == (page.pk, "perhekahvila-kapyla")
    assert changed.title == "Perhekahvila Kotkassa"
    assert {text.language: text.pk for text in changed.texts.all()} == texts
    assert changed.occurrences.get().pk == row
    assert "changed: Perhekahvila Kotkassa" in imported.said


def test_text_that_the_source_drops_is_dropped(imported):
    imported("perhekahvila")

    page = imported(
        "perhekahvila",
        name={"fi": "Perhekahvila"},
        short_description={"fi": "Kahvia."},
        description=None,
    )

    assert [text.language for text in page.texts.all()] == ["fi"]


@pytest.mark.parametrize("shape", ["list page", "array", "object"])
def test_list_page_bare_array_and_single_object_are_read(
    run, page_of, listed_events, shape
):
    item = listed_events["talkoot"]
    shapes = {
        "list page": {"meta": {"count": 1, "next": None}, "data": [item]},
        "array": [item],
        "object": item,
    }

    run(shapes[shape])

    assert page_of("esimerkki:talkoot").live


# Texts


def test_each_language_with_a_text_has_a_row(imported):
    page = imported("perhekahvila")

    texts = {text.language: text for text in page.texts.all()}
    assert set(texts) == {"fi", "sv"}
    assert page.main_language == "fi"
    assert page.title == texts["fi"].title == "Perhekahvila Käpylä"
    assert texts["fi"].lead == "Aamupäivän kahvit pienten lasten perheille."
    assert texts["fi"].place_note == "Sisäänkäynti pihan puolelta"
    assert texts["sv"].body.startswith("<p>Kom som du är.</p>")
    assert "texts not taken in ru" in imported.said


def test_html_keeps_only_what_our_texts_hold(imported):
    body = imported("perhekahvila").texts.get(language="fi").body

    assert body == (
        "<p>Tule sellaisena kuin <strong>olet</strong>.</p><p>Leluja riittää.</p>"
        "<ul><li>kahvia ja mehua</li><li>leikkiä</li></ul>"
        '<p>Kysy lisää: <a href="mailto:kahvila@example.org">'
        "kahvila@example.org</a></p>"
        '<p><a href="https://www.esimerkki.example/perhekahvila">'
        "Lisätietoja: esimerkki.example</a></p>"
    )


def test_control_characters_are_taken_out(imported):
    page = imported(
        "talkoot",
        name={"fi": "Ranta\x00talkoot\x07"},
        short_description={"fi": "Siivotaan\u200b ranta\ud800 yhdessä.\x00"},
        description={"fi": "<p>Tuo\x0b hanskat.\x00</p>"},
    )

    text = page.texts.get()
    assert text.title == "Rantatalkoot"
    assert text.lead == "Siivotaan ranta yhdessä."
    assert text.body == "<p>Tuo hanskat.</p>"


def test_long_title_and_lead_are_cut_at_a_word(imported):
    page = imported(
        "talkoot",
        name={"fi": "Pitkänimiset rantatalkoot " * 8},
        short_description={"fi": "Siivotaan rantaa yhdessä koko päivä " * 12},
    )

    text = page.texts.get()
    assert len(text.title) <= 120
    assert text.title.endswith(("rantatalkoot…", "Pitkänimiset…"))
    assert len(text.lead) <= 250
    assert text.lead.endswith("…")
    assert text.lead[:-1].split()[-1] in [
        "Siivotaan",
        "rantaa",
        "yhdessä",
        "koko",
        "päivä",
    ]
    assert "title in fi cut to 120 characters" in imported.said


def test_lead_is_the_first_sentences_where_the_source_has_none(imported):
    page = imported("zoom", description={"fi": "Tule mukaan. " + "Juttelemme. " * 40})

    text = page.texts.get()
    assert text.lead.startswith("Tule mukaan. Juttelemme.")
    assert text.lead.endswith("Juttelemme.")
    assert len(text.lead) <= 250


def test_only_swedish_text_though_the_name_is_in_finnish_too(imported):
    page = imported("vain-ruotsiksi")

    assert [text.language for text in page.texts.all()] == ["sv"]
    assert page.main_language == "sv"
    assert page.title == "Läsecirkeln"
    assert page.spoken_languages == ["sv"]
    assert "only a name in fi: no text" in imported.said


def test_event_without_a_text_in_our_languages_is_skipped(run, listed_events):
    item = listed_events["talkoot"] | {
        "name": {"ru": "Берег"},
        "short_description": {"ru": "Вместе"},
    }

    said = run(item)

    assert "no text in Finnish, Swedish or English (only ru)" in said
    assert not ImportedEvent.objects.exists()


def test_spoken_languages_are_kept_and_unknown_ones_told(imported):
    page = imported("perhekahvila")

    assert page.spoken_languages == ["fi", "sv"]
    assert "spoken languages left out: zh-hans" in imported.said


def test_languages_that_name_different_times_are_reported(imported):
    page = imported(
        "kaksi-hintaa",
        name={"fi": "Ruokakurssi", "sv": "Matkurs"},
        short_description={"fi": "Alkaa klo 17.", "sv": "Börjar kl. 18."},
    )

    assert local(page.occurrences.get().starts_at).date() == on(8).date()
    assert "its languages name different clock times" in imported.said


# Marks in titles, states


@pytest.mark.parametrize(
    ("key", "title"), [("jumppa-peruttu", "Tuolijumppa"), ("sprakcafe", "Språkcafé")]
)
def test_cancelled_in_the_title_cancels_the_date_and_leaves_the_name(
    imported, key, title
):
    page = imported(key)

    assert page.title == title
    assert page.live
    assert [date.is_cancelled for date in coming(page)] == [True]
    assert "cancelled: 1 coming dates" in imported.said


@pytest.mark.parametrize(
    ("name", "title", "cancelled"),
    [
        ("Peruutettu – Tuolijumppa", "Tuolijumppa", True),
        ("Tuolijumppa (PERUTTU!)", "Tuolijumppa", True),
        ("Tuolijumppa - peruutettu", "Tuolijumppa", True),
        ("*** CANCELLED *** Tuolijumppa", "Tuolijumppa", True),
        ("Peruutettu matka: kuluttajan oikeudet", "", False),
        ("Näin peruutettu reissu muuttui iloksi", "", False),
    ],
)
def test_title_marks_are_told_from_titles(imported, name, title, cancelled):
    page = imported("talkoot", name={"fi": name})

    assert page.title == (title or name)
    assert all(date.is_cancelled == cancelled for date in coming(page))


def test_cancelled_status_cancels_and_a_source_that_takes_it_back_is_followed(imported):
    page = imported("kaksi-hintaa")
    assert [date.is_cancelled for date in coming(page)] == [False]

    page = imported("kaksi-hintaa", event_status="https://schema.org/EventCancelled")
    assert [date.is_cancelled for date in coming(page)] == [True]

    page = imported("kaksi-hintaa", event_status="EventScheduled")
    assert [date.is_cancelled for date in coming(page)] == [False]
    assert "1 dates are no longer cancelled or moved in the source" in imported.said


def test_cancellation_made_here_survives_every_import(imported):
    page = imported("kaksi-hintaa")
    start = page.occurrences.get().original_start
    page.occurrence_changes.create(original_start=start, kind="cancelled")

    page = imported("kaksi-hintaa", short_description={"fi": "Uusi kuvaus."})

    assert page.texts.get().lead == "Uusi kuvaus."
    assert [date.is_cancelled for date in coming(page)] == [True]


def test_draft_is_saved_unpublished(imported):
    page = imported("luonnos")
    other = imported("talkoot", publication_status="draft")

    assert (page.title, page.live) == ("Kirjoituspiiri", False)
    assert not other.live
    assert "new, unpublished: Rantatalkoot" in imported.said
    assert not SearchRow.objects.exists()


def test_live_event_that_becomes_a_draft_goes_off_the_site_and_comes_back(imported):
    assert imported("talkoot").live

    assert not imported("talkoot", publication_status="draft").live
    assert not SearchRow.objects.exists()

    assert imported("talkoot").live
    assert SearchRow.objects.count() == 1


def test_postponed_event_is_live_without_dates(imported):
    page = imported("siirtynyt")

    assert page.live
    assert not page.occurrences.exists()
    assert "postponed: shown without a date" in imported.said


def test_event_without_any_date_is_skipped(run, listed_events):
    said = run(listed_events["siirtynyt"] | {"event_status": "EventScheduled"})

    assert "it has no date and is not postponed" in said
    assert not EventPage.objects.exists()


# Dates


def test_dates_are_kept_in_helsinki_time(imported):
    page = imported(
        "kaksi-hintaa",
        start_time="2026-10-20T11:00:00Z",
        end_time="2026-10-20T12:30:00Z",
    )

    extra = page.extra_dates.get()
    assert local(extra.starts_at) == datetime(2026, 10, 20, 14)
    assert local(extra.ends_at) == datetime(2026, 10, 20, 15, 30)


def test_exhibition_of_decades_is_clipped_to_whole_days_from_today(imported):
    page = imported("avoin-pihapiiri")

    today = timezone.localdate()
    extra = page.extra_dates.get()
    assert extra.is_all_day
    assert local(extra.starts_at).date() == today
    assert local(extra.ends_at) == datetime.combine(today, time(0)) + timedelta(366)
    assert len(coming(page)) == 1
    assert "lasts 2001-01-01 to 2050-12-31: taken as whole days" in imported.said


def test_clipped_exhibition_goes_on_when_its_year_is_running_out(imported, run):
    page = imported("avoin-pihapiiri")
    page.occurrences.update(over_at=timezone.now() + timedelta(days=100))

    imported("avoin-pihapiiri")

    assert "changed: Avoin pihapiiri" in imported.said


def test_exhibition_of_some_months_keeps_its_last_day(imported):
    first, last = on(10).date(), on(90).date()
    page = imported("talkoot", start_time=first.isoformat(), end_time=last.isoformat())

    extra = page.extra_dates.get()
    assert local(extra.starts_at).date() == first
    assert local(extra.ends_at).date() == last + timedelta(days=1)


def test_end_in_a_year_no_calendar_has_is_clipped(imported):
    page = imported("talkoot", end_time="9999-12-31T21:59:59Z")

    assert local(page.extra_dates.get().ends_at).date() == on(10 + 366).date()


def test_end_before_the_start_is_left_out(imported):
    page = imported("kaksi-hintaa", end_time="2020-01-01T10:00:00Z")

    assert page.extra_dates.get().ends_at is None
    assert "end left out: it is before the start" in imported.said


def test_bare_dates_are_whole_days_in_helsinki(imported):
    page = imported("talkoot")

    extra = page.extra_dates.get()
    assert extra.is_all_day
    assert local(extra.starts_at) == on(10, "00:00")
    assert local(extra.ends_at) == on(13, "00:00")  # the last day included
    assert page.kind == "volunteering"


def test_start_without_an_end_lasts_the_day(imported):
    occurrence = imported("ilman-hintatietoa").occurrences.get()

    assert occurrence.ends_at is None
    assert local(occurrence.over_at) == on(9, "00:00")


def test_past_event_is_kept_as_ended(imported):
    page = imported("mennyt")

    assert page.live
    assert EventState.objects.get(event=page).ended_on == date(2025, 3, 30)
    assert page.occurrences.count() == 1
    assert not SearchRow.objects.exists()


def test_ended_event_that_gets_a_new_date_is_back_in_the_index(imported):
    imported("mennyt")

    page = imported("mennyt", start_time=on(5).isoformat(), end_time=None)

    assert EventState.objects.get(event=page).ended_on is None
    assert SearchRow.objects.filter(event=page).exists()


def test_event_that_was_ended_here_stays_ended(imported):
    page = imported("kaksi-hintaa")
    EventState.objects.create(event=page, ended_on=date(2026, 1, 31))

    imported("kaksi-hintaa", short_description={"fi": "Uusi kuvaus."})

    assert EventState.objects.get(event=page).ended_on == date(2026, 1, 31)
    assert "ended here on 2026-01-31: left so" in imported.said


# Price and joining


@pytest.mark.parametrize(
    "price", ["0", "0€", "0 €", "0,00 €", "Ilmainen", "maksuton.", "Vapaa pääsy"]
)
def test_price_of_nothing_is_free_and_said_so(imported, price):
    offers = [{"is_free": False, "price": {"fi": price}}]
    page = imported("talkoot", offers=offers)

    assert page.is_free is True
    assert page.texts.get().price == ""
    assert "said to cost: taken as free" in imported.said


@pytest.mark.parametrize(
    ("offers", "is_free", "price"),
    [
        ([], None, ""),
        (None, None, ""),
        ([{"is_free": True, "price": {"fi": ""}, "description": {"fi": ""}}], True, ""),
        ([{"is_free": False, "price": {"fi": "12€/20€"}}], False, "12€/20€"),
        ([{"is_free": True, "price": {"fi": "5 €"}}], None, "5 €"),
        (
            [
                {"is_free": False, "price": {"fi": "8 €"}},
                {"is_free": True, "description": {"fi": "Lapset ilmaiseksi"}},
            ],
            False,
            "8 € / Lapset ilmaiseksi",
        ),
    ],
)
def test_offers_claim_no_more_than_they_say(imported, offers, is_free, price):
    page = imported("talkoot", offers=offers)

    assert page.is_free is is_free
    assert page.texts.get().price == price


def test_closed_registration_is_kept_and_told(imported):
    page = imported("ilmoittautuminen-ohi")

    assert page.sign_up == "required"
    assert page.sign_up_until == on(-2 + 1).date()  # 22.30 UTC is the next day here
    assert page.capacity == 12
    assert page.contact_phone == "+358 50 765 4321"
    assert page.live
    assert "registration closed on" in imported.said


def test_event_without_a_phone_route_is_saved_unpublished(imported):
    page = imported("ei-puhelinta")

    assert not page.live
    assert page.contact_phone == ""
    assert not page.is_walk_in
    assert "no phone route" in imported.said
    assert "without a phone route, saved unpublished" in imported.said


def test_event_without_registration_and_number_is_walk_in(imported):
    page = imported("talkoot")

    assert page.is_walk_in
    assert page.live


def test_restriction_to_card_holders_is_kept_in_words_and_told(imported):
    page = imported("kortilla")

    assert page.texts.get().lead == "Kerho on vain esimerkkikortin haltijoille."
    assert "it is only for members or card holders" in imported.said


def test_ages_and_contact_come_from_the_source(imported):
    page = imported("perhekahvila")

    assert (page.min_age, page.max_age) == (None, 6)
    assert page.contact_phone == "044 123 4567"
    assert page.contact_email == "kahvila@example.org"
    assert not page.is_walk_in


# Place


def test_venue_is_made_once_with_its_town_and_coordinates(imported):
    venue = imported("perhekahvila").venue
    again = imported("molemmat").venue

    assert venue == again
    assert Venue.objects.count() == 1
    assert (venue.latitude, venue.longitude) == (60.466, 26.945)
    assert venue.municipality.key == "kotka"
    assert venue.street_address == "Esimerkkikatu 5"
    assert venue.locality == ""


def test_venue_follows_its_source_until_somebody_edits_it_here(
    imported, listed_events, administrator
):
    place = listed_events["perhekahvila"]["location"]
    imported("perhekahvila")

    moved = place | {"street_address": {"fi": "Uusikatu 1"}}
    assert imported("perhekahvila", location=moved).venue.street_address == "Uusikatu 1"

    log(Venue.objects.get(), "wagtail.edit", user=administrator)
    moved = place | {"street_address": {"fi": "Väärä katu 9"}}
    assert imported("perhekahvila", location=moved).venue.street_address == "Uusikatu 1"


@pytest.mark.parametrize(
    ("fields", "town", "locality"),
    [
        ({"divisions": []}, "kotka", ""),
        ({"divisions": [], "address_locality": {"fi": "Karhula"}}, "kotka", "Karhula"),
        (
            {
                "divisions": [
                    {"type": "muni", "ocd_id": "ocd-division/country:fi/kunta:helsinki"}
                ],
                "address_locality": {"fi": "Helsinki"},
            },
            None,
            "Helsinki",
        ),
        (
            {
                "divisions": [],
                "address_locality": {"fi": "Lappeenranta"},
                "postal_code": "53100",
            },
            None,
            "Lappeenranta",
        ),
        ({"divisions": [], "address_locality": {"sv": "Fredrikshamn"}}, "hamina", ""),
    ],
)
def test_municipality_by_division_town_or_postal_code(
    imported, listed_events, fields, town, locality
):
    place = listed_events["perhekahvila"]["location"] | fields

    venue = imported("perhekahvila", location=place).venue

    assert (venue.municipality.key if venue.municipality else None) == town
    assert venue.locality == locality
    assert ("outside the county" in imported.said) == (town is None)


def test_deleted_place_gives_way_to_its_successor(imported):
    page = imported("muuttanut")

    assert str(page.venue) == "Käpylän esimerkkitalo"


def test_place_that_is_only_named_is_not_taken(run, listed_events, page_of):
    said = run(listed_events["molemmat"])

    assert page_of("esimerkki:molemmat").venue is None
    assert "its place esimerkki:10 is only named in the source: not taken" in said


@pytest.mark.parametrize(
    ("key", "attendance"),
    [("verkkoluento", "online"), ("zoom", "online"), ("molemmat", "mixed")],
)
def test_remote_events_are_known_by_place_or_words(imported, key, attendance):
    page = imported(key)

    assert page.attendance == attendance
    assert (page.venue is not None) == (attendance == "mixed")
    if key == "zoom":
        assert page.online_url == "https://zoom.us/j/123456789"


def test_registering_online_does_not_make_a_group_remote(imported):
    page = imported("molemmat", short_description={"fi": "Ilmoittaudu verkossa."})

    assert page.attendance == "on-site"


def test_coordinates_that_are_none_are_left_out(imported, listed_events):
    for pair in ([385000, 6672000], ["26", None], []):
        place = listed_events["perhekahvila"]["location"] | {
            "position": {"type": "Point", "coordinates": pair}
        }
        assert imported("perhekahvila", location=place).venue.latitude is None


# Topics and organisers


def test_audience_and_keywords_give_target_groups_and_goals(imported):
    families = imported("perhekahvila")
    assert "children-families" in families.target_groups.values_list("key", flat=True)
    assert [goal.key for goal in families.goals.all()] == ["meaningful-life"]
    assert "no keyword of a goal: listed under meaningful-life" in imported.said

    dancing = imported("avainsana")  # its old keyword is replaced by yso:p916
    assert [goal.key for goal in dancing.goals.all()] == ["healthy-habits"]
    assert dancing.themes.exists()


def test_organisation_is_made_once_and_known_by_its_name(imported):
    imported("perhekahvila")
    page = imported("talkoot", provider={"fi": "Esimerkkiperheet ry"})

    assert page.organisers.get() == Organisation.objects.get()
    assert Organisation.objects.get().kind == "association"


# Families


def test_parent_and_children_are_one_event_and_a_cancelled_child_one_cancelled_date(
    run, payload, page_of
):
    said = run(payload("linked_events_family.json"))

    page = page_of("esimerkki:jooga")
    assert EventPage.objects.get() == page
    assert page.kind == "group"
    assert [local(day.starts_at).date() for day in coming(page)] == [
        on(7).date(), on(14).date(), on(21).date(),
    ]  # fmt: skip
    assert [day.is_cancelled for day in coming(page)] == [False, True, False]
    assert "1 of its 4 dates are only named in the source" in said
    assert "Read 1, of which taken 1:" in said


def test_children_once_taken_alone_become_dates_of_the_parent(run, payload, page_of):
    family = json.loads(payload("linked_events_family.json"))
    run(family[1:])
    assert EventPage.objects.live().count() == 2

    said = run(family)

    assert list(EventPage.objects.live()) == [page_of("esimerkki:jooga")]
    assert "esimerkki:jooga-3 is a date of this now: taken off" in said


def test_child_that_leaves_the_family_takes_its_date_along(run, payload, page_of):
    family = json.loads(payload("linked_events_family.json"))
    run(family)

    family[2]["deleted"] = True
    run(family)

    assert len(coming(page_of("esimerkki:jooga"))) == 2


def test_parent_without_known_children_is_told(run, payload, page_of):
    parent = json.loads(payload("linked_events_family.json"))[0]
    parent["sub_events"] = parent["sub_events"][1:]

    said = run(parent)

    assert len(coming(page_of("esimerkki:jooga"))) == 1
    assert "only the first date of the series is known" in said


def test_children_of_an_umbrella_stay_events(run, listed_events, page_of):
    umbrella, child = listed_events["viikko"], listed_events["viikon-avajaiset"]

    run([umbrella | {"sub_events": [child]}])

    assert EventPage.objects.get() == page_of("esimerkki:viikon-avajaiset")


# Gone, and twice


def test_deleted_event_goes_off_the_site(imported, run, listed_events):
    page = imported("talkoot")

    said = run(listed_events["talkoot"] | {"deleted": True})

    page.refresh_from_db()
    assert not page.live
    assert "taken off the site: Rantatalkoot" in said
    assert not SearchRow.objects.exists()

    assert imported("talkoot").live


def test_successor_takes_over_the_page_of_a_replaced_event(
    imported, run, listed_events, page_of
):
    page = imported("talkoot")
    old = listed_events["talkoot"] | {"replaced_by": "esimerkki:uudet-talkoot"}
    new = listed_events["talkoot"] | {
        "id": "esimerkki:uudet-talkoot",
        "name": {"fi": "Uudet rantatalkoot"},
    }

    said = run([new, old])

    successor = page_of("esimerkki:uudet-talkoot")
    assert (successor.pk, successor.slug) == (page.pk, page.slug)
    assert successor.title == "Uudet rantatalkoot"
    assert "its page is now that of esimerkki:uudet-talkoot" in said


@pytest.mark.parametrize("in_one_run", [True, False])
def test_same_event_from_two_sources_is_told_and_not_merged(
    run, listed_events, in_one_run
):
    item = listed_events["perhekahvila"]
    twin = item | {"id": "toinen:77", "data_source": "toinen"}

    if in_one_run:
        said = run([item, twin])
    else:
        run([item])
        said = run([twin])

    assert EventPage.objects.count() == 2
    assert "possible duplicate of esimerkki:perhekahvila (esimerkki)" in said
    assert set(EventPage.objects.values_list("slug", flat=True)) == {
        "perhekahvila-kapyla",
        "perhekahvila-kapyla-2",
    }


def test_event_listed_twice_is_taken_once_as_it_was_last(run, listed_events, page_of):
    old, new = (
        listed_events["talkoot"],
        listed_events["talkoot"]
        | {
            "name": {"fi": "Talkoot uudella nimellä"},
            "last_modified_time": "2026-11-01T10:00:00Z",
        },
    )

    run([new, old | {"last_modified_time": "2026-10-01T10:00:00Z"}])

    assert page_of("esimerkki:talkoot").title == "Talkoot uudella nimellä"


# Nonsense


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Talkoot pelkkänä tekstinä"},
        {"offers": "ilmainen", "keywords": {}, "audience": "x", "in_language": None},
        {"location": "internet", "provider": ["x"], "provider_contact_info": 5},
        {"audience_min_age": 10**30, "audience_max_age": -1},
        {"maximum_attendee_capacity": 10**12},
        {"audience_min_age": 60, "audience_max_age": 20},
        {"short_description": {"fi": None}, "description": {"fi": ["x"]}},
        {"external_links": [1], "registration": {"signup_url": "x"}},
        {"sub_events": "x", "super_event": 5},
        {"info_url": {"fi": "javascript:alert(1)"}},
        {"id": "x" * 400},
        {"last_modified_time": 5, "data_source": None},
    ],
)
def test_fields_of_wrong_shape_are_left_out_and_the_event_is_taken(
    run, listed_events, fields
):
    said = run([listed_events["talkoot"] | fields, listed_events["kaksi-hintaa"]])

    assert EventPage.objects.count() == 2
    assert "     2  new" in said


@pytest.mark.parametrize(
    "start", ["huomenna", "2026-13-45", "0001-01-01T00:00:00Z", 5, {"x": 1}]
)
def test_date_that_is_none_skips_only_its_event(run, listed_events, start):
    said = run(
        [
            listed_events["talkoot"] | {"start_time": start},
            listed_events["kaksi-hintaa"],
        ]
    )

    assert EventPage.objects.count() == 1
    assert "skipped: Rantatalkoot" in said


def test_refused_event_leaves_nothing_behind(run, listed_events, monkeypatch):
    """An error at the very end of writing undoes venue, organisation and page."""
    item = listed_events["perhekahvila"]

    def fail(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("events.importing.writer.write_state", fail)
    said = run([item])

    assert "refused: Perhekahvila Käpylä" in said
    assert not EventPage.objects.exists()
    assert not Venue.objects.exists()
    assert not Organisation.objects.exists()
    assert not ImportedEvent.objects.exists()
