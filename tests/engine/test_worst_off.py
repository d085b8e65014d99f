"""Worst off first: against every other assignment of small problems, and every claim of the proof in turn."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.matching.engine import Band, Complaint, Criterion, CriterionKind, Objective, Pair, certify, read_result, result_json, solve

from . import fairness, oracle
from .cast import choices, mentee, mentor, needs, pairs_of, problem
from .claims import claimed

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
KEYS = {Objective.MAXIMIN: fairness.maximin_key, Objective.LEXIMIN: fairness.leximin_key}
WORST_FIRST = sorted(KEYS)


@many
@given(oracle.problems(), st.sampled_from(WORST_FIRST))
def test_no_assignment_is_better_and_the_proof_holds(case, objective):
    case = fairness.asked_for(case, objective)
    result = solve(case)
    key, every = KEYS[objective], list(oracle.assignments(case))
    assert pairs_of(result) in every  # places, rules, locks
    assert key(case, pairs_of(result)) == max(key(case, pairs) for pairs in every)
    assert certify(case, result) == ()


@many
@given(oracle.problems(), st.sampled_from(WORST_FIRST), st.randoms(use_true_random=False))
def test_result_is_the_same_to_the_byte_when_rows_are_permuted(case, objective, random):
    case = fairness.asked_for(case, objective)
    names = ("people", "locks", "bans", "facts")
    other = replace(case, **{name: tuple(random.sample(getattr(case, name), len(getattr(case, name)))) for name in names})
    assert result_json(solve(other)) == result_json(solve(case))
    assert read_result(result_json(solve(case))) == solve(case)


@many
@given(oracle.problems(), st.sampled_from(WORST_FIRST), st.data())
def test_every_other_assignment_is_refused_under_the_same_proof_unless_it_is_as_good(case, objective, data):
    case = fairness.asked_for(case, objective)
    result, key = solve(case), KEYS[objective]
    other = data.draw(st.sampled_from(list(oracle.assignments(case))))
    as_good = key(case, other) == key(case, pairs_of(result))
    assert (certify(case, claimed(case, result, other)) == ()) == as_good


@many
@given(oracle.problems(with_least=False), st.sampled_from(WORST_FIRST), st.sampled_from(["mentee", "mentor"]), st.data())
def test_any_corrupted_number_or_name_is_refused_when_a_side_has_one_place(case, objective, single, data):
    people = tuple(replace(person, most=min(person.most, 1)) if person.side == single else person for person in case.people)
    case = fairness.asked_for(replace(case, people=people, locks=()), objective)
    result = solve(case)
    proof = result.certificate
    by = data.draw(st.sampled_from([-1, 1, 1000, -(10**12), 2**80]))
    for side in ("mentees", "mentors", "further"):
        for prices in corrupted_prices(getattr(proof, side), by, data):
            assert certify(case, replace(result, certificate=replace(proof, **{side: prices}))) != ()
    for at, band in enumerate(proof.bands):
        for wrong in corrupted_bands(band, by, data):
            bands = (*proof.bands[:at], *wrong, *proof.bands[at + 1 :])
            assert certify(case, replace(result, certificate=replace(proof, bands=bands))) != ()
    for wrong in corrupted_bands(proof.limit, by, data) if proof.limit else [(Band(0, 0, 1),)]:
        limit = wrong[0] if wrong else None
        assert certify(case, replace(result, certificate=replace(proof, limit=limit))) != ()
    assert certify(case, replace(result, certificate=replace(proof, total=proof.total + by))) != ()


def corrupted_prices(prices, by, data):
    yield (*prices, ("nobody", by))
    if prices:
        at = data.draw(st.integers(0, len(prices) - 1))
        name, price = prices[at]
        yield (*prices[:at], (name, price + by), *prices[at + 1 :])
        yield (*prices[:at], ("nobody", price), *prices[at + 1 :])
        yield (prices[at], *prices)


def corrupted_bands(band, by, data):
    yield ()
    for name in ("lowest", "highest", "count"):
        yield (replace(band, **{name: getattr(band, name) + by}),)
    for side in ("mentees", "mentors", "further"):
        for prices in corrupted_prices(getattr(band, side), by, data):
            yield (replace(band, **{side: prices}),)


@pytest.fixture
def scarce():
    """Three mentees for two places: x fits everybody, y fits c only."""
    people = [
        mentee("a", areas=choices("p", "q")),
        mentee("b", areas=choices("p", "q", "r")),
        mentee("c", areas=choices("s", "t")),
        mentor("x", areas=choices("p", "q", "s", "t")),
        mentor("y", areas=choices("s")),
    ]
    return problem(*people, criteria=[needs(1)])


def under(case, objective):
    return replace(case, policy=replace(case.policy, objective=objective))


@pytest.mark.parametrize("objective", WORST_FIRST)
def test_proof_is_the_one_worked_out_by_hand(scarce, objective):
    # Levels: a-x 100, b-x 66, c-x 100; a-y 0, b-y 0, c-y 50. Somebody has nobody; c takes y, and a rather than b takes x.
    result = solve(under(scarce, objective))
    assert pairs_of(result) == {Pair("a", "x"), Pair("c", "y")}
    nobody = Band(-1, -1, 1, mentors=(("x", 1), ("y", 1)))
    assert result.certificate.bands[0] == nobody
    if objective == Objective.MAXIMIN:
        assert result.certificate.bands[1:] == (Band(0, 49, 0),)
        assert (result.certificate.limit.lowest, result.certificate.limit.highest, result.certificate.limit.count) == (50, 50, 1)
    else:
        assert [(band.lowest, band.highest, band.count) for band in result.certificate.bands[1:]] == [
            (0, 49, 0),
            (50, 50, 1),
            (51, 99, 0),
            (100, 100, 1),
        ]
        assert result.certificate.limit is None


def codes(case, result, **changed):
    return [complaint.code for complaint in certify(case, replace(result, certificate=replace(result.certificate, **changed)))]


def test_claims_that_are_not_proved_are_refused(scarce):
    case = under(scarce, Objective.MAXIMIN)
    result = solve(case)
    bands, limit = result.certificate.bands, result.certificate.limit
    assert codes(case, result, bands=()) == ["wrong_bands"]
    assert codes(case, result, limit=None) == ["wrong_bands"]
    assert codes(case, result, limit=replace(limit, highest=51)) == ["wrong_bands"]
    assert codes(case, result, limit=replace(limit, count=2)) == ["limit_not_proved"]
    assert codes(case, result, bands=(replace(bands[0], count=0), bands[1])) == ["band_not_proved"]
    assert codes(case, result, total=result.certificate.total + 1) == ["wrong_value", "total_not_proved"]
    assert codes(case, result, mentors=result.certificate.mentors[:1]) == ["total_not_proved"]
    zero = replace(bands[0], mentees=(("a", 0),))
    assert certify(case, replace(result, certificate=replace(result.certificate, bands=(zero, bands[1])))) == (
        Complaint("band_not_proved", "-1 to -1"),
    )


def test_levels_settled_together_or_left_out_are_refused(scarce):
    case = under(scarce, Objective.LEXIMIN)
    result = solve(case)
    bands, limit = result.certificate.bands, Band(0, 0, 1)
    assert codes(case, result, bands=bands[:-1]) == ["wrong_bands"]
    assert codes(case, result, bands=bands[1:]) == ["wrong_bands"]
    assert codes(case, result, bands=(*bands[:1], *bands[2:])) == ["wrong_bands"]
    assert codes(case, result, bands=(*bands[:2], replace(bands[2], highest=100, count=2))) == ["wrong_bands"]
    assert codes(case, result, limit=limit) == ["wrong_bands"]


def test_nobody_left_to_decide_about_needs_no_limit(scarce):
    locks = tuple(Pair(one, other) for one, other in (("a", "x"), ("c", "y")))
    case = replace(scarce, people=tuple(person for person in scarce.people if person.id != "b"), locks=locks)
    for objective in WORST_FIRST:
        result = solve(under(case, objective))
        assert (pairs_of(result), result.certificate.limit) == (set(locks), None)
        assert certify(under(case, objective), result) == ()


def test_lock_secures_a_level_and_one_more_mentor_may_raise_it(scarce):
    people = (mentee("c", most=2, areas=choices("s", "t")), *scarce.people[3:])
    case = replace(scarce, people=people, locks=(Pair("c", "y"),))
    result = solve(under(case, Objective.LEXIMIN))
    assert pairs_of(result) == {Pair("c", "x"), Pair("c", "y")}
    assert [(band.lowest, band.highest, band.count) for band in result.certificate.bands] == [(-1, 99, 0), (100, 100, 1)]
    assert certify(under(case, Objective.LEXIMIN), result) == ()


def test_mentee_of_whom_nothing_is_asked_is_well_off_with_anybody(scarce):
    people = (mentee("n"), mentee("c", areas=choices("s", "t")), *scarce.people[3:])
    result = solve(under(replace(scarce, people=people), Objective.LEXIMIN))
    assert pairs_of(result) == {Pair("n", "y"), Pair("c", "x")}


def test_proof_of_a_total_has_no_bands(scarce):
    result = solve(scarce)
    assert codes(scarce, result, bands=(Band(-1, -1, 1),)) == ["wrong_bands"]
    assert codes(scarce, result, limit=Band(0, 0, 1)) == ["wrong_bands"]
    assert codes(scarce, result, further=(("a", 1),)) == ["wrong_bands"]


def test_solver_led_astray_by_one_good_level_is_led_again():
    # a-x 10 and b-y 99, or a-y 11 and b-x 11: the first looks better at most levels, the second is better at the worst.
    at_x, at_y = [f"x{n}" for n in range(100)], [f"y{n}" for n in range(100)]
    people = [
        mentee("a", hours=choices(*at_x[:10], *at_y[:11])),
        mentee("b", hours=choices(*at_x[:11], *at_y[:99])),
        mentor("x", hours=choices(*at_x)),
        mentor("y", hours=choices(*at_y)),
    ]
    case = problem(*people, criteria=[Criterion("hours", CriterionKind.HOURS, 1, "hours", full_at=100)])
    for objective in WORST_FIRST:
        result = solve(under(case, objective))
        assert pairs_of(result) == {Pair("a", "y"), Pair("b", "x")}
        assert certify(under(case, objective), result) == ()


@pytest.mark.parametrize("objective", WORST_FIRST)
def test_proof_holds_for_middling_cohorts_with_several_places_on_both_sides(objective):
    for seed in range(5):
        random = Random(seed)
        people = [middling(random, mentee, f"a{n}") for n in range(40)] + [middling(random, mentor, f"x{n}") for n in range(12)]
        hours = Criterion("hours", CriterionKind.HOURS, 1, "hours", full_at=6)
        case = under(problem(*people, criteria=[needs(2), hours], locks=(Pair("a0", "x0"),)), objective)
        assert certify(case, solve(case)) == ()


def middling(random, person, name):
    given = {"areas": oracle.some(random, "pqrstuv"), "hours": oracle.some(random, "abcdefghijkl")}
    return person(name, most=random.randint(1, 4), **{question: answer for question, answer in given.items() if answer})
