"""Every questionnaire against what is published of it.

The numbers are written here, not read from the questionnaires' files: the files are
what is tried.
"""

from dataclasses import replace
from itertools import product

import pytest

from guides.checks import questionnaires_are_whole
from guides.scoring import faults_of, instrument, keys, read, score
from guides.scoring.instruments import Number, Range
from guides.scoring.reading import FOLDER

FIVE, DAYS = [0, 1, 2, 3, 4], [0, 1, 2, 3]
SCORES = {
    "audit": [FIVE] * 8 + [[0, 2, 4]] * 2,
    "audit-c": [FIVE] * 3,
    "who-5": [[0, 1, 2, 3, 4, 5]] * 5,
    "phq-9": [DAYS] * 9,
    "gad-7": [DAYS] * 7,
    "ftnd": [DAYS, [0, 1], [0, 1], DAYS, [0, 1], [0, 1]],
    "hsi": [DAYS, DAYS],
    "findrisc": [[0, 2, 3, 4], [0, 2], [0, 1], [0, 2], [0, 5], [0, 3, 5]],
    "pgsi": [DAYS] * 9,
    "ucla-3": [[1, 2, 3]] * 3,
    "motivation": [list(range(11))] * 3,
}
"""What the options of each scored question give, the least first. FINDRISC has two
more from numbers: body mass index 0, 1, 3 and waist 0, 3, 4."""
BANDS = {
    "audit": [
        ("low", 0, 7),
        ("slightly", 8, 10),
        ("clearly", 11, 14),
        ("great", 15, 19),
        ("very-great", 20, 40),
    ],
    "who-5": [("low", 0, 12), ("fine", 13, 25)],
    "phq-9": [
        ("none", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("moderately-severe", 15, 19),
        ("severe", 20, 27),
    ],
    "gad-7": [
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("severe", 15, 21),
    ],
    "ftnd": [
        ("very-low", 0, 2),
        ("low", 3, 4),
        ("medium", 5, 5),
        ("high", 6, 7),
        ("very-high", 8, 10),
    ],
    "hsi": [("low", 0, 1), ("medium", 2, 2), ("high", 3, 3), ("very-high", 4, 6)],
    "findrisc": [
        ("low", 0, 6),
        ("slightly", 7, 11),
        ("moderate", 12, 14),
        ("high", 15, 20),
        ("very-high", 21, 26),
    ],
    "pgsi": [("none", 0, 0), ("low", 1, 2), ("moderate", 3, 7), ("problem", 8, 27)],
    "ucla-3": [("seldom", 3, 3), ("sometimes", 4, 5), ("often", 6, 9)],
    "motivation": [("look", 0, 3), ("try", 4, 6), ("choose", 7, 10)],
}
EXPECTED = {
    key: {total: band for band, low, high in bands for total in range(low, high + 1)}
    for key, bands in BANDS.items()
}


def scored(key):
    return [
        item
        for item in instrument(key).items
        if item.options and not item.is_background
    ]


def value_for(item, wanted):
    return next(value for value, points in item.scores.items() if points == wanted)


def chosen(key, points, **others):
    """Answers with these points, one for each scored question in order."""
    items = scored(key)
    assert len(points) == len(items)
    answers = {
        item.key: value_for(item, wanted)
        for item, wanted in zip(items, points, strict=True)
    }
    return answers | others


def coming_to(total, choices):
    """Points that come to the total; the first questions get as much as they can."""
    if not choices:
        return [] if total == 0 else None
    for points in sorted(choices[0], reverse=True):
        rest = coming_to(total - points, choices[1:]) if points <= total else None
        if rest is not None:
            return [points, *rest]
    return None


def test_all_eleven_are_here():
    assert set(keys()) == set(SCORES)


@pytest.mark.parametrize("key", SCORES)
def test_options_give_the_published_points(key):
    assert [sorted(item.scores.values()) for item in scored(key)] == SCORES[key]
    assert all(len(item.scores) == len(item.options) for item in scored(key))


@pytest.mark.parametrize(
    ("key", "item", "texts"),
    [
        ("audit", "q1", ["Ei koskaan", "Noin kerran", "2–4", "2–3", "4 kertaa"]),
        ("audit", "q2", ["1–2", "3–4", "5–6", "7–9", "10 tai"]),
        ("audit", "q3", ["Ei", "Harvemmin", "Kerran kuussa", "Kerran v", "Päivittäin"]),
        ("audit", "q9", ["Ei", "Kyllä, mutta ei viimeisen", "Kyllä, viimeisen"]),
        ("who-5", "q1", ["Ei", "Ajoittain", "Alle", "Yli", "Suurimman", "Koko"]),
        ("phq-9", "q9", ["Ei", "Useana", "Suurimpana", "Lähes"]),
        ("ftnd", "q1", ["Yli 60", "31–60", "6–30", "5 minuutin"]),
        ("ftnd", "q3", ["Jostakin muusta", "Aamun"]),
        ("ftnd", "q4", ["10 tai vähemmän", "11–20", "21–30", "31"]),
        ("hsi", "q1", ["Yli 60", "31–60", "6–30", "5 minuutin"]),
        ("hsi", "q2", ["10 tai vähemmän", "11–20", "21–30", "31"]),
        ("findrisc", "age", ["Alle 45", "45–54", "55–64", "Yli 64"]),
        ("findrisc", "activity", ["Kyllä", "En"]),
        ("findrisc", "glucose", ["Ei", "Kyllä"]),
        ("findrisc", "family", ["Ei", "Kyllä: isovanhemmalla", "Kyllä: vanhemmalla"]),
        ("pgsi", "q1", ["Ei", "Joskus", "Useimmiten", "Lähes"]),
        ("ucla-3", "q1", ["Tuskin", "Joskus", "Usein"]),
    ],
)
def test_words_stand_beside_their_points(key, item, texts):
    """From the fewest points to the most."""
    options = instrument(key).item(item).options
    in_order = sorted(options, key=lambda option: option.score)

    assert len(in_order) == len(texts)
    for option, beginning in zip(in_order, texts, strict=True):
        assert option.text["fi"].startswith(beginning)


@pytest.mark.parametrize(
    "key", [key for key in EXPECTED if key not in {"findrisc", "motivation"}]
)
def test_every_total_has_its_published_band(key):
    for total, band in EXPECTED[key].items():
        points = coming_to(total, SCORES[key])
        result = score(instrument(key), chosen(key, points))

        assert (result.total, result.band) == (total, band)
        assert not result.missing
        assert result.is_complete


@pytest.mark.parametrize("key", EXPECTED)
def test_nothing_lies_outside_the_bands(key):
    asked = instrument(key)

    assert set(EXPECTED[key]) == set(range(asked.minimum, asked.maximum + 1))
    assert {band.key for band in asked.bands} == set(EXPECTED[key].values())


# AUDIT


def test_last_two_of_audit_take_no_odd_points():
    asked = instrument("audit")
    answers = chosen("audit", [2] * 8 + [4, 4])

    assert score(asked, answers).total == 24
    for key, value in product(("q9", "q10"), ("1", "3", "5")):
        assert score(asked, answers | {key: value}).missing == (key,)


def test_who_does_not_drink_goes_on_to_the_last_two():
    asked = instrument("audit")
    between = tuple(f"q{number}" for number in range(2, 9))

    result = score(asked, {"q1": "0", "q9": "2", "q10": "4"})

    assert (result.total, result.band) == (6, "low")
    assert result.skipped == between
    assert not result.missing
    # What was answered before counts nothing either.
    late = score(asked, chosen("audit", [0] + [4] * 7 + [2, 4]))
    assert late.total == 6


def test_who_drinks_little_at_a_time_is_asked_no_more_of_dependence():
    asked = instrument("audit")
    few = {"q1": "4", "q2": "0", "q3": "0"}

    assert score(asked, few).missing == ("q9", "q10")
    result = score(asked, few | {"q9": "4", "q10": "4"})
    assert (result.total, result.band) == (12, "clearly")
    assert result.skipped == ("q4", "q5", "q6", "q7", "q8")
    assert score(asked, few | {"q3": "1"}).skipped == ()
    assert score(asked, few | {"q2": "1"}).skipped == ()
    assert score(asked, {"q2": "0"}).skipped == ()


@pytest.mark.parametrize(
    ("points", "dependence", "problems"),
    [
        ([4, 4, 4, 1, 1, 1, 0, 0, 0, 0], (3, 0), (0, 0)),
        ([4, 4, 4, 2, 1, 1, 1, 0, 0, 0], (4, 1), (1, 1)),
        ([4, 4, 4, 4, 4, 4, 4, 4, 4, 4], (12, 1), (16, 1)),
    ],
)
def test_parts_of_audit_are_told_apart(points, dependence, problems):
    parts = score(instrument("audit"), chosen("audit", points)).sub_scores

    assert parts["consumption"].total == 12
    assert (parts["dependence"].total, parts["dependence"].band) == dependence
    assert (parts["problems"].total, parts["problems"].band) == problems


# AUDIT-C


@pytest.mark.parametrize(
    ("age", "sex", "limit"),
    [
        ("adult", "man", 6),
        ("adult", "woman", 5),
        ("adult", "unsaid", 5),
        ("older", "man", 4),
        ("older", "woman", 4),
        ("older", "unsaid", 4),
        ("minor", "man", 1),
        ("minor", "woman", 1),
        ("minor", "unsaid", 1),
    ],
)
def test_audit_c_has_finnish_limits(age, sex, limit):
    for total in range(13):
        points = coming_to(total, SCORES["audit-c"])
        result = score(
            instrument("audit-c"), chosen("audit-c", points, age=age, sex=sex)
        )

        assert result.total == total
        assert result.band == ("raised" if total >= limit else "low")


def test_audit_c_names_both_limits_to_who_does_not_say():
    limits = instrument("audit-c").limits[-1]

    assert not limits.when
    assert {"5", "6"} <= {word.strip(".,") for word in limits.note["fi"].split()}


# WHO-5


def test_who_5_is_better_the_higher_and_thirteen_is_not_low():
    asked = instrument("who-5")
    for total in range(26):
        result = score(asked, chosen("who-5", coming_to(total, SCORES["who-5"])))

        assert result.percent == total * 4
        assert result.band == ("low" if total < 13 else "fine")
    # The old rule, "or any item 0 or 1", is not there.
    assert score(asked, chosen("who-5", [0, 1, 5, 5, 5])).band == "fine"


# PHQ-9


def test_thought_of_self_harm_is_answered_whatever_the_total():
    asked = instrument("phq-9")
    for points in range(1, 4):
        alone = score(asked, {"q9": str(points)})
        whole = score(asked, chosen("phq-9", [0] * 8 + [points]))

        assert alone.flags == whole.flags == ("crisis",)
        assert alone.missing
        assert whole.band == "none"
    assert score(asked, chosen("phq-9", [3] * 8 + [0])).flags == ()


def test_thought_of_self_harm_says_what_to_do_unless_the_band_asks_as_much():
    asked = instrument("phq-9")
    for rest in product(range(4), repeat=4):
        result = score(asked, chosen("phq-9", [*rest, 0, 0, 3, 3, 1]))
        is_severe = result.band == "severe"

        assert result.advice == ("" if is_severe else "crisis")
    assert score(asked, chosen("phq-9", [3] * 8 + [1])).band == "severe"
    assert score(asked, chosen("phq-9", [3] * 8 + [1])).advice == ""
    assert score(asked, chosen("phq-9", [1] * 4 + [0] * 5)).advice == ""


def test_first_two_of_phq_9_are_phq_2():
    asked = instrument("phq-9")
    for one, two in product(DAYS, DAYS):
        result = score(asked, {"q1": str(one), "q2": str(two)})
        part = result.sub_scores["phq-2"]

        assert result.is_first_step
        assert part.total == one + two
        assert part.band == (1 if one + two >= 3 else 0)
    assert not score(asked, {"q1": "0"}).is_first_step
    assert not score(asked, {"q1": "0", "q2": "0", "q3": "0"}).is_first_step
    assert not score(asked, {}).is_first_step


# FTND and HSI


def test_two_questions_on_smoking_are_not_the_six():
    first, second = {"q1": "1"}, {"q2": "1"}

    assert score(instrument("hsi"), first | second).band == "medium"
    assert score(instrument("hsi"), {"q1": "0", "q2": "0"}).total == 0  # 10 a day.
    assert instrument("ftnd").maximum == 10
    assert instrument("hsi").maximum == 6


# FINDRISC


HEALTHY = {
    "age": "0",
    "height": 200,
    "weight": 800,
    "limits": "men",
    "waist": 80,
    "activity": "yes",
    "vegetables": "daily",
    "medication": "no",
    "glucose": "no",
    "family": "none",
}


def diabetes_points(**answers):
    return score(instrument("findrisc"), HEALTHY | answers).total


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({}, 0),
        *(({"age": age}, int(age)) for age in ("0", "2", "3", "4")),
        ({"activity": "no"}, 2),
        ({"vegetables": "less"}, 1),
        ({"medication": "yes"}, 2),
        ({"glucose": "yes"}, 5),
        ({"family": "distant"}, 3),
        ({"family": "close"}, 5),
    ],
)
def test_findrisc_gives_the_published_points(answer, points):
    assert diabetes_points(**answer) == points


@pytest.mark.parametrize(
    ("sex", "waist", "points"),
    [
        *(("men", waist, 0) for waist in (40, 80, 93)),
        *(("men", waist, 3) for waist in (94, 102)),
        *(("men", waist, 4) for waist in (103, 250)),
        *(("women", waist, 0) for waist in (40, 79)),
        *(("women", waist, 3) for waist in (80, 88)),
        *(("women", waist, 4) for waist in (89, 250)),
    ],
)
def test_both_limits_of_the_waist_give_three(sex, waist, points):
    assert diabetes_points(limits=sex, waist=waist) == points


@pytest.mark.parametrize(
    ("weight", "points"),
    [
        (997, 0),  # 24.925, which is 24.9
        (998, 1),  # 24.95, which is 25.0
        (1000, 1),  # 25.0
        (1200, 1),  # 30.0
        (1201, 1),  # 30.025, which is 30.0
        (1202, 3),  # 30.05, which is 30.1
    ],
)
def test_body_mass_index_is_rounded_to_one_decimal(weight, points):
    """Of somebody two metres tall: the index is a quarter of the weight."""
    assert diabetes_points(height=200, weight=weight) == points


def test_findrisc_has_every_total_and_its_band():
    asked = instrument("findrisc")
    found = {}
    choices = product(
        SCORES["findrisc"][0],
        ((800, 0), (1000, 1), (1300, 3)),
        ((80, 0), (94, 3), (103, 4)),
        *SCORES["findrisc"][1:],
    )
    for age, (weight, index), (waist, round_it), *others in choices:
        answers = chosen("findrisc", [age, *others], height=200, weight=weight)
        result = score(asked, answers | {"limits": "men", "waist": waist})
        total = age + index + round_it + sum(others)

        assert result.total == total
        assert result.band == EXPECTED["findrisc"][total]
        found[total] = True
    assert set(EXPECTED["findrisc"]) - set(found) == set()


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("70", 700),
        ("70,5", 705),
        (" 70.5 ", 705),
        ("70,55", None),
        ("29,9", None),
        ("30", 300),
        ("350,1", None),
        ("-70", None),
        ("7e1", None),
        ("٧٠", None),
        ("70 kg", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_weight_is_read_as_people_write_it(typed, steps):
    assert instrument("findrisc").item("weight").number.steps_in(typed) == steps


def test_whole_numbers_have_no_decimals():
    waist = Number(lowest=40, highest=250, decimals=0)

    assert waist.steps_in("94") == 94
    assert waist.steps_in("94,5") is None


# The motivation ruler


def test_rulers_are_not_added_up():
    asked = instrument("motivation")
    for readiness, band in EXPECTED["motivation"].items():
        for other in range(11):
            answers = {
                "importance": str(other),
                "confidence": str(10 - other),
                "readiness": str(readiness),
            }
            result = score(asked, answers)

            assert (result.total, result.band) == (readiness, band)
            assert result.sub_scores["importance"].total == other
            assert result.sub_scores["confidence"].total == 10 - other
            place = 0 if other <= 3 else 1 if other <= 6 else 2
            assert result.sub_scores["importance"].band == place


# What is missing or unknown


@pytest.mark.parametrize("key", SCORES)
def test_each_question_that_is_left_out_is_named(key):
    asked = instrument(key)
    numbers = {"height": 170, "weight": 700, "waist": 90}
    whole = {
        item.key: numbers[item.key] if item.number else item.options[-1].value
        for item in asked.items
    }
    assert score(asked, whole).is_complete
    assert score(asked, {}).missing == tuple(item.key for item in asked.items)
    for left_out in whole:
        answers = {name: value for name, value in whole.items() if name != left_out}
        result = score(asked, answers)

        assert left_out in result.missing
        assert (result.total, result.percent, result.band) == (None, None, "")


@pytest.mark.parametrize("value", ["", "-1", "99", "01", "1.0", "x", " 1", 1, None])
def test_answer_that_is_not_offered_is_no_answer(value):
    asked = instrument("gad-7")

    assert "q1" in score(asked, {"q1": value}).missing
    assert "waist" in score(instrument("findrisc"), {"waist": value}).missing


def test_totals_that_are_sent_are_not_read():
    asked = instrument("pgsi")
    sent = chosen("pgsi", [3] * 9) | {"total": "0", "band": "none", "score": "0"}

    assert score(asked, sent).total == 27


# The files


def test_every_file_is_whole():
    assert questionnaires_are_whole(None) == []


@pytest.mark.parametrize("key", SCORES)
def test_no_wording_is_called_official(key):
    assert not any(instrument(key).is_official_wording.values())


def test_gaps_and_overlaps_are_found():
    asked = instrument("pgsi")
    limits = asked.limits[0]
    for name, wrong in (
        ("low", Range(1, 3)),
        ("low", Range(2, 2)),
        ("problem", Range(8, 26)),
    ):
        ranges = {**limits.ranges, name: wrong}
        faults = faults_of(replace(asked, limits=(replace(limits, ranges=ranges),)))

        assert any("gap" in fault for fault in faults)


@pytest.mark.parametrize(
    ("key", "old", "new", "said"),
    [
        ("pgsi", 'key = "q2"', 'key = "q1"', "Two have the key q1"),
        ("pgsi", "maximum = 27", "maximum = 28", "come to 0–27"),
        ("audit", 'score = 4, fi = "Kyllä', 'score = 2, fi = "Kyllä', "same value"),
        ("pgsi", 'sv = "Ibland"', 'sv = " "', "missing in sv"),
        ("audit", 'when_zero = ["q1"]', 'when_zero = ["q11"]', "not there"),
        ("findrisc", "up_to = 102", "up_to = 92", "do not rise"),
        ("audit-c", 'when = {age = "minor"}', 'when = {age = "old"}', "not there"),
        ("phq-9", 'of = "q9"', 'of = "q10"', "flag"),
    ],
)
def test_faults_of_a_file_are_found(tmp_path, key, old, new, said):
    text = (FOLDER / f"{key}.toml").read_text()
    assert old in text
    broken = tmp_path / f"{key}.toml"
    broken.write_text(text.replace(old, new))

    assert any(said in fault for fault in faults_of(read(broken)))
