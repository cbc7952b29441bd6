"""Fixed choices. Their values are in addresses, feeds and stored data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    GROUP = "group", _("Group")
    EVENT = "event", _("Event")
    COURSE = "course", _("Course")
    VOLUNTEERING = "volunteering", _("Volunteering")


class Attendance(models.TextChoices):
    """schema.org's eventAttendanceMode."""

    ON_SITE = "on-site", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person or online")


class SignUp(models.TextChoices):
    NONE = "none", _("No registration needed")
    RECOMMENDED = "recommended", _("Registration recommended")
    REQUIRED = "required", _("Registration required")


class Openness(models.TextChoices):
    OPEN = "open", _("Open group: join when it suits you")
    CLOSED = "closed", _("Closed group: the same people from start to end")


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("Every week or every few weeks")
    MONTHLY = "monthly", _("Monthly, on a certain weekday")


class Nth(models.IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class Weekday(models.IntegerChoices):
    """ISO: Monday is 1."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class TimeOfDay(models.TextChoices):
    """By the hour of the start: before 12, 12 to 17, from 17 on."""

    MORNING = "morning", pgettext_lazy("part of day", "Morning")
    DAY = "day", pgettext_lazy("part of day", "Daytime")
    EVENING = "evening", pgettext_lazy("part of day", "Evening")

    @classmethod
    def of_hour(cls, hour: int) -> "TimeOfDay":
        if hour < 12:
            return cls.MORNING
        return cls.DAY if hour < 17 else cls.EVENING


class Feature(models.IntegerChoices):
    """Places in a search row's `features` mask. Never renumber one."""

    FREE = 0, _("Free of charge")
    REMOTE = 1, _("Remote participation")
    STEP_FREE = 2, _("Step-free entrance")
    NO_SIGN_UP = 3, _("No registration needed")
    BUDDY = 4, _("A buddy to go with")
    FULL = 5, _("Full just now")
    SENSITIVE = 6, _("Sensitive subject")
    UNCONFIRMED = 7, _("Not confirmed")


class OrganisationKind(models.TextChoices):
    COUNTY = "wellbeing-county", _("Wellbeing services county")
    MUNICIPALITY = "municipality", _("Municipality")
    PARISH = "parish", _("Parish")
    ASSOCIATION = "association", _("Association")
    ADULT_EDUCATION = "adult-education", _("Adult education centre")
    HEALTH_PROVIDER = "health-provider", _("Health service provider")
    OTHER = "other", _("Other organiser")


class VenueKind(models.TextChoices):
    COMMUNITY_HOUSE = "community-house", _("Community house")
    LIBRARY = "library", _("Library")
    PARISH_HALL = "parish-hall", _("Parish hall")
    FAMILY_CENTRE = "family-centre", _("Family centre")
    YOUTH_CENTRE = "youth-centre", _("Youth centre")
    SPORTS_HALL = "sports-hall", _("Sports hall")
    ADULT_EDUCATION = "adult-education", _("Adult education centre")
    SERVICE_CENTRE = "service-centre", _("Service centre")
    VILLAGE_HALL = "village-hall", _("Village hall")
    OUTDOORS = "outdoors", _("Outdoors")
    OTHER = "other", _("Other place")


class Pause(models.TextChoices):
    """Breaks that return by themselves, without a row for each year."""

    PUBLIC_HOLIDAYS = "public-holidays", _("Public holidays")
    SCHOOL_BREAKS = "school-breaks", _("School holidays of the municipality")
    JULY = "july", _("July")
    CHRISTMAS = "christmas", _("Christmas, from 21 December to 6 January")


class Leader(models.TextChoices):
    PROFESSIONAL = "professional", _("a professional")
    PEER = "peer", _("a peer")
    EXPERT_BY_EXPERIENCE = "expert-by-experience", _("an expert by experience")
    VOLUNTEER = "volunteer", _("a volunteer")
