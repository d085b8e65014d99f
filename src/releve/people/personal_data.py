from releve.core.personal_data import NOT_PERSONAL, Field

OF_THE_PERSON = Field(kind="personal", export=True, erase="delete")
BEHIND_THE_SCENES = Field(kind="personal", export=False, erase="delete")

PERSONAL_DATA = {
    "Person": {
        "id": Field(kind="pseudonymous", export=False, erase="delete"),
        "created_at": OF_THE_PERSON,
        "email": OF_THE_PERSON,
        "name": OF_THE_PERSON,
        "called": OF_THE_PERSON,
        "language": OF_THE_PERSON,
        "time_zone": OF_THE_PERSON,
        "last_login": OF_THE_PERSON,
        "welcomed_at": OF_THE_PERSON,
        "is_active": OF_THE_PERSON,
        "is_superuser": OF_THE_PERSON,
        "password": BEHIND_THE_SCENES,
        "session_round": BEHIND_THE_SCENES,
        "self_key": Field(kind="pseudonymous", export=False, erase="delete"),
    },
    "SignInLinkUse": {
        "id": NOT_PERSONAL,
        "created_at": BEHIND_THE_SCENES,
        "person": BEHIND_THE_SCENES,
        "link": BEHIND_THE_SCENES,
    },
    "Organization": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "name": NOT_PERSONAL,
        "contact_email": NOT_PERSONAL,
        "privacy_officer": Field(kind="personal", export=False, erase="keep", because="The law asks to publish who is in charge."),
        "privacy_email": NOT_PERSONAL,
        "only": NOT_PERSONAL,
    },
    "Consent": {
        "id": NOT_PERSONAL,
        "created_at": BEHIND_THE_SCENES,
        "person": BEHIND_THE_SCENES,
        "purpose": OF_THE_PERSON,
        "text_digest": BEHIND_THE_SCENES,
        "text": OF_THE_PERSON,
        "language": OF_THE_PERSON,
        "given_at": OF_THE_PERSON,
        "withdrawn_at": OF_THE_PERSON,
    },
}
