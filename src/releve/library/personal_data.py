from releve.core.personal_data import NOT_PERSONAL, Field

OF_THE_PERSON = Field(kind="personal", export=True, erase="delete")

PERSONAL_DATA = {
    "ReadMark": {
        "id": NOT_PERSONAL,
        "created_at": OF_THE_PERSON,
        "person": Field(kind="personal", export=False, erase="delete"),
        "program": OF_THE_PERSON,
        "document": OF_THE_PERSON,
    },
}
