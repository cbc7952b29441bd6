"""Tells the editor when a programme's part numbers are used up, or soon will be."""

from wagtail.admin.panels import Panel

from .progress_codes import LARGEST_NUMBER

FEW = 10


class PartNumbersPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/part_numbers_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.parts_left <= FEW

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            return super().get_context_data(parent_context) | {
                "left": self.instance.parts_left,
                "most": LARGEST_NUMBER,
            }
