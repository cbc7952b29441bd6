"""When to care for oneself, when to make contact, when to call for help at once."""

import re

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..phones import optional_phone_number, phone_number, tel_link
from .lists import INLINE_FEATURES
from .texts import OptionalTextBlock, PhoneNumberBlock

LINK = re.compile(r'<a\b[^>]*?\bhref="(?!tel:)|<a\b[^>]*?\blinktype=', re.IGNORECASE)
"""A link in stored rich text that is not a phone link."""


class PhoneValue(blocks.StructValue):
    @cached_property
    def tel(self) -> str:
        """The number as a tel: link wants it, without spaces."""
        return tel_link(self["number"])


class PhoneBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Service"), max_length=100)
    number = PhoneNumberBlock(
        label=_("Number"),
        max_length=30,
        validators=[phone_number],
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Phone number")
        description = _("A service's name and its number, to be tapped on a phone.")
        value_class = PhoneValue
        preview_value = {"name": "Hätänumero", "number": "112"}


class CareCardBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[
            ("self-care", _("Self-care")),
            ("contact", _("Make contact")),
            ("emergency", _("Emergency")),
        ],
        help_text=_("An emergency card takes phone links only."),
    )
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=[*INLINE_FEATURES, "ul"])
    phones = blocks.ListBlock(
        PhoneBlock(), label=_("Phone numbers"), min_num=0, default=[]
    )

    class Meta:
        icon = "warning"
        label = _("Care card")
        description = _(
            "Self-care, make contact or emergency. Use the three in this order."
        )
        template = "home/blocks/care_card.html"
        preview_value = {
            "level": "emergency",
            "title": "Soita heti 112, jos",
            "text": "<ul><li>henki on vaarassa.</li></ul>",
            "phones": [{"name": "Hätänumero", "number": "112"}],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation or cleaned["level"] != "emergency":
            return cleaned
        errors = {}
        if LINK.search(cleaned["text"].source):
            errors["text"] = ValidationError(
                _(
                    "Somebody in an emergency should call, not read on."
                    " Remove the links that are not phone numbers."
                )
            )
        if not len(cleaned["phones"]):
            errors["phones"] = ValidationError(_("Give the number to call."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Service"), max_length=120)
    phone = PhoneNumberBlock(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[optional_phone_number],
    )
    hours = OptionalTextBlock(label=_("Hours"), max_length=150, required=False)
    price = OptionalTextBlock(label=_("Price"), max_length=100, required=False)
    address = OptionalTextBlock(label=_("Address"), max_length=150, required=False)
    url = blocks.URLBlock(label=_("Web address"), required=False)
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        required=False,
        help_text=_("Shown to readers, so that they know how fresh the hours are."),
    )

    class Meta:
        icon = "user"
        label = _("Contact")
        description = _("Who to call, and when.")
        template = "home/blocks/contact.html"
        preview_value = {
            "name": "Päivystysapu",
            "phone": "116117",
            "hours": "Aina avoinna",
            "price": "Maksuton",
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if not (cleaned["phone"] or cleaned["url"] or cleaned["address"]):
            message = _("Give a phone number, an address or a web address.")
            raise blocks.StructBlockValidationError({"phone": ValidationError(message)})
        return cleaned

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["tel"] = tel_link(value.get("phone") or "")
        return context
