"""Faults of questions, conditions, settings, letters and pages."""

from django.utils.translation import gettext_noop

from .fault import Fault

FORMS = {
    "choice_without_options": Fault(
        gettext_noop("This question needs something to choose from."), gettext_noop("Write either “options” or “options_from”.")
    ),
    "only_for_choices": Fault(
        gettext_noop("“%(key)s” has a meaning only where one chooses."), gettext_noop("Remove it, or make the type choice or choices.")
    ),
    "only_for_scale": Fault(
        gettext_noop("“scale” has a meaning only for a question of the type scale."), gettext_noop("Remove it, or make the type scale.")
    ),
    "scale_without_ends": Fault(
        gettext_noop("This question is a scale without its ends."), gettext_noop("Add “scale” with least_text and most_text.")
    ),
    "group_without_questions": Fault(
        gettext_noop("A group holds questions, and only a group does."),
        gettext_noop("Add “questions” to the group, or take them out of this question."),
    ),
    "only_for_amounts": Fault(
        gettext_noop("“%(key)s” has a meaning only for numbers, scales and several choices."),
        gettext_noop("Remove it; for the length of a text, use max_length."),
    ),
    "least_over_most": Fault(
        gettext_noop("The smallest amount, %(least)s, and the largest, %(most)s, leave nothing in between."),
        gettext_noop("Correct one of the two."),
    ),
    "sensitive_shown": Fault(
        gettext_noop("A sensitive answer would be shown to everyone."),
        gettext_noop("Let the person choose (in_directory: chosen), or narrow the visibility."),
    ),
    "sensitive_without_consent": Fault(
        gettext_noop("A sensitive question is asked, and no consent covers it."), gettext_noop("Add a consent whose purpose is sensitive.")
    ),
    "no_question_before": Fault(
        gettext_noop("The condition reads “%(id)s”, which this form does not ask before."),
        gettext_noop("Use one of the questions above it: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "question_comes_later": Fault(
        gettext_noop("The condition reads “%(id)s”, which comes later in the form."), gettext_noop("Move that question up.")
    ),
    "test_unfit": Fault(
        gettext_noop("“%(test)s” cannot be asked of “%(id)s”, a question of the type %(type)s."),
        gettext_noop("Dates take before, after and within_years; numbers at_least and at_most; several choices includes."),
    ),
    "yes_no_value": Fault(
        gettext_noop("A question answered by yes or no is compared with true or false."),
        gettext_noop("Write true or false, without quotation marks."),
    ),
    "no_option": Fault(
        gettext_noop("“%(value)s” is not among the answers to “%(id)s”."),
        gettext_noop("Choose among: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”? Choose among: %(known)s."),
    ),
    "never_holds": Fault(gettext_noop("No answers at all meet this condition."), gettext_noop("Loosen it, or remove what depends on it.")),
    "nobody_eligible": Fault(
        gettext_noop("Nobody can meet this condition for the role “%(role)s”."),
        gettext_noop("Loosen it, and check that the questions it reads are asked of this role."),
    ),
    "answer_not_a_date": Fault(
        gettext_noop("The date counts from the answer to “%(id)s”, which is not a date."), gettext_noop("Name a question of the type date.")
    ),
    "setting_default": Fault(
        gettext_noop("The default does not fit the type %(type)s or its limits."), gettext_noop("Correct the default, or the limits.")
    ),
    "setting_of_type": Fault(
        gettext_noop("The setting “%(id)s” must have the type %(type)s to be used here."),
        gettext_noop("Change its type, or write the value itself."),
    ),
    "not_an_address": Fault(
        gettext_noop("“%(value)s” is not an e-mail address."),
        gettext_noop("Write an address, or setting: followed by the id of a setting."),
    ),
    "letter_missing": Fault(
        gettext_noop("The letter “%(id)s” is missing."), gettext_noop("Write it in both languages: the program sends it.")
    ),
    "letter_braces": Fault(
        gettext_noop("The braces of this letter cannot be read."),
        gettext_noop("Write places as {name}, with nothing else between the braces."),
    ),
    "letter_place_missing": Fault(
        gettext_noop("The place %(place)s stands in the other language and not in this one."),
        gettext_noop("Use the same places in both languages."),
    ),
    "section_body_or_table": Fault(
        gettext_noop("A section of the public page holds either a text or a table."), gettext_noop("Write one of “body” and “table”.")
    ),
    "row_length": Fault(
        gettext_noop("The row does not have %(count)s cells, as many as there are columns."), gettext_noop("Add or remove cells.")
    ),
}
