"""Venues and municipalities of incoming places."""

from wagtail.models import ModelLogEntry

from home.models import Municipality, PostalCode

from ..models import Venue
from ..slugs import free_slug, slug_of
from .records import IncomingPlace, Note, NoteKind
from .texts import TEXT_LANGUAGES, cut, in_any


def names_for_site(names: dict[str, str], limit: int) -> dict[str, str]:
    """In the site's languages; Finnish is always there, as the models want it."""
    ours = {code: cut(names[code], limit) for code in TEXT_LANGUAGES if names.get(code)}
    ours.setdefault("fi", cut(in_any(names), limit))
    return ours


def municipality_of(place: IncomingPlace) -> Municipality | None:
    """By the source's divisions, else the town's name, else the postal code.

    Divisions settle it: a place that they put elsewhere is outside the county.
    """
    by_name: dict[str, Municipality] = {}
    for municipality in Municipality.objects.all():
        for name in (municipality.key, *municipality.name.values()):
            by_name[name.casefold()] = municipality
    if place.municipalities:
        return first_known(place.municipalities, by_name)
    if found := first_known(place.localities, by_name):
        return found
    code = PostalCode.objects.select_related("municipality")
    row = code.filter(pk=place.postal_code[:5]).first() if place.postal_code else None
    return row.municipality if row else None


def first_known(
    names: tuple[str, ...], by_name: dict[str, Municipality]
) -> Municipality | None:
    for name in names:
        if found := by_name.get(name.casefold()):
            return found
    return None


def locality_of(place: IncomingPlace, municipality: Municipality | None) -> str:
    """The town when it is not the municipality itself."""
    names = (
        {name.casefold() for name in municipality.name.values()}
        if municipality
        else set()
    )
    town = place.localities[0] if place.localities else ""
    return "" if town.casefold() in names else town[:80]


def find_or_make_venue(place: IncomingPlace) -> tuple[Venue | None, list[Note]]:
    """The venue by its id in the source (kept in its slug), else by its name.

    One found by its name was made here and is left as it is; so is one that
    somebody has edited here.
    """
    if not in_any(place.name):
        return None, []
    municipality = municipality_of(place)
    wanted = values_of(place, municipality)
    venue = venue_of(place, wanted)
    if venue is None:
        venue = Venue(slug=new_slug(place), **wanted)
        venue.full_clean()
        venue.save()
    elif is_ours(venue, place) and differs(venue, wanted) and not edited_here(venue):
        for name, value in wanted.items():
            setattr(venue, name, value)
        venue.full_clean()
        venue.save()
    notes = []
    if venue.municipality_id is None:
        where = venue.locality or "unknown town"
        notes.append(Note(NoteKind.PLACE, f"its place is outside the county: {where}"))
    return venue, notes


def values_of(place: IncomingPlace, municipality: Municipality | None) -> dict:
    return {
        "name": names_for_site(place.name, 150),
        "municipality": municipality,
        "street_address": cut(place.street_address, 150),
        "postal_code": place.postal_code[:10],
        "locality": locality_of(place, municipality),
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def source_suffix(place: IncomingPlace) -> str:
    """`--tprek-45317`: two hyphens, which no slug of a name has."""
    key = slug_of(place.external_id, 40)
    return f"--{key}" if key else ""


def is_ours(venue: Venue, place: IncomingPlace) -> bool:
    suffix = source_suffix(place)
    return bool(suffix) and venue.slug.endswith(suffix)


def venue_of(place: IncomingPlace, wanted: dict) -> Venue | None:
    venues = Venue.objects.select_related("municipality")
    if suffix := source_suffix(place):
        found = venues.filter(slug__endswith=suffix).first()
        if found:
            return found
    named = venues.filter(slug__startswith=slug_of(in_any(place.name), 60)).order_by(
        "pk"
    )
    for venue in named[:50]:
        if "--" not in venue.slug and is_same(venue, wanted):
            return venue
    return None


def is_same(venue: Venue, wanted: dict) -> bool:
    """The same name, and nothing of the address that says otherwise."""
    names = {name.casefold() for name in venue.name.values()}
    if names.isdisjoint(name.casefold() for name in wanted["name"].values()):
        return False
    streets = {venue.street_address.casefold(), wanted["street_address"].casefold()}
    towns = {venue.municipality_id, getattr(wanted["municipality"], "pk", None)}
    return len(streets - {""}) <= 1 and len(towns - {None}) <= 1


def new_slug(place: IncomingPlace) -> str:
    return free_slug(
        Venue, in_any(place.name), instead="paikka", suffix=source_suffix(place)
    )


def differs(venue: Venue, wanted: dict) -> bool:
    return any(getattr(venue, name) != value for name, value in wanted.items())


def edited_here(venue: Venue) -> bool:
    return ModelLogEntry.objects.for_instance(venue).exclude(user=None).exists()
