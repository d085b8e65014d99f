"""State a problem of groups for a solver that searches (OR-Tools CP-SAT), rule by rule.

People, groups and rules stand in the order of their ids, so that the same problem gives the same model to the byte.
An *elastic* model lets every least go short, at a cost of 1 each: solved, it says what keeps the groups from being filled.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from ..faults import Fault, ProblemError
from ..measure import BoolMatrix
from ..problem import options_of
from .board import Board, Limit
from .keeping import SIZE_IDS, balanced_options, counts_by_option, in_common
from .problem import Group, GroupRule, GroupRuleKind, may_be_left

# Two people to place who earn points together, or may not meet, are one more thing to state in every group.
MOST_TERMS: Final = 500_000

Term = cp_model.LinearExpr | int


@dataclass(eq=False)
class Model:
    """`joins`: by row and column, whether a person joins a group open to them. `meets`: by two rows, whether two who earn
    points together are in one group. `formed`: by column, whether an optional group is more than its fixed members.
    `short`: how much of each least is missing, if the model is elastic."""

    board: Board
    elastic: bool = False
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    joins: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    meets: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    formed: dict[int, cp_model.IntVar] = field(default_factory=dict)
    short: list[tuple[Fault, cp_model.IntVar]] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[int, Group]]:
        """The columns and their groups."""
        return list(enumerate(self.board.problem.ordered))

    def joining(self, column: int, rows: Iterable[int]) -> list[cp_model.IntVar]:
        """Find the decisions about one group and some people."""
        return [self.joins[row, column] for row in rows if (row, column) in self.joins]

    def shortage(self, most: int, fault: Fault) -> Term:
        """Say by how much a least may go short: not at all, unless the model is elastic."""
        if not self.elastic:
            return 0
        short = self.cp.new_int_var(0, most, f"short {fault.path}")
        self.short.append((fault, short))
        return short


def model_of(board: Board, *, elastic: bool = False) -> Model:
    """State a board, without saying what is best.

    Raises: ProblemError when there is too much to state.
    """
    model = Model(board, elastic)
    for row, column in np.argwhere(board.open).tolist():
        model.joins[row, column] = model.cp.new_bool_var(f"{row} joins {column}")
    _place(model)
    _form(model)
    for limit in board.limits:
        _limit(model, limit)
    _keep_apart(model)
    _keep_together(model)
    if not elastic:
        _state_meetings(model)
    for rule in sorted(board.problem.rules, key=lambda rule: rule.id):
        if rule.shared_least:
            _share(model, rule)
        if rule.kind == GroupRuleKind.BALANCE:
            _balance(model, rule)
    return model


def value_of(model: Model) -> cp_model.LinearExpr:
    """State the value of what is chosen, without what the fixed members earn among themselves."""
    gains, scale = model.board.gains, model.board.stakes.scale
    alone = [int(gains[place]) * joins for place, joins in model.joins.items()]
    points, rows = model.board.bonds.points, model.board.rows
    together = [scale * int(points[rows[one], rows[other]]) * meets for (one, other), meets in model.meets.items()]
    return cp_model.LinearExpr.sum([*alone, *together])


def _place(model: Model) -> None:
    """Place nobody twice, and everybody who must be."""
    for row, person in enumerate(model.board.problem.free):
        joins = [model.joins[row, column] for column, _ in model.groups if (row, column) in model.joins]
        if model.board.must[row]:
            path = f"people[{person.side}={person.id}].least"
            fault = Fault(path, "least_unreachable", "No group can take everybody who must be placed: relax a rule, or free a place.")
            model.cp.add(cp_model.LinearExpr.sum(joins) + model.shortage(1, fault) == 1)
        else:
            model.cp.add_at_most_one(joins)


def _form(model: Model) -> None:
    for column, group in model.groups:
        if may_be_left(model.board.problem, group):
            joins = model.joining(column, range(len(model.board.must)))
            formed = model.formed[column] = model.cp.new_bool_var(f"{column} is formed")
            model.cp.add_max_equality(formed, [0, *joins])


def _limit(model: Model, limit: Limit) -> None:
    for column, group in model.groups:
        joins = model.joining(column, np.flatnonzero(limit.rows).tolist())
        least, most = int(limit.least[column]), int(limit.most[column])
        if most < len(joins):
            model.cp.add(cp_model.LinearExpr.sum(joins) <= most)
        if least:
            short = model.shortage(least, _lacking(limit, group))
            model.cp.add(cp_model.LinearExpr.sum(joins) + short >= least * model.formed.get(column, 1))


def _lacking(limit: Limit, group: Group) -> Fault:
    if limit.rule in SIZE_IDS.values():
        mend = "Lower it, make the group optional, relax a rule, or add people who fit."
        return Fault(f"groups[{group.id}].{limit.rule}.least", "least_unreachable", mend)
    mend = f"Not enough people with {limit.option!r} can join {group.id!r}: relax a rule, or add some."
    return Fault(f"rules[{limit.rule}]", "least_unreachable", mend)


def _keep_apart(model: Model) -> None:
    barred = np.triu(model.board.bonds.barred[np.ix_(model.board.rows, model.board.rows)], 1)
    _ensure_statable(model, barred)
    for one, other in np.argwhere(barred).tolist():
        for column, _ in model.groups:
            if len(both := model.joining(column, (one, other))) == 2:
                model.cp.add_at_most_one(both)


def _keep_together(model: Model) -> None:
    at = {person.id: row for row, person in enumerate(model.board.problem.free)}
    for company in model.board.problem.together:
        for one, other in combinations((at[name] for name in company), 2):
            for column, _ in model.groups:
                model.cp.add(model.joins.get((one, column), 0) == model.joins.get((other, column), 0))


def _share(model: Model, rule: GroupRule) -> None:
    """Choose, group by group, options that all members have: enough of them as soon as somebody joins."""
    problem = model.board.problem
    answers = {row: options_of(person, rule.question) for row, person in enumerate(problem.free) if person.side in rule.among}
    for column, group in model.groups:
        held = in_common(problem, rule, problem.fixed[group.id])
        joining = {row: mine for row, mine in answers.items() if (row, column) in model.joins}
        options = sorted(frozenset().union(*joining.values()) if held is None else held)
        shared = {option: model.cp.new_bool_var(f"{column} shares {rule.id} {option}") for option in options}
        for row, mine in joining.items():
            joins = model.joins[row, column]
            model.cp.add(cp_model.LinearExpr.sum(list(shared.values())) >= rule.shared_least).only_enforce_if(joins)
            for option in sorted(shared.keys() - mine):
                model.cp.add_implication(joins, shared[option].negated())


def _balance(model: Model, rule: GroupRule) -> None:
    """Keep the numbers of all formed groups within one span, option by option."""
    problem = model.board.problem
    fault = Fault(f"rules[{rule.id}]", "balance_unreachable", "Allow a larger difference, or relax another rule.")
    for option in balanced_options(problem, rule):
        everybody = len(problem.people)
        fewest = model.cp.new_int_var(0, everybody, f"fewest {rule.id} {option}")
        beyond = model.shortage(everybody, fault)
        counted = [row for row, person in enumerate(problem.free) if option in counts_by_option(problem, rule, [person.id])]
        for column, group in model.groups:
            count = cp_model.LinearExpr.sum(model.joining(column, counted)) + counts_by_option(problem, rule, problem.fixed[group.id]).get(
                option, 0
            )
            for bound in (count >= fewest, count <= fewest + rule.within + beyond):
                held = model.cp.add(bound)
                if column in model.formed:
                    held.only_enforce_if(model.formed[column])


def _state_meetings(model: Model) -> None:
    """State, for every two people to place who earn points together, whether they meet."""
    inside = np.ix_(model.board.rows, model.board.rows)
    points = np.triu(np.where(model.board.bonds.barred[inside], 0, model.board.bonds.points[inside]), 1)
    _ensure_statable(model, points > 0)
    columns = range(len(model.groups))
    for one, other in np.argwhere(points > 0).tolist():
        meets = model.meets[one, other] = model.cp.new_bool_var(f"{one} meets {other}")
        for row, beside in ((one, other), (other, one)):
            joins = {column: model.joins[row, column] for column in columns if (row, column) in model.joins}
            model.cp.add_bool_or([*joins.values(), meets.negated()])
            for column, here in joins.items():
                # Where one is, the other is too: one statement for each group, however many there are.
                model.cp.add_bool_or([*model.joining(column, (beside,)), here.negated(), meets.negated()])


def _ensure_statable(model: Model, pairs: BoolMatrix) -> None:
    if int(pairs.sum()) * len(model.groups) > MOST_TERMS:
        mend = "Too many pairs of people to place depend on each other: fix the mentors in the groups first, or ask for less cohesion."
        raise ProblemError([Fault("groups", "too_many_terms", mend)])
