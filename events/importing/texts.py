"""Texts of others made fit for the site: clean, short enough, in our languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import nh3

from .markup import body_from_html, body_from_plain_text, looks_like_html
from .records import IncomingText, Note, NoteKind

TEXT_LANGUAGES = ("fi", "sv", "en")
LONGEST_TITLE = 120
LONGEST_LEAD = 250
LONGEST_PRICE = 150
LONGEST_PLACE_NOTE = 250

SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2028\u2029\u0085"), " ")
INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA0),
        0xAD,  # soft hyphen
        0x200B,
        0xFEFF,
        *range(0x202A, 0x202F),  # turn the direction of what follows
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),  # halves of a character: no database takes them
        0xFFFE,
        0xFFFF,
    ]
)


def visible(text: str) -> str:
    """Without NUL, control characters and hard spaces; lines are kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(INVISIBLE | SPACES)


def one_line(value: object) -> str:
    """A plain single line, whatever came; markup and entities are undone."""
    if not isinstance(value, str):
        return ""
    text = visible(unescape(value))
    if looks_like_html(text):
        text = unescape(nh3.clean(spaced(text), tags=set()))
    return " ".join(visible(text).split())


def spaced(html: str) -> str:
    """Words on either side of a tag that breaks the line stay apart."""
    return re.sub(r"(?i)</?(?:p|br|li|ul|ol|div|h\d|td|tr)\b[^>]*>", " ", html)


def cut(text: str, limit: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    breaks_word = not (text[limit - 1].isspace() or kept[-1].isspace())
    if breaks_word and " " in kept.strip():
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,;:.–-") + "…"


def by_language(value: object) -> dict[str, str]:
    """Linked Events' `{"fi": …}`; a plain string counts as Finnish, "" as nothing."""
    if isinstance(value, str):
        value = {"fi": value}
    if not isinstance(value, Mapping):
        return {}
    return {
        str(language).lower().replace("_", "-"): text
        for language, text in value.items()
        if isinstance(text, str) and one_line(text)
    }


def one_lines(value: object) -> dict[str, str]:
    return {language: one_line(text) for language, text in by_language(value).items()}


def in_any(texts: Mapping[str, str], language: str = "fi") -> str:
    """The text in the language, else in the first of ours, else the first at all."""
    for candidate in (language, *TEXT_LANGUAGES, *texts):
        if texts.get(candidate):
            return texts[candidate]
    return ""


# Marks that people write into titles

CANCELLED_WORDS = (
    "PERUUTETTU", "PERUTTU", "INSTÄLLT", "INSTÄLLD", "CANCELLED", "CANCELED",
)  # fmt: skip
DRAFT_WORDS = ("KESKENERÄINEN",)
BETWEEN = r"[\s!:;,.*/|()\[\]–—-]"


def mark_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """In capitals anywhere; otherwise only set off at the beginning or the end.

    “Peruutettu matka – kuluttajan oikeudet” is a title of its own.
    """
    either = "|".join(words)
    return re.compile(
        rf"(?<!\w)(?:{either})(?!\w)"
        rf"|^{BETWEEN}*(?i:{either})\s*(?:[!:;.*)\]–—-]|$)"
        rf"|[(\[–—:*-]\s*(?i:{either}){BETWEEN}*$"
    )


CANCELLED_MARK = mark_pattern(CANCELLED_WORDS)
DRAFT_MARK = mark_pattern(DRAFT_WORDS)


def without_mark(title: str, mark: re.Pattern[str]) -> tuple[str, bool]:
    """The title, and whether it bore the mark."""
    found = mark.search(title)
    if not found:
        return title, False
    before = re.sub(rf"{BETWEEN}+$", "", title[: found.start()])
    after = re.sub(rf"^{BETWEEN}+", "", title[found.end() :])
    rest, _again = without_mark(f"{before} {after}".strip(), mark)
    return rest, True


@dataclass
class Texts:
    """An event's texts by language, and what their titles said besides the name."""

    texts: tuple[IncomingText, ...] = ()
    main_language: str = "fi"
    is_cancelled: bool = False
    is_draft: bool = False
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: NoteKind, sentence: str) -> None:
        self.notes.append(Note(kind, sentence))


def read_texts(
    names: object,
    leads: object,
    bodies: object,
    *,
    prices: Mapping[str, str] | None = None,
    place_notes: object = None,
    links: object = None,
) -> Texts:
    """Rows for the languages that have something to read.

    A language with a name alone gets no row when another has a text.
    """
    result = Texts()
    titles = titles_of(names, result)
    lead_by, body_by = one_lines(leads), by_language(bodies)
    given = {*titles, *lead_by, *body_by}
    if others := sorted(given - set(TEXT_LANGUAGES)):
        result.note(NoteKind.LANGUAGE, f"texts not taken in {', '.join(others)}")
    filled = [code for code in TEXT_LANGUAGES if code in lead_by or code in body_by]
    chosen = filled or [code for code in TEXT_LANGUAGES if code in titles]
    if not chosen or not in_any(titles):
        return result
    if bare := [
        code for code in TEXT_LANGUAGES if code in titles and code not in chosen
    ]:
        result.note(NoteKind.LANGUAGE, f"only a name in {', '.join(bare)}: no text")
    result.main_language = chosen[0]
    note_lines, link_by, price_by = (
        one_lines(place_notes),
        one_lines(links),
        prices or {},
    )
    rows = []
    for code in chosen:
        lead, body = lead_and_body(lead_by.get(code, ""), body_by.get(code, ""))
        title = titles.get(code) or in_any(titles)
        for text, limit, what in (
            (title, LONGEST_TITLE, "title"),
            (lead, LONGEST_LEAD, "lead"),
        ):
            if len(text) > limit:
                result.note(
                    NoteKind.TEXT, f"{what} in {code} cut to {limit} characters"
                )
        rows.append(
            IncomingText(
                language=code,
                title=cut(title, LONGEST_TITLE),
                lead=cut(lead or title, LONGEST_LEAD),
                body=body + link_paragraph(code, in_any(link_by, code)),
                price=cut(price_by.get(code) or in_any(price_by, code), LONGEST_PRICE),
                place_note=cut(note_lines.get(code, ""), LONGEST_PLACE_NOTE),
            )
        )
    result.texts = tuple(rows)
    if times_differ(rows):
        result.note(NoteKind.CHECK, "its languages name different clock times")
    if any(MEMBERS_ONLY.search(f"{row.title} {row.lead} {row.body}") for row in rows):
        result.note(NoteKind.CHECK, "it says it is only for members or card holders")
    return result


def titles_of(names: object, result: Texts) -> dict[str, str]:
    titles = {}
    for code, name in one_lines(names).items():
        title, is_cancelled = without_mark(name, CANCELLED_MARK)
        title, is_draft = without_mark(title, DRAFT_MARK)
        result.is_cancelled |= is_cancelled
        result.is_draft |= is_draft
        if title:
            titles[code] = title
    return titles


def lead_and_body(lead: str, text: str) -> tuple[str, str]:
    """Without a lead of its own, the text's first sentences are the lead."""
    text = visible(text)
    body = body_from_html(text) if looks_like_html(text) else body_from_plain_text(text)
    flat = one_line(body)
    if not lead:
        lead = first_sentences(flat, LONGEST_LEAD)
    if flat == lead:
        body = ""
    return lead, body


def first_sentences(text: str, limit: int) -> str:
    """As many whole sentences as fit; one too long is left for `cut`."""
    if len(text) <= limit:
        return text
    ends = [match.end(1) for match in re.finditer(r"([.!?…])\s", text[: limit + 1])]
    return text[: ends[-1]] if ends and ends[-1] > limit // 4 else text


MORE = {"fi": "Lisätietoja", "sv": "Mer information", "en": "More information"}


def link_paragraph(language: str, address: str) -> str:
    """The source's own page about the event, at the end of the text."""
    if address.lower().startswith("www."):
        address = f"https://{address}"
    if not re.fullmatch(r"(?i)https?://[^\s\"<>]{4,500}", address):
        return ""
    host = re.sub(r"(?i)^https?://(?:www\.)?", "", address).split("/")[0]
    return f'<p><a href="{escape(address)}">{MORE[language]}: {escape(host)}</a></p>'


CLOCK = re.compile(r"\b(?:klo|kl\.?|at)\s*(\d{1,2})(?:[.:](\d{2}))?(?!\d|\.\d)", re.I)
MEMBERS_ONLY = re.compile(
    r"(?i)\b(?:vain|ainoastaan|endast|bara|only)\b[^.!?<]{0,60}"
    r"(?:kortin|kortti|haltijoille|jäsenille|medlemmar|kortinnehavare|members"
    r"|card ?holders)"
)


def times_differ(rows: Iterable[IncomingText]) -> bool:
    """True when two languages both name clock times and not the same ones."""
    named = [
        {(int(hour), int(minute or 0)) for hour, minute in CLOCK.findall(words)}
        for words in (one_line(f"{row.lead} {row.body}") for row in rows)
    ]
    named = [times for times in named if times]
    return any(times != named[0] for times in named[1:])


def searchable(texts: Iterable[IncomingText], *more: Any) -> str:
    """All words of an event in one string, for looking for cues."""
    parts = [f"{text.title}. {text.lead}. {one_line(text.body)}" for text in texts]
    parts += [text.place_note for text in texts]
    parts += [str(word) for word in more if word]
    return ". ".join(part for part in parts if part)
