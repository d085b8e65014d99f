"""Results stored before objectives had proofs of their own are read and written as they were."""

from dataclasses import replace

from releve.matching.engine import Certificate, Objective, Pair, assign, certify, read_result, result_json, solve

from .cast import mentee, mentor, problem, wishes

STORED = (
    '{"format":"releve-pairing-result/1","result":{"certificate":{"mentees":[["a",2001]],"mentors":[["x",0]],'
    '"problem":"4c1f","total":2001},"engine":"1","pairs":[{"locked":false,"mentee":"a","mentor":"x","points":1000}],'
    '"points":1000,"problem":"4c1f","unpaired":[]}}'
)


def test_stored_result_is_read_and_written_back_to_the_byte():
    result = read_result(STORED)
    assert result.certificate == Certificate("4c1f", (("a", 2001),), (("x", 0),), 2001)
    assert result_json(result) == STORED


def test_total_is_written_in_the_form_it_always_had():
    case = problem(mentee("a", wishes=("x",)), mentor("x"), criteria=[wishes(1)], locks=(Pair("a", "x"),))
    assert '"certificate":{"mentees":[["a",0]],"mentors":[["x",0]],"problem":' in result_json(assign(case))


def test_each_objective_is_solved_by_its_own_way():
    case = problem(mentee("a", wishes=("x",)), mentor("x"), mentor("y"), criteria=[wishes(1)])
    for objective in Objective:
        asked = replace(case, policy=replace(case.policy, objective=objective))
        result = solve(asked)
        assert certify(asked, result) == ()
        assert bool(result.certificate.bands) == (objective in {Objective.MAXIMIN, Objective.LEXIMIN})
        assert bool(result.certificate.mentees) == (objective not in {Objective.STABLE, Objective.DRAW})
