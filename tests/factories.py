"""The plainest valid object of each kind. What a test talks about it says itself."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from events.models import (
    EventIndexPage,
    EventPage,
    EventText,
    ExtraDate,
    Organisation,
    ScheduleRule,
    Venue,
)
from guides.models import (
    CustomerPathPage,
    GuideIndexPage,
    GuidePage,
    ProgrammePage,
    ProgrammePartPage,
    Queue,
    QueuePage,
    SelfAssessmentPage,
    ServicePage,
)
from home.models import (
    Alert,
    CrisisContact,
    Goal,
    GoalPage,
    HomePage,
    Municipality,
    ReviewPerson,
    StandardPage,
)

numbers = count(1)

GUIDE_SLUGS = {"fi": "oppaat", "sv": "guider", "en": "guides", "fi-simple": "ohjeet"}
TEXT_BLOCK = {"type": "text", "value": "<h2>Väliotsikko</h2><p>Leipätekstiä.</p>"}


def make_locales() -> dict[str, Locale]:
    return {
        code: Locale.objects.get_or_create(language_code=code)[0]
        for code, _name in settings.LANGUAGES
    }


def make_homes(locales: dict[str, Locale]) -> dict[str, HomePage]:
    # A test in transactions of its own leaves no pages, not even the migrations' root.
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root"))
    homes: dict[str, HomePage] = {}
    for language, locale in locales.items():
        twin = homes.get("fi")
        homes[language] = root.add_child(
            instance=HomePage(
                title="Hyvä arki",
                slug=f"home-{language}",
                locale=locale,
                heading="Pieni askel kerrallaan",
                goals_heading="Tavoitteet",
                groups_heading="Ryhmät",
                guides_heading="Oppaat",
                crisis_heading="Apua heti",
                **({"translation_key": twin.translation_key} if twin else {}),
            )
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": homes["fi"]},
    )
    return homes


def make_event_indexes(homes: dict[str, HomePage]) -> dict[str, EventIndexPage]:
    indexes: dict[str, EventIndexPage] = {}
    for language, home in homes.items():
        indexes[language] = home.add_child(
            instance=EventIndexPage(
                title="Ryhmät ja tapahtumat",
                lead="Ryhmiä lähelläsi.",
                locale=home.locale,
                show_in_menus=True,
                **twin_of(indexes.get("fi")),
            )
        )
    return indexes


def make_guide_indexes(homes: dict[str, HomePage]) -> dict[str, GuideIndexPage]:
    indexes: dict[str, GuideIndexPage] = {}
    for language, home in homes.items():
        indexes[language] = home.add_child(
            instance=GuideIndexPage(
                title="Oppaat",
                slug=GUIDE_SLUGS[language],
                lead="Oppaita arkeen.",
                locale=home.locale,
                show_in_menus=True,
                **twin_of(indexes.get("fi")),
            )
        )
    return indexes


def make_alert(words: str = "", **fields: Any) -> Alert:
    """On the whole site, begun an hour ago and over in an hour."""
    now = timezone.now()
    return Alert.objects.create(
        **{
            "title": {"fi": words or f"Häiriö {next(numbers)}"},
            "starts_at": now - timedelta(hours=1),
            "ends_at": now + timedelta(hours=1),
        }
        | fields
    )


def twin_of(page: Page | None) -> dict[str, Any]:
    return {"translation_key": page.translation_key} if page else {}


def goal(key: str = "healthy-habits") -> Goal:
    """One of the four: they come with the migrations."""
    return Goal.objects.get(key=key)


def town(key: str = "kotka") -> Municipality:
    return Municipality.objects.get(key=key)


def guidance_fields(**fields: Any) -> dict[str, Any]:
    number = next(numbers)
    return {
        "title": f"Opas {number}",
        "slug": f"opas-{number}",
        "lead": "Kaksi lyhyttä virkettä.",
        "body": [TEXT_BLOCK],
        "content_owner": "HYTE-tiimi",
        "reviewer": "Esimerkkitarkastaja, terveydenhoitaja",
        "last_reviewed": date(2026, 11, 2),
        "next_review": date(2027, 11, 2),
    } | fields


def make_guidance(
    model: type, index: Page, goals: list[Goal] | None = None, **fields: Any
) -> Any:
    page = model(locale=index.locale, **guidance_fields(**fields))
    page.goals = goals or [goal()]
    return index.add_child(instance=page)


def make_guide(index: Page, **fields: Any) -> GuidePage:
    return make_guidance(GuidePage, index, **fields)


def make_service(index: Page, **fields: Any) -> ServicePage:
    return make_guidance(ServicePage, index, **{"phone": "000 000 0000"} | fields)


def make_self_assessment(index: Page, **fields: Any) -> SelfAssessmentPage:
    defaults = {"instrument": "who-5", "phone": "000 000 0000"}
    return make_guidance(SelfAssessmentPage, index, **defaults | fields)


def make_programme(index: Page, **fields: Any) -> ProgrammePage:
    return make_guidance(
        ProgrammePage,
        index,
        **{
            "duration": "6 viikkoa",
            "phone_name": "Hyvinvointivalmentaja",
            "phone": "000 000 0000",
        }
        | fields,
    )


def make_programme_part(programme: ProgrammePage, **fields: Any) -> ProgrammePartPage:
    number = next(numbers)
    page = ProgrammePartPage(
        locale=programme.locale,
        **{
            "title": f"Osa {number}",
            "slug": f"osa-{number}",
            "lead": "Mitä uni on.",
            "minutes": 20,
            "body": [TEXT_BLOCK],
        }
        | fields,
    )
    return programme.add_child(instance=page)


def make_customer_path(index: Page, **fields: Any) -> CustomerPathPage:
    steps = [
        {"type": "step", "value": {"title": "Soita", "text": "<p>Kerro huolesi.</p>"}}
    ]
    return make_guidance(CustomerPathPage, index, **{"steps": steps} | fields)


def make_queue(pages: list[Any] | None = None, **fields: Any) -> Queue:
    queue = Queue(
        **{
            "key": f"jono-{next(numbers)}",
            "name": {"fi": "perheiden arviointi", "sv": "bedömning"},
            "text": {"fi": "Saat ajan.\n\nVoit tulla ryhmään jo nyt."},
            "phone": "05 000 1234",
        }
        | fields
    )
    queue.pages = [
        QueuePage(page=page.page_ptr, sort_order=number)
        for number, page in enumerate(pages or [])
    ]
    queue.save()
    return queue


def make_goal_page(
    home: HomePage, key: str = "healthy-habits", **fields: Any
) -> GoalPage:
    page = GoalPage(
        locale=home.locale,
        **{
            "goal": goal(key),
            "title": f"Tavoite {key}",
            "slug": key,
            "lead": "Hyvää arkea.",
        }
        | fields,
    )
    return home.add_child(instance=page)


def make_standard_page(home: HomePage, **fields: Any) -> StandardPage:
    number = next(numbers)
    page = StandardPage(
        locale=home.locale,
        **{
            "title": f"Sivu {number}",
            "slug": f"sivu-{number}",
            "lead": "Tietoa sivustosta.",
            "body": [TEXT_BLOCK],
        }
        | fields,
    )
    return home.add_child(instance=page)


def make_crisis_contact(**fields: Any) -> CrisisContact:
    number = next(numbers)
    return CrisisContact.objects.create(
        **{
            "key": f"contact-{number}",
            "name": {"fi": "Kriisipuhelin", "sv": "Kristelefonen"},
            "number": "09 000 0000",
            "on_every_page": True,
        }
        | fields
    )


def make_review_person(**fields: Any) -> ReviewPerson:
    number = next(numbers)
    return ReviewPerson.objects.create(
        **{
            "name": "Esimerkkitarkastaja",
            "title": "terveydenhoitaja",
            "email": f"tarkastaja-{number}@example.org",
        }
        | fields
    )


def make_organisation(**fields: Any) -> Organisation:
    number = next(numbers)
    return Organisation.objects.create(
        **{
            "name": {"fi": f"Esimerkkiyhdistys {number} ry"},
            "slug": f"esimerkkiyhdistys-{number}",
        }
        | fields
    )


def make_venue(**fields: Any) -> Venue:
    number = next(numbers)
    return Venue.objects.create(
        **{
            "name": {"fi": f"Esimerkkitalo {number}"},
            "slug": f"esimerkkitalo-{number}",
            "street_address": "Esimerkkikatu 1",
            "postal_code": "48100",
            "municipality": town(),
        }
        | fields
    )


def weekly_rule(**fields: Any) -> ScheduleRule:
    """Tuesdays from 14 to 15.30, begun four weeks ago."""
    return ScheduleRule(
        **{
            "frequency": "weekly",
            "weekdays": [2],
            "start_date": timezone.localdate() - timedelta(weeks=4),
            "start_time": time(14),
            "end_time": time(15, 30),
        }
        | fields
    )


def single_date(starts_at: datetime, **fields: Any) -> ExtraDate:
    return ExtraDate(
        **{"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)} | fields
    )


def make_event(
    index: EventIndexPage,
    title: str = "",
    *,
    texts: list[EventText] | None = None,
    rules: list[ScheduleRule] | None = None,
    dates: list[ExtraDate] | None = None,
    goals: list[Goal] | None = None,
    organisers: list[Organisation] | None = None,
    **fields: Any,
) -> EventPage:
    """A live weekly group with one Finnish text; a date in the coming week."""
    title = title or f"Ryhmä {next(numbers)}"
    event = EventPage(
        locale=index.locale,
        **{"contact_phone": "000 000 0000", "spoken_languages": ["fi"]} | fields,
    )
    event.texts = texts or [
        EventText(
            language="fi", title=title, lead="Tule mukaan.", body="<p>Juttua.</p>"
        )
    ]
    if rules is None and dates is None:
        rules = [weekly_rule()]
    event.rules = rules or []
    event.extra_dates = dates or []
    event.goals = goals or [goal()]
    event.organisers = organisers or []
    return index.add_child(instance=event)


def make_administrator(email: str = "paakayttaja@example.org") -> Any:
    return get_user_model().objects.create_superuser(email, "salasana-testeihin")
