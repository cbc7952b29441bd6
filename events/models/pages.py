"""A group, event or course: one page, whatever the languages of its texts."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, PageManager
from wagtail.search import index

from home.fields import ListField
from home.languages import MAIN_LANGUAGE, current_language, language_name
from home.models import BasePage, TopicMixin
from home.models.locales import code_of
from home.phones import phone_number, tel_link
from home.web_address import web_address

from ..admin_forms import MAIN_LANGUAGE_HELP, EventPageForm
from ..derived import refresh_derived_rows
from ..enums import Attendance, Kind, Leader, Openness, Pause, SignUp
from ..group_panels import EDIT_HANDLER
from ..held import hold_for_page
from ..languages import MAP_SLUGS, SPOKEN_LANGUAGES, index_path
from ..page_context import shown_on_page
from .facts import FIRST_VISIT_FACTS, fact
from .occurrences import Occurrence
from .page_queryset import EventPageQuerySet
from .texts import EventText, text_for


class EventPage(TopicMixin, BasePage):
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.GROUP)
    main_language = models.CharField(
        _("main language of the texts"),
        max_length=10,
        default="fi",
        help_text=MAIN_LANGUAGE_HELP,
    )
    organisers = ParentalManyToManyField(
        "events.Organisation", related_name="events", verbose_name=_("organisers")
    )
    attendance = models.CharField(
        _("where"), max_length=10, choices=Attendance, default=Attendance.ON_SITE
    )
    venue = models.ForeignKey(
        "events.Venue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("venue"),
    )
    municipality = models.ForeignKey(
        "home.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("municipality"),
        help_text=_("Only when there is no venue; otherwise the venue's counts."),
    )
    is_address_protected = models.BooleanField(
        _("address is protected"),
        default=False,
        help_text=_("Residents see the municipality only, nowhere the address."),
    )
    online_url = models.URLField(
        _("address of the online meeting"), blank=True, validators=[web_address]
    )

    is_free = models.BooleanField(
        _("free of charge"),
        null=True,
        blank=True,
        help_text=_("Unknown: nothing is claimed. A price is written in the texts."),
    )
    sign_up = models.CharField(
        _("registration"), max_length=15, choices=SignUp, default=SignUp.NONE
    )
    sign_up_url = models.URLField(
        _("registration form"), blank=True, validators=[web_address]
    )
    sign_up_until = models.DateField(_("register by"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    openness = models.CharField(
        _("open or closed"), max_length=10, choices=Openness, default=Openness.OPEN
    )
    led_by = ListField(_("led by"), options=Leader.choices, blank=True)
    referral_needed = models.BooleanField(_("referral needed"), default=False)
    min_age = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    max_age = models.PositiveSmallIntegerField(
        _("oldest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    pauses = ListField(_("no meetings during"), options=Pause.choices, blank=True)
    previous_season = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="next_seasons",
        verbose_name=_("last season's group"),
    )
    spoken_languages = ListField(
        _("languages spoken"), options=SPOKEN_LANGUAGES.items(), blank=True
    )

    contact_name = models.CharField(_("who answers"), max_length=100, blank=True)
    contact_phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[phone_number],
    )
    contact_hours = models.CharField(_("when they answer"), max_length=100, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    is_walk_in = models.BooleanField(
        _("one can just walk in"),
        default=False,
        help_text=_("A group needs a phone number or this to be published."),
    )

    come_alone_ok = fact(_("Coming alone is fine"))
    may_only_listen = fact(_("You may only listen"))
    may_bring_someone = fact(_("You may bring someone"))
    may_leave_early = fact(_("You may leave early"))
    first_contact_by_text = fact(_("First contact by text message"))
    call_back = fact(_("They call you back"))
    buddy_available = fact(_("A buddy to go with"))
    buddy_phone = models.CharField(
        _("phone of the buddy"),
        max_length=30,
        blank=True,
        validators=[phone_number],
        help_text=_("When it is not the group's own number."),
    )

    is_sensitive = models.BooleanField(
        _("sensitive subject"),
        default=False,
        help_text=_(
            "Titles in calendars and browser tabs are neutral, and the page has a"
            " button that leaves it quickly."
        ),
    )
    image = models.ForeignKey(
        "home.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(_("what the image shows"), max_length=150, blank=True)

    objects: ClassVar[Any] = PageManager.from_queryset(EventPageQuerySet)()

    is_previewed = False
    """True: the dates are those of the rules as they stand in the editor."""
    preview_return = ""
    """Where its organisation goes back to from its own preview."""

    FIRST_VISIT_FACTS = FIRST_VISIT_FACTS

    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["previous_season"]
    base_form_class = EventPageForm
    is_translated_as_page = False
    template = "events/event_page.html"

    edit_handler = EDIT_HANDLER

    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields(
            "texts",
            [
                index.SearchField("title", boost=3),
                index.SearchField("lead", boost=2),
                index.SearchField("body"),
            ],
        ),
        *TopicMixin.search_fields,
        index.RelatedFields("organisers", [index.SearchField("name", boost=1.2)]),
        index.SearchField("place_names", boost=0.8),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("group or event")
        verbose_name_plural = _("groups and events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_age=None)
                | models.Q(max_age=None)
                | models.Q(max_age__gte=models.F("min_age")),
                name="event_ages_run_upwards",
                violation_error_message=_("The oldest age is below the youngest."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("The site uses this address itself.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.take_title_from_text()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """What Wagtail asks of a draft."""
        self.take_title_from_text()
        super().minimal_clean()

    def take_title_from_text(self) -> None:
        """The page's own title is that of the main language's text.

        A form knows texts that are not on the page yet, and names it itself.
        """
        if not self.is_in_form:
            text = self.text_in(self.main_language)
            self.take_title(text.title if text else "")

    def take_title(self, title: str) -> None:
        known = getattr(self, "title", "")
        self.title = self.draft_title = title or known or gettext("Without a name")
        # Before it stands in the tree nobody can tell which slugs are taken.
        if self.path and not getattr(self, "slug", ""):
            base = slugify(self.title.translate(PLAIN_LETTERS)) or self.kind
            if base in RESERVED_SLUGS:
                base = f"{base}-1"
            self.slug = self._get_autogenerated_slug(base)

    def publishing_errors(self) -> dict[str, Any]:
        errors = super().publishing_errors()
        if not (self.contact_phone or self.is_walk_in):
            errors["contact_phone"] = _(
                "Give a phone number, or say that one can just walk in."
            )
        return errors

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derived rows are written in the transaction that publishes."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if fields is None or "live" in fields:
            refresh_derived_rows(self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Under the main index only: the others route to the same groups."""
        is_main = code_of(parent.locale_id) == MAIN_LANGUAGE
        return is_main and super().can_create_at(parent)

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Page:
        raise PermissionDenied(
            _("A group has one page: write its other languages under Texts.")
        )

    # Texts

    def text_in(self, language: str) -> EventText | None:
        """The text that a reader of the language gets: theirs, or the main one."""
        by_language = {text.language: text for text in self.texts.all()}
        return text_for(by_language, language, self.main_language)

    @property
    def text(self) -> EventText | None:
        return self.text_in(current_language())

    def has_text_in(self, language: str) -> bool:
        return any(text.language == language for text in self.texts.all())

    def path_in(self, language: str) -> str:
        return f"{index_path(language)}{self.slug}/"

    @property
    def local_url(self) -> str:
        """Its address in the reader's language."""
        return self.path_in(current_language())

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Any]:
        pages = super().get_indexed_objects()
        return pages.select_related(
            "venue__municipality", "municipality"
        ).prefetch_related("texts", "organisers", *cls.SEARCHED_TOPICS)

    # Place, people, time

    @property
    def effective_municipality(self) -> Any:
        return (self.venue.municipality if self.venue else None) or self.municipality

    def place_names(self) -> list[Any]:
        """Where it is, for the search; of a protected place the municipality only."""
        names = [self.effective_municipality, self.shown_venue]
        locality = self.shown_venue.locality if self.shown_venue else ""
        return [*(place.name for place in names if place), locality]

    @property
    def hides_address(self) -> bool:
        """The page says it of itself, or the venue of all that happens there."""
        return self.is_address_protected or bool(
            self.venue and self.venue.is_address_protected
        )

    @property
    def shown_venue(self) -> Any:
        """The venue, unless its address is protected."""
        return None if self.hides_address else self.venue

    @property
    def tel(self) -> str:
        return tel_link(self.contact_phone)

    @property
    def buddy_number(self) -> str:
        """Of the buddy, or of the group, which knows one."""
        return self.buddy_phone or self.contact_phone

    @property
    def buddy_tel(self) -> str:
        return tel_link(self.buddy_number)

    def spoken_language_names(self) -> list[str]:
        return [str(SPOKEN_LANGUAGES.get(code, code)) for code in self.spoken_languages]

    def leader_names(self) -> list[str]:
        labels = dict(Leader.choices)
        return [str(labels[leader]) for leader in self.led_by if leader in labels]

    def first_visit_facts(self) -> list[tuple[str, bool]]:
        """The facts that are known, with yes or no."""
        facts = []
        for name in self.FIRST_VISIT_FACTS:
            value = getattr(self, name)
            if value is not None:
                field: Any = self._meta.get_field(name)
                facts.append((str(field.verbose_name), value))
        return facts

    def upcoming_dates(
        self, now: datetime | None = None
    ) -> models.QuerySet[Occurrence]:
        return self.occurrences.upcoming(now)

    # Serving

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One for each language that has a text, the main one first."""
        written = {text.language for text in self.texts.all()} or {self.main_language}
        codes = [self.main_language, *dict(settings.LANGUAGES)]
        return [
            (code, language_name(code))
            for code in dict.fromkeys(codes)
            if code in written
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """As under the index of the language. Rendered here: the language ends here."""
        self.is_previewed = True
        with translation.override(mode_name or self.main_language):
            request.LANGUAGE_CODE = translation.get_language()
            return self.serve(request, language=mode_name).render()

    def serve(
        self, request: HttpRequest, *args: Any, language: str = "", **kwargs: Any
    ) -> Any:
        return super().serve(
            request, *args, language=language or current_language(), **kwargs
        )

    def get_context(
        self, request: HttpRequest, *args: Any, language: str = "", **kwargs: Any
    ) -> dict:
        if self.pk and not self.is_previewed:
            hold_for_page(self)
        shown = shown_on_page(self, request, language or current_language())
        return super().get_context(request, *args, **kwargs) | shown


RESERVED_SLUGS = {"feed", *MAP_SLUGS.values()}
"""The index's own addresses: feed.ics, the map."""
PLAIN_LETTERS = str.maketrans("åäöÅÄÖ", "aaoAAO")
