from releve.core.personal_data import Field

OF_THE_PERSON = Field(kind="personal", export=True, erase="delete")
POINTER = Field(kind="pseudonymous", export=False, erase="delete")

PERSONAL_DATA = {
    "Receipt": {
        "id": POINTER,
        "created_at": OF_THE_PERSON,
        "cohort": OF_THE_PERSON,
        "survey": OF_THE_PERSON,
        "membership": POINTER,
        "answered_at": OF_THE_PERSON,
    },
    "SurveyResponse": {
        "id": POINTER,
        "created_at": OF_THE_PERSON,
        "receipt": POINTER,
        "response": OF_THE_PERSON,
    },
}
