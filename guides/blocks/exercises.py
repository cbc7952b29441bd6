"""Exercises that ask questions, each answered in the reader's own words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.lists import INLINE_FEATURES
from home.blocks.texts import OptionalTextBlock

from .answers import Answer, ExerciseBlock, ExerciseValue, items_of, key_of

INTRO_FEATURES = [*INLINE_FEATURES, "ul", "ol"]


def title_block() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Heading"), max_length=120)


def intro_block(*, required: bool = False) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        label=_("Introduction"), features=INTRO_FEATURES, required=required
    )


def lines_block(label: Any, item: Any, *, min_num: int = 1) -> blocks.ListBlock:
    """Short texts, each with an id of its own."""
    return blocks.ListBlock(
        blocks.CharBlock(label=item, max_length=250),
        label=label,
        min_num=min_num,
        default=[],
    )


class PromptBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Question"), max_length=200)
    hint = OptionalTextBlock(label=_("Hint"), max_length=250, required=False)

    class Meta:
        icon = "help"
        label = _("Question")


class ReflectionValue(ExerciseValue):
    def answers(self, block_id: object) -> list[Answer]:
        return [
            Answer(key_of(block_id, key), text)
            for key, text in items_of(self["questions"])
        ]


class ReflectionBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block()
    questions = lines_block(_("Questions"), _("Question"))

    class Meta:
        icon = "comment"
        label = _("Reflection")
        group = _("Exercises")
        description = _("Questions that one answers for oneself.")
        template = "guides/exercises/questions.html"
        value_class = ReflectionValue
        preview_value = {
            "title": "Pysähdy hetkeksi",
            "intro": "<p>Kirjoita juuri niin paljon kuin haluat.</p>",
            "questions": ["Mikä on nyt edes vähän paremmin?"],
        }


class PromptsValue(ExerciseValue):
    def answers(self, block_id: object) -> list[Answer]:
        examples = [*(self.get("example") or [])]
        return [
            Answer(
                key_of(block_id, key),
                prompt["label"],
                hint=prompt["hint"],
                example=examples[place] if place < len(examples) else "",
            )
            for place, (key, prompt) in enumerate(items_of(self["prompts"]))
        ]


class ActionPlanBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block()
    prompts = blocks.ListBlock(PromptBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Action plan")
        group = _("Exercises")
        description = _("What one will do, when, where and with whom.")
        template = "guides/exercises/questions.html"
        value_class = PromptsValue
        preview_value = {
            "title": "Oma suunnitelma",
            "intro": "<p>Valitse yksi pieni teko.</p>",
            "prompts": [
                {"label": "Mitä teen?", "hint": "Yksi asia riittää."},
                {"label": "Milloin teen sen?", "hint": "Päivä ja kellonaika."},
            ],
        }


class ThoughtRecordBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block(required=True)
    prompts = blocks.ListBlock(PromptBlock(), label=_("Questions"), min_num=1)
    example = blocks.ListBlock(
        OptionalTextBlock(label=_("Answer"), max_length=400, required=False),
        label=_("An example’s answers"),
        help_text=_("In the order of the questions."),
        min_num=0,
        default=[],
    )

    class Meta:
        icon = "edit"
        label = _("Thought record")
        group = _("Exercises")
        description = _("A thought looked at step by step, with an example.")
        template = "guides/exercises/questions.html"
        value_class = PromptsValue
        preview_value = {
            "title": "Ajatus paperille",
            "intro": "<p>Valitse yksi ajatus.</p>",
            "prompts": [{"label": "Ajatus", "hint": "Sanasta sanaan."}],
            "example": ["”Huominen menee pilalle.”"],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if len(cleaned["example"]) > len(cleaned["prompts"]):
            message = _("The example has more answers than there are questions.")
            raise blocks.StructBlockValidationError(
                {"example": ValidationError(message)}
            )
        return cleaned


class ChecklistValue(ExerciseValue):
    def answers(self, block_id: object) -> list[Answer]:
        return [
            Answer(key_of(block_id, key), text, is_tick=True)
            for key, text in items_of(self["items"])
        ]


class ChecklistBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block()
    items = lines_block(_("Points"), _("Point"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        group = _("Exercises")
        description = _("Points to tick one by one.")
        template = "guides/exercises/checklist.html"
        value_class = ChecklistValue
        preview_value = {
            "title": "Kodin tarkistuslista",
            "items": ["Yövalo palaa eteisessä.", "Matot eivät liu’u."],
        }


class SummaryValue(ExerciseValue):
    def answers(self, block_id: object) -> list[Answer]:
        return [
            Answer(key_of(block_id, key), text)
            for key, text in items_of(self["prompts"])
        ]


class SummaryBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block(required=True)
    prompts = lines_block(_("Questions"), _("Question"))

    class Meta:
        icon = "doc-full"
        label = _("Summary")
        group = _("Exercises")
        description = _(
            "What one takes along. The reader’s browser also shows here what they"
            " wrote in the other parts."
        )
        template = "guides/exercises/summary.html"
        value_class = SummaryValue
        preview_value = {
            "title": "Mitä otan mukaan",
            "intro": "<p>Lue, mitä olet kirjoittanut.</p>",
            "prompts": ["Mistä pidän kiinni?"],
        }

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        page: Any = context.get("page")
        if hasattr(page, "answers_elsewhere"):  # A preview of the block has no page.
            context["elsewhere"] = page.answers_elsewhere()
        return context
