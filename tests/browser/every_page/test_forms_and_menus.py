"""Forms sent empty, and menus opened: what was said and shown is as accessible and as pure as the page before."""

import pytest
from playwright.sync_api import Page

from tests.browser.every_page.looking import MEASURES, NARROW, WIDE, look_again
from tests.browser.every_page.rounds import LANGUAGES, Round
from tests.browser.every_page.visits import PAGES, Visit

ASKING = [
    *("account_change_password", "account_email", "account_login", "account_request_login_code", "account_reset_password"),
    *("account_set_password", "people:open_account", "people:confirm_account", "people:show_account", "privacy:erase_me"),
    *("enrolment:register", "enrolment:add_person", "enrolment:import_file", "enrolment:withdraw_person"),
    *("relationships:answer_contact", "relationships:ask_for_help", "relationships:end_early"),
    *("meetings:plan_meeting", "meetings:log_meeting", "meetings:change_meeting", "meetings:report_meeting"),
    *("workspace:sign_document", "workspace:add_goal", "matching:decide_pair"),
    *("programs:create_cohort", "programs:edit_dates", "programs:edit_contacts"),
    *("programs:edit_text", "programs:edit_letter", "programs:show_definition", "programs:list_staff"),
]
FORM = "main form[method=post]:has(.field)"
SEND = "button.button:not(.plain, .quiet)"


class RoundOfForms(Round):
    """A walk through forms: each is emptied and sent."""

    def look(self, page: Page, name: str, visit: Visit) -> list[str]:
        page.evaluate(MEASURES)
        form = page.locator(FORM).first
        form.evaluate("form => looking.emptyFields(form)")
        form.locator(SEND).first.click()
        page.wait_for_load_state()
        said = page.locator(".faulty").count()
        return [*([] if said else [f"nothing is said beside a field of {page.url}"]), *look_again(page, self.purity, self.language)]


class RoundOfMenus(Round):
    """A walk through pages whose menus are opened: the account's everywhere, the main one on a phone."""

    def look(self, page: Page, name: str, visit: Visit) -> list[str]:
        faults = []
        for size, button in ((WIDE, ".bar-face"), (NARROW, ".bar-menu")):
            page.set_viewport_size(size)
            page.locator(button).click()
            faults += look_again(page, self.purity, self.language)
            page.keyboard.press("Escape")
        return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_sent_empty_say_so_beside_their_fields(browser, live_server, stage, language):
    pages = {name: PAGES[name][:1] for name in ASKING}
    faults = RoundOfForms(browser, live_server.url, stage, language).visit(pages)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus(browser, live_server, stage, language):
    pages = {"home:show_today": [Visit("gagnon")], "home:show_board": [Visit("ouellet", "cohort:this")]}
    faults = RoundOfMenus(browser, live_server.url, stage, language).visit(pages)
    assert not faults, "\n".join(faults)
