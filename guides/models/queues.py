"""Waiting for a service: what to do meanwhile, written once for each queue."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from home.fields import LocalizedField
from home.languages import fallbacks
from home.phones import phone_number, tel_link

from .guides import GuidePage
from .programmes import ProgrammePage

PAGE_MODELS: tuple[Any, ...] = (ProgrammePage, GuidePage)


class Queue(ClusterableModel):
    """It always has a text and a number to ask at, so that its box is never empty."""

    key = models.SlugField(
        _("key"),
        max_length=50,
        unique=True,
        help_text=_("Sheets name the queue by it: it never changes."),
    )
    name = LocalizedField(
        _("what one waits for"),
        max_length=100,
        help_text=_("For example “short therapy”. Readers see “While you wait: …”."),
    )
    text = LocalizedField(
        _("what happens while one waits"),
        multiline=True,
        max_length=800,
        help_text=_("An empty line begins a new paragraph."),
    )
    duration = LocalizedField(
        _("how long it takes"),
        blank=True,
        max_length=200,
        help_text=_("Only what is known. Leave it empty otherwise."),
    )
    phone_name = LocalizedField(_("who answers"), blank=True, max_length=100)
    phone = models.CharField(
        _("phone"),
        max_length=30,
        validators=[phone_number],
        help_text=_("Where one asks about the queue, or tells that things got worse."),
    )
    goal: Any = models.ForeignKey(
        "home.Goal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goal"),
    )
    theme: Any = models.ForeignKey(
        "home.Theme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("theme"),
    )
    target_group: Any = models.ForeignKey(
        "home.TargetGroup",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("target group"),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("text"),
        FieldPanel("duration"),
        MultiFieldPanel(
            [FieldPanel("phone_name"), FieldPanel("phone")],
            heading=_("Whom one may call meanwhile"),
        ),
        InlinePanel(
            "pages",
            heading=_("Programmes and guides"),
            label=_("programme or guide"),
            help_text=_("In this order. Readers get each in their own language."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("goal"),
                        FieldPanel("theme"),
                        FieldPanel("target_group"),
                    ]
                )
            ],
            heading=_("The next groups are chosen by"),
        ),
        FieldPanel("key"),
    ]

    class Meta:
        ordering = ("pk",)
        verbose_name = _("queue")
        verbose_name_plural = _("queues")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def heading(self) -> str:
        return gettext("While you wait: %(queue)s") % {"queue": self.name}

    @property
    def tel(self) -> str:
        return tel_link(self.phone)

    def pages_in(self, language: str) -> list[Any]:
        """The public ones of the chosen pages, in the editor's order, each as readers
        of the language get it. Five queries."""
        keys = list(self.pages.values_list("page__translation_key", flat=True))
        offered = fallbacks(language)
        found: dict[Any, Any] = {}
        for model in PAGE_MODELS:
            pages = model.objects.live().public().filter(translation_key__in=keys)
            for page in pages.filter(locale__language_code__in=offered):
                known = found.get(page.translation_key)
                if known is None or comes_before(page, known, offered):
                    found[page.translation_key] = page
        return [found[key] for key in dict.fromkeys(keys) if key in found]


def comes_before(page: Any, other: Any, languages: tuple[str, ...]) -> bool:
    return languages.index(page.language) < languages.index(other.language)


class QueuePage(Orderable):
    """A programme or guide that helps while one waits."""

    queue = ParentalKey(Queue, related_name="pages")
    page: Any = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )

    panels = [
        PageChooserPanel("page", ["guides.ProgrammePage", "guides.GuidePage"]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("queue", "page"), name="queue_names_a_page_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)
