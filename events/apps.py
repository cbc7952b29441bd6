from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Groups and events")

    def ready(self) -> None:
        from . import (  # noqa: PLC0415  (registers them)
            school_break_changes,  # noqa: F401
            signal_handlers,  # noqa: F401
        )
