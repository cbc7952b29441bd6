"""Questionnaires for oneself: what they measure, the form, and what the result says."""

from http import HTTPMethod, HTTPStatus
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from home.models import BasePage
from home.models.locales import code_of

from .. import scoring
from ..assessment_forms import AssessmentForm
from ..assessment_panel import InstrumentPanel
from ..assessment_text import QuestionnaireText
from ..assessments import ShownResult, fillable, is_off, is_official
from .base import GuidancePage
from .phone_route import PhoneRouteMixin


class SelfAssessmentPage(PhoneRouteMixin, GuidancePage):
    instrument = models.SlugField(
        _("instrument"),
        max_length=30,
        help_text=_("Its common short name: audit, who-5, phq-9 …"),
    )

    beside_template = "guides/assessment/as_text.html"
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("instrument"),
                InstrumentPanel(),
                PhoneRouteMixin.phone_panel,
            ],
            heading=_("Questionnaire"),
            help_text=_(
                "The phone is for readers whose result says that a professional can"
                " help."
            ),
        ),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    override_translatable_fields = [
        *GuidancePage.override_translatable_fields,
        SynchronizedField("instrument", overridable=False),
        PhoneRouteMixin.phone_is_the_same,
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")

    @property
    def questionnaire(self) -> scoring.Instrument | None:
        """None when it is only described here."""
        return fillable(self.instrument)

    @property
    def is_only_described(self) -> bool:
        return self.questionnaire is None

    @property
    def waits_for_permission(self) -> bool:
        return (
            is_off(self.instrument) and scoring.instrument(self.instrument) is not None
        )

    @property
    def text_of_questionnaire(self) -> QuestionnaireText | None:
        """For who reviews it, also while it waits for its permission."""
        asked = scoring.instrument(self.instrument)
        return QuestionnaireText(asked) if asked else None

    @classmethod
    def read_beside(cls, content: dict[str, Any]) -> Any:
        asked = scoring.instrument(content.get("instrument") or "")
        return asked and scoring.in_language(asked, code_of(content["locale"]))

    def publishing_errors(self) -> dict[str, Any]:
        errors = super().publishing_errors()
        if scoring.instrument(self.instrument) and not self.phone:
            errors["phone"] = _("Give a phone number before publishing.")
        return errors

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        context = super().get_context(request, *args, **kwargs)
        asked = self.questionnaire
        if asked is None:
            return context
        form = AssessmentForm(asked, request.POST if request.method == "POST" else None)
        form.is_valid()
        return context | {
            "asked": asked,
            "form": form,
            "rules": scoring.rules_of(asked),
            "everything": ShownResult(asked),
            "found": ShownResult(asked, form.result) if form.result else None,
            "is_official": is_official(asked, self.language),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What is posted is scored and forgotten (`home.stateless`).

        The one page with a POST (decision 35): a result has no address of its own.
        """
        response = super().serve(request, *args, **kwargs)
        form = response.context_data.get("form")
        if form is not None and form.errors:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
