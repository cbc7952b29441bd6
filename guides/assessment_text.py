"""All that a questionnaire asks, counts and says, as who reviews it reads it."""

from collections.abc import Iterator
from dataclasses import dataclass

from home.fields import LocalizedText

from .assessment_forms import AssessmentForm, Row
from .assessments import ShownResult
from .scoring import Instrument


@dataclass(frozen=True)
class ShownLimits:
    who: str
    """For whose answers they are; "" for all."""
    ranges: list[tuple[int, int, LocalizedText]]
    note: LocalizedText


@dataclass(frozen=True)
class ShownCase:
    """What is said beside the total, and from how many points on."""

    of: LocalizedText
    at_least: int
    name: LocalizedText
    next: LocalizedText


@dataclass(frozen=True)
class QuestionnaireText(ShownResult):
    @property
    def rows(self) -> Iterator[Row]:
        return AssessmentForm(self.instrument).rows

    @property
    def limits(self) -> list[ShownLimits]:
        return [
            ShownLimits(
                who=", ".join(self.answer(*pair) for pair in limits.when.items()),
                ranges=[
                    (span.low, span.high, LocalizedText(self.instrument.band(key).name))
                    for key, span in limits.ranges.items()
                ],
                note=LocalizedText(limits.note),
            )
            for limits in self.instrument.limits
        ]

    @property
    def cases(self) -> list[ShownCase]:
        return [
            ShownCase(
                of=name_of(self.instrument, flag.of),
                at_least=flag.at_least,
                name=LocalizedText(flag.name),
                next=LocalizedText(flag.next),
            )
            for flag in self.instrument.flags
        ]

    @property
    def sub_limits(self) -> list[tuple[LocalizedText, list[tuple[int, int, str]]]]:
        return [
            (
                LocalizedText(sub.name),
                [
                    (band.range.low, band.range.high, str(LocalizedText(band.text)))
                    for band in sub.bands
                ],
            )
            for sub in self.instrument.sub_scores
        ]

    def answer(self, key: str, value: str) -> str:
        options = self.instrument.item(key).options
        texts = (option.text for option in options if option.value == value)
        return str(LocalizedText(next(texts)))


def name_of(instrument: Instrument, key: str) -> LocalizedText:
    """Of an item or a sub-score."""
    subs = {sub.key: sub.name for sub in instrument.sub_scores}
    return LocalizedText(subs[key] if key in subs else instrument.item(key).text)
