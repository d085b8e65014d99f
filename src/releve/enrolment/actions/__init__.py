"""Everything that changes a participant."""

from .agreements import choose_shown, give_consent, set_wishes, withdraw_consent
from .refusals import AlreadyTakesPart, AnswersRefused, ConsentRefused, EnrolmentRefused, RegistrationClosed, RoleRefused
from .registering import start_registration, start_self_assessment, submit_registration, take_in_hand
from .reminding import remind_invited
from .staffing import (
    add_participant,
    before_withdrawal,
    invite,
    may_close_place,
    put_on_waiting_list,
    take_off_waiting_list,
    too_close,
    withdraw,
)

__all__ = [
    "AlreadyTakesPart",
    "AnswersRefused",
    "ConsentRefused",
    "EnrolmentRefused",
    "RegistrationClosed",
    "RoleRefused",
    "add_participant",
    "before_withdrawal",
    "choose_shown",
    "give_consent",
    "invite",
    "may_close_place",
    "put_on_waiting_list",
    "remind_invited",
    "set_wishes",
    "start_registration",
    "start_self_assessment",
    "submit_registration",
    "take_in_hand",
    "take_off_waiting_list",
    "too_close",
    "withdraw",
    "withdraw_consent",
]
