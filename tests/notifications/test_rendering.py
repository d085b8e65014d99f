"""Letters as they arrive: plain text from Markdown, safe HTML, previews and dry runs."""

import pytest

from releve.notifications import kinds, queries, rendering, sender
from releve.notifications.kinds import Content
from releve.notifications.models import Letter, Preference
from releve.notifications.plain import to_plain
from releve.people.models import Person


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Deux\nlignes", "Deux\nlignes"),
        ("Un **mot** et _un autre_, `tel`.", "Un mot et un autre, tel."),
        ("# Titre\n\nTexte", "Titre\n\nTexte"),
        ("[ici](https://a.example/?b=1&c=2)", "ici (https://a.example/?b=1&c=2)"),
        ("<https://a.example>", "https://a.example"),
        ("[écrire](mailto:a@example.org)", "écrire (a@example.org)"),
        ("- un\n- deux\n  suite", "- un\n- deux\n  suite"),
        ("3. un\n4. deux", "3. un\n4. deux"),
        ("- un\n  - sous", "- un\n  - sous"),
        ("> cité\n> encore", "> cité\n> encore"),
        ("```\ncode\n```", "code"),
        ("a\n\n---\n\nb", "a\n\n* * *\n\nb"),
        ("<b>tel quel</b> & tel", "<b>tel quel</b> & tel"),
        ("", ""),
    ],
)
def test_markdown_is_written_as_plain_text(markdown, plain):
    assert to_plain(markdown) == plain


def rendered(person, **changes) -> rendering.Rendered:
    values = {"subject": "Sujet", "body_markdown": "Corps"} | changes
    return rendering.render(Content(**values), person, essential=False)


def test_hostile_words_stay_words(chloe):
    letter = rendered(chloe, subject="A\r\nBcc: x@example.org <b>", body_markdown="<script>alert(1)</script> [x](javascript:alert)")
    assert letter.subject == "A Bcc: x@example.org <b>"
    assert "<script>alert" not in letter.html
    assert "javascript:" not in letter.html.replace("[x](javascript:alert)", "")
    assert "<b>" not in letter.html


def test_words_that_look_like_template_code_are_not_run(chloe):
    letter = rendered(chloe, subject="{{ sender }}", body_markdown="{% load x %} {{ 7 }}", path="/a/", button="{{ 8 }}")
    assert "{{ sender }}" in letter.html
    assert "{% load x %} {{ 7 }}" in letter.html
    assert "{{ 8 }}" in letter.html


def test_a_letter_without_an_address_has_no_button(chloe):
    assert "<a " in rendered(chloe, path="/fr/today/", button="Lire").html
    assert rendered(chloe).html.count("<a ") == 1  # the choice of letters alone


def test_the_foot_says_where_an_answer_goes(chloe, dan, monkeypatch):
    assert "Vous pouvez répondre à ce courriel : Chapitre du Québec, essai lira votre message." in (
        rendered(chloe).text.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "You can reply to this email; your answer goes to Chapitre du Québec, essai." in rendered(dan).text
    monkeypatch.setattr(sender, "_provider", None)
    assert "nobody reads the answers" in rendered(dan).text


def test_a_letter_may_name_its_own_address_for_answers(chloe):
    content = Content("Sujet", "Corps", reply_to="comite@example.org")
    assert rendering.message(content, chloe, essential=True, identity="1").reply_to == ["comite@example.org"]


def test_without_a_room_that_names_the_sender_the_settings_do(chloe, monkeypatch, settings):
    monkeypatch.setattr(sender, "_provider", lambda: None)
    settings.DEFAULT_FROM_EMAIL = "Relève <releve@example.org>"
    message = rendering.message(Content("Sujet", "Corps"), chloe, essential=True, identity="1")
    assert (message.from_email, message.reply_to) == ("=?utf-8?q?Rel=C3=A8ve?= <releve@example.org>", [])


def test_html_letters_bring_nothing_from_outside(chloe):
    html = rendered(chloe, path="/fr/today/", button="Lire").html
    assert not any(mark in html for mark in ("<img", "<script", "<link", "@import", "url("))


# --- before sending


def test_a_preview_speaks_the_reader_s_language_and_queues_nothing(chloe, dan):
    assert queries.preview("hello", {}, chloe).subject == "Bonjour Chloé Bélanger"
    assert queries.preview("hello", {}, dan).subject == "Hello Dan Walsh"
    assert queries.preview("hello", {"gone": True}, dan) is None
    assert Letter.objects.count() == 0


def test_a_preview_can_be_seen_as_it_would_arrive(chloe):
    shown = queries.written_out("must", queries.preview("must", {}, chloe), chloe)
    assert shown.subject == "Bonjour Chloé Bélanger"
    assert "/account/letters/" not in shown.html


def test_a_dry_run_says_who_gets_nothing_and_why(chloe, dan):
    closed = Person.objects.create_user("eve@example.org", name="Eve", is_active=False)
    off = Person.objects.create_user("fay@example.org", name="Fay")
    Preference.objects.create(person=off, group="reminders")
    runs = queries.dry_run("hello", [(dan, {}), (closed, {}), (off, {}), (chloe, {"gone": True})])
    assert [(run.person, run.why_not) for run in runs] == [
        (dan, ""),
        (closed, "no_account"),
        (off, "switched_off"),
        (chloe, "cancelled"),
    ]
    assert [run.content and run.content.subject for run in runs] == ["Hello Dan Walsh", None, None, None]
    assert Letter.objects.count() == 0


def test_a_dry_run_of_an_essential_letter_asks_no_preferences(chloe):
    Preference.objects.create(person=chloe, group="program")
    assert [run.why_not for run in queries.dry_run("must", [(chloe, {})])] == [""]


def test_a_dry_run_takes_the_same_number_of_queries_however_many_readers(chloe, django_assert_num_queries):
    for count in (3, 300):
        with django_assert_num_queries(1):
            queries.dry_run("hello", [(chloe, {})] * count)


@pytest.mark.parametrize("group", list(kinds.Group))
def test_every_group_is_explained(group):
    assert str(group.label)
    assert str(group.explanation)
