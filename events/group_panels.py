"""The form in which staff write a group, tab by tab."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from home.fields import YesNoUnknown
from home.models import TopicMixin

from .dates_panel import DatesPanel
from .easy_text import what_readers_get
from .models.facts import FIRST_VISIT_FACTS

TEXTS = [
    HelpPanel(
        _(
            "Write each language on its own row. Residents see the row of their"
            " language, or the main language when there is none."
        )
    ),
    InlinePanel("texts", label=_("Text"), min_num=1),
    HelpPanel(lazy(what_readers_get, str)()),
    FieldPanel("main_language"),
    FieldRowPanel([FieldPanel("image"), FieldPanel("image_alt")]),
]
TIMES = [
    InlinePanel("rules", label=_("Weekly or monthly time")),
    InlinePanel("extra_dates", label=_("Single date")),
    FieldPanel("pauses"),
    InlinePanel("breaks", label=_("Break")),
    DatesPanel(heading=_("The next dates")),
]
PLACE = [
    FieldPanel("organisers", required_on_save=False),
    FieldRowPanel([FieldPanel("attendance"), FieldPanel("online_url")]),
    FieldRowPanel([FieldPanel("venue"), FieldPanel("municipality")]),
    FieldPanel("is_address_protected"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_phone")]),
            FieldRowPanel([FieldPanel("contact_hours"), FieldPanel("contact_email")]),
            FieldPanel("is_walk_in"),
        ],
        heading=_("Contact: shown to residents"),
    ),
]
AUDIENCE = [
    FieldPanel("kind"),
    *TopicMixin.topic_panels,
    FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
    FieldPanel("spoken_languages"),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("is_free", widget=YesNoUnknown), FieldPanel("capacity")]
            ),
            FieldRowPanel([FieldPanel("sign_up"), FieldPanel("sign_up_until")]),
            FieldPanel("sign_up_url"),
            FieldRowPanel([FieldPanel("openness"), FieldPanel("referral_needed")]),
            FieldPanel("led_by"),
        ],
        heading=_("Joining"),
    ),
    MultiFieldPanel(
        [
            *(FieldPanel(name, widget=YesNoUnknown) for name in FIRST_VISIT_FACTS),
            FieldPanel("buddy_phone"),
        ],
        heading=_("The first visit: yes, no, or not known"),
    ),
]
SETTINGS = [FieldPanel("slug"), FieldPanel("is_sensitive")]
EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(TEXTS, heading=_("Texts")),
        ObjectList(TIMES, heading=_("Times")),
        ObjectList(PLACE, heading=_("Place and contact")),
        ObjectList(AUDIENCE, heading=_("For whom")),
        ObjectList(SETTINGS, heading=_("Settings")),
    ]
)
