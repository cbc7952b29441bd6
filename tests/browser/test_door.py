"""An organisation comes in and sends a group: with and without scripts, on a phone."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .test_pages import AXE_RULES, OVERFLOW
from .test_visits import FOCUSED, SHOWS_FOCUS

LEAST_SECONDS = 2.2
"""What fills in a form quicker is taken for a program."""
LONG_WORD = "Maahanmuuttajataustaistenomaishoitajienvertaistukiryhmätapaaminen"
Look = Callable[[Page], None]


@pytest.fixture(params=["scripts on", "scripts off"])
def phone(request, browser: Browser, base_url) -> Page:
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        java_script_enabled=request.param == "scripts on",
    )
    return context.new_page()


@pytest.fixture
def code(demo_folder: Path) -> Callable[[str], str]:
    """From the newest letter to the address, as the demo prints it."""

    def read(email: str) -> str:
        for _try in range(50):
            letters = (demo_folder / "log").read_text().split("To: ")
            mine = [letter for letter in letters if letter.startswith(email)]
            if mine and (found := re.search(r"\b(\d{3}) (\d{3})\b", mine[-1])):
                return found[1] + found[2]
            time.sleep(0.1)
        pytest.fail("No letter came.")

    return read


def come_in(page: Page, base: str, code: Callable[[str], str]) -> None:
    email = f"yhteys-{uuid4().hex[:8]}@yhdistys.example"
    page.goto(base + "/fi/ilmoita/")
    page.locator("input[name=email]").fill(email)
    time.sleep(LEAST_SECONDS)
    page.locator("main form .button").click()
    page.locator("input[name=code]").fill(code(email))
    page.locator("main form .button").click()
    expect(page).to_have_url(re.compile("/fi/ilmoita/groups/"))


def go_on(page: Page) -> None:
    page.locator("button[name=go][value=on]").click()


def write_a_group(
    page: Page, base: str, look: Look = lambda page: None, title: str = "Neulekerho"
) -> None:
    """A weekly group of a new organisation, in a place that nobody knew."""
    page.goto(base + "/fi/ilmoita/new/")
    look(page)
    page.locator("main form .button").click()
    look(page)
    go_on(page)
    expect(page.locator("#errors")).to_be_visible()
    look(page)
    page.locator("input[name=organisation]").fill("Selaimen kerho ry")
    page.locator("input[name=title_fi]").fill(title)
    page.locator("input[name=lead_fi]").fill("Neulotaan ja jutellaan.")
    go_on(page)
    look(page)
    page.locator("input[name='rule-0-weekdays'][value='2']").check()
    page.locator("input[name='rule-0-start_time']").fill("13:00")
    go_on(page)
    look(page)
    page.locator("input[name=venue]").fill("Neuletalo")
    page.locator("details.door-more summary").first.click()
    page.locator("input[name=street_address]").fill("Esimerkkikatu 3")
    page.locator("select[name=municipality]").select_option(label="Kotka")
    go_on(page)
    look(page)
    page.locator("input[name=goals]").last.check()
    page.locator("input[name=target_groups]").last.check()
    page.locator("input[name=contact_phone]").fill("000 000 0000")
    go_on(page)
    expect(page).to_have_url(re.compile("/check/"))
    look(page)


def test_organisation_sends_a_group(phone: Page, base_url, code):
    come_in(phone, base_url, code)
    write_a_group(phone, base_url)

    phone.locator("ul.button-list a").first.click()
    expect(phone.locator("h1")).to_have_text("Neulekerho")
    phone.go_back()
    phone.locator("form.door-form .button").first.click()

    expect(phone).to_have_url(re.compile("/sent/"))
    phone.goto(base_url + "/fi/ilmoita/groups/")
    expect(phone.locator("main")).to_contain_text("Neulekerho")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_behind_the_door(browser: Browser, base_url, code, width):
    axe = Axe()
    page = browser.new_page(viewport={"width": width, "height": 800})
    found = []

    def look(page: Page) -> None:
        result = axe.run(page, options=AXE_RULES)
        if result.violations_count:
            found.append(f"{page.url}\n{result.generate_report()}")
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{page.url}: wider than the screen")

    come_in(page, base_url, code)
    look(page)
    write_a_group(page, base_url, look, title=LONG_WORD)
    page.locator("form.door-form .button").first.click()
    look(page)
    for name in ("groups", "own-data"):
        page.goto(f"{base_url}/fi/ilmoita/{name}/")
        look(page)

    assert not found, "\n".join(found)


def test_a_step_can_be_filled_in_by_keyboard(page: Page, base_url, code):
    come_in(page, base_url, code)
    page.goto(base_url + "/fi/ilmoita/new/")
    page.locator("main form .button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/what/"))

    for name, words in (
        ("organisation", "Selaimen kerho ry"),
        ("title_fi", "Neulekerho"),
        ("lead_fi", "Neulotaan yhdessä."),
    ):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(words)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/when/"))


def tab_to(page: Page, selector: str) -> None:
    for _press in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate(FOCUSED)
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    pytest.fail(f"Nothing leads to {selector}")


def test_what_was_typed_survives_a_lost_page(page: Page, base_url, code):
    come_in(page, base_url, code)
    page.goto(base_url + "/fi/ilmoita/new/")
    page.locator("main form .button").click()
    page.locator("input[name=title_fi]").press_sequentially("Neulekerho")

    page.goto("about:blank")
    page.go_back()
    page.reload()

    expect(page.locator("input[name=title_fi]")).to_have_value("Neulekerho")


def test_what_was_typed_survives_that_another_step_is_saved(page: Page, base_url, code):
    come_in(page, base_url, code)
    page.goto(base_url + "/fi/ilmoita/new/")
    page.locator("main form .button").click()
    what = page.url
    page.goto(what.replace("/what/", "/when/"))
    clock = page.locator("input[name='rule-0-start_time']")
    clock.fill("13:00")
    time.sleep(1)  # A draft notes the second in which it was saved.

    other = page.context.new_page()
    other.goto(what)
    other.locator("input[name=title_fi]").fill("Neulekerho")
    other.locator("button[name=go][value=later]").click()
    expect(other).to_have_url(re.compile("/groups/"))
    page.reload()

    expect(clock).to_have_value("13:00")

    clock.fill("14:00")
    page.locator("button[name=go][value=later]").click()
    expect(page).to_have_url(re.compile("/groups/"))
    other.goto(what.replace("/what/", "/when/"))
    other.locator("input[name='rule-0-start_time']").fill("15:00")
    other.locator("button[name=go][value=later]").click()
    expect(other).to_have_url(re.compile("/groups/"))
    page.goto(what.replace("/what/", "/when/"))
    expect(clock).to_have_value("15:00")


def test_without_a_connection_nothing_is_sent_into_the_void(page: Page, base_url, code):
    come_in(page, base_url, code)
    page.goto(base_url + "/fi/ilmoita/new/")
    page.locator("main form .button").click()
    page.locator("input[name=title_fi]").fill("Neulekerho")

    page.context.set_offline(True)
    go_on(page)

    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.locator("input[name=title_fi]")).to_have_value("Neulekerho")
