"""What relationships keep of a person. Erasing somebody leaves the partner their own words and the joint ones."""

from releve.core.personal_data import NOT_PERSONAL, Field

PERSONAL = Field(kind="personal", export=True, erase="delete")
LINK = Field(kind="personal", export=True, erase="delete")
SEALED = Field(kind="sealed", export=True, erase="delete")
KEPT_STATE = Field(kind="pseudonymous", export=True, erase="keep", because="It belongs to the partner as well, and names nobody.")

PERSONAL_DATA = {
    "Relationship": {
        "id": NOT_PERSONAL,
        "created_at": KEPT_STATE,
        "program": NOT_PERSONAL,
        "state": KEPT_STATE,
        "joint_key": NOT_PERSONAL,
        "language": KEPT_STATE,
        "parent": NOT_PERSONAL,
        "follows": NOT_PERSONAL,
        "never_introduced": NOT_PERSONAL,
        "introduced_at": KEPT_STATE,
        "answer_by": KEPT_STATE,
        "accepted_at": KEPT_STATE,
        "confirmed_at": KEPT_STATE,
        "ended_at": KEPT_STATE,
        "ending": Field(kind="pseudonymous", export=False, erase="keep", because="One member gave it; the other is not told why."),
        "continues": KEPT_STATE,
    },
    "Term": {"id": NOT_PERSONAL, "created_at": NOT_PERSONAL, "relationship": NOT_PERSONAL, "cohort": NOT_PERSONAL},
    "Membership": {
        "id": NOT_PERSONAL,
        "created_at": PERSONAL,
        "relationship": LINK,
        "participant": LINK,
        "role": PERSONAL,
        "author_key": NOT_PERSONAL,
        "joined_at": PERSONAL,
        "left_at": PERSONAL,
    },
    "StateChange": {
        "id": NOT_PERSONAL,
        "created_at": KEPT_STATE,
        "relationship": NOT_PERSONAL,
        "move": KEPT_STATE,
        "state": KEPT_STATE,
        "by": Field(kind="personal", export=False, erase="blank"),
    },
    "ContactAnswer": {
        "id": NOT_PERSONAL,
        "created_at": PERSONAL,
        "membership": LINK,
        "key": NOT_PERSONAL,
        "suits": SEALED,
    },
    "NotAgain": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "program": NOT_PERSONAL,
        "one": Field(kind="personal", export=False, erase="delete"),
        "other": Field(kind="personal", export=False, erase="delete"),
    },
    "Requirement": {"id": NOT_PERSONAL, "created_at": PERSONAL, "membership": LINK, "key": PERSONAL},
    "HelpRequest": {
        "id": NOT_PERSONAL,
        "created_at": PERSONAL,
        "membership": LINK,
        "contact": PERSONAL,
        "text": PERSONAL,
        "spoke_first": PERSONAL,
        "answered_at": PERSONAL,
        "answered_by": Field(kind="personal", export=False, erase="blank"),
        "answer": PERSONAL,
    },
}
