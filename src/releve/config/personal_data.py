from releve.core.personal_data import NOT_PERSONAL

PERSONAL_DATA = {"Beat": {"name": NOT_PERSONAL, "at": NOT_PERSONAL}}
