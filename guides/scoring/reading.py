"""Reads the questionnaires' files, each once in a process."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .instruments import (
    Band,
    Flag,
    Formula,
    Instrument,
    Item,
    Level,
    Limits,
    Measure,
    Note,
    Number,
    Option,
    Range,
    Skip,
    Step,
    SubBand,
    SubScore,
    Table,
    Text,
)

FOLDER = Path(__file__).parents[1] / "instruments"
LANGUAGES = ("fi", "sv", "en")


@cache
def keys() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def instrument(key: str) -> Instrument | None:
    """None when there is no such file: the questionnaire is only described."""
    return read(FOLDER / f"{key}.toml") if key in keys() else None


def read(path: Path) -> Instrument:
    """Raises KeyError, TypeError or ValueError for what a file cannot do without."""
    with path.open("rb") as file:
        texts = tomllib.load(file)
    scales = texts.get("scales", {})
    items = tuple(item_of(each, scales) for each in texts["items"])
    measures = tuple(measure_of(each) for each in texts.get("measures", []))
    return Instrument(
        key=texts["key"],
        minimum=texts["minimum"],
        maximum=texts["maximum"],
        minutes=texts["minutes"],
        title=texts["title"],
        period=texts["period"],
        instruction=texts["instruction"],
        source=texts["source"],
        licence=texts["licence"],
        is_official_wording=texts["is_official_wording"],
        is_our_own=texts.get("is_our_own", False),
        is_screening=texts.get("is_screening", True),
        total_name=texts.get("total_name", {}),
        shows_percent=texts.get("shows_percent", False),
        first_step=texts.get("first_step", ""),
        total_of=tuple(texts.get("total_of", added_up(items, measures))),
        items=items,
        skips=tuple(
            Skip(tuple(each["when_zero"]), tuple(each["items"]), each["hint"])
            for each in texts.get("skips", [])
        ),
        measures=measures,
        sub_scores=tuple(sub_score_of(each) for each in texts.get("sub_scores", [])),
        bands=tuple(
            Band(
                key=each["key"],
                level=Level(each["level"]),
                name=each["name"],
                meaning=each["meaning"],
                next=each["next"],
            )
            for each in texts["bands"]
        ),
        limits=tuple(
            Limits(
                when=each.get("when", {}),
                ranges={key: range_of(pair) for key, pair in each["ranges"].items()},
                note=each.get("note", {}),
            )
            for each in texts["limits"]
        ),
        flags=tuple(
            Flag(**{"when": {}} | each | {"level": Level(each["level"])})
            for each in texts.get("flags", [])
        ),
        notes=tuple(
            Note(
                text={code: each[code] for code in LANGUAGES if code in each},
                url=each.get("url", ""),
            )
            for each in texts.get("notes", [])
        ),
    )


def added_up(items: Iterable[Item], measures: Iterable[Measure]) -> list[str]:
    scored = [item.key for item in items if item.options and not item.is_background]
    return scored + [measure.key for measure in measures]


def item_of(texts: Mapping[str, Any], scales: Mapping[str, Any]) -> Item:
    options = scales[texts["scale"]] if "scale" in texts else texts.get("options", [])
    number = texts.get("number")
    return Item(
        key=texts["key"],
        text=texts["text"],
        hint=texts.get("hint", {}),
        number=Number(**number) if number else None,
        options=tuple(option_of(each) for each in options),
        is_background=bool(options) and not any("score" in each for each in options),
    )


def option_of(texts: Mapping[str, Any]) -> Option:
    score = texts.get("score", 0)
    return Option(texts.get("value", str(score)), score, by_language(texts))


def measure_of(texts: Mapping[str, Any]) -> Measure:
    return Measure(
        key=texts["key"],
        formula=Formula(texts["formula"]),
        items=tuple(texts["items"]),
        tables=tuple(
            Table(
                when=table.get("when", {}),
                steps=tuple(
                    Step(step.get("up_to"), step["score"]) for step in table["steps"]
                ),
            )
            for table in texts["tables"]
        ),
    )


def sub_score_of(texts: Mapping[str, Any]) -> SubScore:
    return SubScore(
        key=texts["key"],
        items=tuple(texts["items"]),
        maximum=texts["maximum"],
        name=texts["name"],
        bands=tuple(
            SubBand(range_of(band["range"]), by_language(band))
            for band in texts.get("bands", [])
        ),
    )


def range_of(pair: list[int]) -> Range:
    low, high = pair
    return Range(low, high)


def by_language(texts: Mapping[str, Any]) -> Text:
    return {language: texts[language] for language in LANGUAGES}
