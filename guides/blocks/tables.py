"""Exercises filled in row by row."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .answers import Answer, ExerciseBlock, ExerciseValue, items_of, key_of
from .exercises import intro_block, lines_block, title_block

MOST_COLUMNS = 6
MOST_ROWS = 31
HARDEST = 10


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Answer]


class RowsValue(ExerciseValue):
    def rows(self, block_id: object) -> list[Row]:
        raise NotImplementedError

    def answers(self, block_id: object) -> list[Answer]:
        return [
            replace(cell, label=f"{row.label}: {cell.label}")
            for row in self.rows(block_id)
            for cell in row.cells
        ]


class RowsBlock(ExerciseBlock):
    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        if isinstance(value, RowsValue):
            context["rows"] = value.rows(context.get("id"))
        return context


class DiaryValue(RowsValue):
    def rows(self, block_id: object) -> list[Row]:
        return [
            Row(
                label,
                [
                    Answer(key_of(block_id, row, column), name)
                    for column, name in items_of(self["columns"])
                ],
            )
            for row, label in items_of(self["rows"])
        ]


class DiaryBlock(RowsBlock):
    title = title_block()
    intro = intro_block(required=True)
    columns = blocks.ListBlock(
        blocks.CharBlock(label=_("Column"), max_length=60),
        label=_("Columns"),
        help_text=_("From two to six, short."),
        min_num=2,
        max_num=MOST_COLUMNS,
        default=[],
    )
    rows = blocks.ListBlock(
        blocks.CharBlock(label=_("Row"), max_length=60),
        label=_("Rows"),
        help_text=_("Days, or numbers."),
        min_num=1,
        max_num=MOST_ROWS,
        default=[],
    )

    class Meta:
        icon = "calendar-alt"
        label = _("Diary")
        group = _("Exercises")
        description = _("A table with a row for each day.")
        template = "guides/exercises/diary.html"
        value_class = DiaryValue
        preview_value = {
            "title": "Unipäiväkirja",
            "intro": "<p>Täytä aamulla.</p>",
            "columns": ["Nukkumaan", "Ylös", "Vireys 1–5"],
            "rows": ["Maanantai", "Tiistai"],
        }


class ExposureValue(RowsValue):
    def rows(self, block_id: object) -> list[Row]:
        """A step's words, how hard it is, and whether it is done."""
        return [
            Row(
                gettext("Step %(number)s") % {"number": number},
                [
                    Answer(key_of(block_id, number, "step"), gettext("The step")),
                    Answer(
                        key_of(block_id, number, "hard"),
                        gettext("How hard, 0–10"),
                        highest=HARDEST,
                    ),
                    Answer(
                        key_of(block_id, number, "done"),
                        gettext("Done"),
                        is_tick=True,
                        is_deed=True,
                    ),
                ],
            )
            for number in range(1, (self["rows"] or 0) + 1)
        ]


class ExposureStepsBlock(RowsBlock):
    title = title_block()
    intro = intro_block(required=True)
    example = lines_block(_("An example, from easiest to hardest"), _("Step"))
    rows = blocks.IntegerBlock(
        label=_("Empty steps"), min_value=1, max_value=12, default=6
    )

    class Meta:
        icon = "order-up"
        label = _("Steps towards what one fears")
        group = _("Exercises")
        description = _("From the easiest step to the hardest, each rated and ticked.")
        template = "guides/exercises/exposure_steps.html"
        value_class = ExposureValue
        preview_value = {
            "title": "Omat portaat",
            "intro": "<p>Aloita helpoimmasta.</p>",
            "example": ["Katson ryhmän sivua.", "Käyn ovella.", "Menen sisään."],
            "rows": 4,
        }
