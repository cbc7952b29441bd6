"""Drafts: what is typed is kept at once, right or wrong."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from home.languages import current_language

from .. import seen
from ..models import Contact, EventPage, Organisation, ScheduleRule, Submission
from .access import organisations_of
from .fields import TEXT_LANGUAGES
from .known_places import typed_venue
from .plain_text import plain_from_rich
from .steps import ORDER, STEPS, WhenStep
from .when_forms import local_parts, repeat_value

CONTROLS = {"csrfmiddlewaretoken", "go", "add", seen.FIELD}
"""Buttons and the like: no part of what was typed."""
LONGEST = 10_000
"""Letters of a field: some are looked up, and SQLite takes no longer ones."""
LONG_TEXTS = ("body_", "first_visit_")
LONGEST_TEXT = 50_000
"""What is too long for the form is kept all the same, and refused there."""
MOST_FIELDS = 1000
MOST_VALUES = 60
NAME = re.compile(r"[a-zA-Z][\w-]{0,80}", re.ASCII)
"""Of a field of ours."""
MOST_LETTERS = 200_000
"""Of a step: far more than anybody writes, far less than would fill a disk."""


def typed_from(data: QueryDict) -> dict[str, list[str]]:
    """Cut where nobody could have typed it by hand."""
    typed, left = {}, MOST_LETTERS
    for name in list(data)[:MOST_FIELDS]:
        if name in CONTROLS or not NAME.fullmatch(name):
            continue
        longest = LONGEST_TEXT if name.startswith(LONG_TEXTS) else LONGEST
        values = [
            storable(value[:longest]) for value in data.getlist(name)[:MOST_VALUES]
        ]
        left -= sum(map(len, values))
        if left >= 0:
            typed[name] = values
    return typed


def is_overtaken(submission: Submission, step: str, data: QueryDict) -> bool:
    """A colleague has saved something else. What was sent twice is the same."""
    mark = data.get(seen.FIELD, "")
    return seen.is_overtaken(mark, STEPS[step](submission).stored) and (
        typed_from(data) != submission.typed_in(step)
    )


def keep(submission: Submission, step: str, data: QueryDict) -> None:
    typed = typed_from(data)
    submission.typed = {**submission.typed, step: typed}
    submission.save(update_fields=["typed", "saved_at"])


def storable(value: str) -> str:
    """PostgreSQL stores no NUL, and no half of a surrogate pair."""
    plain = value.replace("\x00", "")
    return plain.encode("utf-8", "ignore").decode()


def add_row(submission: Submission, prefix: str) -> None:
    """One more empty row, if there is room. Those that were removed make room."""
    formset = WhenStep(submission).formsets[prefix]
    before = submission.typed_in("when")
    typed = {
        name: values
        for name, values in before.items()
        if not name.startswith(f"{prefix}-")
    }
    places = [f"{form.prefix}-" for form in formset.staying]
    for number, place in enumerate(places):
        typed |= {
            f"{prefix}-{number}-{name.removeprefix(place)}": values
            for name, values in before.items()
            if name.startswith(place)
        }
    typed[f"{prefix}-TOTAL_FORMS"] = [str(len(places) + formset.has_room)]
    typed[f"{prefix}-INITIAL_FORMS"] = ["0"]
    submission.typed = {**submission.typed, "when": typed}
    submission.save(update_fields=["typed", "saved_at"])


def new_draft(contact: Contact, typed: dict[str, Any] | None = None) -> Submission:
    return Submission.objects.create(
        contact=contact, language=current_language(), typed=typed or {}
    )


@transaction.atomic
def change_of(event: EventPage, contact: Contact) -> Submission:
    """What is open or waits for the group, or a new change of it.

    The group is locked first: two who press at once get the same one.
    """
    event = as_known(EventPage.objects.locked().get(pk=event.pk))
    if existing := Submission.objects.unfinished().filter(event=event.pk).first():
        return existing
    organisers = [each.pk for each in event.organisers.all()]
    organisation = organisations_of(contact).filter(pk__in=organisers).first()
    return Submission.objects.create(
        contact=contact,
        organisation=organisation,
        event=event,
        image=event.image,
        is_change=has_been_public(event),
        language=current_language(),
        typed=(
            typed_of(event)
            if has_been_public(event)
            else typed_anew(event, organisation)
        ),
        typed_before=snapshot_of(event),
    )


def as_known(event: EventPage) -> EventPage:
    """Of a group that was never public the row is old: all is in its revisions."""
    if has_been_public(event) or event.latest_revision is None:
        return event
    return event.get_latest_revision_as_object()


def has_been_public(event: EventPage) -> bool:
    return event.live or event.first_published_at is not None


def draft_of(
    event: EventPage, contact: Contact, organisation: Organisation
) -> Submission:
    """A new group like another one; the one before stays as it is."""
    return Submission.objects.create(
        contact=contact,
        organisation=organisation,
        image=event.image,
        language=current_language(),
        typed=typed_anew(event, organisation),
    )


def typed_anew(event: EventPage, organisation: Organisation | None) -> dict[str, Any]:
    """A group that is not public yet is asked whose it is."""
    typed = typed_of(event)
    typed["what"]["organisation"] = [str(organisation.name) if organisation else ""]
    return typed


@transaction.atomic
def anew(submission: Submission, contact: Contact) -> Submission:
    """Of what was refused, to be written better and sent again."""
    event = submission.event
    if event:
        event = as_known(EventPage.objects.locked().get(pk=event.pk))
        known = Submission.objects.unfinished().filter(event=event.pk).first()
        if known:
            return known
    return Submission.objects.create(
        contact=contact,
        organisation=submission.organisation,
        made_organisation=submission.made_organisation,
        event=submission.event,
        venue=submission.venue,
        image=submission.image,
        is_change=submission.is_change,
        language=current_language(),
        typed=submission.typed,
        # Not as the group stands now: what staff have mended since is to be followed.
        typed_before=submission.typed_before if event else {},
    )


def another_place(submission: Submission, contact: Contact) -> Submission:
    """The same group once more, but for where it meets. A change does not say whose
    group it is."""
    typed = {step: submission.typed_in(step) for step in ORDER if step != "where"}
    if submission.is_change and submission.organisation:
        name = str(submission.organisation.name)
        typed["what"] = {**typed["what"], "organisation": [name]}
    return Submission.objects.create(
        contact=contact,
        organisation=submission.organisation,
        image=submission.image,
        language=current_language(),
        typed=typed,
    )


def snapshot_of(event: EventPage) -> dict[str, Any]:
    """What `typed_of` gives, with the keys of the picture and the place: to tell later
    what has changed since."""
    venue = event.shown_venue
    return {
        **typed_of(event),
        "image": event.image_id,
        "venue": venue.pk if venue else None,
    }


def typed_of(event: EventPage) -> dict[str, dict[str, list[str]]]:
    """A group as if it had just been typed."""
    return {
        "what": typed_what(event),
        "when": typed_when(event),
        "where": typed_where(event),
        "whom": typed_whom(event),
    }


def typed_what(event: EventPage) -> dict[str, list[str]]:
    main = event.main_language
    typed = {
        "kind": [event.kind],
        "main_language": [main if main in TEXT_LANGUAGES else TEXT_LANGUAGES[0]],
    }
    for text in event.texts.all():
        typed[f"title_{text.language}"] = [text.title]
        typed[f"lead_{text.language}"] = [text.lead]
        typed[f"body_{text.language}"] = [plain_from_rich(text.body)]
    return typed


def typed_when(event: EventPage) -> dict[str, list[str]]:
    typed = {"pauses": list(event.pauses)}
    rows: dict[str, list[Mapping[str, list[str]]]] = {
        "rule": [typed_rule(rule) for rule in event.rules.all()],
        "date": [typed_date(row) for row in event.extra_dates.all()],
        "break": [
            {
                "start_date": [row.start_date.isoformat()],
                "end_date": [row.end_date.isoformat()],
                "reason": [row.reason.in_language(event.main_language)],
            }
            for row in event.breaks.all()
        ],
    }
    for prefix, found in rows.items():
        typed[f"{prefix}-TOTAL_FORMS"] = [str(len(found))]
        typed[f"{prefix}-INITIAL_FORMS"] = ["0"]
        for number, row in enumerate(found):
            for name, values in row.items():
                typed[f"{prefix}-{number}-{name}"] = values
    return typed


def typed_rule(rule: ScheduleRule) -> dict[str, list[str]]:
    return {
        "repeats": [repeat_value(rule)],
        "weekdays": [str(day) for day in rule.weekdays],
        "start_time": [f"{rule.start_time:%H:%M}"],
        "end_time": [f"{rule.end_time:%H:%M}" if rule.end_time else ""],
        "start_date": [rule.start_date.isoformat()],
        "end_date": [rule.end_date.isoformat() if rule.end_date else ""],
        "count": [str(rule.count or "")],
    }


def typed_date(row: Any) -> dict[str, list[str]]:
    day, start = local_parts(row.starts_at)
    end_day, end = local_parts(last_moment(row)) if row.ends_at else ("", "")
    return {
        "day": [day],
        "start_time": ["" if row.is_all_day else start],
        "end_time": ["" if row.is_all_day else end],
        "end_day": ["" if end_day == day else end_day],
    }


def last_moment(row: Any) -> datetime:
    """Whole days may end where the next one begins."""
    if not row.is_all_day:
        return row.ends_at
    return max(row.starts_at, row.ends_at - timedelta(minutes=1))


def typed_where(event: EventPage) -> dict[str, list[str]]:
    typed = {
        "attendance": [event.attendance],
        "online_url": [event.online_url],
        "is_address_protected": ["on"] if event.is_address_protected else [],
        "municipality": [str(event.municipality_id or "")],
        **typed_venue(event.shown_venue),
    }
    for text in event.texts.all():
        typed[f"place_note_{text.language}"] = [text.place_note]
    return typed


def typed_whom(event: EventPage) -> dict[str, list[str]]:
    typed = {
        "goals": [str(goal.pk) for goal in event.goals.all()],
        "target_groups": [str(group.pk) for group in event.target_groups.all()],
        "spoken_languages": list(event.spoken_languages),
        "sign_up_until": [
            event.sign_up_until.isoformat() if event.sign_up_until else ""
        ],
        "image_alt": [event.image_alt],
        "image_credit": [event.image.credit if event.image else ""],
        "image_rights": ["on"] if event.image else [],
    }
    for name in ("min_age", "max_age", "capacity"):
        value = getattr(event, name)
        typed[name] = ["" if value is None else str(value)]
    for name in (
        *("sign_up", "sign_up_url", "openness", "contact_phone", "contact_name"),
        *("contact_hours", "contact_email", "buddy_phone"),
    ):
        typed[name] = [getattr(event, name)]
    for name in ("referral_needed", "is_walk_in", "is_sensitive"):
        typed[name] = ["on"] if getattr(event, name) else []
    for name in ("is_free", *EventPage.FIRST_VISIT_FACTS):
        typed[name] = [
            {True: "true", False: "false"}.get(getattr(event, name), "unknown")
        ]
    for text in event.texts.all():
        typed[f"price_{text.language}"] = [text.price]
        typed[f"sign_up_info_{text.language}"] = [text.sign_up_info]
        typed[f"first_visit_{text.language}"] = [plain_from_rich(text.first_visit)]
    return typed
