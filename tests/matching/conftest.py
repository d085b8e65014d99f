"""Read two spreadsheets and a policy from a folder of the test."""

import pytest
from django.utils.translation import override

from releve.matching.files import FilesError, read_two_files

from .two_files import MENTEES, MENTORS, POLICY


@pytest.fixture
def read(tmp_path):
    def read(policy=POLICY, mentees=MENTEES, mentors=MENTORS):
        paths = [tmp_path / name for name in ("mentees.csv", "mentors.csv", "policy.yaml")]
        for path, content in zip(paths, (mentees, mentors, policy), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_two_files(*paths)

    with override("en"):
        yield read


@pytest.fixture
def refused(read):
    """Give the place and code of every fault."""

    def refused(**files):
        with pytest.raises(FilesError) as refusal:
            read(**files)
        assert all(fault.mend for fault in refusal.value.faults)
        return {(fault.path, fault.code) for fault in refusal.value.faults}

    return refused
