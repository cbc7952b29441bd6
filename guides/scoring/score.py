"""From answers to a result. Totals that somebody sends are never read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .instruments import Band, Flag, Formula, Instrument, Measure

Answers = Mapping[str, str | int]
"""By item: an option's value, or a number in its smallest steps. Anything else counts
as no answer."""


@dataclass(frozen=True, slots=True)
class SubResult:
    total: int
    band: int | None
    """Its place among the sub-score's bands; None when it has none, or when answers
    that are not counted might say otherwise."""


@dataclass(frozen=True, slots=True)
class Result:
    missing: tuple[str, ...]
    skipped: tuple[str, ...]
    uncounted: tuple[str, ...]
    """Skipped, and yet answered with points. Flags see them; scripts hide what is
    skipped and leave it out."""
    sub_scores: Mapping[str, SubResult]
    """Those whose items have all been answered."""
    flags: tuple[str, ...]
    is_first_step: bool
    """The first questions alone have been answered, and they are enough to begin."""
    total: int | None = None
    percent: int | None = None
    band: str = ""
    advice: str = ""
    """The flag that says what to do next; "" when the band does."""
    limits: int | None = None
    """The place of the limits that were used."""

    @property
    def is_complete(self) -> bool:
        return self.total is not None


def score(instrument: Instrument, answers: Answers) -> Result:
    given = known(instrument, answers)
    points = {
        item.key: item.scores[str(given[item.key])]
        for item in instrument.items
        if item.options and item.key in given
    }
    skipped = skipped_items(instrument, points)
    uncounted = tuple(key for key in skipped if points.get(key))
    told = {key: number for key, number in points.items() if number}
    points |= dict.fromkeys(skipped, 0)
    points |= measured(instrument, given)
    missing = tuple(
        item.key
        for item in instrument.items
        if item.key not in given and item.key not in skipped
    )
    sub_scores = {}
    for sub in instrument.sub_scores:
        if all(key in points for key in sub.items):
            total = sum(points[key] for key in sub.items)
            places = [
                place
                for place, band in enumerate(sub.bands)
                if total in band.range and not set(sub.items) & set(uncounted)
            ]
            sub_scores[sub.key] = SubResult(total, places[0] if places else None)
            told[sub.key] = sum(told.get(key, 0) for key in sub.items)
    raised = [
        flag
        for flag in instrument.flags
        if told.get(flag.of, 0) >= flag.at_least and is_so(flag.when, given)
    ]
    flags = tuple(flag.key for flag in raised)
    if missing:
        is_first_step = bool(instrument.first_step) and set(given) == set(
            instrument.sub_score(instrument.first_step).items
        )
        return Result(missing, skipped, uncounted, sub_scores, flags, is_first_step)
    total = sum(points[key] for key in instrument.total_of)
    place, limits = next(
        (place, limits)
        for place, limits in enumerate(instrument.limits)
        if is_so(limits.when, given)
    )
    band = instrument.band(limits.band_of(total))
    return Result(
        missing,
        skipped,
        uncounted,
        sub_scores,
        flags,
        is_first_step=False,
        total=total,
        percent=total * 100 // instrument.maximum,
        band=band.key,
        advice=advice_over(band, raised),
        limits=place,
    )


def known(instrument: Instrument, answers: Answers) -> dict[str, str | int]:
    """The answers that the questionnaire has."""
    given: dict[str, str | int] = {}
    for item in instrument.items:
        answer = answers.get(item.key)
        if item.number:
            if isinstance(answer, int) and (
                item.number.lowest <= answer <= item.number.highest
            ):
                given[item.key] = answer
        elif isinstance(answer, str) and answer in item.scores:
            given[item.key] = answer
    return given


def skipped_items(instrument: Instrument, points: Mapping[str, int]) -> tuple[str, ...]:
    skipped: list[str] = []
    for skip in instrument.skips:
        if all(points.get(key) == 0 for key in skip.when_zero):
            skipped += [key for key in skip.items if key not in skipped]
    return tuple(skipped)


def advice_over(band: Band, raised: Iterable[Flag]) -> str:
    """The flag that weighs the most, when it weighs more than the band."""
    higher = [flag for flag in raised if flag.weight > band.weight]
    return max(higher, key=lambda flag: flag.weight).key if higher else ""


def is_so(when: Mapping[str, str], given: Mapping[str, str | int]) -> bool:
    return all(given.get(key) == value for key, value in when.items())


def measured(instrument: Instrument, given: Mapping[str, str | int]) -> dict[str, int]:
    """The points of each measure whose numbers and table are known."""
    points = {}
    for measure in instrument.measures:
        numbers = [given[key] for key in measure.items if key in given]
        table = next((each for each in measure.tables if is_so(each.when, given)), None)
        if table and len(numbers) == len(measure.items):
            points[measure.key] = table.score_of(value_of(measure, numbers))
    return points


def value_of(measure: Measure, numbers: list[str | int]) -> int:
    if measure.formula is Formula.BODY_MASS_INDEX:
        height, weight = map(int, numbers)
        # Whole numbers only: the browser gets the same, to the last digit.
        return (2 * 10_000 * weight + height**2) // (2 * height**2)
    return int(numbers[0])
