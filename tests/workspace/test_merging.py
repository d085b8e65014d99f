from hypothesis import given
from hypothesis import strategies as st

from releve.workspace.merging import fingerprints, joined, merge

BEFORE = {"hopes": "Apprendre", "place": "Café", "ways": ["video"]}


def test_answers_that_only_one_changed_come_together():
    merged = merge(fingerprints(BEFORE), BEFORE | {"hopes": "Déléguer"}, BEFORE | {"place": "Bureau", "rhythm": "Le jeudi"})
    assert merged.answers == {"hopes": "Déléguer", "place": "Bureau", "ways": ["video"], "rhythm": "Le jeudi"}
    assert merged.conflicts == ()


def test_two_first_answers_to_different_questions_come_together():
    merged = merge(fingerprints({}), {"hopes": "Déléguer"}, {"place": "Bureau"})
    assert (merged.answers, merged.conflicts) == ({"hopes": "Déléguer", "place": "Bureau"}, ())


def test_answer_that_both_changed_is_for_them_to_settle():
    merged = merge(fingerprints(BEFORE), BEFORE | {"hopes": "Déléguer"}, BEFORE | {"hopes": "Écouter"})
    assert (merged.answers["hopes"], merged.conflicts) == ("Déléguer", ("hopes",))


def test_same_change_by_both_is_no_conflict():
    merged = merge(fingerprints(BEFORE), BEFORE | {"hopes": "Déléguer"}, BEFORE | {"hopes": "Déléguer"})
    assert merged.conflicts == ()


def test_answer_taken_out_by_one_stays_out_unless_the_other_changed_it():
    without = {"place": "Café", "ways": ["video"]}
    assert merge(fingerprints(BEFORE), without, BEFORE).answers == without
    merged = merge(fingerprints(BEFORE), without, BEFORE | {"hopes": "Écouter"})
    assert (merged.answers, merged.conflicts) == (without, ("hopes",))


def test_every_difference_is_a_conflict_when_the_beginning_is_unknown():
    merged = merge(None, {"hopes": "Déléguer"}, {"hopes": "Écouter", "place": "Bureau"})
    assert merged.conflicts == ("hopes", "place")


def test_two_texts_and_two_lists_are_put_together():
    assert joined("Mien", "Leur") == "Leur\n\nMien"
    assert joined(["b", "c"], ["a", "b"]) == ["a", "b", "c"]
    assert joined(3, 4) == 3
    assert joined(None, "Leur") == "Leur"


answers = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]) | st.lists(st.sampled_from("pq"), max_size=2), max_size=4
)


@given(answers, answers, answers)
def test_no_text_is_ever_lost(base, mine, theirs):
    """What either wrote is in the result, or in a conflict that shows both."""
    merged = merge(fingerprints(base), mine, theirs)
    for name in {*mine, *theirs}:
        own, other, kept = mine.get(name), theirs.get(name), merged.answers.get(name)
        assert kept in (own, other)
        if name in merged.conflicts:
            assert kept == own
            continue
        if own not in (base.get(name), None):
            assert kept == own
        if other not in (base.get(name), None):
            assert kept == other
