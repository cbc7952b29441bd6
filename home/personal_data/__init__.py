"""What in a text tells who somebody is: then it is not to be stored.

Names are not looked for: in a comment they are as often a service's or a street's.
"""

from enum import StrEnum

from .identity_codes import has_identity_code
from .mail import has_mail
from .phones import has_phone
from .plain_text import folded
from .streets import has_street_address


class Kind(StrEnum):
    IDENTITY_CODE = "identity-code"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"


IS_THERE = {
    Kind.IDENTITY_CODE: has_identity_code,
    Kind.MAIL: has_mail,
    Kind.PHONE: has_phone,
    Kind.ADDRESS: has_street_address,
}


def kinds_in(text: str) -> list[Kind]:
    """In the order of how much they tell; empty when the text may be stored."""
    plain = folded(text)
    return [kind for kind, is_there in IS_THERE.items() if is_there(plain)]
