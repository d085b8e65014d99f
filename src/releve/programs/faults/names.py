"""Faults of names: ids written twice, and names that nothing declares."""

from django.utils.translation import gettext_noop

from .fault import Fault

NAMES = {
    "id_twice": Fault(gettext_noop("The id “%(id)s” is already used at %(other)s."), gettext_noop("Give one of the two another id.")),
    "no_role": Fault(
        gettext_noop("No role is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_audience": Fault(
        gettext_noop("No role and no duty of the staff is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_form": Fault(
        gettext_noop("No form is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_document": Fault(
        gettext_noop("No document is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_material": Fault(
        gettext_noop("No document and no resource is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_survey": Fault(
        gettext_noop("No survey is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_event": Fault(
        gettext_noop("No event is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_consent": Fault(
        gettext_noop("No consent is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_calendar": Fault(
        gettext_noop("No date of the calendar is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_date": Fault(
        gettext_noop("No date is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_phase": Fault(
        gettext_noop("No phase is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_site": Fault(
        gettext_noop("No site is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_step": Fault(
        gettext_noop("No step is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_topic": Fault(
        gettext_noop("No topic is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_letter": Fault(
        gettext_noop("No letter is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_vocabulary": Fault(
        gettext_noop("No vocabulary is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_task": Fault(
        gettext_noop("No task is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_setting": Fault(
        gettext_noop("No setting is called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_proof": Fault(
        gettext_noop("This role has no proof called “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "no_question": Fault(
        gettext_noop("No form asks the question “%(id)s”."),
        gettext_noop("Declare it, or use one of these: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "question_in_several_forms": Fault(
        gettext_noop("Several forms ask “%(id)s”: %(forms)s."),
        gettext_noop("Write the form, a dot and the question, for example %(first)s.%(id)s."),
    ),
    "removes_nothing": Fault(
        gettext_noop("There is nothing called “%(id)s” to remove here."), gettext_noop("Take “remove” away, or correct the id.")
    ),
    "parent_unknown": Fault(
        gettext_noop("The definition “%(id)s”, version %(version)s, is not known here."),
        gettext_noop("Correct child_of, or load that definition first."),
    ),
}
