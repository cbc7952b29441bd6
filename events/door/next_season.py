"""A group copied for its next season by its organisation: a draft with new days."""

from django.db import transaction

from ..models import Contact, EventPage, Submission
from ..staff.season_forms import SeasonForm
from .access import organisations_of, submissions_of
from .drafts import draft_of, typed_rule

STAYS_BEHIND = ("date", "break")
"""Rows of single days: those of the last season are over."""


def draft_known(event: EventPage, contact: Contact) -> Submission | None:
    """That they have begun already, they or somebody else who acts for the group."""
    drafts = submissions_of(contact).open()
    found: Submission | None = drafts.filter(previous_season=event).first()
    return found


@transaction.atomic
def draft_of_season(form: SeasonForm, contact: Contact) -> Submission:
    event = form.event
    organisation = organisations_of(contact).filter(events=event)[0]
    draft = draft_of(event, contact, organisation)
    draft.typed["when"] = when_of(draft.typed["when"], form)
    draft.typed["whom"]["sign_up_until"] = [""]
    draft.previous_season = event
    draft.save(update_fields=["typed", "previous_season"])
    return draft


def when_of(typed: dict[str, list[str]], form: SeasonForm) -> dict[str, list[str]]:
    kept = {
        name: values
        for name, values in typed.items()
        if not name.startswith(tuple(f"{prefix}-" for prefix in STAYS_BEHIND))
    }
    for prefix in STAYS_BEHIND:
        kept |= {f"{prefix}-TOTAL_FORMS": ["0"], f"{prefix}-INITIAL_FORMS": ["0"]}
    for number, rule_form in enumerate(form.rules):
        rule = typed_rule(rule_form.moved())
        kept |= {f"rule-{number}-{name}": values for name, values in rule.items()}
    return kept
