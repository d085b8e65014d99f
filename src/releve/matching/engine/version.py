"""The version of the engine: the same problem under the same version gives the same bytes."""

from typing import Final

ENGINE_VERSION: Final = "2.0.0"
