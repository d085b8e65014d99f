from releve.core.personal_data import NOT_PERSONAL, Field

CODE = Field(
    kind="pseudonymous",
    export=True,
    erase="keep",
    because="A random code; the table that tells whose it is loses its row, and the history speaks of nobody.",
)

PERSONAL_DATA = {
    "SubjectCode": {
        "code": Field(kind="pseudonymous", export=False, erase="delete"),
        "person_id": Field(kind="personal", export=False, erase="delete"),
    },
    "Event": {
        "id": NOT_PERSONAL,
        "at": CODE,
        "verb": CODE,
        "actor": CODE,
        "subject": CODE,
        "object_type": NOT_PERSONAL,
        "object_id": CODE,
        "program_id": NOT_PERSONAL,
        "facts": CODE,
        "place": NOT_PERSONAL,
        "digest": NOT_PERSONAL,
    },
}
