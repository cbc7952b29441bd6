"""What is wrong with a questionnaire's file: a sentence for each fault."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from .instruments import Formula, Instrument, Item, Measure, Range, Text
from .reading import LANGUAGES

NUMBERS_NEEDED = {Formula.NUMBER: 1, Formula.BODY_MASS_INDEX: 2}


def faults_of(instrument: Instrument) -> list[str]:
    return [
        *key_faults(instrument),
        *text_faults(instrument),
        *item_faults(instrument),
        *total_faults(instrument),
        *band_faults(instrument),
        *reference_faults(instrument),
    ]


def key_faults(instrument: Instrument) -> Iterator[str]:
    named = {
        "item": [each.key for each in instrument.items]
        + [each.key for each in instrument.measures],
        "sub-score": [each.key for each in instrument.sub_scores],
        "band": [each.key for each in instrument.bands],
        "flag": [each.key for each in instrument.flags],
    }
    for kind, keys in named.items():
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"Two have the key {key}: {kind}."


def text_faults(instrument: Instrument) -> Iterator[str]:
    texts: list[tuple[str, Text]] = [
        ("title", instrument.title),
        ("period", instrument.period),
        ("instruction", instrument.instruction),
        ("licence", instrument.licence),
        *([("total", instrument.total_name)] if instrument.total_name else []),
        *(("note", note.text) for note in instrument.notes),
        *(
            (f"note of limits {n}", each.note)
            for n, each in enumerate(instrument.limits)
            if each.note
        ),
        *((f"skip to {each.items}", each.hint) for each in instrument.skips),
    ]
    for item in instrument.items:
        texts.append((item.key, item.text))
        texts += [(f"hint of {item.key}", item.hint)] if item.hint else []
        texts += [(f"{item.key}: {each.value}", each.text) for each in item.options]
    for sub in instrument.sub_scores:
        texts.append((sub.key, sub.name))
        texts += [(sub.key, band.text) for band in sub.bands]
    for band in instrument.bands:
        texts += [(band.key, text) for text in (band.name, band.meaning, band.next)]
    for flag in instrument.flags:
        texts += [(flag.key, text) for text in (flag.name, flag.next)]
    for where, text in texts:
        for language in LANGUAGES:
            if not text.get(language, "").strip():
                yield f"A text is missing in {language}: {where}."
    if not instrument.source.strip():
        yield "The source is missing."
    for language in LANGUAGES:
        if not isinstance(instrument.is_official_wording.get(language), bool):
            yield f"It does not say whether the wording is official: {language}."


def item_faults(instrument: Instrument) -> Iterator[str]:
    for item in instrument.items:
        values = [option.value for option in item.options]
        if bool(item.options) == bool(item.number):
            yield f"An item has either options or a number: {item.key}."
        if len(values) != len(set(values)):
            yield f"Two options have the same value: {item.key}."
        if any(option.score < 0 for option in item.options):
            yield f"A score is below zero: {item.key}."
        if item.number and not 0 < item.number.lowest < item.number.highest:
            yield f"A number has no range: {item.key}."


def total_faults(instrument: Instrument) -> Iterator[str]:
    lowest = highest = 0
    scores = {
        item.key: [option.score for option in item.options] for item in instrument.items
    }
    scores |= {
        measure.key: [step.score for table in measure.tables for step in table.steps]
        for measure in instrument.measures
    }
    for key in instrument.total_of:
        if not scores.get(key):
            yield f"The total has no scores for {key}."
            continue
        lowest += min(scores[key])
        highest += max(scores[key])
    if (lowest, highest) != (instrument.minimum, instrument.maximum):
        yield (
            f"The scores come to {lowest}–{highest}, the file says"
            f" {instrument.minimum}–{instrument.maximum}."
        )
    for sub in instrument.sub_scores:
        most = sum(max(scores.get(key) or [0]) for key in sub.items)
        if most != sub.maximum:
            yield f"The scores of {sub.key} come to {most}, not {sub.maximum}."


def band_faults(instrument: Instrument) -> Iterator[str]:
    bands = {band.key for band in instrument.bands}
    used = {key for limits in instrument.limits for key in limits.ranges}
    for key in sorted(bands ^ used):
        yield f"A band has either no limits or no texts: {key}."
    for place, limits in enumerate(instrument.limits):
        if not covers(limits.ranges.values(), instrument.minimum, instrument.maximum):
            yield f"The limits leave a gap, or overlap: {place}."
    if [bool(limits.when) for limits in instrument.limits] != [
        *[True] * (len(instrument.limits) - 1),
        False,
    ]:
        yield "The last limits, and they alone, hold for everybody."
    for sub in instrument.sub_scores:
        ranges = [band.range for band in sub.bands]
        if ranges and not covers(ranges, 0, sub.maximum):
            yield f"The limits of {sub.key} leave a gap, or overlap."


def covers(ranges: Iterable[Range], lowest: int, highest: int) -> bool:
    """One after the other from the lowest to the highest, without a gap."""
    in_order = list(ranges)
    return (
        bool(in_order)
        and in_order[0].low == lowest
        and in_order[-1].high == highest
        and all(range_.low <= range_.high for range_ in in_order)
        and all(one.high + 1 == other.low for one, other in pairwise(in_order))
    )


def reference_faults(instrument: Instrument) -> Iterator[str]:
    items = {item.key: item for item in instrument.items}
    order = list(items)
    for skip in instrument.skips:
        named = [*skip.when_zero, *skip.items]
        if not set(named) <= set(items):
            yield f"A skip names an item that is not there: {named}."
        elif max(map(order.index, skip.when_zero)) > min(map(order.index, skip.items)):
            yield f"A skip leads back: {named}."
    for sub in instrument.sub_scores:
        if not set(sub.items) <= set(items):
            yield f"A sub-score names an item that is not there: {sub.key}."
    for flag in instrument.flags:
        if flag.of not in {*items, *(sub.key for sub in instrument.sub_scores)}:
            yield f"A flag names what is not there: {flag.of}."
        if not is_known(flag.when, items):
            yield f"A flag asks for an answer that is not there: {dict(flag.when)}."
    if instrument.first_step and instrument.first_step not in {
        sub.key for sub in instrument.sub_scores
    }:
        yield f"The first step is no sub-score: {instrument.first_step}."
    for measure in instrument.measures:
        yield from measure_faults(measure, items)
    for limits in instrument.limits:
        if not is_known(limits.when, items):
            yield f"Limits ask for an answer that is not there: {dict(limits.when)}."


def measure_faults(measure: Measure, items: Mapping[str, Item]) -> Iterator[str]:
    if len(measure.items) != NUMBERS_NEEDED[measure.formula] or not all(
        key in items and items[key].number for key in measure.items
    ):
        yield f"A measure is made of numbers: {measure.key}."
    for table in measure.tables:
        *limits, last = [step.up_to for step in table.steps]
        known = [limit for limit in limits if limit is not None]
        rises = known == sorted(set(known)) and len(known) == len(limits)
        if last is not None or not rises:
            yield f"The steps of {measure.key} do not rise, or end too early."
        if not is_known(table.when, items):
            yield f"{measure.key} asks for an answer that is not there."
    asked = {key for table in measure.tables for key in table.when}
    if asked:
        key = min(asked)
        covered = {table.when.get(key) for table in measure.tables}
        if key in items and not set(items[key].scores) <= covered:
            yield f"{measure.key} has no table for every answer to {key}."


def is_known(when: Mapping[str, str], items: Mapping[str, Item]) -> bool:
    return all(
        key in items and value in items[key].scores for key, value in when.items()
    )
