"""The rules of a questionnaire as the browser gets them: keys and numbers, no words."""

from typing import Any

from .instruments import Instrument


def rules_of(instrument: Instrument) -> dict[str, Any]:
    return {
        "maximum": instrument.maximum,
        "firstStep": instrument.first_step,
        "totalOf": instrument.total_of,
        "items": [
            {
                "key": item.key,
                "scores": item.scores if item.options else None,
                "number": {
                    "lowest": item.number.lowest,
                    "highest": item.number.highest,
                    "decimals": item.number.decimals,
                }
                if item.number
                else None,
            }
            for item in instrument.items
        ],
        "skips": [
            {"whenZero": skip.when_zero, "items": skip.items}
            for skip in instrument.skips
        ],
        "measures": [
            {
                "key": measure.key,
                "formula": measure.formula.value,
                "items": measure.items,
                "tables": [
                    {
                        "when": table.when,
                        "steps": [[step.up_to, step.score] for step in table.steps],
                    }
                    for table in measure.tables
                ],
            }
            for measure in instrument.measures
        ],
        "subScores": [
            {
                "key": sub.key,
                "items": sub.items,
                "bands": [[band.range.low, band.range.high] for band in sub.bands],
            }
            for sub in instrument.sub_scores
        ],
        "limits": [
            {
                "when": limits.when,
                "ranges": [
                    [key, range_.low, range_.high]
                    for key, range_ in limits.ranges.items()
                ],
            }
            for limits in instrument.limits
        ],
        "bands": {band.key: band.weight for band in instrument.bands},
        "flags": [
            {
                "key": flag.key,
                "of": flag.of,
                "atLeast": flag.at_least,
                "when": flag.when,
                "weight": flag.weight,
            }
            for flag in instrument.flags
        ],
    }
