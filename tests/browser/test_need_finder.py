"""A whole walk through the need-finder, and that nothing of it is left anywhere."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

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


def list_for_lonely(page: Page, base_url: str) -> list[str]:
    """The suggestions that somebody gets who is lonely."""
    page.goto(base_url + ADDRESS)
    page.locator("[data-next]").click()
    box(page, "worry").check()
    page.locator("[data-show]").click()
    page.wait_for_selector(".finder-again")
    return titles(page)


def titles(page: Page) -> list[str]:
    return page.locator("main .search-results h3").all_text_contents()


def open_a_suggestion_and_come_back(page: Page, base_url: str) -> None:
    page.locator("#shelf-guide ~ ul a").first.click()
    page.wait_for_url(lambda url: url != base_url + ADDRESS)
    page.go_back(wait_until="commit")  # A page that was kept does not load.
    expect(page).to_have_url(base_url + ADDRESS)


def test_back_from_a_suggestion_leads_to_the_list(remembering, base_url):
    page = remembering.new_page()
    listed = list_for_lonely(page, base_url)
    assert listed

    open_a_suggestion_and_come_back(page, base_url)

    expect(page.locator("h1")).to_have_text("Tämä voi sopia sinulle")
    assert titles(page) == listed
    page.go_back(wait_until="commit")
    expect(box(page, "worry")).to_be_checked()
    page.go_forward(wait_until="commit")
    page.locator("button[name=change]").click()
    expect(page.locator("form.need-finder")).to_be_visible()
    expect(box(page, "worry")).to_be_checked()


def test_back_to_a_page_that_the_browser_forgot_leads_to_the_questions(
    page: Page, base_url
):
    list_for_lonely(page, base_url)

    open_a_suggestion_and_come_back(page, base_url)

    expect(page.locator("[data-question]:visible")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-question]:visible")).to_have_count(1)
    expect(page.locator("main input:checked")).to_have_count(0)
    page.locator("[data-show]").click()
    expect(page.locator("#this-week")).to_be_visible()


def test_list_is_announced_and_back_leads_to_the_answers(page: Page, base_url):
    page.goto(base_url + ADDRESS)
    asked = page.title()

    list_for_lonely(page, base_url)

    expect(page.locator("h1")).to_be_focused()
    assert page.title().startswith(page.locator("h1").text_content())
    assert page.evaluate("history.state") == {"view": 1}
    page.locator(".skip-link").press("Enter")
    expect(page.locator(".finder-again")).to_be_visible()
    page.go_back()
    expect(page.locator(".finder-again")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_be_focused()
    expect(box(page, "worry")).to_be_checked()
    assert page.title().split(" – ")[1:] == asked.split(" – ")[1:]
    page.go_forward()
    expect(page.locator(".finder-again")).to_be_visible()


def test_list_says_that_it_is_not_kept(visitor: Page, base_url, scripts_on):
    visitor.goto(base_url + ADDRESS)
    if scripts_on:
        visitor.locator("[data-next]").click()
    box(visitor, "worry").check()
    visitor.locator("[data-show]").click()

    expect(visitor.locator("[data-not-kept]")).to_contain_text("uuteen välilehteen")


def is_at(page: Page, question: str) -> None:
    number = [*ANSWERS].index(question)
    expect(page.locator("[data-question]:visible")).to_have_count(1)
    expect(page.locator(f"#question-{question}")).to_be_visible()
    expect(page).to_have_title(re.compile(f"^Kysymys {number + 1}/6 – Löydä"))
    assert page.evaluate("history.state") == {"view": 0, "step": number}


def answer_and_go_on(page: Page, *questions: str) -> None:
    for question in questions:
        box(page, question).check()
        page.locator("[data-next]").click()


def test_browsers_back_and_forward_go_from_question_to_question(page: Page, base_url):
    page.goto(base_url + "/fi/")
    page.goto(base_url + ADDRESS)
    answer_and_go_on(page, "life", "worry")
    is_at(page, "place")

    page.go_back()
    is_at(page, "worry")
    expect(page.locator("#question-worry")).to_be_focused()
    page.go_back()
    is_at(page, "life")
    page.go_forward()
    is_at(page, "worry")
    for question in ("life", "worry"):
        expect(box(page, question)).to_be_checked()
    page.locator("[data-show]").click()
    expect(page.locator(".finder-again")).to_be_visible()
    page.go_back()
    is_at(page, "worry")
    page.go_back()
    page.go_back()

    expect(page).to_have_url(base_url + "/fi/")


def test_button_to_the_question_before_is_the_same_as_back(page: Page, base_url):
    page.goto(base_url + "/fi/")
    page.goto(base_url + ADDRESS)
    answer_and_go_on(page, "life", "worry")
    page.locator(".skip-link").press("Enter")  # An entry more, of the same question.

    page.locator("[data-back]").click()
    is_at(page, "worry")
    page.locator("[data-back]").click()
    is_at(page, "life")
    page.go_back()

    expect(page).to_have_url(base_url + "/fi/")


def test_questions_that_the_browser_forgot_begin_anew(page: Page, base_url):
    page.goto(base_url + "/fi/")
    page.goto(base_url + ADDRESS)
    answer_and_go_on(page, "life", "worry")

    page.reload()

    is_at(page, "life")
    expect(page.locator("main input:checked")).to_have_count(0)
    answer_and_go_on(page, "life")
    is_at(page, "worry")
    page.go_back()
    is_at(page, "life")
    page.go_back()
    expect(page).to_have_url(base_url + "/fi/")


def test_back_while_the_list_is_awaited_means_the_question_before(page: Page, base_url):
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        is_asked = route.request.method == "POST"
        waiting.append(route) if is_asked else route.continue_()

    page.route("**" + ADDRESS, hold)
    page.goto(base_url + ADDRESS)
    answer_and_go_on(page, "life")
    with page.expect_event("requestfailed"):
        page.locator("[data-show]").click()
        page.go_back()

    is_at(page, "life")
    assert len(waiting) == 1
    page.unroute("**" + ADDRESS)
    page.locator("[data-show]").click()
    expect(page.locator(".finder-again")).to_be_visible()


def test_what_cannot_be_fetched_is_asked_for_as_without_scripts(page: Page, base_url):
    def fetched_in_vain(route: Route) -> None:
        is_posted_by_script = route.request.resource_type == "fetch"
        route.abort() if is_posted_by_script else route.continue_()

    page.route("**" + ADDRESS, fetched_in_vain)

    assert list_for_lonely(page, base_url)
    expect(page.locator("[data-not-kept]")).to_be_visible()
    page.locator("button[name=change]").click()
    expect(page.locator("form.need-finder")).to_be_visible()
    expect(box(page, "worry")).to_be_checked()


def test_quick_exit_from_the_list_leaves_no_answer_to_come_back_to(
    remembering, base_url
):
    page = remembering.new_page()
    page.route("https://**", lambda route: route.fulfill(body="neutraali sivu"))
    list_for_lonely(page, base_url)

    page.locator("[data-quick-exit]").click()
    page.wait_for_url("https://**")
    page.go_back()

    expect(page.locator("main")).to_be_visible()
    expect(page.locator(".finder-again")).to_have_count(0)
    expect(page.locator("main input:checked")).to_have_count(0)


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
    visitor.wait_for_selector(".finder-again")

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
