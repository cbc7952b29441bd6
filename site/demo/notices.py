"""The accessibility statement, and an alert that has ended: what staff begin with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.models import Alert, Statement, StatementFault, StatementTest

from .content import read
from .records import once


def make_statement() -> None:
    """Not where somebody has begun one already."""
    if not Statement.objects.exists():
        once("statement", statement_of_content)


def statement_of_content() -> Statement:
    values: dict[str, Any] = read("statement.toml")
    faults, tests = values.pop("faults"), values.pop("tests")
    statement = Statement(**values)
    statement.faults = [
        StatementFault(sort_order=place, **fault) for place, fault in enumerate(faults)
    ]
    statement.tests = [
        StatementTest(sort_order=place, **test) for place, test in enumerate(tests)
    ]
    statement.save()
    return statement


def make_ended_alert() -> None:
    once("alert/ended", ended_alert)


def ended_alert() -> Alert:
    now = timezone.now()
    return Alert.objects.create(
        level=Alert.Level.INFO,
        title={
            "fi": "Esimerkki: palvelussa oli huoltokatko",
            "sv": "Exempel: tjänsten hade ett serviceavbrott",
            "en": "Example: the service was down for maintenance",
        },
        text={
            "fi": "Huolto on tehty, ja sivusto toimii taas.",
            "sv": "Servicen är gjord och webbplatsen fungerar igen.",
            "en": "The maintenance is done and the site works again.",
        },
        starts_at=now - timedelta(days=2),
        ends_at=now - timedelta(days=1),
    )
