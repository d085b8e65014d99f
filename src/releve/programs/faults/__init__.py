"""Every fault a definition can have: what is said, and the mend.

The sentences are marked for translation here and said by `problems.Problem`.
"""

from .fault import Fault
from .forms import FORMS
from .journey import JOURNEY
from .names import NAMES
from .shape import SHAPES
from .writing import WRITING

FAULTS: dict[str, Fault] = WRITING | SHAPES | NAMES | FORMS | JOURNEY
