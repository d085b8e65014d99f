from releve.core.personal_data import NOT_PERSONAL, Field

OF_BOTH = Field(kind="personal", export=True, erase="keep", because="It belongs to the other members as well, whose hours rest on it.")
SEALED_TOGETHER = Field(
    kind="sealed", export=True, erase="keep", because="Written by the members together: its key is destroyed with the last of them."
)
OWN_WORD = Field(kind="personal", export=True, erase="delete")

PERSONAL_DATA = {
    "Meeting": {
        "id": Field(kind="pseudonymous", export=False, erase="keep", because="The row stays for the other members."),
        "created_at": OF_BOTH,
        "relationship": Field(kind="pseudonymous", export=False, erase="keep", because="The row stays for the other members."),
        "planned_by": Field(kind="personal", export=True, erase="blank"),
        "starts_at": OF_BOTH,
        "minutes": OF_BOTH,
        "way": OF_BOTH,
        "state": OF_BOTH,
        "joint_key": Field(kind="pseudonymous", export=False, erase="keep", because="It opens what the other members may read."),
        "place": SEALED_TOGETHER,
        "agenda": SEALED_TOGETHER,
        "notes": SEALED_TOGETHER,
        "revision": NOT_PERSONAL,
        "notes_revision": NOT_PERSONAL,
        "agreed_minutes": OF_BOTH,
    },
    "Attendance": {
        "id": OWN_WORD,
        "created_at": OWN_WORD,
        "meeting": OWN_WORD,
        "membership": OWN_WORD,
        "minutes": OWN_WORD,
        "confirmed_at": OWN_WORD,
    },
}
