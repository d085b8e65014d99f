from releve.core.personal_data import NOT_PERSONAL, Field

DUTY = Field(kind="personal", export=True, erase="delete")
AUTHOR = Field(kind="personal", export=False, erase="blank")

PERSONAL_DATA = {
    "Program": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "slug": NOT_PERSONAL,
        "name": NOT_PERSONAL,
    },
    "Version": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "program": NOT_PERSONAL,
        "number": NOT_PERSONAL,
        "frozen": NOT_PERSONAL,
        "digest": NOT_PERSONAL,
        "by": AUTHOR,
        "note": Field(kind="personal", export=True, erase="keep", because="It says why the program changed, not who changed it."),
    },
    "Cohort": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "program": NOT_PERSONAL,
        "version": NOT_PERSONAL,
        "slug": NOT_PERSONAL,
        "name": NOT_PERSONAL,
        "starts_on": NOT_PERSONAL,
        "ends_on": NOT_PERSONAL,
        "state": NOT_PERSONAL,
        "dates": NOT_PERSONAL,
        "settings": NOT_PERSONAL,
        "revision": NOT_PERSONAL,
        "opened_at": NOT_PERSONAL,
        "closed_at": NOT_PERSONAL,
    },
    "Appointment": {
        "id": NOT_PERSONAL,
        "created_at": DUTY,
        "program": DUTY,
        "person": DUTY,
        "duty": DUTY,
        "ended_at": DUTY,
    },
}
