"""One address of each page type in each language, as the demo has them."""

import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

ADDRESSES = {
    "front page": ["/fi/", "/sv/", "/en/", "/fi-simple/"],
    "goal": [
        "/fi/paihteeton-elama/",
        "/fi/turvallinen-arki/",
        "/fi/merkityksellinen-elama/",
        "/fi/terveelliset-elintavat/",
    ],
    "guide index": ["/fi/oppaat/", "/sv/guider/", "/en/guides/", "/fi-simple/ohjeet/"],
    "guide": ["/fi/oppaat/parempi-uni/", "/fi/oppaat/lahisuhdevakivalta-tukea-on/"],
    "programme": ["/fi/ohjelmat/parempaan-uneen/"],
    "programme part": ["/fi/ohjelmat/parempaan-uneen/mita-uni-on/"],
    "self-assessment": ["/fi/itsearvioinnit/audit-alkoholikysely/"],
    "service": ["/fi/palvelut/hyvinvointivalmentaja/"],
    "event index": [
        "/fi/tapahtumat/",
        "/sv/evenemang/",
        "/en/events/",
        "/fi-simple/tapahtumat/",
        "/fi/tapahtumat/?municipality=kotka&free=1",
        "/fi/tapahtumat/?q=zzzz",
        "/fi/tapahtumat/?near=48100&weekday=2",
    ],
    "organisers and places": [
        "/fi/jarjestajat/",
        "/sv/arrangorer/",
        "/en/venues/",
        "/fi-simple/paikat/",
    ],
    "search": [
        "/fi/haku/?q=uni",
        "/sv/sok/?q=grupp",
        "/en/search/?q=",
        "/fi-simple/haku/",
    ],
    "need-finder": ["/fi/loyda/", "/sv/hitta/", "/en/find/", "/fi-simple/loyda/"],
    "standard": ["/fi/apua-heti/", "/fi/ru/", "/fi/uk/", "/fi/saavutettavuus/"],
    "statutory": ["/sv/tillganglighet/", "/en/cookies/", "/fi/tietosuoja/"],
    "feedback": [
        "/fi/palaute/",
        "/sv/respons/",
        "/en/feedback/",
        "/fi-simple/palaute/",
    ],
    "missing": ["/fi/ei-ole/", "/sv/finns-inte/"],
    "sign-in": ["/accounts/login/"],
    "door": ["/fi/ilmoita/", "/sv/anmal/", "/en/submit/", "/fi-simple/ilmoita/"],
}
"""Typed here are those whose slug other tests rely on; the rest is in the sitemap."""


def in_sitemap(base: str) -> list[str]:
    """Every page's path, as search engines find it."""
    paths = []
    for section in ("pages", "events", "organisers", "venues"):
        with urllib.request.urlopen(f"{base}/sitemap-{section}.xml") as answer:  # noqa: S310  (our own)
            tree = ElementTree.fromstring(answer.read())  # noqa: S314  (our own)
        paths += [
            urllib.parse.urlsplit(element.text or "").path
            for element in tree.iter()
            if element.tag.endswith("}loc")
        ]
    return paths


def for_every_type(base: str) -> list[str]:
    """One page of each kind in each language: all typed, and one of each branch."""
    chosen = {path for paths in ADDRESSES.values() for path in paths}
    seen = set()
    for path in in_sitemap(base):
        branch = "/".join(path.split("/")[:3]) if path.count("/") > 3 else path
        if branch not in seen:
            seen.add(branch)
            chosen.add(path)
    return sorted(chosen)
