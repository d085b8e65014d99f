"""Every address of the product: who opens it in the demonstration, or why it is no page.

`at` names the arguments of an address in words that `stage.py` understands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.every_page import ways
from tests.browser.every_page.stage import VISITOR, Stage

Way = Callable[[Page, Stage, str], Any]


@dataclass(frozen=True)
class Visit:
    """One look at one address by one person."""

    who: str
    at: str = ""
    query: str = ""
    way: Way | None = None  # how to come there, where an address alone does not lead
    status: int = 200
    dark: bool = False  # looked at in dark colours in every run; the others are when everything is asked for
    rarer: bool = False  # another state of a page that is looked at anyway: when everything is asked for


SENT_ONLY = "is only sent to"
A_FILE = "answers with a file"
ASKED_ELSEWHERE = "leads to the page that asks the question"
NO_FRAME = "a letter as mail shows it, in a frame of another page"

NO_PAGES = {
    "enrolment:change_waiting_list": SENT_ONLY,
    "enrolment:change_wishes": SENT_ONLY,
    "enrolment:drop_import": SENT_ONLY,
    "enrolment:give_consent": SENT_ONLY,
    "enrolment:save_assessment": SENT_ONLY,
    "enrolment:save_registration": SENT_ONLY,
    "enrolment:withdraw_consent": SENT_ONLY,
    "home:step_in": SENT_ONLY,
    "matching:adjust_pair": SENT_ONLY,
    "matching:cancel_run": SENT_ONLY,
    "matching:choose_aim": SENT_ONLY,
    "matching:suggest_pairs": SENT_ONLY,
    "matching:swap_pairs": SENT_ONLY,
    "matching:undo_adjustment": SENT_ONLY,
    "meetings:download_event": A_FILE,
    "notifications:show_letter_as_sent": NO_FRAME,
    "people:end_other_sessions": SENT_ONLY,
    "privacy:download_my_data": SENT_ONLY,
    "programs:download_definition": A_FILE,
    "programs:pin_version": ASKED_ELSEWHERE,
    "progress:download_statement": SENT_ONLY,
    "progress:put_off": SENT_ONLY,
    "relationships:answer_help": SENT_ONLY,
    "relationships:move_relationship": SENT_ONLY,
    "relationships:pause": SENT_ONLY,
    "relationships:resume": SENT_ONLY,
    "reports:export_figures": A_FILE,
    "surveys:save_answers": SENT_ONLY,
}

EVERYBODY = {
    "programs:show_front": [Visit(VISITOR, dark=True)],
    "programs:list_programs": [Visit(VISITOR)],
    "programs:show_program": [Visit(VISITOR, "slug:program", dark=True), Visit("rabbitskin", "slug:program", rarer=True)],
    "home:list_personas": [Visit(VISITOR, dark=True), Visit("gagnon", rarer=True)],
    "progress:check_statement": [Visit(VISITOR, "statement:kone"), Visit(VISITOR, "AAAA-AAAA-AAAA", status=404, rarer=True)],
    "people:open_account": [Visit(VISITOR, way=ways.open_account)],
    "people:confirm_account": [Visit(VISITOR, way=ways.ask_for_account)],
    "people:accept_sign_in": [Visit(VISITOR, "token:isaac"), Visit(VISITOR, "spent-link", status=410, rarer=True)],
    "account_request_login_code": [Visit(VISITOR, dark=True)],
    "account_confirm_login_code": [Visit(VISITOR, way=ways.ask_for_code)],
    "account_login": [Visit(VISITOR)],
    "account_logout": [Visit("gagnon")],
    "account_inactive": [Visit(VISITOR)],
    "account_signup": [Visit(VISITOR)],
    "account_reset_password": [Visit(VISITOR)],
    "account_confirm_password_reset_code": [Visit(VISITOR, way=ways.forget_password)],
    "account_complete_password_reset": [Visit(VISITOR, way=ways.prove_forgotten_password)],
    "account_password_reset_completed": [Visit(VISITOR)],
    "account_reauthenticate": [Visit("desrochers")],
    "account_change_password": [Visit("desrochers")],
    "account_set_password": [Visit("whitfield")],
    "account_email": [Visit("gagnon")],
    "account_email_verification_sent": [Visit("gagnon", way=ways.change_address)],
    "notifications:list_letters": [Visit(VISITOR)],
    "notifications:show_letter": [Visit(VISITOR, "letter:newest")],
    "styleguide": [Visit(VISITOR, "404"), Visit(VISITOR, "403"), Visit(VISITOR, "500"), Visit(VISITOR, "csrf", rarer=True)],
}

ONE_PERSON = {
    "home:show_today": [
        Visit("gagnon", dark=True),
        Visit("whitfield"),
        Visit("stpierre"),
        Visit("baril"),
        Visit("isaac", rarer=True),
        Visit("awashish", rarer=True),
        Visit("haddad", rarer=True),
        Visit("rabbitskin", rarer=True),
    ],
    "progress:show_hours": [Visit("gagnon"), Visit("kone", dark=True), Visit("baril", rarer=True)],
    "privacy:show_my_data": [Visit("gagnon")],
    "privacy:erase_me": [Visit("gagnon"), Visit("desrochers", rarer=True)],
    "people:show_account": [Visit("gagnon", dark=True)],
    "notifications:choose_letters": [Visit("gagnon")],
    "library:list_documents": [Visit("gagnon", "cohort:this")],
    "library:read_document": [
        Visit("gagnon", "cohort:this advice"),
        Visit("gagnon", "cohort:this roles_by_phase", rarer=True),
    ],
    "enrolment:register": [
        Visit("sinclair", "cohort:next mentee"),
        Visit("charest", "cohort:next mentee", rarer=True),
        Visit("tessier", "cohort:next mentor", rarer=True),
        Visit("haidar", "cohort:next mentee", rarer=True),
        Visit("sinclair", "cohort:this mentor"),  # registration has closed
    ],
    "enrolment:show_received": [Visit("rabbitskin", "cohort:next mentee")],
    "enrolment:assess_readiness": [Visit("obrien", "cohort:next mentor"), Visit("sinclair", "cohort:next mentee", rarer=True)],
    "enrolment:read_assessment": [Visit("gagnon", "cohort:this mentee"), Visit("whitfield", "cohort:this mentor", rarer=True)],
    "enrolment:show_place": [
        Visit("gagnon", "place:gagnon"),
        Visit("tessier", "place:next/tessier", rarer=True),
        Visit("isaac", "place:isaac", rarer=True),
    ],
    "enrolment:choose_sheet": [Visit("tessier", "place:next/tessier"), Visit("gagnon", "place:gagnon", rarer=True)],
    "enrolment:leave_cohort": [Visit("gagnon", "place:gagnon")],
    "enrolment:browse_sheets": [Visit("baril", "cohort:this", dark=True), Visit("rabbitskin", "cohort:next", rarer=True)],
    "enrolment:show_sheet": [Visit("baril", "place:toussaint")],
    "surveys:answer_survey": [Visit("toussaint", "receipt:toussaint"), Visit("pham", "receipt:pham")],
}

ONE_PAIR = {
    "home:show_relationship": [
        Visit("gagnon", "pair:gagnon", dark=True),
        Visit("stpierre", "pair:stpierre"),
        Visit("thibodeau", "pair:gagnon", rarer=True),
        Visit("awashish", "pair:awashish", rarer=True),
        Visit("diallo", "pair:diallo", rarer=True),
        Visit("rousseau", "pair:rousseau", rarer=True),
        Visit("kone", "pair:last/kone", rarer=True),
    ],
    "relationships:answer_contact": [Visit("stpierre", "pair:stpierre")],
    "relationships:ask_for_help": [Visit("gagnon", "pair:gagnon"), Visit("brar", "pair:brar", rarer=True)],
    "relationships:end_early": [Visit("gagnon", "pair:gagnon")],
    "relationships:complete": [Visit("gagnon", "pair:gagnon")],
    "meetings:list_meetings": [
        Visit("gagnon", "pair:gagnon", dark=True),
        Visit("bouchard", "pair:bouchard", rarer=True),
        Visit("chartrand", "pair:chartrand", rarer=True),
        Visit("mcallister", "pair:mcallister", rarer=True),
    ],
    "meetings:plan_meeting": [Visit("gagnon", "pair:gagnon")],
    "meetings:log_meeting": [Visit("gagnon", "pair:gagnon")],
    "meetings:change_meeting": [Visit("gagnon", "planned:gagnon")],
    "meetings:cancel_meeting": [Visit("gagnon", "planned:gagnon")],
    "meetings:report_meeting": [Visit("bouchard", "due:bouchard")],
    "meetings:write_notes": [Visit("gagnon", "held:gagnon")],
    "meetings:confirm_minutes": [Visit("gagnon", "word:gagnon")],
    "workspace:sign_document": [
        Visit("awashish", "pair:awashish commitment", dark=True),
        Visit("gagnon", "pair:gagnon commitment", rarer=True),
    ],
    "workspace:list_goals": [Visit("gagnon", "pair:gagnon"), Visit("lavigne", "pair:lavigne", rarer=True)],
    "workspace:add_goal": [Visit("gagnon", "pair:gagnon")],
    "workspace:change_goal": [Visit("gagnon", "goal:gagnon")],
    "workspace:fill_together": [
        Visit("gagnon", "pair:gagnon expectations"),
        Visit("gagnon", "pair:gagnon reflection", rarer=True),
        Visit("whitfield", "pair:nguyen expectations", rarer=True),
    ],
}

STAFF = {
    "home:list_cohorts": [Visit("desrochers")],
    "home:show_board": [
        Visit("desrochers", "cohort:this", dark=True),
        Visit("ouellet", "cohort:this", rarer=True),
        Visit("desrochers", "cohort:next", rarer=True),
        Visit("desrochers", "cohort:last", rarer=True),
        Visit("desrochers", "cohort:draft", rarer=True),
    ],
    "home:show_log": [Visit("desrochers", "cohort:this")],
    "enrolment:list_people": [
        Visit("desrochers", "cohort:this"),
        Visit("obrien", "cohort:next", rarer=True),
        Visit("desrochers", "cohort:draft", rarer=True),
    ],
    "enrolment:add_person": [Visit("desrochers", "cohort:this")],
    "enrolment:invite_people": [Visit("desrochers", "cohort:this"), Visit("desrochers", "cohort:last", rarer=True)],
    "enrolment:show_participant": [
        Visit("obrien", "place:gagnon"),
        Visit("desrochers", "place:isaac", rarer=True),
        Visit("desrochers", "place:mercier", rarer=True),
    ],
    "enrolment:withdraw_person": [Visit("desrochers", "place:baril")],
    "enrolment:import_file": [Visit("desrochers", "cohort:next")],
    "enrolment:import_columns": [Visit("desrochers", "cohort:next import:sheet")],
    "enrolment:import_rows": [
        Visit("desrochers", "cohort:next import:sheet"),
        Visit("desrochers", "cohort:next import:sheet", query="show=all", rarer=True),
    ],
    "enrolment:export_people": [Visit("desrochers", "cohort:this")],
    "matching:show_pairing": [Visit("obrien", "cohort:this", dark=True), Visit("desrochers", "cohort:next", rarer=True)],
    "matching:propose_pairs": [Visit("obrien", "cohort:this", way=ways.tick_a_pair)],
    "matching:explain_person": [
        Visit("obrien", "cohort:this place:baril", dark=True),
        Visit("obrien", "cohort:this place:okonkwo"),
        Visit("benkirane", "cohort:this place:kowalczyk", rarer=True),
    ],
    "matching:change_policy": [Visit("obrien", "cohort:this")],
    "matching:list_runs": [Visit("desrochers", "cohort:this")],
    "matching:show_run": [Visit("desrochers", "cohort:this 3", query="repeat=1"), Visit("desrochers", "cohort:this 1", rarer=True)],
    "matching:compare_runs": [Visit("desrochers", "cohort:this 2 3")],
    "matching:choose_by_hand": [Visit("obrien", "cohort:this")],
    "matching:decide_pair": [Visit("obrien", "cohort:this place:baril place:tran")],
    "relationships:list_relationships": [Visit("desrochers", "cohort:this", dark=True), Visit("desrochers", "cohort:next", rarer=True)],
    "relationships:follow_relationship": [
        Visit("obrien", "pair:levasseur"),
        Visit("desrochers", "pair:zerrouki", rarer=True),
        Visit("desrochers", "pair:stpierre", rarer=True),
        Visit("desrochers", "pair:rousseau", rarer=True),
    ],
    "surveys:list_evaluations": [Visit("obrien", "cohort:last"), Visit("desrochers", "cohort:next", rarer=True)],
    "reports:show_figures": [
        Visit("sinclair", "cohort:last", dark=True),
        Visit("desrochers", "cohort:this", rarer=True),
        Visit("desrochers", "cohort:next", rarer=True),
    ],
    "programs:create_cohort": [Visit("desrochers", "slug:program")],
    "programs:edit_dates": [Visit("desrochers", "cohort:draft")],
    "programs:edit_settings": [Visit("desrochers", "cohort:this")],
    "programs:edit_contacts": [Visit("desrochers", "cohort:this")],
    "programs:list_texts": [Visit("desrochers", "cohort:this")],
    "programs:edit_text": [Visit("desrochers", "cohort:this documents commitment")],
    "programs:list_letters": [Visit("desrochers", "cohort:this")],
    "programs:edit_letter": [Visit("desrochers", "cohort:this invitation")],
    "programs:show_definition": [Visit("desrochers", "cohort:this")],
    "programs:compare_versions": [Visit("desrochers", "cohort:this 1")],
    "programs:open_cohort": [Visit("desrochers", "cohort:draft")],
    "programs:close_cohort": [Visit("desrochers", "cohort:this")],
    "programs:list_staff": [Visit("desrochers", "cohort:this")],
    "programs:end_appointment": [Visit("desrochers", "cohort:this appointment:sinclair")],
}

PARTS: dict[str, dict[str, list[Visit]]] = {"everybody": EVERYBODY, "one person": ONE_PERSON, "one pair": ONE_PAIR, "staff": STAFF}
PAGES: dict[str, list[Visit]] = {name: visits for part in PARTS.values() for name, visits in part.items()}
