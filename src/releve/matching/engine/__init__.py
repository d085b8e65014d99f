"""The pairing engine: the best assignment under a policy, proved, explained, and the same every time.

    problem = Problem(people=(...), policy=Policy(...), questions=frozenset({...}), seed=2026)
    result = solve(problem)                 # pairs and a certificate, by the policy’s objective
    assert certify(problem, result) == ()   # an independent check of both
    explain_pair(problem, mentee, mentor, reader=Reader.MENTEE)
    best_alternatives(study(problem, result), mentee)

Plain data in, plain data out; no database, no framework, no clock. Same problem, seed and ENGINE_VERSION: same bytes of
`result_json`, whatever the order of the rows. What a run has to keep to be replayed is `problem_json(problem)`.
"""

from .assign import assign
from .blocks import FULL_FIT
from .canonical import problem_hash, problem_json, result_hash, result_json
from .certify import certify
from .changes import Change, ChangeKind, Helpful, changed, helpful_changes
from .checks import faults_in_policy, faults_in_problem
from .compare import Comparison, Outcome, Refused, compare
from .competition import Block, Need, competing_blocks
from .complaint import Complaint
from .explain import PairExplained, ReachExplained, Reader, RuleCount, explain_pair, explain_pairs, explain_reach
from .faults import EngineError, Fault, NotOptimalError, PolicyError, ProblemError
from .needs import Needs, needs_of
from .nobody import NobodyExplained, explain_nobody, way_in_by_locking
from .objectives import solve
from .problem import (
    Answer,
    Apart,
    Criterion,
    CriterionKind,
    Fact,
    HardRule,
    Located,
    Objective,
    Pair,
    Person,
    Policy,
    Problem,
    RuleKind,
    Side,
)
from .reading import read_problem, read_result
from .regret import Costs, Forced, Study, best_alternatives, costs_of_all, force_pair, study
from .result import Band, Certificate, Paired, Result
from .score import Part, ScoreTable, parts_of_pair, score_pairs, shown_score
from .version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "FULL_FIT",
    "Answer",
    "Apart",
    "Band",
    "Block",
    "Certificate",
    "Change",
    "ChangeKind",
    "Comparison",
    "Complaint",
    "Costs",
    "Criterion",
    "CriterionKind",
    "EngineError",
    "Fact",
    "Fault",
    "Forced",
    "HardRule",
    "Helpful",
    "Located",
    "Need",
    "Needs",
    "NobodyExplained",
    "NotOptimalError",
    "Objective",
    "Outcome",
    "Pair",
    "PairExplained",
    "Paired",
    "Part",
    "Person",
    "Policy",
    "PolicyError",
    "Problem",
    "ProblemError",
    "ReachExplained",
    "Reader",
    "Refused",
    "Result",
    "RuleCount",
    "RuleKind",
    "ScoreTable",
    "Side",
    "Study",
    "assign",
    "best_alternatives",
    "certify",
    "changed",
    "compare",
    "competing_blocks",
    "costs_of_all",
    "explain_nobody",
    "explain_pair",
    "explain_pairs",
    "explain_reach",
    "faults_in_policy",
    "faults_in_problem",
    "force_pair",
    "helpful_changes",
    "needs_of",
    "parts_of_pair",
    "problem_hash",
    "problem_json",
    "read_problem",
    "read_result",
    "result_hash",
    "result_json",
    "score_pairs",
    "shown_score",
    "solve",
    "study",
    "way_in_by_locking",
]
