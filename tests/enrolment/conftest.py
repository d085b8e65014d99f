from datetime import UTC, datetime

import pytest


@pytest.fixture
def now():
    return datetime(2026, 5, 4, 14, 30, tzinfo=UTC)
