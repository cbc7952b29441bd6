"""Alerts: what everybody has to know now, on the whole site or in one branch."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin

from ..fields import LocalizedField
from ..phones import phone_number, tel_link
from .previews import ShownInEditor


class AlertQuerySet(models.QuerySet["Alert"]):
    def not_over(self, now: datetime | None = None) -> Self:
        """Shown now or to come, the gravest first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by(
            models.Case(
                models.When(level=Alert.Level.SERIOUS, then=0),
                models.When(level=Alert.Level.WARNING, then=1),
                default=2,
            ),
            "starts_at",
            "pk",
        )

    def over(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__lte=now or timezone.now())

    def shown(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        return self.not_over(now).filter(starts_at__lte=now)

    def to_come(self, now: datetime | None = None) -> Self:
        return self.filter(starts_at__gt=now or timezone.now())


class Alert(ShownInEditor, PreviewableMixin, models.Model):
    """Public at once, and gone by itself."""

    class Level(models.TextChoices):
        INFO = "info", pgettext_lazy("alert", "Information")
        WARNING = "warning", _("Warning")
        SERIOUS = "serious", _("Serious warning")

    level = models.CharField(
        _("level"),
        max_length=10,
        choices=Level,
        default=Level.INFO,
        help_text=_("Keep the serious one for danger to life or health."),
    )
    title = LocalizedField(_("heading"), max_length=120)
    text = LocalizedField(
        _("text"),
        multiline=True,
        blank=True,
        max_length=500,
        help_text=_("What has happened, what to do, and until when."),
    )
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[phone_number]
    )
    url = models.URLField(_("web address"), blank=True)
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("shown until"), help_text=_("From this moment on nobody sees it.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("branch"),
        help_text=_(
            "Shown on this page and on all pages under it, and nowhere else."
            " Empty: on the whole site."
        ),
    )
    is_in_every_language = models.BooleanField(
        _("in every language"),
        default=True,
        help_text=_("Also in the same branch in the other languages."),
    )

    objects = AlertQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("page")]),
        FieldPanel("is_in_every_language"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("url")])],
            heading=_("Where one learns more"),
        ),
    ]

    class Meta:
        ordering = ("-starts_at", "-pk")
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="alert_ends_after_it_starts",
                violation_error_message=_("The end has to be after the start."),
            ),
        ]
        indexes = [models.Index(fields=("ends_at",), name="alert_end")]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        for name in ("starts_at", "ends_at"):
            moment = getattr(self, name)
            # Beyond these some databases have no date, and no alert is meant.
            if moment and not 2000 <= moment.year <= 2100:
                message = _("Give a year between 2000 and 2100.")
                raise ValidationError({name: message})

    @property
    def tel(self) -> str:
        return tel_link(self.phone)

    @property
    def state(self) -> Any:
        now = timezone.now()
        if self.ends_at <= now:
            return _("Ended")
        return _("To come") if self.starts_at > now else _("Shown now")

    def in_language(self, language: str) -> dict[str, Any]:
        """What readers of the language see of it."""
        return {
            "level": self.level,
            "title": self.title.in_language(language),
            "title_lang": self.title.language_for(language),
            "text": self.text.in_language(language),
            "text_lang": self.text.language_for(language),
            "phone": self.phone,
            "tel": self.tel,
            "url": self.url,
        }

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "home/admin/alert_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return context | {"alert": self.in_language(mode_name)}

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        with translation.override(mode_name):
            return super().serve_preview(request, mode_name).render()
