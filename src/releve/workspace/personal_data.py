from releve.core.personal_data import NOT_PERSONAL, Field

OF_ALL = Field(kind="personal", export=True, erase="keep", because="It belongs to the other members as well.")
ROW_OF_ALL = Field(kind="pseudonymous", export=False, erase="keep", because="The row stays for the other members.")
SEALED_TOGETHER = Field(
    kind="sealed", export=True, erase="keep", because="Written by the members together: its key is destroyed with the last of them."
)
OWN = Field(kind="personal", export=True, erase="delete")

PERSONAL_DATA = {
    "Agreement": {
        "id": ROW_OF_ALL,
        "created_at": OF_ALL,
        "relationship": ROW_OF_ALL,
        "document": OF_ALL,
        "number": OF_ALL,
        "joint_key": ROW_OF_ALL,
        "text": SEALED_TOGETHER,
    },
    "Signature": {
        "id": OWN,
        "created_at": OWN,
        "agreement": OWN,
        "membership": OWN,
        "joint_key": Field(kind="pseudonymous", export=False, erase="delete"),
        "name": Field(kind="sealed", export=True, erase="delete"),
        "language": OWN,
        "digest": Field(kind="pseudonymous", export=False, erase="delete"),
        "signed_at": OWN,
    },
    "Goal": {
        "id": ROW_OF_ALL,
        "created_at": OF_ALL,
        "relationship": ROW_OF_ALL,
        "joint_key": ROW_OF_ALL,
        "content": SEALED_TOGETHER,
        "state": OF_ALL,
        "revision": NOT_PERSONAL,
    },
    "JointPage": {
        "id": ROW_OF_ALL,
        "created_at": OF_ALL,
        "relationship": ROW_OF_ALL,
        "task": OF_ALL,
        "form_digest": NOT_PERSONAL,
        "joint_key": ROW_OF_ALL,
        "answers": SEALED_TOGETHER,
        "revision": NOT_PERSONAL,
        "changed_by": Field(kind="personal", export=True, erase="blank"),
        "changed_at": OF_ALL,
        "done_at": OF_ALL,
    },
}
