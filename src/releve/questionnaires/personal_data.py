from releve.core.personal_data import NOT_PERSONAL, Field

OF_THE_PERSON = Field(kind="personal", export=True, erase="delete")

PERSONAL_DATA = {
    "FormVersion": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "form_id": NOT_PERSONAL,
        "digest": NOT_PERSONAL,
        "definition": NOT_PERSONAL,
    },
    "Response": {
        "id": Field(kind="pseudonymous", export=False, erase="delete"),
        "created_at": OF_THE_PERSON,
        "form": OF_THE_PERSON,
        "owner": Field(kind="personal", export=False, erase="delete"),
        "visibility": OF_THE_PERSON,
        "key": Field(kind="pseudonymous", export=False, erase="delete"),
        "sealed_answers": Field(kind="sealed", export=True, erase="delete"),
        "plain_answers": OF_THE_PERSON,
        "revision": Field(kind="personal", export=False, erase="delete"),
        "saved_at": OF_THE_PERSON,
        "submitted_at": OF_THE_PERSON,
    },
}
