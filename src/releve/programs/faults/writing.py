"""Faults of a file: what is not YAML, or not the plain part of it."""

from django.utils.translation import gettext_noop

from .fault import Fault

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
