"""The addresses of those who run a program, and those of everybody: the other half of `access_table.py`."""

from tests.confidentiality.access_table import (
    COMMITTEE,
    COORDINATION,
    EVERYONE,
    NOBODY,
    PLACES,
    REGISTERED,
    RELATIONSHIPS,
    SIGNED_IN,
    TOTALS,
    Row,
    reads,
    sends,
)

WITHOUT_KARIM = "amina helene paule"
WITHOUT_PAULE = "amina helene karim"

MANAGE = {
    "home:list_cohorts": [reads("", f"{TOTALS} jeanne", either=SIGNED_IN)],
    "home:show_board": [
        reads("cohort:year", COMMITTEE, either="ivan"),
        reads("cohort:far", "jeanne"),
        reads("cohort:draft", COMMITTEE, either="ivan"),
    ],
    "home:show_log": [reads("cohort:year", COORDINATION), reads("cohort:far", "jeanne"), reads("cohort:draft", COORDINATION)],
    "enrolment:list_people": [reads("cohort:year", COMMITTEE), reads("cohort:far", "jeanne")],
    "enrolment:add_person": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "enrolment:change_waiting_list": [
        sends("cohort:year", COORDINATION, either="helene karim"),
        sends("cohort:far", "jeanne"),
    ],
    "enrolment:invite_people": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    # That somebody read a registration or an evaluation is noted, however they asked for it.
    # Nobody reads the committee's page about themselves.
    "enrolment:show_participant": [
        Row("place:chloe", COMMITTEE),
        Row("place:lise", COMMITTEE),
        Row("place:flore", COMMITTEE),
        Row("place:rose", NOBODY, either=COMMITTEE),
        Row("place:gaston", "jeanne"),
        Row("place:karim", "amina helene paule"),
        Row("place:paule", "amina helene karim"),
    ],
    "enrolment:withdraw_person": [
        Row("place:chloe", COORDINATION, either="helene karim"),
        Row("place:lise", COORDINATION, either="helene"),  # Karim would close his own relationship
        Row("place:quentin", "amina", either="helene karim"),  # and so would Paule
        Row("place:gaston", "jeanne"),
    ],
    "enrolment:import_file": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "enrolment:import_rows": [Row("cohort:year thing:import", COORDINATION), Row("cohort:far thing:import", NOBODY)],
    "enrolment:import_columns": [Row("cohort:year thing:import", COORDINATION), Row("cohort:far thing:import", NOBODY)],
    "enrolment:drop_import": [sends("cohort:year thing:import", COORDINATION), sends("cohort:far thing:import", NOBODY)],
    "enrolment:export_people": [reads("cohort:year", COORDINATION), reads("cohort:far", "jeanne")],
    "relationships:list_relationships": [reads("cohort:year", COMMITTEE), reads("cohort:far", "jeanne")],
    "relationships:follow_relationship": [
        reads("pair:own", COMMITTEE),
        reads("pair:proposed", COMMITTEE),
        reads("pair:staff", WITHOUT_KARIM),
        reads("pair:staff_ended", WITHOUT_KARIM),
        reads("pair:coordinator", WITHOUT_PAULE),
        reads("pair:far", "jeanne"),
    ],
    "relationships:move_relationship": [
        Row("pair:proposed introduce", NOBODY, sends=COMMITTEE, either=COMMITTEE),
        Row("pair:own pause", NOBODY, sends=COMMITTEE, either=COMMITTEE),
        Row("pair:staff pause", NOBODY, sends=WITHOUT_KARIM, either=WITHOUT_KARIM),
        Row("pair:staff end_early", NOBODY, sends=WITHOUT_KARIM, either=WITHOUT_KARIM),
        Row("pair:coordinator complete", NOBODY, sends=WITHOUT_PAULE, either=WITHOUT_PAULE),
        Row("pair:far pause", NOBODY, sends="jeanne", either="jeanne"),
    ],
    "relationships:answer_help": [
        sends("pair:own thing:help.own", NOBODY, either=COMMITTEE),  # answered already
        sends("pair:coordinator thing:help.coordinator", WITHOUT_PAULE),
        sends("pair:staff thing:help.staff", NOBODY, either=WITHOUT_KARIM),
        sends("pair:other thing:help.coordinator", NOBODY),
        sends("pair:own thing:help.staff", NOBODY),
        sends("pair:far thing:help.far", "jeanne"),
    ],
    "matching:show_pairing": [reads("cohort:year", COMMITTEE), reads("cohort:far", "jeanne")],
    "matching:suggest_pairs": [sends("cohort:year", COMMITTEE), sends("cohort:far", "jeanne")],
    "matching:choose_aim": [sends("cohort:year", COMMITTEE), sends("cohort:far", "jeanne")],
    "matching:adjust_pair": [sends("cohort:year", COMMITTEE), sends("cohort:far", "jeanne")],
    "matching:swap_pairs": [sends("cohort:year", COMMITTEE), sends("cohort:far", "jeanne")],
    "matching:undo_adjustment": [
        sends("cohort:year thing:adjustment.nadia", COMMITTEE),
        sends("cohort:year thing:adjustment.karim", WITHOUT_KARIM),
        sends("cohort:far thing:adjustment.nadia", NOBODY),
    ],
    "matching:propose_pairs": [sends("cohort:year", COMMITTEE), sends("cohort:far", "jeanne")],
    "matching:change_policy": [Row("cohort:year", COMMITTEE), Row("cohort:far", "jeanne")],
    "matching:explain_person": [
        # Whoever is suggested to staff who take part is explained to them no more than their own pair; Karim is kept apart.
        reads("cohort:year place:nadia", "amina helene karim", either="paule"),
        reads("cohort:year place:chloe", NOBODY),  # in a pair, so in no run
        reads("cohort:far place:nadia", NOBODY),
    ],
    "matching:list_runs": [reads("cohort:year", COMMITTEE), reads("cohort:far", "jeanne")],
    "matching:show_run": [reads("cohort:year 1", COMMITTEE), reads("cohort:year 99", NOBODY), reads("cohort:far 1", NOBODY)],
    "matching:cancel_run": [sends("cohort:year 1", COMMITTEE), sends("cohort:far 1", NOBODY)],
    "matching:compare_runs": [reads("cohort:year 1 2", COMMITTEE), reads("cohort:year 1 1", NOBODY), reads("cohort:far 1 2", NOBODY)],
    "matching:choose_by_hand": [Row("cohort:year", COMMITTEE), Row("cohort:far", "jeanne")],
    "matching:decide_pair": [
        Row("cohort:year place:nadia place:ugo", COMMITTEE),
        Row("cohort:year place:nadia place:karim", WITHOUT_KARIM),
        Row("cohort:year place:nadia place:paule", WITHOUT_PAULE),
        Row("cohort:far place:nadia place:ugo", NOBODY),
        Row("cohort:year place:gaston place:tessa", NOBODY),
    ],
    "surveys:list_evaluations": [Row("cohort:year", COMMITTEE), Row("cohort:far", "jeanne")],
    "reports:show_figures": [reads("cohort:year", TOTALS), reads("cohort:far", "jeanne")],
    "reports:export_figures": [
        reads("cohort:year csv", TOTALS),
        reads("cohort:year xlsx", TOTALS),
        reads("cohort:far csv", "jeanne"),
    ],
}

DESIGN = {
    "programs:create_cohort": [Row("slug:year", COORDINATION), Row("slug:far", "jeanne"), Row("slug:unopened", "jeanne")],
    "programs:edit_dates": [Row("cohort:year", COORDINATION), Row("cohort:draft", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:edit_settings": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:edit_contacts": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:list_texts": [reads("cohort:year", COORDINATION), reads("cohort:far", "jeanne")],
    "programs:edit_text": [Row("cohort:year documents commitment", COORDINATION), Row("cohort:far documents commitment", "jeanne")],
    "programs:list_letters": [reads("cohort:year", COORDINATION), reads("cohort:far", "jeanne")],
    "programs:edit_letter": [Row("cohort:year invitation", COORDINATION), Row("cohort:far invitation", "jeanne")],
    "programs:show_definition": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:compare_versions": [reads("cohort:year 1", COORDINATION), reads("cohort:far 1", "jeanne")],
    "programs:download_definition": [reads("cohort:year 1", COORDINATION), reads("cohort:far 1", "jeanne")],
    "programs:pin_version": [Row("cohort:year 1", COORDINATION), Row("cohort:far 1", "jeanne")],
    "programs:open_cohort": [Row("cohort:draft", COORDINATION), Row("cohort:unopened", "jeanne")],
    "programs:close_cohort": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:list_staff": [Row("cohort:year", COORDINATION), Row("cohort:far", "jeanne")],
    "programs:end_appointment": [
        Row("cohort:year appointment:ivan", COORDINATION),
        Row("cohort:far appointment:ivan", NOBODY),
        Row("cohort:year appointment:jeanne", NOBODY),
    ],
}

OWN = {
    "home:show_today": [reads("", SIGNED_IN)],
    "progress:show_hours": [reads("", SIGNED_IN)],
    "progress:put_off": [sends("", SIGNED_IN)],
    "progress:download_statement": [
        sends("place:chloe", "chloe"),
        sends("place:lise", "lise"),
        sends("place:gaston", "gaston"),
        sends("place:flore", NOBODY, either="flore"),
    ],
    "privacy:show_my_data": [reads("", SIGNED_IN)],
    "privacy:download_my_data": [sends("", SIGNED_IN)],
    "privacy:erase_me": [Row("", SIGNED_IN)],
    "people:show_account": [Row("", SIGNED_IN)],
    "people:end_other_sessions": [sends("", SIGNED_IN)],
    "notifications:choose_letters": [Row("", SIGNED_IN)],
    "notifications:list_letters": [reads("", NOBODY)],  # the demonstration's alone
    "notifications:show_letter": [reads("thing:demo_letter", NOBODY), reads("thing:letter", NOBODY)],
    "notifications:show_letter_as_sent": [reads("thing:demo_letter", NOBODY), reads("thing:letter", NOBODY)],
    "library:list_documents": [
        reads("cohort:year", REGISTERED, either=f"flore rose {TOTALS}"),
        reads("cohort:far", "gaston tessa", either="jeanne"),
        reads("cohort:draft", NOBODY, either=TOTALS),
    ],
    "library:read_document": [
        Row("cohort:year advice", REGISTERED, either=f"flore rose {TOTALS}"),
        Row("cohort:far advice", "gaston tessa", either="jeanne"),
        Row("cohort:draft advice", NOBODY, either=TOTALS),
    ],
}

PUBLIC = {
    "programs:show_front": [reads("", EVERYONE)],
    "programs:list_programs": [reads("", EVERYONE)],
    "programs:show_program": [
        reads("slug:year", EVERYONE),
        reads("slug:unopened", "jeanne"),
    ],
    "progress:check_statement": [reads("AAAA-AAAA-AAAA", NOBODY, either=EVERYONE)],
    "people:open_account": [Row("", EVERYONE)],
    "people:confirm_account": [Row("", NOBODY, either=EVERYONE)],  # after the page before it
    "people:accept_sign_in": [Row("no-such-link", EVERYONE, either=EVERYONE)],
    "home:list_personas": [reads("", NOBODY)],  # the demonstration's alone
    "home:step_in": [Row("amina", NOBODY)],
    "styleguide": [reads("", NOBODY, either=EVERYONE), reads("buttons", NOBODY, either=EVERYONE)],
    # The ways in and the pages of one's own password, as allauth makes them: each acts on whoever is signed in.
    **{
        f"account_{name}": [Row("", NOBODY, either=EVERYONE)]
        for name in [
            "login",
            "logout",
            "inactive",
            "signup",
            "reauthenticate",
            "email",
            "email_verification_sent",
            "change_password",
            "set_password",
            "reset_password",
            "confirm_login_code",
            "confirm_password_reset_code",
            "complete_password_reset",
            "password_reset_completed",
            "request_login_code",
        ]
    },
}

TABLE: dict[str, list[Row]] = PLACES | RELATIONSHIPS | MANAGE | DESIGN | OWN | PUBLIC
