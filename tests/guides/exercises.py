"""A programme with every kind of exercise, as content files have them."""

from typing import Any

from wagtail.models import Page

from demo.content import stream
from guides.models import ProgrammePage, ProgrammePartPage
from tests import factories

SUITABILITY = {
    "type": "is_this_for_me",
    "value": {
        "suits": ["Olet nukkunut huonosti viikkoja."],
        "ask_first": ["Nukahdat kesken ajamisen."],
        "text": "<p>Voit aloittaa milloin vain.</p>",
    },
}
DIARY = {
    "type": "diary",
    "value": {
        "title": "Unipäiväkirja",
        "intro": "<p>Täytä aamulla.</p>",
        "columns": ["Nukkumaan", "Ylös", "Vireys 1–5"],
        "rows": ["Maanantai", "Tiistai"],
    },
}
REFLECTION = {
    "type": "reflection",
    "value": {
        "title": "Pysähdy hetkeksi",
        "intro": "",
        "questions": ["Mikä on nyt paremmin?", "Kuka huomasi muutoksen?"],
    },
}
BREATHING = {
    "type": "breathing",
    "value": {
        "title": "Rauhallinen hengitys",
        "intro": "<p>Istu mukavasti.</p>",
        "breathe_in": 1,
        "hold": 0,
        "breathe_out": 1,
        "rounds": 2,
        "text": "<p>Hengitä sisään ja laske yhteen.</p>",
    },
}
ACTION_PLAN = {
    "type": "action_plan",
    "value": {
        "title": "Oma suunnitelma",
        "intro": "<p>Valitse yksi teko.</p>",
        "prompts": [
            {"label": "Mitä teen?", "hint": "Yksi asia riittää."},
            {"label": "Milloin?", "hint": ""},
        ],
    },
}
EXPOSURE_STEPS = {
    "type": "exposure_steps",
    "value": {
        "title": "Omat portaat",
        "intro": "<p>Aloita helpoimmasta.</p>",
        "example": ["Katson ryhmän sivua.", "Menen sisään."],
        "rows": 3,
    },
}
THOUGHT_RECORD = {
    "type": "thought_record",
    "value": {
        "title": "Ajatus paperille",
        "intro": "<p>Valitse yksi ajatus.</p>",
        "prompts": [
            {"label": "Ajatus", "hint": "Sanasta sanaan."},
            {"label": "Tunne", "hint": "Asteikolla 0–10."},
        ],
        "example": ["”Huominen menee pilalle.”", "Pelko 8."],
    },
}
CHECKLIST = {
    "type": "checklist",
    "value": {
        "title": "Makuuhuone",
        "intro": "",
        "items": ["Huone on pimeä.", "Puhelin on muualla."],
    },
}
QUIZ = {
    "type": "quiz",
    "value": {
        "title": "Mitä tiedät unesta?",
        "intro": "",
        "questions": [
            {
                "question": "Mikä pitää rytmin koossa?",
                "options": [
                    {"text": "Säännöllinen nousuaika", "is_right": True},
                    {"text": "Aikainen nukkumaanmeno", "is_right": False},
                    {"text": "Pitkät päiväunet", "is_right": False},
                ],
                "explanation": "<p>Nousemisen voi päättää.</p>",
            }
        ],
    },
}
SUMMARY = {
    "type": "summary",
    "value": {
        "title": "Mitä otan mukaan",
        "intro": "<p>Lue, mitä olet kirjoittanut.</p>",
        "prompts": ["Mistä pidän kiinni?"],
    },
}
PARTS: list[tuple[str, list[dict[str, Any]]]] = [
    ("Mitä uni on", [QUIZ, DIARY]),
    ("Rytmi ja sänky", [ACTION_PLAN, CHECKLIST]),
    ("Huolihetki", [REFLECTION, THOUGHT_RECORD, EXPOSURE_STEPS]),
    ("Keho rauhoittuu", [BREATHING]),
    ("Näin pidät kiinni", [SUMMARY]),
]


def make_programme(index: Page, key: str = "uni", **fields: Any) -> ProgrammePage:
    """Five parts with all exercises between them."""
    programme = factories.make_programme(
        index,
        **{
            "title": "Parempaan uneen",
            "slug": key,
            "body": stream([SUITABILITY], f"{key}/body"),
        }
        | fields,
    )
    for place, (title, blocks) in enumerate(PARTS):
        make_part(programme, title, blocks, slug=f"osa-{place + 1}")
    return programme


def make_part(
    programme: ProgrammePage, title: str, blocks: list[dict], **fields: Any
) -> ProgrammePartPage:
    key = f"{programme.slug}/{title}"
    return factories.make_programme_part(
        programme, title=title, body=stream(blocks, key), **fields
    )


def part_of(programme: ProgrammePage, title: str) -> ProgrammePartPage:
    return ProgrammePartPage.objects.child_of(programme).get(title=title)
