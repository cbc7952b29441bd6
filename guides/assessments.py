"""A questionnaire on its page: may it be filled in, and what the result says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings

from home.fields import LocalizedText
from home.languages import EASY_FINNISH, MAIN_LANGUAGE

from .scoring import Instrument, Result, instrument


def is_off(key: str) -> bool:
    """Its rights are not settled: it is described, and cannot be filled in."""
    return key in settings.INSTRUMENTS_OFF


def fillable(key: str) -> Instrument | None:
    return None if is_off(key) else instrument(key)


def is_official(asked: Instrument, language: str) -> bool:
    code = MAIN_LANGUAGE if language == EASY_FINNISH else language
    return asked.is_our_own or asked.is_official_wording.get(code, False)


@dataclass(frozen=True)
class ShownBand:
    key: str
    asks: bool
    name: LocalizedText
    meaning: LocalizedText
    next: LocalizedText


@dataclass(frozen=True)
class ShownFlag:
    """What to do next, when an answer asks more than the total."""

    key: str
    asks: bool
    name: LocalizedText
    next: LocalizedText


@dataclass(frozen=True)
class ShownSubScore:
    key: str
    name: LocalizedText
    maximum: int
    total: int | None
    bands: list[tuple[int, LocalizedText]]


@dataclass(frozen=True)
class ShownResult:
    """What the result's template draws: all that there may be, or what was found.

    All of it stands in the page for the browser, which takes out what does not hold.
    """

    instrument: Instrument
    result: Result | None = None

    @property
    def total(self) -> int | None:
        return self.result.total if self.result else None

    @property
    def total_name(self) -> LocalizedText:
        return LocalizedText(self.instrument.total_name)

    @property
    def percent(self) -> int | None:
        return self.result.percent if self.result else None

    @property
    def has_crisis(self) -> bool:
        flags = {flag.key for flag in self.instrument.flags}
        return "crisis" in (self.result.flags if self.result else flags)

    @property
    def may_lack_crisis(self) -> bool:
        return self.result is None or not self.has_crisis

    @property
    def bands(self) -> list[ShownBand]:
        return [
            ShownBand(
                key=band.key,
                asks=band.level.asks_for_a_professional,
                name=LocalizedText(band.name),
                meaning=LocalizedText(band.meaning),
                next=LocalizedText(band.next),
            )
            for band in self.instrument.bands
            if self.result is None or self.result.band == band.key
        ]

    @property
    def band_advises(self) -> bool:
        return self.result is None or not self.result.advice

    @property
    def is_outranked(self) -> bool:
        """Or may be: a flag says more than the band."""
        return bool(self.result.advice if self.result else self.instrument.flags)

    @property
    def has_uncounted(self) -> bool:
        return bool(self.result and self.result.uncounted)

    @property
    def advising_flags(self) -> list[ShownFlag]:
        return [
            ShownFlag(
                key=flag.key,
                asks=flag.level.asks_for_a_professional,
                name=LocalizedText(flag.name),
                next=LocalizedText(flag.next),
            )
            for flag in self.instrument.flags
            if self.result is None or self.result.advice == flag.key
        ]

    @property
    def limit_notes(self) -> list[tuple[int, LocalizedText]]:
        return [
            (place, LocalizedText(limits.note))
            for place, limits in enumerate(self.instrument.limits)
            if limits.note and (self.result is None or self.result.limits == place)
        ]

    @property
    def sub_scores(self) -> list[ShownSubScore]:
        """Beside the total. What the first step says of going on is not said again."""
        return [
            replace(sub, bands=[]) if sub.key == self.instrument.first_step else sub
            for sub in self.parts()
        ]

    @property
    def first_step(self) -> list[ShownSubScore]:
        """The sub-score that may stand alone, as a list of one or none."""
        return [sub for sub in self.parts() if sub.key == self.instrument.first_step]

    def parts(self) -> Iterator[ShownSubScore]:
        for sub in self.instrument.sub_scores:
            found = self.result.sub_scores.get(sub.key) if self.result else None
            if self.result and found is None:
                continue
            yield ShownSubScore(
                key=sub.key,
                name=LocalizedText(sub.name),
                maximum=sub.maximum,
                total=found.total if found else None,
                bands=[
                    (place, LocalizedText(band.text))
                    for place, band in enumerate(sub.bands)
                    if found is None or found.band == place
                ],
            )

    @property
    def notes(self) -> list[tuple[LocalizedText, str]]:
        """Each with the address of what it tells of, if any."""
        return [(LocalizedText(note.text), note.url) for note in self.instrument.notes]

    @property
    def licence(self) -> LocalizedText:
        return LocalizedText(self.instrument.licence)
