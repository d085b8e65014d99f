"""Documents with other readers than the first blueprint's."""

from releve.programs.definition import Definition
from tests.factories import programs


def with_readers(**visibility: str) -> Definition:
    """Change who reads documents of the first blueprint: `with_readers(advice="public", roles="committee")`."""
    documents = [document.model_dump(mode="json") for document in programs.first_blueprint().documents]
    return programs.changed(documents=[one | {"visibility": visibility.get(one["id"], one["visibility"])} for one in documents])
