"""What progress keeps of a person: what they put off, and the statements they asked for."""

from releve.core.personal_data import NOT_PERSONAL, Field

PERSONAL = Field(kind="personal", export=True, erase="delete")

PERSONAL_DATA = {
    "Snooze": {"id": NOT_PERSONAL, "created_at": PERSONAL, "person": PERSONAL, "action": PERSONAL, "until": PERSONAL},
    "Statement": {
        "id": NOT_PERSONAL,
        "created_at": PERSONAL,
        "person": PERSONAL,
        "participant": PERSONAL,
        "code": PERSONAL,
        "minutes": PERSONAL,
        "credits": PERSONAL,
        "content_digest": PERSONAL,
    },
}
