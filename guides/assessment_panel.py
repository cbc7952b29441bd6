"""Tells the editor what stands behind a questionnaire's key, and what is unchecked."""

from typing import Any

from wagtail.admin.panels import Panel

from home.languages import SPOKEN_LANGUAGES

from .assessments import is_off
from .scoring import instrument


class InstrumentPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/instrument_panel.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            key = self.instance.instrument
            asked = instrument(key) if key else None
            unchecked: list[Any] = []
            if asked and not asked.is_our_own:
                unchecked = [
                    SPOKEN_LANGUAGES[language]
                    for language, is_official in asked.is_official_wording.items()
                    if not is_official
                ]
            return super().get_context_data(parent_context) | {
                "key": key,
                "asked": asked,
                "is_off": is_off(key),
                "unchecked": unchecked,
            }
