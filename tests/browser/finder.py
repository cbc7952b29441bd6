"""The need-finder's questions, answered as somebody does who has no mouse."""

import pytest
from playwright.sync_api import Locator, Page, expect

ADDRESS = "/fi/loyda/"
ANSWERS = {
    "life": "older",
    "worry": "lonely",
    "place": "kotka",
    "time": "evening",
    "way": "group",
    "ease": "no-sign-up",
}


def box(page: Page, question: str) -> Locator:
    name, value = question, ANSWERS[question]
    return page.locator(f"input[name={name}][value={value}]")


def tab_to(page: Page, target: Locator, most: int = 120) -> None:
    for _press in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The keyboard did not get there.")


def answer_by_keyboard(page: Page, scripts_on: bool) -> None:
    for number, question in enumerate(ANSWERS, 1):
        chosen = box(page, question)
        tab_to(page, chosen)
        page.keyboard.press("Space")
        expect(chosen).to_be_checked()
        if scripts_on and number < len(ANSWERS):
            tab_to(page, page.locator("[data-next]"))
            page.keyboard.press("Enter")
    tab_to(page, page.locator("[data-show]"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".finder-again")


def change_look_and_go_on(page: Page) -> None:
    """Back to the questions, to the result again, and on to a page that it names."""
    page.locator("button[name=change]").click()
    page.wait_for_selector("form.need-finder")
    page.locator("[data-show]").click()
    page.wait_for_selector(".finder-again")
    page.locator("#shelf-guide ~ ul a").first.click()
    page.wait_for_load_state()
