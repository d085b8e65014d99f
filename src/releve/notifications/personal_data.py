from releve.core.personal_data import NOT_PERSONAL, Field

OF_PERSON = Field(kind="personal", export=True, erase="delete")
OF_SENDING = Field(kind="personal", export=False, erase="delete")

PERSONAL_DATA = {
    "Letter": {
        "id": NOT_PERSONAL,
        "created_at": OF_PERSON,
        "person": OF_PERSON,
        "kind": OF_PERSON,
        "ids": OF_SENDING,
        "due_key": OF_SENDING,
        "state": OF_PERSON,
        "not_before": OF_SENDING,
        "claimed_at": OF_SENDING,
        "sent_at": OF_PERSON,
        "tries": OF_SENDING,
        "trouble": OF_SENDING,
    },
    "Preference": {
        "id": NOT_PERSONAL,
        "created_at": OF_PERSON,
        "person": OF_PERSON,
        "group": OF_PERSON,
    },
    "DemoLetter": {  # exists in the demonstration alone, whose people are invented
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "to": NOT_PERSONAL,
        "subject": NOT_PERSONAL,
        "text": NOT_PERSONAL,
        "html": NOT_PERSONAL,
        "language": NOT_PERSONAL,
    },
}
