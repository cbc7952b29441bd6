from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from . import (  # noqa: PLC0415  (registers)
            checks,  # noqa: F401
            row_numbers,  # noqa: F401
            signal_handlers,  # noqa: F401
            staff_mail,
        )
        from .easy_twin import making  # noqa: F401, PLC0415  (registers)
        from .readability import signal_handlers as _readability  # noqa: F401, PLC0415

        staff_mail.connect()
