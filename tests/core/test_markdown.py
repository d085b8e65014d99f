"""People's formatted text is rendered without letting anything of theirs run."""

import re

import pytest
from django.utils.safestring import SafeString

from releve.core.markdown import render


def test_formatted_text_is_rendered_as_safe_html():
    html = render("Un **mot** et *un autre*.\n\n- a\n- b")
    assert html == "<p>Un <strong>mot</strong> et <em>un autre</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    assert isinstance(html, SafeString)


@pytest.mark.parametrize(
    ("top", "expected"), [(2, "<h2>A</h2>\n<h3>B</h3>\n"), (3, "<h3>A</h3>\n<h4>B</h4>\n"), (6, "<h6>A</h6>\n<h6>B</h6>\n")]
)
def test_headings_start_at_the_level_of_their_place(top, expected):
    assert render("# A\n## B", top=top) == expected


def test_a_link_tells_nobody_where_it_comes_from():
    assert render("[là](https://example.org/a?b=1&c=2)") == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">là</a></p>\n'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![picture](https://example.org/pixel.png)",
        '<p style="position:fixed" onclick="x()">a</p>',
        "<iframe src=https://example.org></iframe>",
        "[a](vbscript:x)",
    ],
)
def test_nothing_that_runs_or_calls_outside_is_left(hostile):
    html = render(hostile)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "a"}
    assert re.findall(r"<\w+[^>]*\s(?:style|src|on\w+)=", html) == []
    assert re.findall(r"href=\"(?!https://)", html) == []


def test_html_of_the_author_stays_visible_as_text():
    assert render("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


def test_table_becomes_cards_on_a_phone_each_cell_with_the_head_of_its_column():
    html = render("| Phase | Mentor | Mentoré |\n|:--|--:|--|\n| Se préparer | **lit**, s’inscrit | écrit |\n")
    assert html.replace("\n", "") == (
        '<div class="sheet"><table class="cards">'
        '<thead><tr><th scope="col">Phase</th><th scope="col">Mentor</th><th scope="col">Mentoré</th></tr></thead>'
        '<tbody><tr><td>Se préparer</td><td data-label="Mentor"><strong>lit</strong>, s’inscrit</td><td data-label="Mentoré">écrit</td></tr></tbody>'  # noqa: E501
        "</table></div>"
    )


def test_table_of_two_columns_stays_one_on_a_phone():
    assert '<div class="sheet"><table>' in render("| Minutes | Pour |\n|--|--|\n| 10 | se saluer |\n")


def test_head_of_a_column_is_never_taken_for_markup():
    html = render('| A | <b onclick="x">"B</b> |\n|--|--|\n| 1 | 2 |\n')
    assert "<b" not in html
    assert '<td data-label="&lt;b onclick=&quot;x&quot;&gt;&quot;B&lt;/b&gt;">2</td>' in html
