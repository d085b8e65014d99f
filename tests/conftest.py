import os

import pytest
from django.utils import translation

from tools import browser


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let every test use both databases, except the engine's, and mark the browser tests by their folder."""
    for item in items:
        folders = item.path.parts
        if "browser" in folders:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, databases="__all__"))
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the test
        elif "engine" not in folders:
            marker = item.get_closest_marker("django_db") or pytest.mark.django_db
            item.add_marker(pytest.mark.django_db(**{"databases": "__all__"} | marker.kwargs), append=False)


@pytest.fixture(autouse=True)
def _default_language_again():
    """Give the next test the language of the settings, whatever this one switched to."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | browser.launch_arguments()
