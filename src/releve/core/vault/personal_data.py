from releve.core.personal_data import NOT_PERSONAL, Field

PERSONAL_DATA = {
    "VaultKey": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "kind": NOT_PERSONAL,
        "wrapped": Field(kind="sealed", export=False, erase="delete", because="With the key go the texts it sealed."),
        "wrapped_by": NOT_PERSONAL,
    },
    "VaultState": {
        "id": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
        "changes": NOT_PERSONAL,
        "only": NOT_PERSONAL,
    },
}
