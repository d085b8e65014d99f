"""Every fault a definition can have: what is said, and the mend.

The sentences are marked for translation here and said by `problems.Problem`.
"""

from typing import NamedTuple

from django.utils.translation import gettext_noop


class Fault(NamedTuple):
    """The sentences of one fault; `mend_nearest` replaces the mend when a near name is known."""

    message: str
    mend: str
    mend_nearest: str = ""


WRITING = {
    "not_utf8": Fault(gettext_noop("The file is not UTF-8 text."), gettext_noop("Save it again as UTF-8.")),
    "too_large": Fault(
        gettext_noop("The file is longer than %(most)s thousand characters."), gettext_noop("Shorten it, or put long texts in the library.")
    ),
    "too_deep": Fault(gettext_noop("More than %(most)s levels lie inside each other here."), gettext_noop("Write it with fewer levels.")),
    "too_many_values": Fault(gettext_noop("The file holds more than %(most)s values."), gettext_noop("Split it or shorten it.")),
    "not_a_definition": Fault(
        gettext_noop("This is not a program definition."), gettext_noop("Start from a blueprint: its first lines are schema, id and name.")
    ),
    "several_documents": Fault(
        gettext_noop("The file holds several YAML documents."), gettext_noop("Keep one definition per file, without the --- between them.")
    ),
    "anchor": Fault(
        gettext_noop("Anchors and aliases (& and *) are not read."),
        gettext_noop("Write the value out; if the text itself starts with & or *, put it between quotation marks."),
    ),
    "tag": Fault(
        gettext_noop("YAML tags (%(tag)s) are not read."),
        gettext_noop("Remove it; if the text itself starts with an exclamation mark, put it between quotation marks."),
    ),
    "key_not_text": Fault(gettext_noop("A key must be a single word."), gettext_noop("Write the key as a word followed by a colon.")),
    "duplicate_key": Fault(
        gettext_noop("The key “%(key)s” is written twice, first at line %(first)s."), gettext_noop("Keep one of the two.")
    ),
    "yaml_tab": Fault(gettext_noop("The line starts with a tab."), gettext_noop("Indent with spaces only.")),
    "yaml_colon": Fault(
        gettext_noop("A colon stands where none can be."),
        gettext_noop("Put a text that contains a colon between double quotation marks, and check the indentation."),
    ),
    "yaml_key": Fault(gettext_noop("A key has no colon after it."), gettext_noop("Write the key, a colon, a space, then its value.")),
    "yaml_unclosed": Fault(
        gettext_noop("A quotation mark, bracket or brace that opens here is not closed."),
        gettext_noop("Close it; put a text that contains a colon or a comma between double quotation marks."),
    ),
    "yaml_indentation": Fault(
        gettext_noop("The line does not follow from the lines above it."),
        gettext_noop("Align it with its neighbours, and put a text that contains quotation marks between double ones."),
    ),
    "yaml_character": Fault(
        gettext_noop("The value starts with a character that means something else in YAML."),
        gettext_noop("Put the text between double quotation marks."),
    ),
    "yaml_hidden_character": Fault(
        gettext_noop("The text holds the invisible character %(code)s."), gettext_noop("Delete it and type the text again.")
    ),
    "yaml_syntax": Fault(gettext_noop("The YAML cannot be read here."), gettext_noop("Check the quotation marks, colons and indentation.")),
}

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
    "not_mapping": Fault(gettext_noop("This must hold keys with values."), gettext_noop("Write one key and its value per line, indented.")),
    "not_identifier": Fault(
        gettext_noop("“%(value)s” cannot be an id."),
        gettext_noop("Start with a lower-case letter, then use lower-case letters, digits and _ only, without accents."),
    ),
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
        gettext_noop("This must be a whole number or a setting."),
        gettext_noop("Write a number, or setting: followed by the id of a setting."),
    ),
    "scalar": Fault(gettext_noop("This must be a single value."), gettext_noop("Write one text, one number, true or false.")),
    "moment": Fault(gettext_noop("This must be a date."), gettext_noop("Write YYYY-MM-DD, or {from: cohort_starts, months: …}.")),
    "not_valid": Fault(gettext_noop("This value is not accepted here."), gettext_noop("Compare with a blueprint that works.")),
}

MEANING = {
    "dates_cross": Fault(
        gettext_noop("“%(earlier)s” (%(earlier_day)s) comes after “%(later)s” (%(later_day)s)."), gettext_noop("Move one of the two dates.")
    ),
}

FAULTS: dict[str, Fault] = WRITING | SHAPES | MEANING
