"""The front page, the four goals, and pages of plain text."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from ..blocks import BodyBlocks, ChosenPageBlock
from .base import BasePage, BodyPageMixin
from .locales import code_of

MOST_TWINS = 50
"""Pages with the same slug and depth that are looked through for the right one."""


class HomePage(BasePage):
    """The front page of a language."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"), max_length=300, blank=True)
    search_hint = models.CharField(
        _("hint under the search box"), max_length=160, blank=True
    )
    goals_heading = models.CharField(_("heading of the goals"), max_length=120)
    groups_heading = models.CharField(_("heading of the groups"), max_length=120)
    guides_heading = models.CharField(_("heading of the guides"), max_length=120)
    crisis_heading = models.CharField(_("heading of crisis help"), max_length=120)
    crisis_text = models.TextField(_("text of crisis help"), max_length=300, blank=True)
    guides = StreamField(
        [
            (
                "guide",
                ChosenPageBlock(
                    page_type=["guides.GuidePage", "guides.ProgrammePage"],
                    label=_("Guide or programme"),
                ),
            )
        ],
        blank=True,
        verbose_name=_("guides on the front page"),
        help_text=_("Three to six that suit the season."),
    )
    crisis_page = models.ForeignKey(
        "home.StandardPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("crisis page"),
        help_text=_("The link “Help now” on every page leads here."),
    )

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.GoalPage",
        "home.StandardPage",
        "guides.GuideIndexPage",
        "events.EventIndexPage",
    ]

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(_("Residents see this first. Goals and groups come by themselves.")),
        MultiFieldPanel(
            [FieldPanel("heading"), FieldPanel("lead"), FieldPanel("search_hint")],
            heading=_("Top"),
        ),
        FieldPanel("goals_heading"),
        FieldPanel("groups_heading"),
        MultiFieldPanel(
            [FieldPanel("guides_heading"), FieldPanel("guides")], heading=_("Guides")
        ),
        MultiFieldPanel(
            [
                FieldPanel("crisis_heading"),
                FieldPanel("crisis_text"),
                PageChooserPanel("crisis_page"),
            ],
            heading=_("Help in a crisis"),
        ),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds a page by its whole path at once, not level by level.

        What stands under the address of an event index in other languages has no
        such path: that is left to the index.
        """
        if path_components:
            wanted = self.url_path + "/".join(path_components) + "/"
            pages = Page.objects.live().filter(
                slug=path_components[-1], depth=self.depth + len(path_components)
            )
            for page in pages[:MOST_TWINS]:
                if page.url_path == wanted:
                    return RouteResult(page.specific)
        return super().route(request, path_components)


class GoalPage(BodyPageMixin, BasePage):
    """A wellbeing goal; what belongs to it is listed by itself."""

    goal = models.ForeignKey(
        "home.Goal", models.PROTECT, related_name="pages", verbose_name=_("goal")
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    readable_fields = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(
            _("Under the text readers see the goal's guides, services and next groups.")
        ),
        FieldPanel("goal"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyPageMixin.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("goal page")
        verbose_name_plural = _("goal pages")

    def clean(self) -> None:
        super().clean()
        twins = GoalPage.objects.filter(goal=self.goal_id, locale=self.locale_id)
        if self.goal_id and twins.exclude(pk=self.pk).exists():
            message = _("This goal already has a page in this language.")
            raise ValidationError({"goal": message})


class StandardPage(BodyPageMixin, BasePage):
    """A page of text: about the site, privacy, help in a crisis."""

    class Data(models.TextChoices):
        STATEMENT = "statement", _("The accessibility statement")
        STORAGE = "storage", _("What the site keeps on the reader's device")

    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("body"))
    text_language = models.CharField(
        _("language of the text"),
        max_length=10,
        blank=True,
        help_text=_("Only when it differs from the site's: a code such as ru or uk."),
    )
    shows_crisis_contacts = models.BooleanField(
        _("lists all crisis contacts"),
        default=False,
        help_text=_("The list is edited under crisis contacts, not here."),
    )
    is_in_footer = models.BooleanField(_("linked in the footer"), default=False)
    data = models.CharField(
        _("what is drawn under the text"),
        max_length=10,
        choices=Data,
        blank=True,
        help_text=_("The law asks for these pages: each language has one of each."),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    readable_fields = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("shows_crisis_contacts"),
    ]
    settings_panels = [
        *Page.settings_panels,
        FieldPanel("text_language"),
        FieldPanel("is_in_footer"),
        FieldPanel("data"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyPageMixin.search_fields,
        index.SearchField("body"),
    ]

    override_translatable_fields = [
        SynchronizedField("text_language"),
        SynchronizedField("data", overridable=False),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @property
    def language(self) -> str:
        return self.text_language or code_of(self.locale_id)
