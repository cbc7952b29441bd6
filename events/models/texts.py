"""A group's texts, a row for each language; never a second page (decision 4)."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from home.languages import fallbacks


def text_for[T](texts: Mapping[str, T], language: str, main: str) -> T | None:
    """Of texts by language the one that a reader gets: theirs, or the main one."""
    for candidate in (language, main, *fallbacks(language)):
        if candidate in texts:
            return texts[candidate]
    return next(iter(texts.values()), None)


class EventText(models.Model):
    event = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="fi"
    )
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("The group's name. No dates, prices or “cancelled” here."),
    )
    lead = models.CharField(
        _("lead"), max_length=250, help_text=_("One sentence, shown in lists.")
    )
    body = RichTextField(
        _("what happens"), blank=True, features=["bold", "italic", "ul", "ol", "link"]
    )
    first_visit = RichTextField(
        _("your first visit"),
        blank=True,
        features=["bold", "ul"],
        help_text=_("Who meets the newcomer, and what the first time is like."),
    )
    price = models.CharField(
        _("price"), max_length=150, blank=True, help_text=_("Empty when it is free.")
    )
    sign_up_info = models.CharField(_("how to register"), max_length=250, blank=True)
    place_note = models.CharField(_("finding the room"), max_length=250, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("title")]),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("first_visit"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("sign_up_info")]),
        FieldPanel("place_note"),
    ]

    class Meta:
        verbose_name = _("text in a language")
        verbose_name_plural = _("texts by language")
        constraints = [
            models.UniqueConstraint(
                fields=("event", "language"), name="event_has_one_text_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
