"""A whole walk through the need-finder, and that nothing of it is left anywhere."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .finder import ADDRESS, ANSWERS, answer_by_keyboard, box, change_look_and_go_on
from .test_pages import AXE_RULES, OVERFLOW
from .test_visits import FOCUSED, SHOWS_FOCUS
from .traces import Traces

NARROW = {"width": 320, "height": 640}
STORED = "localStorage.length + sessionStorage.length"


@pytest.fixture(params=["scripts on", "scripts off"])
def scripts_on(request):
    return request.param == "scripts on"


@pytest.fixture
def visitor(browser: Browser, base_url, scripts_on):
    context = browser.new_context(java_script_enabled=scripts_on, viewport=NARROW)
    return context.new_page()


def test_whole_walk_by_keyboard_at_320_pixels(visitor: Page, base_url, scripts_on):
    visitor.goto(base_url + ADDRESS)
    assert visitor.evaluate(OVERFLOW) <= 0

    answer_by_keyboard(visitor, scripts_on)

    expect(visitor).to_have_url(base_url + ADDRESS)
    expect(visitor.locator("main")).to_contain_text("Kun olet yksin")
    expect(visitor.locator("#shelf-group")).to_be_visible()
    assert visitor.evaluate(OVERFLOW) <= 0

    visitor.locator("button[name=change]").press("Enter")
    visitor.wait_for_selector("form.need-finder")
    for question in ANSWERS:
        expect(box(visitor, question)).to_be_checked()


def test_nothing_of_the_answers_leaves_the_walk(
    browser: Browser, base_url, demo_folder
):
    context = browser.new_context()
    traces = Traces(demo_folder)
    traces.follow(context)
    page = context.new_page()
    page.goto(base_url + ADDRESS)

    answer_by_keyboard(page, scripts_on=True)
    assert page.evaluate(STORED) == 0
    change_look_and_go_on(page)

    assert len(traces.posted) == 3
    assert "worry=lonely" in traces.posted[0]  # There was something to leave.
    assert traces.queries == []
    assert traces.told(["lonely", "older", "no-sign-up", "worry"]) == []
    assert traces.kept(traces.posted) == []
    assert traces.cookies == []
    assert page.evaluate(STORED) == 0
    assert f"POST {ADDRESS}" in traces.log


def test_with_scripts_one_question_is_shown_at_a_time(page: Page, base_url):
    page.goto(base_url + ADDRESS)
    shown = page.locator("[data-question]:visible")
    expect(shown).to_have_count(1)
    expect(shown.locator("h2")).to_contain_text("Kysymys 1/6")
    expect(page).to_have_title(re.compile("^Kysymys 1/6 – Löydä"))
    expect(page.locator("[data-back]")).to_be_hidden()

    skip = page.locator("[data-next]")
    before = skip.text_content()
    box(page, "life").check()
    assert skip.text_content() != before  # It says "next" now, not "skip".
    skip.press("Enter")

    expect(page.locator("#question-worry")).to_be_focused()
    expect(page.locator("#question-worry")).to_contain_text("Kysymys 2/6")
    expect(page).to_have_title(re.compile("^Kysymys 2/6 – Löydä"))
    assert page.evaluate(SHOWS_FOCUS), page.evaluate(FOCUSED)
    page.locator("[data-back]").click()
    expect(page.locator("#question-life")).to_be_focused()
    expect(box(page, "life")).to_be_checked()


def test_enter_in_a_box_goes_on_and_does_not_send(page: Page, base_url):
    page.goto(base_url + ADDRESS)

    box(page, "life").press("Enter")

    expect(page.locator("#question-worry")).to_be_focused()
    expect(page.locator("form.need-finder")).to_be_visible()


def test_nothing_answered_gets_the_ways_in(page: Page, base_url):
    page.goto(base_url + ADDRESS)

    page.locator("[data-show]").click()

    expect(page.locator("#this-week")).to_be_visible()
    expect(page.locator("#services")).to_be_visible()
    expect(page.locator(".goal-links a")).to_have_count(4)


def test_somebody_in_danger_sees_the_number_first(visitor: Page, base_url):
    visitor.goto(base_url + ADDRESS)
    if visitor.locator("[data-walk]").is_visible():
        visitor.locator("[data-next]").click()

    visitor.locator("input[value=danger]").check()
    visitor.locator("[data-show]").click()

    number = visitor.locator("main a[href='tel:112']").first
    expect(number).to_be_visible()
    assert number.bounding_box()["y"] < visitor.locator("h1").bounding_box()["y"]


def test_result_prints_its_list(page: Page, base_url):
    page.goto(base_url + ADDRESS)
    page.locator("[data-next]").click()
    box(page, "worry").check()
    page.locator("[data-show]").click()
    expect(page.locator("[data-print]")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator("#shelf-guide")).to_be_visible()
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator(".quick-exit")).to_be_hidden()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_a_question_and_on_the_result(
    browser: Browser, base_url, colours
):
    axe = Axe()
    page = browser.new_page(color_scheme=colours, reduced_motion="reduce")
    page.goto(base_url + ADDRESS)
    page.locator("[data-next]").click()
    # Half under the way out, which stays on top, a link would count as too small.
    page.evaluate("scrollTo(0, 0)")
    question = axe.run(page, options=AXE_RULES)
    page.locator("input[value=dark]").check()
    page.locator("input[value=gambling]").check()
    page.locator("[data-show]").click()
    page.wait_for_selector(".finder-again")
    result = axe.run(page, options=AXE_RULES)

    assert not question.violations_count, question.generate_report()
    assert not result.violations_count, result.generate_report()
