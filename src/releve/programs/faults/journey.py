"""Faults of the journey: what nobody reaches, cannot do or cannot pass, and dates that cross."""

from django.utils.translation import gettext_noop

from .fault import Fault

JOURNEY = {
    "step_without_audience": Fault(
        gettext_noop("Nobody reaches the step “%(step)s”: its audience is empty."), gettext_noop("Name at least one role that enrols.")
    ),
    "role_does_not_enrol": Fault(
        gettext_noop("Nobody enrols as “%(role)s”."), gettext_noop("Write enrols: true for this role, or name another one.")
    ),
    "task_outside_audience": Fault(
        gettext_noop("“%(role)s” is not in the audience of this step."),
        gettext_noop("Add the role to the audience of the step, or take it out here."),
    ),
    "task_needs": Fault(gettext_noop("“%(kind)s” needs the key “%(key)s” here."), gettext_noop("Add “%(key)s”.")),
    "document_not_signed": Fault(
        gettext_noop("The document “%(id)s” is one to read, not to sign."),
        gettext_noop("Write kind: sign for the document, or kind: read for the task."),
    ),
    "no_form_for_role": Fault(
        gettext_noop("No form is given to the role “%(role)s”."),
        gettext_noop("Add the role under “forms”, or narrow the roles of the task."),
    ),
    "no_survey_for_role": Fault(
        gettext_noop("No survey is given to the role “%(role)s”."),
        gettext_noop("Add the role under “surveys”, or narrow the roles of the task."),
    ),
    "not_for_role": Fault(
        gettext_noop("The role “%(role)s” is asked for something that is not meant for it."),
        gettext_noop("Add the role where the thing is declared, or narrow the roles here."),
    ),
    "gate_before_what": Fault(
        gettext_noop("A hard gate must say what it stands before."), gettext_noop("Add before: pairing, acceptance or confirmation.")
    ),
    "gate_optional": Fault(gettext_noop("An optional task cannot be a hard gate."), gettext_noop("Remove one of the two.")),
    "gate_needs_partner": Fault(
        gettext_noop("Nobody can pass this gate: “%(kind)s” needs a partner, and it stands before the pairing."),
        gettext_noop("Let it stand before acceptance or confirmation."),
    ),
    "gate_after_pairing": Fault(
        gettext_noop("Nobody can pass this gate: it stands before the pairing, and its step comes after."),
        gettext_noop("Move the step up, or let the gate stand before confirmation."),
    ),
    "gate_waits": Fault(gettext_noop("Nobody can pass this gate: waiting is not something one does."), gettext_noop("Remove the gate.")),
    "confirmation_not_asked": Fault(
        gettext_noop("The pairing waits for “%(task)s”, which is never asked of the role “%(role)s”."),
        gettext_noop("Add the role to the task, or remove the task from confirmed_by."),
    ),
    "confirmation_not_gate": Fault(
        gettext_noop("The pairing waits for “%(task)s”, which is not a hard gate before confirmation."),
        gettext_noop("Write gate: hard and before: confirmation for this task."),
    ),
    "not_a_pair": Fault(gettext_noop("A dyad has exactly two people."), gettext_noop("Correct the members, or write shape: group.")),
    "not_a_group": Fault(gettext_noop("A group has at least two people."), gettext_noop("Correct the members.")),
    "agreement_outside": Fault(
        gettext_noop("“%(role)s” must say yes and is not a member of the relationship."),
        gettext_noop("Name only roles listed under members."),
    ),
    "agreement_by_nobody": Fault(
        gettext_noop("Nobody is asked to say yes."), gettext_noop("Name the roles under “by”, or write kind: placed.")
    ),
    "roll_over_alone": Fault(
        gettext_noop("Groups that roll over need roll_over, and roll_over needs groups that do."),
        gettext_noop("Write after_end: rolls_over together with roll_over."),
    ),
    "profiling_without_consent": Fault(
        gettext_noop("People are compared by the machine, and no consent covers it."),
        gettext_noop("Add a consent whose purpose is profiling."),
    ),
    "route_to_nobody": Fault(gettext_noop("This way out leads to nobody."), gettext_noop("Add a contact, or shorten the route.")),
    "no_contacts": Fault(gettext_noop("Participants have nobody to turn to."), gettext_noop("Add at least one contact.")),
    "minimum_of_what": Fault(
        gettext_noop("The minimum must be one of hours, meetings or events."), gettext_noop("Keep exactly one of the three.")
    ),
    "window_without": Fault(
        gettext_noop("The window “%(window)s” needs “%(key)s”."), gettext_noop("Add “%(key)s”, or choose another window.")
    ),
    "dates_cross": Fault(
        gettext_noop("“%(earlier)s” (%(earlier_day)s) comes after “%(later)s” (%(later_day)s)."), gettext_noop("Move one of the two dates.")
    ),
    "defaults_cross": Fault(
        gettext_noop("In a cohort that starts on %(starts)s, “%(earlier)s” (%(earlier_day)s) comes after “%(later)s” (%(later_day)s)."),
        gettext_noop("Move one of the two dates."),
    ),
    "dates_in_circle": Fault(
        gettext_noop("“%(label)s” is counted, in the end, from itself."),
        gettext_noop("Count one of these dates from cohort_starts or cohort_ends."),
    ),
    "date_of_one_pair": Fault(
        gettext_noop("A date of the whole cohort cannot count from %(origin)s."),
        gettext_noop("Count it from cohort_starts, cohort_ends or another date of the calendar."),
    ),
    "due_before_start": Fault(
        gettext_noop("“%(task)s” is due on %(due)s, before its step starts on %(starts)s."), gettext_noop("Move one of the two dates.")
    ),
}
