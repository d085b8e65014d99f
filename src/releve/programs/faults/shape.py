"""Faults of shape: keys and values that no definition has."""

from django.utils.translation import gettext_noop

from .fault import Fault

SHAPES = {
    "missing": Fault(gettext_noop("“%(key)s” is missing."), gettext_noop("Add “%(key)s”.")),
    "unknown_key": Fault(
        gettext_noop("The key “%(key)s” is not known here."),
        gettext_noop("Known here: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”?"),
    ),
    "not_bilingual": Fault(gettext_noop("This text must be written in both languages."), gettext_noop("Write {fr: …, en: …}.")),
    "unknown_language": Fault(
        gettext_noop("“%(key)s” is not one of the two languages."),
        gettext_noop("Keep only fr and en; put a text that contains a comma between double quotation marks."),
    ),
    "no_french": Fault(gettext_noop("The French text is missing."), gettext_noop("Add “fr” with the text in French.")),
    "no_english": Fault(gettext_noop("The English text is missing."), gettext_noop("Add “en” with the text in English.")),
    "not_in_list": Fault(
        gettext_noop("“%(value)s” is not one of the words accepted here."),
        gettext_noop("Accepted: %(known)s."),
        gettext_noop("Did you mean “%(nearest)s”? Accepted: %(known)s."),
    ),
    "not_text": Fault(gettext_noop("This must be a text."), gettext_noop("Put the value between quotation marks.")),
    "not_whole_number": Fault(gettext_noop("This must be a whole number."), gettext_noop("Write digits only, without quotation marks.")),
    "not_number": Fault(
        gettext_noop("This must be a number."), gettext_noop("Write digits with a decimal point, without quotation marks.")
    ),
    "not_boolean": Fault(gettext_noop("This must be true or false."), gettext_noop("Write true or false, without quotation marks.")),
    "not_list": Fault(gettext_noop("This must be a list."), gettext_noop("Write [one, two], or one item per line after a dash.")),
    "too_many_items": Fault(gettext_noop("The list is longer than %(limit)s items."), gettext_noop("Shorten it.")),
    "not_mapping": Fault(gettext_noop("This must hold keys with values."), gettext_noop("Write one key and its value per line, indented.")),
    "not_identifier": Fault(
        gettext_noop("“%(value)s” cannot be an id."),
        gettext_noop("Start with a lower-case letter, then use lower-case letters, digits and _ only, without accents."),
    ),
    "not_url": Fault(gettext_noop("“%(value)s” is not a web address."), gettext_noop("Write the whole address, starting with https://.")),
    "too_small": Fault(gettext_noop("%(value)s is too small."), gettext_noop("Write %(limit)s or more.")),
    "too_big": Fault(gettext_noop("%(value)s is too large."), gettext_noop("Write %(limit)s or less.")),
    "not_above_zero": Fault(gettext_noop("This must be more than zero."), gettext_noop("Write a number above zero.")),
    "rule_shape": Fault(
        gettext_noop("This condition is not complete."), gettext_noop("Write either a question with its test, or one of all, any, not.")
    ),
    "rule_tests": Fault(
        gettext_noop("The question of this condition needs exactly one test."),
        gettext_noop("Use one of is, one_of, includes, at_least, at_most, before, after, within_years, answered."),
    ),
    "rule_within": Fault(
        gettext_noop("within_years and of go together."), gettext_noop("Write for example {within_years: 5, of: cohort_starts}.")
    ),
    "rule_empty": Fault(gettext_noop("This condition joins nothing."), gettext_noop("Write at least one item in the list.")),
    "number_or_setting": Fault(
        gettext_noop("This must be a whole number from 0 to 3650, or a setting."),
        gettext_noop("Write a number, or setting: followed by the id of a setting."),
    ),
    "scalar": Fault(gettext_noop("This must be a single value."), gettext_noop("Write one text, one number, true or false.")),
    "moment": Fault(gettext_noop("This must be a date."), gettext_noop("Write YYYY-MM-DD, or {from: cohort_starts, months: …}.")),
    "not_valid": Fault(gettext_noop("This value is not accepted here."), gettext_noop("Compare with a blueprint that works.")),
}
