"""Suggestions of the search box: by keyboard, by finger, announced, and left out."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .test_pages import AXE_RULES, OVERFLOW

BOX = "main input[name=q]"
ASKED = re.compile("/ehdotukset/")
ON_TOP = """option => {
    const {x, y, width, height} = option.getBoundingClientRect();
    return option.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def box(page: Page, base_url) -> Locator:
    page.goto(base_url + "/fi/")
    return page.locator(BOX)


def type_into(box: Locator, words: str) -> Locator:
    """The options of the list that opens."""
    box.press_sequentially(words, delay=20)
    options = box.page.locator("main [role=option]")
    expect(options.first).to_be_visible()
    return options


def chosen(box: Locator) -> Locator:
    return box.page.locator("main [role=option][aria-selected=true]")


def test_keyboard_goes_through_the_list_and_opens_a_page(page: Page, box, base_url):
    options = type_into(box, "uni")
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(chosen(box)).to_have_count(0)

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute(
        "aria-activedescendant", options.first.get_attribute("id")
    )
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()

    title = options.last.locator("span").inner_text()
    box.press("Enter")

    expect(page).not_to_have_url(base_url + "/fi/")
    expect(page.locator("h1")).to_have_text(title)


def test_chosen_word_is_searched(page: Page, box):
    options = type_into(box, "un")
    word = options.first.locator("span").inner_text()
    expect(options.first.locator("small")).to_have_count(0)

    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/fi/haku/\?q="))
    expect(page.locator(BOX)).to_have_value(word)


def test_enter_without_a_choice_searches_what_was_typed(page: Page, box):
    type_into(box, "uni")

    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/fi/haku/\?q=uni$"))


def test_home_and_end_go_back_to_the_text(box):
    type_into(box, "uni")
    for key, place in (("Home", 0), ("End", 3)):
        box.press("ArrowDown")
        expect(chosen(box)).to_have_count(1)

        box.press(key)

        expect(chosen(box)).to_have_count(0)
        expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
        assert box.evaluate("box => box.selectionStart") == place


def test_escape_closes_and_arrow_opens_again(box):
    options = type_into(box, "uni")

    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("uni")

    box.press("ArrowDown")
    expect(options.first).to_be_visible()


def test_tab_leaves_the_list_and_chooses_nothing(page: Page, box):
    options = type_into(box, "uni")
    box.press("ArrowDown")

    box.press("Tab")

    expect(options.first).to_be_hidden()
    expect(box).to_have_value("uni")
    expect(page.locator("main .search-row button")).to_be_focused()


def test_number_of_suggestions_is_announced(page: Page, box):
    status = page.locator("main .search-row [role=status]")
    expect(status).to_be_empty()

    options = type_into(box, "uni")

    expect(status).to_have_text(re.compile(rf"^{options.count()} \w+, \w+"))
    box.fill("zzzz")
    expect(status).to_have_text(re.compile(r"^\D+$"))
    expect(options.first).to_be_hidden()


def test_finger_opens_a_page(browser: Browser, base_url):
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(base_url + "/fi/")
    options = type_into(page.locator(BOX), "parempi")
    title = options.last.locator("span").inner_text()

    options.last.tap()

    expect(page.locator("h1")).to_have_text(title)


def test_quick_typing_asks_once(page: Page, box):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    type_into(box, "parempi")

    assert len([url for url in asked if ASKED.search(url)]) == 1


def test_box_works_when_nothing_answers(page: Page, box):
    page.route(ASKED, lambda route: route.abort())
    box.press_sequentially("uni")
    with page.expect_event("requestfailed"):
        pass
    expect(page.locator("main [role=option]")).to_have_count(0)

    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/fi/haku/\?q=uni$"))


def test_without_scripts_it_is_a_plain_search_box(browser: Browser, base_url):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(base_url + "/fi/")
    box = page.locator(BOX)

    box.fill("uni")
    expect(box).to_have_role("searchbox")
    expect(page.locator("[role=listbox]")).to_have_count(0)
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/fi/haku/\?q=uni$"))


def test_browser_keeps_nothing_of_what_was_typed(page: Page, box):
    type_into(box, "uni")

    kept = page.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie]"
    )
    assert kept == [0, 0, ""]
    answer = page.evaluate(
        """async (url) => {
            try { return (await fetch(url, {cache: "only-if-cached",
                mode: "same-origin"})).status; } catch { return "not kept"; }
        }""",
        "/fi/haku/ehdotukset/?q=uni",
    )
    assert answer in ("not kept", 504)


def test_title_in_another_language_is_marked(page: Page, base_url):
    page.goto(base_url + "/sv/")
    box = page.locator(BOX)

    options = type_into(box, "muistikah")

    expect(options.first.locator("span")).to_have_attribute("lang", "fi")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_list_open(browser: Browser, base_url, scheme):
    page = browser.new_page(color_scheme=scheme)
    for path, words in (("/fi/", "uni"), ("/sv/", "sömn"), ("/fi/oppaat/", "uni")):
        page.goto(base_url + path)
        box = page.locator("input[name=q]").first
        box.press_sequentially(words, delay=20)
        expect(page.locator("[role=option]").first).to_be_visible()
        box.press("ArrowDown")

        result = Axe().run(page, options=AXE_RULES)

        assert not result.violations_count, result.generate_report()


def test_list_fits_a_narrow_screen(browser: Browser, base_url):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(base_url + "/fi/")

    options = type_into(page.locator(BOX), "mielen")

    assert page.evaluate(OVERFLOW) <= 0
    for option in options.all():
        option.scroll_into_view_if_needed()
        place = option.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 320
        assert place["height"] >= 24
        on_top = option.evaluate(ON_TOP)
        assert on_top
