"""Small counts, and those from which they follow, are kept from whoever reads totals only."""

import pytest

from releve.reports.small_cells import Division, hidden_among

PARTS = [Division("introduced", ["waiting", "dissolved", "completed"]), Division("introduced", ["confirmed"])]


def hidden(limit=5, divisions=PARTS, **counts):
    return hidden_among({"introduced": 0, "waiting": 0, "dissolved": 0, "completed": 0, "confirmed": 0} | counts, divisions, limit=limit)


@pytest.mark.parametrize(("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_below_the_limit_is_hidden_and_nobody_at_all_is_not(count, is_hidden):
    assert ("waiting" in hidden(introduced=100, waiting=count)) is is_hidden


def test_a_part_that_leaves_a_few_is_hidden_too():
    assert hidden(introduced=12, confirmed=11) == {"confirmed"}
    assert hidden(introduced=12, dissolved=1, completed=9, confirmed=11) == {"dissolved", "completed", "confirmed"}


def test_a_part_that_leaves_many_or_nobody_is_shown():
    assert hidden(introduced=28, waiting=3, confirmed=22) == {"waiting"}
    assert hidden(introduced=12, confirmed=12) == set()


def test_the_smallest_of_the_shown_parts_is_hidden_first():
    assert hidden(introduced=40, waiting=8, completed=30) == {"waiting"}


def test_where_no_part_is_left_to_hide_the_whole_is():
    assert hidden_among({"a": 7, "b": 5, "c": 3}, [Division("a", ["b"]), Division("b", ["c"])], limit=5) == {"b", "c"}
    assert hidden(introduced=4, confirmed=4) == {"introduced", "confirmed"}


def test_no_subtraction_gives_a_small_number():
    for introduced in range(30):
        for waiting in range(introduced + 1):
            for completed in range(introduced - waiting + 1):
                counts = {"introduced": introduced, "waiting": waiting, "completed": completed, "dissolved": 0, "confirmed": completed}
                kept = hidden(**counts)
                if "introduced" not in kept:
                    left = introduced - sum(counts[part] for part in PARTS[0].parts if part not in kept)
                    assert left == 0 or left >= 5, counts
