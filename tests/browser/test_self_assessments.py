"""Questionnaires in a browser: it counts what the server counts, and sends nothing."""

import random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guides.scoring import Instrument, instrument, score

from .test_pages import AXE_RULES, OVERFLOW

SLUGS = {
    "audit": "audit-alkoholikysely",
    "audit-c": "audit-c-alkoholikysely",
    "who-5": "who-5-hyvinvointikysely",
    "phq-9": "phq-9-masennuskysely",
    "gad-7": "gad-7-ahdistuskysely",
    "ftnd": "fagerstromin-testi",
    "hsi": "hsi-tupakkatesti",
    "findrisc": "findrisc-diabetesriskitesti",
    "pgsi": "pgsi-rahapelikysely",
    "ucla-3": "ucla-3-yksinaisyyskysely",
    "motivation": "olenko-valmis-ryhmaan",
}
NUMBERS = {
    "height": ("100", "155", "170", "200", "250", "99", "251", "170,5", "x"),
    "weight": ("30", "62,5", "99.7", "99,8", "120,1", "120,2", "350", "29,9", "1e2"),
    "waist": ("40", "79", "80", "88", "89", "93", "94", "102", "103", "250", "94,5"),
}
SETS = 400
IN_BROWSER = """async ([module, sets]) => {
    const { score } = await import(module);
    const rules = JSON.parse(document.querySelector("#rules").textContent);
    return sets.map((answers) => score(rules, answers));
}"""


def path_of(key: str) -> str:
    return f"/fi/itsearvioinnit/{SLUGS[key]}/"


def all_the_same(asked: Instrument, place: int) -> dict[str, str]:
    """The option at the place, or the nearest, of each question."""
    return {
        item.key: NUMBERS[item.key][place % 5]
        if item.number
        else item.options[min(place, len(item.options) - 1)].value
        for item in asked.items
    }


def for_every_total(asked: Instrument) -> list[dict[str, str]]:
    """One set of answers for each total: from one to the next, an answer at a time."""
    values = {
        item.key: NUMBERS[item.key] if item.number else [o.value for o in item.options]
        for item in asked.items
    }
    first = {
        item.key: values[item.key][0]
        if item.number
        else min(item.options, key=lambda option: option.score).value
        for item in asked.items
    }
    found = {on_server(asked, first)["total"]: first}
    left = list(found.values())
    while left:
        answers = left.pop()
        for key in values:
            for value in values[key]:
                changed = answers | {key: value}
                total = on_server(asked, changed)["total"]
                if total is not None and total not in found:
                    found[total] = changed
                    left.append(changed)
    return list(found.values())


def by_chance(asked: Instrument, number: int) -> list[dict[str, str]]:
    """Whole, with gaps, and with what no form offers; the same in every run."""
    chance = random.Random(asked.key)
    sets = []
    for _set in range(number):
        gaps = chance.choice((0, 0, 0.1, 0.6))
        answers = {}
        for item in asked.items:
            values = NUMBERS.get(item.key) or [o.value for o in item.options]
            values = [*values, "99"] if chance.random() < gaps / 4 else values
            if chance.random() >= gaps:
                answers[item.key] = chance.choice(values)
        sets.append(answers)
    return sets


def on_server(asked: Instrument, answers: dict[str, str]) -> dict[str, Any]:
    """The server's result, by the names that the browser gives it."""
    read: dict[str, Any] = {}
    for key, value in answers.items():
        number = asked.item(key).number
        read[key] = number.steps_in(value) if number else value
    result = score(asked, read)
    return {
        "missing": list(result.missing),
        "skipped": list(result.skipped),
        "uncounted": list(result.uncounted),
        "subScores": {
            key: {"total": sub.total, "band": sub.band}
            for key, sub in result.sub_scores.items()
        },
        "flags": list(result.flags),
        "isFirstStep": result.is_first_step,
        "total": result.total,
        "percent": result.percent,
        "band": result.band,
        "advice": result.advice,
        "limits": result.limits,
    }


def fill_in(page: Page, answers: dict[str, str]) -> None:
    for key, value in answers.items():
        item = page.locator(f"[data-item='{key}']")
        if item.is_hidden():
            continue
        if item.locator("input[type=radio]").count():
            item.locator(f"input[value='{value}']").check()
        else:
            item.locator("input").fill(value)


def shown(page: Page, *, scripts: bool) -> str:
    """The words of the result; the button to print is the scripts' own."""
    if scripts:
        page.locator("[data-print]").evaluate_all("all => all.forEach(e => e.remove())")
    return " ".join(page.locator("[data-answer]").inner_text().split())


@pytest.mark.parametrize("key", SLUGS)
def test_browser_counts_as_the_server_does(page: Page, base_url, key):
    asked = instrument(key)
    page.goto(base_url + path_of(key))
    module = page.locator("script[src*='self-assessment']").get_attribute("src")
    sets = for_every_total(asked) + by_chance(asked, SETS)

    found = page.evaluate(IN_BROWSER, [module, sets])

    wanted = [on_server(asked, answers) for answers in sets]
    totals = {result["total"] for result in wanted if result["total"] is not None}
    assert totals == set(range(asked.minimum, asked.maximum + 1))
    assert any(result["missing"] for result in wanted)
    for answers, ours, theirs in zip(sets, wanted, found, strict=True):
        assert theirs == ours, answers


@pytest.mark.parametrize("key", SLUGS)
def test_result_reads_the_same_with_and_without_scripts(
    browser: Browser, base_url, key
):
    asked = instrument(key)
    said = {}
    for scripts in (True, False):
        page = browser.new_context(java_script_enabled=scripts).new_page()
        for place in (0, 2, 99):
            page.goto(base_url + path_of(key))
            fill_in(page, all_the_same(asked, place))
            page.locator("form[data-assessment] button").click()
            expect(page.locator(".assessment-result")).to_be_visible()
            said[scripts, place] = shown(page, scripts=scripts)
        page.context.close()

    for place in (0, 2, 99):
        assert said[True, place] == said[False, place]
        assert said[True, place]


def test_nothing_that_is_answered_leaves_the_browser(page: Page, base_url):
    page.goto(base_url + path_of("phq-9"))
    page.wait_for_load_state("networkidle")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))

    fill_in(page, dict.fromkeys((f"q{n}" for n in range(1, 10)), "3"))
    page.locator("form[data-assessment] button").click()
    expect(page.locator("[data-total]").first).to_have_text("27")
    page.wait_for_timeout(300)

    assert asked_for == []
    assert page.url == base_url + path_of("phq-9")
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    assert page.evaluate(kept) == '[{},{},""]'


def test_help_comes_at_once_when_somebody_thinks_of_self_harm(page: Page, base_url):
    page.goto(base_url + path_of("phq-9"))
    help_now = page.locator("[data-help] [data-crisis]")
    ninth = page.locator("[data-item=q9]")

    ninth.locator("input[value='0']").check()
    expect(help_now).to_have_count(0)
    ninth.locator("input[value='1']").check()
    expect(help_now).to_be_visible()
    expect(help_now.locator("a[href='tel:112']")).to_be_visible()
    ninth.locator("input[value='0']").check()
    expect(help_now).to_have_count(0)


def test_help_is_where_the_keyboard_goes_on_from(page: Page, base_url):
    page.goto(base_url + path_of("phq-9"))
    fill_in(page, {f"q{n}": "0" for n in range(1, 9)} | {"q9": "1"})
    page.locator("form[data-assessment] button").click()

    answer = page.locator("[data-answer]")
    expect(answer.locator("[data-crisis]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(answer.locator("[data-crisis] a").first).to_be_focused()
    expect(answer.locator("[data-advice]")).to_have_count(1)
    expect(answer.locator("[data-advice] a[href^='tel:']")).to_be_visible()


def test_questions_that_are_skipped_are_out_of_the_way(page: Page, base_url):
    page.goto(base_url + path_of("audit"))
    page.locator("[data-item=q1] input[value='0']").check()

    for number in range(2, 9):
        expect(page.locator(f"[data-item=q{number}]")).to_be_hidden()
    expect(page.locator("[data-item=q9]")).to_be_visible()
    page.locator("[data-item=q1] input[value='1']").check()
    expect(page.locator("[data-item=q2]")).to_be_visible()


def test_questionnaire_can_be_filled_in_by_keyboard(page: Page, base_url):
    page.goto(base_url + path_of("ucla-3"))
    page.locator("[data-item=q1] input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator("form[data-assessment] button").focus()
    page.keyboard.press("Enter")

    missing = page.locator("[data-missing] a")
    expect(missing).to_have_count(1)
    expect(page.locator("[data-answer]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(missing.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-item=q3] input").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#result-heading")).to_be_focused()
    expect(page.locator("[data-total]").first).to_have_text("5")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_questionnaires_fit_the_screen(browser: Browser, base_url, width, scripts):
    context = browser.new_context(
        viewport={"width": width, "height": 700}, java_script_enabled=scripts
    )
    page = context.new_page()
    axe, found = Axe(), []

    def look(what: str) -> None:
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{what}: wider than the screen")
        if scripts:
            result = axe.run(page, options=AXE_RULES)
            if result.violations_count:
                found.append(f"{what}\n{result.generate_report()}")

    for key in ("audit", "phq-9", "findrisc", "motivation"):
        page.goto(base_url + path_of(key))
        look(key)
        page.locator("form[data-assessment] button").click()
        expect(page.locator("[data-missing]").first).to_be_visible()
        look(f"{key}, missing")
        fill_in(page, all_the_same(instrument(key), 99))
        page.locator("form[data-assessment] button").click()
        expect(page.locator(".assessment-result").first).to_be_visible()
        look(f"{key}, result")
    context.close()

    assert not found, "\n".join(found)


def test_button_to_print_is_there_with_scripts_only(browser: Browser, base_url):
    for scripts in (True, False):
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.goto(base_url + path_of("ucla-3"))
        fill_in(page, {"q1": "1", "q2": "1", "q3": "1"})
        page.locator("form[data-assessment] button").click()

        assert page.locator("[data-answer] [data-print]").is_visible() == scripts
        page.context.close()


def test_who_goes_back_does_not_find_what_somebody_else_answered(
    remembering: Browser, base_url
):
    page = remembering.new_page()
    page.goto(base_url + path_of("phq-9"))
    page.evaluate("window.isTheSamePage = true")
    fill_in(page, dict.fromkeys((f"q{n}" for n in range(1, 10)), "3"))
    page.locator("form[data-assessment] button").click()
    expect(page.locator("[data-total]").first).to_have_text("27")

    page.goto(base_url + "/fi/")
    page.go_back(wait_until="commit")

    assert page.evaluate("window.isTheSamePage")  # Kept by the browser as it was.
    expect(page.locator("[data-answer] [data-total]")).to_have_count(0)
    expect(page.locator("form[data-assessment] input:checked")).to_have_count(0)
    expect(page.locator("[data-help] [data-crisis]")).to_have_count(0)
