"""Groups, triads and vertical groups: who joins which, proved best where the rules make a flow, searched or drawn elsewhere.

    problem = GroupProblem(pairing, groups_of_mentors(pairing, Size(3, 4)), rules=(GroupRule(...),))
    result = form_groups(problem)            # or draw_groups(problem)
    assert certify_groups(problem, result) == ()
    explain_unplaced(problem, result, person)

`pairing` is a problem of the engine: its people, answers, policy, bans, past facts and seed. A triad is a group of one
mentee and two mentors; a vertical group goes on from year to year (`roll_over`); pairs inside a group are opened by
`sub_pairs` and assigned as any others. Same problem, seed and ENGINE_VERSION: same bytes of `group_result_json`.
"""

from .canonical import (
    group_problem_hash,
    group_problem_json,
    group_result_hash,
    group_result_json,
    read_group_problem,
    read_group_result,
)
from .certify import certify_groups
from .checks import faults_in_groups
from .explain import (
    Closing,
    MembershipExplained,
    RuleKept,
    UnplacedExplained,
    explain_membership,
    explain_unplaced,
)
from .forming import draw_groups, form_groups, why_not_flow
from .laminar import Crossing, Obstacle
from .problem import Group, GroupProblem, GroupRule, GroupRuleKind, Size, groups_of_mentors, sub_pairs
from .result import FormedGroup, GroupCertificate, GroupResult, LimitPrice, Method, roll_over

__all__ = [
    "Closing",
    "Crossing",
    "FormedGroup",
    "Group",
    "GroupCertificate",
    "GroupProblem",
    "GroupResult",
    "GroupRule",
    "GroupRuleKind",
    "LimitPrice",
    "MembershipExplained",
    "Method",
    "Obstacle",
    "RuleKept",
    "Size",
    "UnplacedExplained",
    "certify_groups",
    "draw_groups",
    "explain_membership",
    "explain_unplaced",
    "faults_in_groups",
    "form_groups",
    "group_problem_hash",
    "group_problem_json",
    "group_result_hash",
    "group_result_json",
    "groups_of_mentors",
    "read_group_problem",
    "read_group_result",
    "roll_over",
    "sub_pairs",
    "why_not_flow",
]
