"""What pairing keeps of a person. An erasure takes their entry out of every run, which can then not be repeated."""

from releve.core.personal_data import NOT_PERSONAL, Field

KEPT_RUN = Field(
    kind="pseudonymous",
    export=False,
    erase="keep",
    because="Under run-local ids; the table of whose they are loses the erased person, the run is marked as not replayable.",
)
STAFF = Field(kind="personal", export=False, erase="blank")

PERSONAL_DATA = {
    "Run": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "cohort": NOT_PERSONAL,
        "number": NOT_PERSONAL,
        "by": STAFF,
        "problem": Field(kind="pseudonymous", export=False, erase="blank"),
        "problem_digest": NOT_PERSONAL,
        "people": Field(kind="pseudonymous", export=False, erase="blank"),
        "engine_version": NOT_PERSONAL,
        "seed": NOT_PERSONAL,
        "result": KEPT_RUN,
        "looked_back": KEPT_RUN,
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
