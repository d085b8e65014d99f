"""Check the prices that prove groups to be the best ones, in plain steps and from the rules alone.

Why prices prove: whatever the groups, placing a person in a group gains at most what placing them is worth plus the
prices of the limits they count in there. Each person is worth theirs once; a group's limit is paid at most its most
times a price above 0, or its least times one below. So no groups are worth more than the sum of all that and what the
fixed members earn anyway; and the ones in the answer are worth just as much.
"""

from collections.abc import Iterator, Mapping

from ..certify_total import LARGEST_PRICE
from ..complaint import Complaint
from ..problem import Person, Side, options_of
from .bonds import Bonds, points_with_fixed, stakes_of
from .keeping import SIZE_IDS, count_of, counts_by_option, too_much
from .problem import Group, GroupProblem, GroupRule, GroupRuleKind, may_be_left, must_be_placed
from .result import GroupCertificate, LimitPrice

Kind = tuple[str, str]


def price_complaints(bonds: Bonds, certificate: GroupCertificate, value: int) -> Iterator[Complaint]:
    """List why prices do not prove that no groups have a larger value."""
    problem = bonds.problem
    if [name for name, _ in certificate.people] != [person.id for person in problem.free]:
        yield Complaint("prices_of_others")
        return
    limits = {(price.group, price.rule, price.option): price.price for price in certificate.limits}
    if len(limits) < len(certificate.limits):
        yield Complaint("prices_of_others")
    impossible = [
        name for (name, price), person in zip(certificate.people, problem.free, strict=True) if _is_unowed(problem, person, price)
    ]
    yield from (Complaint("impossible_price", name) for name in impossible)
    paid = 0
    for price in certificate.limits:
        worth = _worth(problem, price)
        if worth is None:
            yield Complaint("impossible_price", f"{price.group}: {price.rule} {price.option}".strip())
        paid += worth or 0
    settled = stakes_of(bonds).value(sum(bonds.points_of(members) for members in problem.fixed.values()), 0)
    if settled + sum(price for _, price in certificate.people) + paid != value:
        yield Complaint("sums_differ")
    yield from _gain_complaints(bonds, dict(certificate.people), limits)
    yield from _meeting_complaints(bonds)


def _is_unowed(problem: GroupProblem, person: Person, price: int) -> bool:
    """Say whether a price cannot stand: a person who may stay out is worth 0 or more."""
    return abs(price) > LARGEST_PRICE or (price < 0 and not must_be_placed(problem, person))


def _worth(problem: GroupProblem, price: LimitPrice) -> int | None:
    """Say what a limit is paid at most; None if there is no such limit, or nothing to pay for."""
    group = next((group for group in problem.ordered if group.id == price.group), None)
    bounds = None if group is None else _bounds(problem, group, price.rule, price.option)
    if group is None or bounds is None or abs(price.price) > LARGEST_PRICE:
        return None
    least, most = bounds
    # Left alone, an optional group owes no least.
    places = most if price.price > 0 else 0 if may_be_left(problem, group) else least
    return price.price * places or None


def _bounds(problem: GroupProblem, group: Group, rule_id: str, option: str) -> tuple[int, int] | None:
    """Count how many people of a kind may still join a group, at least and at most."""
    fixed = problem.fixed[group.id]
    for side in Side:
        if (rule_id, option) == (SIZE_IDS[side], ""):
            held, size = count_of(problem, fixed, side), group.size(side)
            return max(size.least - held, 0), size.most - held
    rule = next((rule for rule in problem.rules if rule.id == rule_id), None)
    if rule is None or not _is_limited(rule, option):
        return None
    held = counts_by_option(problem, rule, fixed).get(option, 0)
    if rule.kind == GroupRuleKind.ALL_DIFFERENT:
        return 0, 1 - held
    least = max(rule.least - held, 0)
    # No more can join than there are.
    return least, max(least, counts_by_option(problem, rule, [person.id for person in problem.free]).get(option, 0))


def _is_limited(rule: GroupRule, option: str) -> bool:
    return rule.kind == GroupRuleKind.ALL_DIFFERENT or (rule.kind == GroupRuleKind.AT_LEAST_ONE_OF_EACH and option in rule.options)


def _kinds(problem: GroupProblem, person: Person) -> list[Kind]:
    """List the limits that a person counts in, in any group."""
    rules = [rule for rule in problem.rules if person.side in rule.among]
    by_rule = [(rule.id, option) for rule in rules for option in options_of(person, rule.question) if _is_limited(rule, option)]
    return [(SIZE_IDS[person.side], ""), *by_rule]


def _gain_complaints(bonds: Bonds, people: Mapping[str, int], limits: Mapping[tuple[str, str, str], int]) -> Iterator[Complaint]:
    """Find who could join a group at a gain above the prices."""
    problem, stakes = bonds.problem, stakes_of(bonds)
    earned = points_with_fixed(bonds).tolist()
    for person, points in zip(problem.free, earned, strict=True):
        kinds = _kinds(problem, person)
        for group, point in zip(problem.ordered, points, strict=True):
            priced = people[person.id] + sum(limits.get((group.id, *kind), 0) for kind in kinds)
            if stakes.value(point, 1) > priced and not too_much(bonds, group, [*problem.fixed[group.id], person.id]):
                yield Complaint("place_above_its_prices", f"{person.id}, {group.id}")


def _meeting_complaints(bonds: Bonds) -> Iterator[Complaint]:
    """Find two people to place who could earn points together, which no prices of single places count."""
    problem = bonds.problem
    for number, one in enumerate(problem.free):
        for other in problem.free[number + 1 :]:
            if bonds.points[bonds.at[one.id], bonds.at[other.id]] and any(
                not too_much(bonds, group, [*problem.fixed[group.id], one.id, other.id]) for group in problem.ordered
            ):
                yield Complaint("points_not_priced", f"{one.id}, {other.id}")
