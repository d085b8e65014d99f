"""Every timed job, in the order in which one tick runs them.

A job works out from rows what is due at `now`; run twice, or missed for a day, it does no harm.
"""

from collections.abc import Callable
from datetime import datetime

from releve.audit.actions import chain_events
from releve.core.vault.keys import finish_destroying
from releve.enrolment import listing
from releve.enrolment.importing.actions import drop_forgotten
from releve.notifications.actions import deliver_due
from releve.privacy.retention import let_go
from releve.progress.reminders import close_terms, send_reminders
from releve.relationships.actions import settle_contacts
from releve.surveys import actions as surveys

from .jobs import forget_old_tasks, revive_tasks

JOBS: list[Callable[[datetime], int]] = [
    finish_destroying,
    settle_contacts,
    close_terms,
    let_go,
    surveys.open_receipts,
    surveys.remind,
    send_reminders,
    drop_forgotten,
    listing.refresh_stale,
    revive_tasks,
    forget_old_tasks,
    chain_events,
    deliver_due,  # last: what the jobs above told goes out at once
]
