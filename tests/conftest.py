import os

import pytest
from django.utils import translation

from tools import browser


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="everything in number: the tests marked `every` too")
    parser.addoption("--no-browser", action="store_true", help="leave out tests/browser")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Let every test use both databases, except the engine's; mark the browser tests; leave out what was not asked for."""
    for item in items:
        mark_by_folder(item, item.path.relative_to(config.rootpath).parts)
    left_out = {item for item in items if is_left_out(item, config)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    if any(item.get_closest_marker("browser") for item in items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the test


def pytest_terminal_summary(terminalreporter):
    """Say how much the tests covered that count it, whichever process ran them."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, value in report.user_properties:
            if name == "covered" and report.when == "call":
                terminalreporter.write_line(f"covered · {value}")


def mark_by_folder(item, folders):
    if "browser" in folders:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True, databases="__all__"))
    elif "engine" not in folders:
        marker = item.get_closest_marker("django_db") or pytest.mark.django_db
        item.add_marker(pytest.mark.django_db(**{"databases": "__all__"} | marker.kwargs), append=False)


def is_left_out(item, config):
    if item.get_closest_marker("every") and not config.getoption("--all"):
        return True
    return bool(item.get_closest_marker("browser")) and config.getoption("--no-browser")


@pytest.fixture(autouse=True)
def _default_language_again():
    """Give the next test the language of the settings, whatever this one switched to."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | browser.launch_arguments()
