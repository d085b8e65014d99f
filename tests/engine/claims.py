"""Results that claim something else, with every sum made right."""

from dataclasses import replace

from releve.matching.engine import Paired

from . import oracle


def claimed(case, result, pairs):
    """The same result with other pairs."""
    people = {(person.side, person.id): person for person in case.people}
    points = {pair: oracle.points_of(case, people["mentee", pair.mentee], people["mentor", pair.mentor]) for pair in pairs}
    free = sum(earned for pair, earned in points.items() if pair not in case.locks)
    proof = result.certificate
    return replace(
        result,
        pairs=tuple(Paired(*pair, points[pair], pair in case.locks) for pair in sorted(pairs)),
        unpaired=tuple(person.id for person in case.mentees if person.id not in {pair.mentee for pair in pairs}),
        points=sum(points.values()),
        certificate=proof if proof.mentees else replace(proof, total=free),
    )
