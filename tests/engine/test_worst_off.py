"""Worst off first: against every other assignment of small problems, and every claim of the proof in turn."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.matching.engine import (
    Band,
    Objective,
    Paired,
    certify,
    read_result,
    result_json,
    solve,
)

from . import fairness, oracle
from .cast import pairs_of

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
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


def claimed(case, result, pairs):
    """The same result with other pairs, all of whose sums are right."""
    people = {(person.side, person.id): person for person in case.people}
    points = {pair: oracle.points_of(case, people["mentee", pair.mentee], people["mentor", pair.mentor]) for pair in pairs}
    return replace(
        result,
        pairs=tuple(Paired(*pair, points[pair], pair in case.locks) for pair in sorted(pairs)),
        unpaired=tuple(person.id for person in case.mentees if person.id not in {pair.mentee for pair in pairs}),
        points=sum(points.values()),
    )


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
