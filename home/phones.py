"""Phone numbers: written as people read them, linked as phones want them."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

phone_number = RegexValidator(r"^[0-9 +]+$", _("Write only digits, spaces and +."))
optional_phone_number = RegexValidator(
    r"^[0-9 +]*$", _("Write only digits, spaces and +.")
)


def tel_link(number: str) -> str:
    """“09 2525 0111” as `tel:0925250111`; "" for no number."""
    return "tel:" + number.replace(" ", "") if number else ""
