"""What pairing keeps of a person. An erasure takes their entry out of every run, which can then not be repeated."""

from releve.core.personal_data import NOT_PERSONAL, Field

KEPT_RUN = Field(
    kind="pseudonymous",
    export=False,
    erase="keep",
    because="Under run-local ids; the table of whose they are loses the erased person, the run is marked as not replayable.",
)
STAFF = Field(kind="personal", export=False, erase="blank")

POINTER = Field(kind="personal", export=False, erase="delete")

PERSONAL_DATA = {
    "Policy": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "cohort": NOT_PERSONAL,
        "number": NOT_PERSONAL,
        "objective": NOT_PERSONAL,
        "weights": NOT_PERSONAL,
        "rules_off": NOT_PERSONAL,
        "by": STAFF,
    },
    "Adjustment": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "cohort": NOT_PERSONAL,
        "kind": NOT_PERSONAL,
        "mentee": POINTER,
        "mentor": POINTER,
        "reason": Field(kind="personal", export=False, erase="delete"),
        "by": STAFF,
        "undone_at": NOT_PERSONAL,
        "undone_by": STAFF,
    },
    "Run": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "cohort": NOT_PERSONAL,
        "number": NOT_PERSONAL,
        "by": STAFF,
        "policy": NOT_PERSONAL,
        "objective": NOT_PERSONAL,
        "state": NOT_PERSONAL,
        "stage": NOT_PERSONAL,
        "steps_done": NOT_PERSONAL,
        "steps": NOT_PERSONAL,
        "faults": KEPT_RUN,
        "finished_at": NOT_PERSONAL,
        "problem": Field(kind="pseudonymous", export=False, erase="blank"),
        "problem_digest": NOT_PERSONAL,
        "people": Field(kind="pseudonymous", export=False, erase="blank"),
        "engine_version": NOT_PERSONAL,
        "seed": NOT_PERSONAL,
        "result": KEPT_RUN,
        "looked_back": KEPT_RUN,
        "compared": NOT_PERSONAL,
        "replayable": NOT_PERSONAL,
    },
    "Decision": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "relationship": NOT_PERSONAL,
        "run": NOT_PERSONAL,
        "origin": NOT_PERSONAL,
        "reason": Field(kind="personal", export=False, erase="blank"),
        "score": NOT_PERSONAL,
        "by": STAFF,
    },
}
