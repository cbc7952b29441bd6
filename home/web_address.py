"""Links to the web and to nothing else."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

web_address = URLValidator(
    schemes=["http", "https"],
    message=_("Write an address that begins with https://."),
    code="scheme",  # A form has a text of its own for "invalid".
)
