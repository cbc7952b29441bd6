"""Whether it is free, and the price as text: nothing is claimed that is not said."""

import re
from collections.abc import Mapping
from typing import Any

from .records import Note, NoteKind
from .texts import in_any, one_lines

ZERO = re.compile(
    r"(?i)(?:(?:hinta|pris|price)\s*:?\s*)?"
    r"(?:0+(?:[.,](?:0+|-))?\s*(?:€|e|eur|euroa|euro)?|€\s*0+(?:[.,]0+)?"
    r"|(?:täysin )?(?:ilmainen|maksuton|ilmaiseksi|veloituksetta)(?: tapahtuma)?"
    r"|vapaa pääsy|gratis|avgiftsfri(?:tt|a)?|kostnadsfri(?:tt|a)?|fritt inträde"
    r"|free(?: of charge| admission| entry)?)[\s.!]*"
)


def is_zero_price(text: str) -> bool:
    return bool(ZERO.fullmatch(text.strip()))


def read_offers(offers: object) -> tuple[bool | None, dict[str, str], list[Note]]:
    """Free or not (None: not said), the price by language, and what was mended."""
    rows = (
        [row for row in offers if isinstance(row, Mapping)]
        if isinstance(offers, list)
        else []
    )
    if not rows:
        return None, {}, []
    notes: list[Note] = []
    said: list[bool | None] = []
    prices: dict[str, list[str]] = {}
    for row in rows:
        free, price = read_offer(row, notes)
        said.append(free)
        for language, text in price.items():
            if text not in prices.setdefault(language, []):
                prices[language].append(text)
    joined = {language: " / ".join(texts) for language, texts in prices.items()}
    if all(free is True for free in said):
        return True, joined, notes
    if any(free is False for free in said):
        return False, joined, notes
    return None, joined, notes


def read_offer(
    row: Mapping[str, Any], notes: list[Note]
) -> tuple[bool | None, dict[str, str]]:
    says = row.get("is_free")
    free = says if isinstance(says, bool) else None
    price, words = one_lines(row.get("price")), one_lines(row.get("description"))
    if price and all(is_zero_price(text) for text in price.values()):
        if free is False:
            shown = in_any(price)
            notes.append(
                Note(NoteKind.PRICE, f"price “{shown}”, said to cost: taken as free")
            )
        return True, {}
    if (
        free is True
        and price
        and not all(is_zero_price(text) for text in price.values())
    ):
        shown = in_any(price)
        notes.append(
            Note(
                NoteKind.PRICE, f"said to be free, price “{shown}”: neither is claimed"
            )
        )
        return None, price
    if free is True:
        return True, words
    both = {
        language: " ".join(
            part
            for part in (price.get(language), bracketed(language, price, words))
            if part
        )
        for language in {*price, *words}
    }
    return free, both


def bracketed(language: str, price: Mapping[str, str], words: Mapping[str, str]) -> str:
    text = words.get(language, "")
    return f"({text})" if text and price.get(language) else text
