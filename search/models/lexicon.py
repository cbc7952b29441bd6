"""Words that staff give the search, for what people type and no page says."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from home.fields import LocalizedField, LocalizedText

ONE_ON_A_LINE = _("One word or phrase on each line, in its basic form.")
SHORTEST_SET = 2


def lines_of(words: LocalizedText) -> dict[str, list[str]]:
    """The words and phrases by language; empty lines left out."""
    return {
        language: [line.strip() for line in text.splitlines() if line.strip()]
        for language, text in words.items()
    }


class SynonymSet(models.Model):
    """Words that mean the same to somebody who looks for help."""

    words = LocalizedField(
        _("words"),
        blank=True,
        multiline=True,
        max_length=1000,
        help_text=ONE_ON_A_LINE,
    )

    panels = [FieldPanel("words")]

    class Meta:
        ordering = ("pk",)
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return ", ".join(
            word for words in lines_of(self.words).values() for word in words
        )

    def clean(self) -> None:
        if sum(map(len, lines_of(self.words).values())) < SHORTEST_SET:
            message = _("Give at least two words that mean the same.")
            raise ValidationError({"words": message})


class PromotedResult(models.Model):
    """A page that stands first when somebody types one of the phrases."""

    phrases = LocalizedField(
        _("phrases"),
        blank=True,
        multiline=True,
        max_length=1000,
        help_text=ONE_ON_A_LINE,
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        related_name="promoted_for",
        verbose_name=_("page"),
        help_text=_(
            "Readers get it in their own language when it has been translated."
        ),
    )

    panels = [FieldPanel("phrases"), PageChooserPanel("page")]

    class Meta:
        ordering = ("pk",)
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")

    def __str__(self) -> str:
        return f"{self.page}: {self.phrases}"


class CrisisTopic(ClusterableModel):
    """Words that put help above the results, and the help."""

    key = models.SlugField(_("key"), max_length=50, unique=True)
    name = LocalizedField(_("name"), max_length=80)
    message = LocalizedField(
        _("message"),
        multiline=True,
        max_length=300,
        help_text=_("One or two warm sentences. No blame."),
    )
    words = LocalizedField(
        _("words"),
        multiline=True,
        max_length=3000,
        help_text=_(
            "One word or phrase on each line. A phrase is found when all its words are"
            " in the search, in any form and with small typing errors."
        ),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("message"),
        FieldPanel("words"),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact"), min_num=1),
        FieldPanel("key"),
    ]

    class Meta:
        ordering = ("pk",)
        verbose_name = _("crisis topic")
        verbose_name_plural = _("crisis topics")

    def __str__(self) -> str:
        return str(self.name)


class CrisisTopicContact(Orderable):
    topic = ParentalKey(CrisisTopic, related_name="contacts")
    contact: Any = models.ForeignKey(
        "home.CrisisContact",
        models.CASCADE,
        related_name="+",
        verbose_name=_("contact"),
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("topic", "contact"), name="crisis_topic_names_a_contact_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact)
