"""Every page type in every language, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from home.statement.storage import Kind, is_told

from .addresses import ADDRESSES, for_every_type

WEIGHT_LIMIT = 60_000
WIDTHS = (320, 768, 1280)
OVERFLOW = """() => Math.max(
    ...[document.documentElement, ...document.querySelectorAll(".button")]
        .filter((each) => each.clientWidth)
        .map((each) => each.scrollWidth - each.clientWidth))"""
"""Pixels that have to be scrolled to, or that a button cuts off."""
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}


def test_axe_finds_nothing_on_any_page_type_in_any_language(browser: Browser, base_url):
    axe = Axe()
    page = browser.new_page()
    found = []
    for path in for_every_type(base_url):
        answer = page.goto(base_url + path)
        assert answer.status == (404 if path in ADDRESSES["missing"] else 200), path
        result = axe.run(page, options=AXE_RULES)
        if result.violations_count:
            found.append(f"{path}\n{result.generate_report()}")

    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_dark_colours(browser: Browser, base_url):
    axe = Axe()
    page = browser.new_page(color_scheme="dark")
    found = []
    for paths in ADDRESSES.values():
        page.goto(base_url + paths[0])
        result = axe.run(page, options=AXE_RULES)
        if result.violations_count:
            found.append(f"{paths[0]}\n{result.generate_report()}")

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_has_to_be_scrolled_sideways(browser: Browser, base_url, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for path in for_every_type(base_url):
        page.goto(base_url + path)
        overflow = page.evaluate(OVERFLOW)
        if overflow > 0:
            wide.append((path, overflow))

    assert not wide


def test_browser_reports_no_error_and_asks_no_other_host(browser: Browser, base_url):
    page = browser.new_page()
    errors, hosts = [], set()
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    for name, paths in ADDRESSES.items():
        if name == "missing":
            continue  # The browser itself reports the 404.
        for path in paths:
            page.goto(base_url + path)

    assert not errors
    assert hosts <= {base_url, "data:"}
    assert page.context.cookies() == [] or {
        cookie["name"] for cookie in page.context.cookies()
    } <= {"csrftoken", "sessionid", "messages"}


def test_public_pages_leave_no_cookie(browser: Browser, base_url):
    context = browser.new_context()
    page = context.new_page()
    for name, paths in ADDRESSES.items():
        if name not in {"sign-in", "door", "feedback"}:
            page.goto(base_url + paths[0])

    assert context.cookies() == []


def test_nothing_is_stored_that_the_page_on_storage_does_not_name(
    browser: Browser, base_url
):
    context = browser.new_context()
    page = context.new_page()
    for paths in ADDRESSES.values():
        page.goto(base_url + paths[0])

    stored = {(cookie["name"], Kind.COOKIE) for cookie in context.cookies()}
    for kind in (Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE):
        keys = page.evaluate(f"Object.keys({kind})")
        stored |= {(key, kind) for key in keys}
    assert ("csrftoken", Kind.COOKIE) in stored
    assert not [item for item in stored if not is_told(*item)]


@pytest.mark.parametrize(
    "path",
    ["/fi/", "/fi/oppaat/parempi-uni/", "/fi/tapahtumat/", "/sv/", "/fi/haku/?q=uni"],
)
def test_first_load_is_light(browser: Browser, base_url, path):
    """Bytes over the wire with an empty cache: page, styles, scripts, pictures."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )

    page.goto(base_url + path, wait_until="networkidle")

    assert 0 < sum(sizes) <= WEIGHT_LIMIT


def test_no_font_is_downloaded(page: Page, base_url):
    kinds = set()
    page.on("request", lambda request: kinds.add(request.resource_type))

    page.goto(base_url + "/fi/")

    assert "font" not in kinds


def test_page_prints_its_text_without_the_navigation(page: Page, base_url):
    page.goto(base_url + "/fi/oppaat/parempi-uni/")

    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert not page.locator("header nav").first.is_visible()
