"""Two spreadsheets and a policy written in YAML, read into one problem for the engine.

    read = read_two_files(Path("mentees.csv"), Path("mentors.xlsx"), Path("policy.yaml"))
    result = assign(read.problem)
    read.names[result.pairs[0].mentee]

The format of the policy is described in `docs/pairing-files.md`, key by key. Everything wrong with the three files is
found in one reading. Both spreadsheets may be the same file: `only` says which rows are whose.
"""

from .faults import FilesError
from .people import FilesRead, read_two_files

__all__ = ["FilesError", "FilesRead", "read_two_files"]
