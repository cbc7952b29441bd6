from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.models import BasePage, ReviewedMixin, TargetGroup, TopicMixin
from home.models.base import BodyPageMixin

from ..blocks import GuideBody


class GuidancePage(BodyPageMixin, TopicMixin, ReviewedMixin, BasePage):
    """A reviewed page of guidance: lead, body, topics, review dates, sources."""

    body = StreamField(GuideBody(), verbose_name=_("body"))
    is_sensitive = models.BooleanField(
        _("sensitive subject"),
        default=False,
        help_text=_("Readers get a button that leaves the page quickly."),
    )

    asks_if_useful = True

    readable_fields: tuple[str, ...] = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *TopicMixin.topic_panels,
        *ReviewedMixin.review_panels,
    ]
    settings_panels = [*BasePage.settings_panels, FieldPanel("is_sensitive")]
    search_fields = [
        *BasePage.search_fields,
        *BodyPageMixin.search_fields,
        *TopicMixin.search_fields,
        index.SearchField("body"),
    ]

    override_translatable_fields = [
        *TopicMixin.override_translatable_fields,
        *ReviewedMixin.override_translatable_fields,
    ]

    @property
    def people_it_is_for(self) -> list[TargetGroup]:
        """Whose ages the groups that are offered have to suit."""
        return self.target_group_list

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Any]:
        return super().get_indexed_objects().prefetch_related(*cls.SEARCHED_TOPICS)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_review__gt=models.F("last_reviewed")),
                name="%(class)s_is_reviewed_again_later",
                violation_error_message=_(
                    "The next review has to be after the last one."
                ),
            ),
        ]
