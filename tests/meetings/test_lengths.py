import contextlib

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from releve.meetings.lengths import LEAST, MOST, UnreadableLength, read_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        (" 90 min ", 90),
        ("45 minutes", 45),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1\u00a0h\u00a030", 90),
        ("1 h 5", 65),
        ("2 h", 120),
        ("2 heures", 120),
        ("1 hour 15 min", 75),
        ("1:30", 90),
        ("1,5 h", 90),
        ("0.75 h", 45),
        ("5", 5),
        ("720", 720),
    ],
)
def test_length_is_read_as_people_write_it(text, minutes):
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "long", "-30", "1 h 75", "1.5", "90 90", "99999", "h", "٩٠", "1e3", "30 km", "1h30h"])
def test_length_is_refused_with_how_to_write_it_when_it_cannot_be_read(text):
    with translation.override("en"), pytest.raises(UnreadableLength, match="Write the length in minutes"):
        read_minutes(text)


@pytest.mark.parametrize("text", ["0", "721", "13 h", "999", "0 h", "999 h"])
def test_length_is_refused_when_no_meeting_lasts_so_long_or_so_little(text):
    with translation.override("en"), pytest.raises(UnreadableLength, match="from 5 minutes to 12 hours"):
        read_minutes(text)


def test_bare_two_is_asked_about_rather_than_taken_for_two_minutes():
    with translation.override("en"), pytest.raises(UnreadableLength, match="write 2 h for hours"):
        read_minutes("2")


@given(st.integers(LEAST, MOST))
def test_every_length_is_read_back_from_each_way_of_writing_it(minutes):
    hours, rest = divmod(minutes, 60)
    assert read_minutes(str(minutes)) == minutes
    assert read_minutes(f"{hours} h {rest:02}") == minutes
    assert read_minutes(f"{hours}:{rest:02}") == minutes


@given(st.text(alphabet="0123456789 :.,hmin\u00a0", max_size=8) | st.text(max_size=12))
def test_any_text_gives_a_sensible_length_or_a_sentence(text):
    with contextlib.suppress(UnreadableLength):
        assert LEAST <= read_minutes(text) <= MOST
