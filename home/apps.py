from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REGISTERS = (
    "checks",
    "easy_twin.making",
    "readability.signal_handlers",
    "row_numbers",
    "signal_handlers",
)
"""Modules that Django has to know of, and that nobody else would import."""


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from . import staff_mail  # noqa: PLC0415  (needs the models)

        for name in REGISTERS:
            import_module(f"home.{name}")
        staff_mail.connect()
