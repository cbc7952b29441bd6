"""A quiz whose answers explain themselves; what one guessed is nobody's result."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.lists import INLINE_FEATURES

from .answers import Answer, ExerciseBlock, ExerciseValue, items_of, key_of
from .exercises import intro_block, title_block


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Option"), max_length=200)
    is_right = blocks.BooleanBlock(label=_("This is right"), required=False)

    class Meta:
        icon = "tick"
        label = _("Option")


class QuestionValue(blocks.StructValue):
    @cached_property
    def keyed_options(self) -> list[tuple[str, blocks.StructValue]]:
        return list(items_of(self["options"]))

    @cached_property
    def right(self) -> list[str]:
        return [option["text"] for option in self["options"] if option["is_right"]]


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=250)
    options = blocks.ListBlock(OptionBlock(), label=_("Options"), min_num=2)
    explanation = blocks.RichTextBlock(
        label=_("Explanation"),
        features=INLINE_FEATURES,
        help_text=_("Shown with the right answer."),
    )

    class Meta:
        icon = "help"
        label = _("Question")
        value_class = QuestionValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if not cleaned.right:
            message = _("Mark at least one option as right.")
            raise blocks.StructBlockValidationError(
                {
                    "options": blocks.ListBlockValidationError(
                        non_block_errors=[ValidationError(message)]
                    )
                }
            )
        return cleaned


class QuizValue(ExerciseValue):
    def answers(self, block_id: object) -> list[Answer]:
        return []  # What one guessed is nothing to take along.

    def questions(self, block_id: object) -> list[tuple[str, QuestionValue]]:
        return [
            (key_of(block_id, key), question)
            for key, question in items_of(self["questions"])
        ]


class QuizBlock(ExerciseBlock):
    title = title_block()
    intro = intro_block()
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Quiz")
        group = _("Exercises")
        description = _("Questions with options; the answer explains itself.")
        template = "guides/exercises/quiz.html"
        value_class = QuizValue
        preview_value = {
            "title": "Mitä tiedät unesta?",
            "questions": [
                {
                    "question": "Mikä pitää rytmin koossa?",
                    "options": [
                        {"text": "Säännöllinen nousuaika", "is_right": True},
                        {"text": "Aikainen nukkumaanmeno", "is_right": False},
                    ],
                    "explanation": "<p>Nousemisen voi päättää.</p>",
                }
            ],
        }

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        if isinstance(value, QuizValue):
            context["questions"] = value.questions(context.get("id"))
        return context
