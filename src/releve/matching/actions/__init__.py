"""Everything that pairing writes: policies, adjustments, runs of the engine, and decisions by people."""

from .adjusting import Seen, Two, change_policy, keep_apart, keep_together, run_again, swap, undo
from .deciding import Chosen, pair, pair_all
from .refusals import BoardMoved, CannotAdjust, NobodyToPair, PairingRefused, PairsRefused, ReasonMissing
from .runs import cancel_run, run_suggestions

__all__ = [
    "BoardMoved",
    "CannotAdjust",
    "Chosen",
    "NobodyToPair",
    "PairingRefused",
    "PairsRefused",
    "ReasonMissing",
    "Seen",
    "Two",
    "cancel_run",
    "change_policy",
    "keep_apart",
    "keep_together",
    "pair",
    "pair_all",
    "run_again",
    "run_suggestions",
    "swap",
    "undo",
]
