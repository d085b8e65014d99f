"""How the house compares e-mail addresses; apart from the models, so that what needs no database can read it."""


def normalize_email(address: str) -> str:
    """Write an address the one way by which the house compares addresses."""
    return address.strip().replace("\u00a0", "").casefold()
