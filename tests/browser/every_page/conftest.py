import pytest

from tests.browser.every_page.stage import Copies, Stage

COPIES = Copies()


@pytest.fixture
def stage(transactional_db, settings) -> Stage:
    """Set up the demonstration as every visitor finds it; its letters are shown in a page, new ones are caught."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "releve.notifications.demo_backend.DemoBackend"
    stage = COPIES.stage()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return stage
