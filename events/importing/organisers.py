"""Organisations of incoming events, known by their names."""

import re

from ..enums import OrganisationKind
from ..models import Organisation
from ..slugs import slug_of
from .places import names_for_site
from .texts import in_any

KINDS = (
    (
        r"hyvinvointialue|välfärdsområde|wellbeing services county",
        OrganisationKind.COUNTY,
    ),
    (r"seurakun|församling|parish|ortodoksi", OrganisationKind.PARISH),
    (r"opisto|institut\b|adult education", OrganisationKind.ADULT_EDUCATION),
    (
        r"kaupunki|kaupungin|\bkunta\b|kunnan|\bstad\b|kommun|kirjasto|city of"
        r"|municipal",
        OrganisationKind.MUNICIPALITY,
    ),
    (
        r"\b(?:ry|rf)\b|yhdisty|förening|liitto|seura\b|association|järjestö",
        OrganisationKind.ASSOCIATION,
    ),
)


def kind_by_name(name: str) -> OrganisationKind:
    for pattern, kind in KINDS:
        if re.search(pattern, name, re.I):
            return kind
    return OrganisationKind.OTHER


def find_or_make_organisation(names: dict[str, str]) -> Organisation | None:
    """The one of that name, left as it is; or a new one."""
    name = in_any(names)
    slug = slug_of(name)
    if not slug:
        return None
    if found := Organisation.objects.filter(slug=slug).first():
        return found
    organisation = Organisation(
        name=names_for_site(names, 150), slug=slug, kind=kind_by_name(name)
    )
    organisation.full_clean()
    organisation.save()
    return organisation
