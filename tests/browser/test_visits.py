"""The visits that matter: by mouse, by keyboard, and with scripts off."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PASSWORD

SHOWS_FOCUS = """() => {
    // A card's link draws its focus around the whole card, in its ::after.
    return [null, "::after"].some((part) => {
        const style = getComputedStyle(document.activeElement, part);
        return (style.outlineStyle !== "none" && style.outlineWidth !== "0px")
            || style.boxShadow !== "none";
    });
}"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"


@pytest.fixture(params=["scripts on", "scripts off"])
def visitor(request, browser: Browser, base_url):
    context = browser.new_context(java_script_enabled=request.param == "scripts on")
    return context.new_page()


def test_resident_finds_a_guide_from_a_goal(visitor: Page, base_url):
    visitor.goto(base_url + "/fi/")

    visitor.get_by_role("link", name="Terveelliset elintavat").first.click()
    visitor.get_by_role("link", name="Parempi uni").first.click()

    expect(visitor.locator("h1")).to_have_text("Parempi uni")
    expect(visitor.locator("main")).to_contain_text("Seuraava tarkistus")


def test_resident_narrows_groups_to_a_town(visitor: Page, base_url):
    visitor.goto(base_url + "/fi/tapahtumat/")

    visitor.locator("input[name=municipality][value=hamina]").check()
    visitor.get_by_role("button", name=re.compile("Näytä")).first.click()

    expect(visitor).to_have_url(re.compile("municipality=hamina"))
    expect(visitor.locator("main")).to_contain_text("Muistikahvila")
    expect(visitor.locator("main")).not_to_contain_text("Kävelyporukka Kymijoella")


def test_resident_searches_from_the_front_page(visitor: Page, base_url):
    visitor.goto(base_url + "/fi/")

    visitor.locator("main input[name=q]").fill("uni")
    visitor.locator("main input[name=q]").press("Enter")

    expect(visitor).to_have_url(re.compile(r"/fi/haku/\?q=uni"))
    expect(visitor.locator("main")).to_contain_text("Parempi uni")


def test_resident_changes_the_language_of_a_group(visitor: Page, base_url):
    visitor.goto(base_url + "/fi/tapahtumat/")
    visitor.get_by_role("link", name="Perhekahvila").first.click()

    visitor.get_by_role("link", name=re.compile("Svenska")).first.click()

    expect(visitor).to_have_url(re.compile("/sv/evenemang/"))
    expect(visitor.locator("html")).to_have_attribute("lang", "sv")


def test_resident_reaches_crisis_help_with_one_tap(visitor: Page, base_url):
    visitor.goto(base_url + "/fi/oppaat/")

    visitor.get_by_role("link", name=re.compile("Apua")).first.click()

    expect(visitor.locator("main a[href='tel:112']").first).to_be_visible()


def test_keyboard_goes_first_to_the_content(page: Page, base_url):
    page.goto(base_url + "/fi/")

    page.keyboard.press("Tab")
    assert "#" in page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_keyboard_reaches_every_link_and_focus_is_seen(page: Page, base_url):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base_url + "/fi/oppaat/parempi-uni/")
    unseen = []
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # The round is complete.
        if not page.evaluate(SHOWS_FOCUS):
            unseen.append(page.evaluate(FOCUSED))
        hidden = page.evaluate(
            """() => { const box = document.activeElement.getBoundingClientRect();
            return box.width === 0 || box.height === 0; }"""
        )
        assert not hidden, page.evaluate(FOCUSED)

    assert not unseen


def test_quick_exit_leaves_no_way_back(browser: Browser, base_url):
    """F11: Back does not return to the page."""
    page = browser.new_context().new_page()
    page.route("https://**", lambda route: route.fulfill(body="neutraali sivu"))
    page.goto(base_url + "/fi/")
    page.goto(base_url + "/fi/oppaat/lahisuhdevakivalta-tukea-on/")

    page.locator(".quick-exit a, .quick-exit button").first.click()
    page.wait_for_url("https://**")
    page.go_back()

    assert "lahisuhdevakivalta" not in page.url


def test_editor_signs_in_and_changes_a_guide(browser: Browser, base_url):
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(base_url + "/admin/")

    page.locator("input[name=login]").fill("demo@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url("**/admin/")
    expect(page.locator("body")).to_contain_text("Päihteetön elämä")

    page.goto(base_url + "/admin/pages/")
    assert "csp" not in " ".join(errors).lower()
    assert not errors
