"""From a file to a table of texts: what people really upload, and what nobody should."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from releve.enrolment.importing import reading
from releve.enrolment.importing.cleaning import clean, fold, tidy
from releve.enrolment.importing.reading import read_table
from releve.enrolment.importing.refusals import UnreadableFile

DATA = Path(__file__).parent / "data"
PEOPLE = [("Courriel", "Prénom", "Date"), ("zoe@exemple.test", "Zoé", "12.5")]


def workbook(rows, *, sheet="People", more=()):
    """Write a workbook of one sheet and, after it, the sheets named in `more`."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    for name, content in [(sheet, rows), *more]:
        page = book.add_worksheet(name)
        for row, cells in enumerate(content):
            page.write_row(row, 0, cells)
    book.close()
    return file.getvalue()


def repacked(content, parts):
    """Write a copy of a workbook with some parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name])
    return file.getvalue()


def cells_of(content):
    table = read_table(content)
    return [table.columns, *(row.cells for row in table.rows)]


def code_of(content, **options):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, **options)
    return refused.value.code


def test_the_file_of_the_form_service_is_read_past_its_title_and_blank_rows():
    table = read_table((DATA / "registrations-2026.xlsx").read_bytes())
    assert (table.sheet, table.other_sheets, table.header_row) == ("Entries", ("Notes",), 3)
    assert (len(table.columns), len(table.rows)) == (22, 84)
    assert table.columns[:2] == ("MentoratChapitreQuebec_Id", "Rôle / Role")
    assert [row.number for row in table.rows[15:19]] == [19, 20, 22, 23]  # row 21 is blank
    assert [row.cells[0] for row in table.rows] == [str(entry) for entry in range(1, 85)]


def test_the_file_of_excel_is_read_by_its_own_separator_and_encoding():
    table = read_table((DATA / "registrations-2026-excel-fr.csv").read_bytes())
    assert table.facts == {"encoding": "cp1252", "separator": ";"}
    assert (len(table.columns), len(table.rows), table.header_row) == (22, 84, 1)
    assert table.rows[37].cells[15].split("\n")[1] == "Coalitions et partenariats / Coalitions"


def test_dates_numbers_and_accents_become_the_same_texts_from_both_files():
    sheet = read_table((DATA / "registrations-2026.xlsx").read_bytes())
    text = read_table((DATA / "registrations-2026-excel-fr.csv").read_bytes())
    different = [
        (one.cells[0], sheet.columns[place])
        for one, other in zip(sheet.rows, text.rows, strict=True)
        for place in range(22)
        if one.cells[place] != other.cells[place]
    ]
    assert different == [("47", "Téléphone / Phone")]  # a hyphen that Windows-1252 does not have became “?”


@pytest.mark.parametrize("name", ["people.xls", "people.ods"])
def test_old_and_open_formats_are_read(name):
    assert cells_of((DATA / name).read_bytes()) == PEOPLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_end_is_read(encoding, separator, line_end):
    text = line_end.join(separator.join(cells) for cells in PEOPLE) + line_end
    assert cells_of(text.encode(encoding)) == PEOPLE


def test_the_separator_that_excel_names_on_the_first_line_is_obeyed():
    table = read_table("sep=;\nCourriel;Nom, prénom\na@exemple.test;Roy, Zoé\n".encode())
    assert table.columns == ("Courriel", "Nom, prénom")
    assert [row.number for row in table.rows] == [3]


def test_commas_inside_sentences_do_not_pass_for_separators():
    text = "Courriel;Motivations\na@exemple.test;un, deux, trois\nb@exemple.test;un, deux, trois\n"
    assert cells_of(text.encode())[0] == ("Courriel", "Motivations")


def test_nul_characters_and_marks_of_order_are_dropped():
    assert cells_of("Courriel;Pré\0nom;Date\nzoe@exemple.test;\u200eZoé\u200b;12.5\n".encode()) == PEOPLE


def test_the_header_may_stand_below_a_title_and_beside_empty_columns():
    content = workbook([("Inscriptions 2026",), (), ("", "Courriel", "Prénom"), ("", "zoe@exemple.test", "Zoé")])
    table = read_table(content)
    assert (table.columns, table.header_row) == (("", "Courriel", "Prénom"), 3)


def test_the_first_sheet_with_a_table_is_read_unless_another_is_asked_for():
    content = workbook([("À lire",)], sheet="Accueil", more=[("People", PEOPLE), ("Old", [("Courriel",), ("b@exemple.test",)])])
    assert read_table(content).sheet == "People"
    assert read_table(content, sheet="Old").rows[0].cells == ("b@exemple.test",)
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, sheet="Nowhere")
    assert (refused.value.code, refused.value.facts["names"]) == ("no_such_sheet", ["Accueil", "People", "Old"])


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0\0\0\0", b";;;\n;;;\n"])
def test_an_empty_file_is_called_empty(content):
    assert code_of(content) == "empty"


def test_a_header_without_rows_is_told_apart_from_an_empty_file():
    assert code_of("Courriel;Prénom\n".encode()) == "no_rows"
    assert code_of(workbook([("Courriel", "Prénom")])) == "no_rows"


def test_columns_without_names_are_refused_rather_than_guessed():
    assert code_of("Zoé;zoe@exemple.test\nBo;bo@exemple.test\n".encode()) == "no_header"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>a</td></tr></table></html>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "xml"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (bytes(range(1, 32)) * 40, "not_a_table"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (reading.OLD_OFFICE + b"\x01" * 600, "damaged"),
    ],
)
def test_what_only_pretends_to_be_a_spreadsheet_is_told_by_its_content(content, code):
    assert code_of(content) == code


def test_a_document_in_a_zip_is_no_spreadsheet():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert code_of(file.getvalue()) == "not_a_table"


def test_a_workbook_under_a_password_is_called_so():
    assert code_of((DATA / "locked.xlsx").read_bytes()) == "password"
    locked = repacked((DATA / "people.ods").read_bytes(), {"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert code_of(locked) == "password"


def test_a_file_beyond_the_limits_is_refused_with_its_figures():
    with pytest.raises(UnreadableFile) as refused:
        read_table(b"x" * 50_000_000)
    assert (refused.value.code, refused.value.facts) == ("too_big", {"size": 50_000_000, "most": reading.MOST_BYTES})
    with pytest.raises(UnreadableFile) as refused:
        read_table(b"Courriel;Nom\n" + b"a@b.test;Roy\n" * 200_000)
    assert (refused.value.code, refused.value.facts) == ("too_many_rows", {"found": 200_000, "most": reading.MOST_ROWS})
    assert code_of(";".join(f"c{n}" for n in range(300)).encode() + b"\n1;2\n") == "too_many_columns"
    assert code_of(workbook([[f"c{n}" for n in range(300)], ["x"]])) == "too_many_columns"


def test_a_workbook_with_too_many_rows_is_refused_with_their_number():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(1, 25_002))
    content = repacked(workbook(PEOPLE), {"xl/worksheets/sheet1.xml": SHEET.format(rows)})
    with pytest.raises(UnreadableFile) as refused:
        read_table(content)
    assert (refused.value.code, refused.value.facts["most"]) == ("too_many_rows", 20_000)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def test_a_zip_bomb_is_refused_before_anything_opens_it():
    bomb = repacked(workbook(PEOPLE), {"xl/worksheets/sheet2.xml": b" " * (310 * 1024 * 1024)})
    assert len(bomb) < 1_000_000
    assert code_of(bomb) == "zip_bomb"


def test_a_zip_that_lies_about_its_size_is_refused_too():
    name = b"xl/worksheets/sheet2.xml"
    bomb = bytearray(repacked(workbook(PEOPLE), {name.decode(): b" " * (310 * 1024 * 1024)}))
    for place in (bomb.index(name) - 30 + 22, bomb.rindex(name) - 46 + 24):  # in the part's header, in the directory
        assert struct.unpack_from("<I", bomb, place) == (310 * 1024 * 1024,)
        struct.pack_into("<I", bomb, place, 10)
    assert code_of(bytes(bomb)) == "zip_bomb"


def test_two_cells_at_the_ends_of_the_sheet_do_not_take_the_server_down():
    cell = '<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>'
    corners = cell.format(row=1, column="A") + cell.format(row=1_048_576, column="XFD")
    content = repacked(workbook(PEOPLE), {"xl/worksheets/sheet1.xml": SHEET.format(corners)})
    assert len(content) < 10_000
    assert code_of(content) == "needs_too_much_room"


def test_a_quotation_mark_never_closed_is_named_by_its_line():
    with pytest.raises(UnreadableFile) as refused:
        read_table('Courriel;Nom\na@b.test;Roy\nb@b.test;"Côté\nc@b.test;Fortin\n'.encode())
    assert (refused.value.code, refused.value.facts) == ("unclosed_quote", {"line": 3})


def test_cells_keep_peoples_words_and_lose_what_cannot_be_seen():
    assert clean("  He\u0301le\u0300ne\r\nl\u2019\u00e9t\u00e9\x07 ") == "Hélène\nl’été"
    assert clean("« Une longue réponse »") == "« Une longue réponse »"
    assert clean("'=1+1") == "=1+1"  # the mark by which an export made it harmless
    assert tidy("(514) 555\u20110142\u00a0 poste 12") == "(514) 555-0142 poste 12"
    assert fold("Années d’expérience / Years") == "annees d experience years"
