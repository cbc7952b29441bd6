"""Links to the web and to nothing else."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

web_address = URLValidator(
    schemes=["http", "https"], message=_("Write an address that begins with https://.")
)
