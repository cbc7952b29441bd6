"""Self-care programmes: parts that may be read in any order."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet
from wagtail.search import index

from home.models import BasePage, TargetGroup
from home.models.base import BodyPageMixin, wait_for_answer

from ..blocks import PartBody, ProgrammeBody
from ..blocks.answers import Answer, ExerciseValue
from ..part_numbers_panel import PartNumbersPanel
from .base import GuidancePage
from .part_numbers import PartNumbers
from .phone_route import PhoneRouteMixin

FOR_WHOM = "is_this_for_me"


class ProgrammePage(PhoneRouteMixin, GuidancePage):
    duration = models.CharField(
        _("duration"),
        max_length=100,
        blank=True,
        help_text=_("For example “6 weeks, half an hour at a time”."),
    )
    body = StreamField(ProgrammeBody(), verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = ["guides.ProgrammePartPage"]

    content_panels = [
        *BasePage.content_panels,
        PartNumbersPanel(),
        FieldPanel("duration"),
        MultiFieldPanel(
            [PhoneRouteMixin.phone_panel],
            heading=_("Whom to call"),
            help_text=_("Every part ends with this phone route."),
        ),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    override_translatable_fields = [
        *GuidancePage.override_translatable_fields,
        PhoneRouteMixin.phone_is_the_same,
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def parts(self) -> PageQuerySet:
        return ProgrammePartPage.objects.child_of(self).live()

    @property
    def parts_left(self) -> int:
        return PartNumbers.objects.left(self.translation_key)

    def reviewed_parts(self) -> list["ProgrammePartPage"]:
        """Also new ones that are drafts; not those that were taken off the site."""
        seen_or_new = models.Q(live=True) | models.Q(first_published_at=None)
        return list(ProgrammePartPage.objects.child_of(self).filter(seen_or_new))

    @property
    def first_blocks(self) -> list[Any]:
        """What one reads before choosing a part: whom the programme is for."""
        blocks = list(self.body)
        kinds = [block.block_type for block in blocks]
        place = kinds.index(FOR_WHOM) + 1 if FOR_WHOM in kinds else 0
        return blocks[:place]

    @property
    def other_blocks(self) -> list[Any]:
        return list(self.body)[len(self.first_blocks) :]

    @property
    def key(self) -> str:
        """Under this a browser keeps progress; the same in every language."""
        return str(self.translation_key)

    def publishing_errors(self) -> dict[str, Any]:
        errors = super().publishing_errors()
        if not self.phone:
            errors["phone"] = _("Give a phone number: every part leads to it.")
        if not self.phone_name:
            errors["phone_name"] = _("Say who answers the phone.")
        return errors


class ProgrammePartPage(BodyPageMixin, BasePage):
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, help_text=_("How long the part takes.")
    )
    body = StreamField(PartBody(), verbose_name=_("body"))
    number = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    """Its bit in a code that carries progress. Never changes, whatever the order."""

    asks_if_useful = True

    parent_page_types: ClassVar[list[str]] = ["guides.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = []
    readable_fields = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("lead"), FieldPanel("minutes")]),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyPageMixin.search_fields,
        index.SearchField("body"),
    ]
    exclude_fields_in_copy = ["number"]

    class Meta:
        verbose_name = _("part of a programme")
        verbose_name_plural = _("parts of programmes")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            self.number = self.free_number()
        with transaction.atomic():
            # It may be about this text, and takes effect when both are there.
            if self.pk and kwargs.get("update_fields") is None:
                wait_for_answer(self.programme.pk)
            super().save(*args, **kwargs)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Not where a code would leave the part out; the programme's panel says why."""
        return super().can_create_at(parent) and bool(
            PartNumbers.objects.left(parent.translation_key)
        )

    def free_number(self) -> int:
        """Its twin's in another language; else one that no part has ever had."""
        parts = ProgrammePartPage.objects.exclude(pk=self.pk)
        twins = parts.filter(translation_key=self.translation_key, number__gt=0)
        if number := twins.values_list("number", flat=True).first():
            return number
        return PartNumbers.objects.give_next(self.programme.translation_key)

    def with_content_json(self, content: dict) -> Page:
        """A revision from before the number was given does not take it away."""
        page = super().with_content_json(content)
        page.number = self.number
        return page

    def can_move_to(self, parent: Page) -> bool:
        """Within its programme only: readers' notes and codes belong to that."""
        return self.is_child_of(parent) and super().can_move_to(parent)

    @cached_property
    def programme(self) -> ProgrammePage:
        return ProgrammePage.objects.get(path=self.path[: -self.steplen])

    @property
    def people_it_is_for(self) -> list[TargetGroup]:
        return self.programme.people_it_is_for

    @property
    def part_of(self) -> ProgrammePage:
        return self.programme

    @property
    def is_sensitive(self) -> bool:  # type: ignore[override]  # As its programme is.
        return self.programme.is_sensitive

    @property
    def key(self) -> str:
        """Under this a browser keeps what is written in the part."""
        return str(self.translation_key)

    @cached_property
    def all_parts(self) -> list["ProgrammePartPage"]:
        """All live parts of the programme in their order, this one too."""
        return list(ProgrammePartPage.objects.sibling_of(self).live().defer("body"))

    @property
    def is_written_in(self) -> bool:
        return any(isinstance(block.value, ExerciseValue) for block in self.body)

    def answers(self) -> list[Answer]:
        """Everything that a reader may write or tick in the part."""
        return [
            answer
            for block in self.body
            if isinstance(block.value, ExerciseValue)
            for answer in block.value.answers(block.id)
        ]

    def answers_elsewhere(self) -> list[tuple["ProgrammePartPage", list[Answer]]]:
        """The other live parts, with what may have been written there. One query."""
        others = ProgrammePartPage.objects.sibling_of(self, inclusive=False).live()
        found = [(part, part.answers()) for part in others]
        return [(part, answers) for part, answers in found if answers]
