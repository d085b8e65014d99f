import pytest
from django.utils import timezone

from releve.core.vault import keys
from releve.relationships.models import Relationship, State
from releve.workspace.models import Agreement, Goal, JointPage, Signature
from tests.factories import programs, workspace
from tests.factories.relationships import pair

from .pages import as_, hidden, page, paper, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair(State.ACCEPTED)


def sign(client, two, name, **more):
    return client.post(paper(two), hidden(client.get(paper(two))) | {"name": name} | more, follow=True)


# --- the document to sign


def test_document_is_shown_in_the_reader_s_language_with_the_other_a_link_away(two):
    client = as_(two.chloe)
    english, french = client.get(paper(two)).content.decode(), client.get(paper(two, "fr")).content.decode()
    assert "This commitment binds the two people who sign it" in english
    assert "Cet engagement lie les deux personnes" in french
    assert 'href="?text=fr" lang="fr"' in english
    other = client.get(paper(two) + "?text=fr").content.decode()
    assert '<div class="prose" lang="fr">' in other
    assert client.get(paper(two) + "?text=de").context["language"] == "en"


def test_reading_writes_nothing(two):
    as_(two.chloe).get(paper(two))
    assert (Agreement.objects.count(), Signature.objects.count()) == (0, 0)


def test_both_sign_in_their_languages_and_the_pairing_is_confirmed(two):
    first = sign(as_(two.benoit), two, "Benoît Dufour").content.decode()
    assert "Signed by you" in first
    answer = sign(as_(two.chloe), two, "Chloé B.", _language="fr")
    text = answer.content.decode()
    assert "Everyone has signed" in text
    assert "Your pairing is confirmed" in text
    assert "Chloé B." in text
    assert text.count("Text unchanged since") == 2
    assert Signature.objects.get(membership=two.mentee).language == "fr"
    assert Relationship.objects.get(pk=two.relationship.pk).state == "confirmed"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Type your name to sign."),
        ("   ", "Type your name to sign."),
        ("1234", "Type your name in letters."),
        ("Benoît  DUFOUR", "This is the name of the other person"),
        ("x" * 201, "at most 200 characters"),
    ],
)
def test_signing_says_what_is_wrong_with_the_name(two, name, sentence):
    assert sentence in sign(as_(two.chloe), two, name).content.decode()
    assert Signature.objects.count() == 0


def test_text_changed_after_it_was_opened_is_shown_again_before_it_is_signed(two):
    client = as_(two.chloe)
    opened = hidden(client.get(paper(two)))
    workspace.added(two.mentor, "Rien par texto")
    answer = client.post(paper(two), opened | {"name": "Chloé B."})
    text = answer.content.decode()
    assert "The text changed while you had it open" in text
    assert "Rien par texto" in text
    assert "Chloé B." in text
    assert Signature.objects.count() == 0
    client.post(paper(two), hidden(answer) | {"name": "Chloé B."})
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("shown", ["", "0" * 64, "x" * 5000])
def test_spoiled_form_signs_nothing(two, shown):
    answer = as_(two.chloe).post(paper(two), {"name": "Chloé B.", "_shown": shown, "_language": "de"})
    assert "The text changed while you had it open" in answer.content.decode()
    assert Signature.objects.count() == 0


def test_two_additions_at_once_are_both_on_the_page(two):
    client = as_(two.chloe)
    opened = hidden(client.get(paper(two)))
    workspace.added(two.mentor, "Rien par texto")
    answer = client.post(paper(two), opened | {"additions": "Rien le soir"})
    text = answer.content.decode()
    assert "Rien par texto" in text
    assert "Rien le soir" in text
    client.post(paper(two), hidden(answer) | {"additions": "Rien par texto, rien le soir"})
    assert answer.wsgi_request.user == two.chloe
    assert Agreement.objects.order_by("-number")[0].text["additions"] == "Rien par texto, rien le soir"


def test_addition_after_a_signature_is_announced_before_and_after(two):
    workspace.signed(two.mentor)
    client = as_(two.chloe)
    opened = client.get(paper(two))
    assert "if you change the text, everyone signs it again" in opened.content.decode()
    answer = client.post(paper(two), hidden(opened) | {"additions": "Rien le soir"}, follow=True)
    text = answer.content.decode()
    assert "Version 2 of your text" in text
    assert text.count("Not signed yet") == 2


def test_altered_text_says_so_and_takes_no_signature(two):
    workspace.signed(two.mentor)
    agreement = Agreement.objects.get()
    agreement.text = {**agreement.text, "en": "Nothing stays between us."}
    agreement.save()
    assert "Altered after signing" in as_(two.chloe).get(paper(two)).content.decode()
    sealed = bytearray(Agreement.objects.get().__dict__["text"])
    sealed[20] ^= 1
    Agreement.objects.filter(pk=agreement.pk).update(text=type(Agreement.objects.get().__dict__["text"])(sealed))
    answer = as_(two.chloe).get(paper(two))
    assert "This text can no longer be trusted" in answer.content.decode()
    as_(two.chloe).post(paper(two), {"name": "Chloé B.", "_shown": answer.context["paper"].digest})
    assert Signature.objects.count() == 1


def test_destroyed_text_says_that_it_was_and_blames_nobody(two):
    workspace.signed(two.mentor)
    keys.destroy_keys([two.relationship.joint_key])
    text = as_(two.chloe).get(paper(two)).content.decode()
    assert "The time of keeping is over" in text
    assert "Altered after signing" not in text


def test_signed_document_stays_readable_after_the_end_and_nothing_more_is_signed():
    two = pair()
    for member in (two.mentor, two.mentee):
        workspace.signed(member)
    two.relationship.state, two.relationship.ended_at = State.ENDED, timezone.now()
    two.relationship.save()
    client = as_(two.chloe)
    answer = client.get(paper(two))
    text = answer.content.decode()
    assert "Everyone has signed" in text
    assert "Add something of your own" not in text
    refused = client.post(paper(two), {"additions": "Encore", "_shown": answer.context["paper"].digest})
    assert "This pairing is over: nothing more can be signed." in refused.content.decode()
    assert Agreement.objects.count() == 1


def test_document_is_read_but_not_signed_before_both_said_yes():
    two = pair(State.INTRODUCED)
    text = as_(two.chloe).get(paper(two)).content.decode()
    assert "Signing opens once the pairing suits you both" in text
    assert "Your name, as you sign it" not in text


@pytest.mark.parametrize("document", ["advice", "nothing", "commitment-2"])
def test_what_the_program_does_not_ask_to_sign_is_no_page(two, document):
    assert as_(two.chloe).get(page("sign_document", two.relationship.pk, document)).status_code == 404


# --- goals


def test_goal_is_written_in_one_line_and_shown_to_both(two):
    client, address = as_(two.chloe), page("add_goal", two.relationship.pk)
    assert client.post(address, {"goal": "Mener le budget", "goal_tags": ["delivering"]}).status_code == 302
    assert Goal.objects.get().content == {"goal": "Mener le budget", "goal_tags": ["delivering"]}
    text = as_(two.benoit).get(page("list_goals", two.relationship.pk)).content.decode()
    assert "Mener le budget" in text
    assert "Seeing a project through" in text


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"goal": ""}, "goal", "Answer this question."),
        ({"goal": "x" * 301}, "goal", "and 300 fit here"),
        ({"goal": "Ok", "due": "31/02"}, "due", "There is no day 31 in that month"),
        ({"goal": "Ok", "result": "won"}, "result", "not among the choices"),
        ({"goal": "Ok", "goal_tags": ["leads"]}, "goal_tags", "not among the choices"),
    ],
)
def test_goal_says_what_is_wrong_beside_the_field_and_loses_nothing(two, data, field, sentence):
    answer = as_(two.chloe).post(page("add_goal", two.relationship.pk), data | {"why": "À ne pas perdre"})
    problems = answer.context["edit"].form.problems
    assert list(problems) == [field]
    assert sentence in problems[field][0]
    assert "À ne pas perdre" in answer.content.decode()
    assert Goal.objects.count() == 0


def test_fourth_goal_is_allowed_with_a_word_of_caution(two):
    client, address = as_(two.chloe), page("list_goals", two.relationship.pk)
    for number in range(3):
        assert "You have enough to begin with" not in client.get(address).content.decode()
        workspace.goal(two.mentee, goal=f"Objectif {number}")
    assert "You have enough to begin with" in client.get(address).content.decode()
    assert client.post(page("add_goal", two.relationship.pk), {"goal": "Objectif 4"}).status_code == 302
    assert Goal.objects.count() == 4


def test_two_who_change_different_lines_of_a_goal_both_keep_theirs(two):
    goal = workspace.goal(two.mentee, goal="Mener le budget")
    address = page("change_goal", goal.pk)
    hers, his = as_(two.chloe), as_(two.benoit)
    opened = {client: hidden(client.get(address)) for client in (hers, his)}
    assert his.post(address, opened[his] | {"goal": "Mener le budget", "mentor_support": "Un exemple"}).status_code == 302
    answer = hers.post(address, opened[hers] | {"goal": "Mener le budget", "why": "Pour m’affirmer"}, follow=True)
    assert "both changes are kept" in answer.content.decode()
    assert Goal.objects.get().content == {"goal": "Mener le budget", "why": "Pour m’affirmer", "mentor_support": "Un exemple"}


def test_answers_that_a_new_version_no_longer_asks_are_kept(two):
    goal = workspace.goal(two.mentee, goal="Mener le budget", asked_last_year="Oui")
    client, address = as_(two.chloe), page("change_goal", goal.pk)
    client.post(address, hidden(client.get(address)) | {"goal": "Mener deux budgets"})
    assert Goal.objects.get().content == {"goal": "Mener deux budgets", "asked_last_year": "Oui"}


def test_goals_page_is_none_where_the_program_has_none():
    two = pair(cohort=programs.cohort(definition=programs.changed(goals={"frame": "none"})))
    for name in ("list_goals", "add_goal"):
        assert as_(two.chloe).get(page(name, two.relationship.pk)).status_code == 404


# --- pages filled together


def test_page_is_saved_for_later_then_marked_as_done(two):
    client = as_(two.chloe)
    client.post(together(two), hidden(client.get(together(two))) | {"rhythm": "Le jeudi"})
    assert JointPage.objects.get().done_at is None
    answer = as_(two.benoit).get(together(two))
    assert "Le jeudi" in answer.content.decode()
    as_(two.benoit).post(together(two), hidden(answer) | {"rhythm": "Le jeudi", "place": "Zoom", "_done": "1"})
    found = JointPage.objects.get()
    assert (found.answers, found.done_at is not None, found.changed_by) == ({"rhythm": "Le jeudi", "place": "Zoom"}, True, two.mentor)


def collide(two, **more):
    """Let Benoît save while Chloé has the page open, then let her save; return her client and what she sees."""
    hers, his = as_(two.chloe), as_(two.benoit)
    opened, his_page = hidden(hers.get(together(two))), hidden(his.get(together(two)))
    his.post(together(two), his_page | {"rhythm": "Le lundi", "channels": ["phone"], "place": "Au CLSC"} | more)
    return hers, hers.post(together(two), opened | {"rhythm": "Le jeudi", "channels": ["video"], "cancelling": "La veille"})


def test_two_who_answer_the_same_questions_see_both_and_lose_neither(two):
    _client, answer = collide(two)
    text = answer.content.decode()
    assert [(one.mine, one.theirs) for one in answer.context["edit"].conflicts] == [("Le jeudi", "Le lundi"), ("By video", "By phone")]
    for words in ("Le jeudi", "Le lundi", "La veille", "Au CLSC"):
        assert words in text
    assert JointPage.objects.get().answers == {"rhythm": "Le lundi", "channels": ["phone"], "place": "Au CLSC"}


def kept(two, choice):
    client, answer = collide(two)
    fields = hidden(answer) | {"rhythm": "Le jeudi", "channels": ["video"], "place": "Au CLSC", "cancelling": "La veille"}
    return client, client.post(together(two), fields | {"_keep": choice})


def test_keep_mine(two):
    kept(two, "mine")
    assert JointPage.objects.get().answers == {
        "rhythm": "Le jeudi",
        "channels": ["video"],
        "place": "Au CLSC",
        "cancelling": "La veille",
    }


def test_keep_theirs_keeps_what_was_mine_alone(two):
    kept(two, "theirs")
    assert JointPage.objects.get().answers == {
        "rhythm": "Le lundi",
        "channels": ["phone"],
        "place": "Au CLSC",
        "cancelling": "La veille",
    }


def test_both_together_are_read_over_before_they_are_saved(two):
    client, answer = kept(two, "both")
    form = answer.context["edit"].form
    assert "Read it over, then save" in answer.content.decode()
    assert (form["rhythm"].value(), form["channels"].value()) == ("Le lundi\n\nLe jeudi", ["phone", "video"])
    fields = {"rhythm": "Le lundi ou le jeudi", "channels": ["phone", "video"], "place": "Au CLSC", "cancelling": "La veille"}
    assert client.post(together(two), hidden(answer) | fields).status_code == 302
    assert JointPage.objects.get().answers == fields


def test_third_save_meanwhile_is_shown_in_its_turn(two):
    client, answer = collide(two)
    workspace.joint_page(two.mentor, rhythm="Le mardi", mentee_hopes=None)
    again = client.post(together(two), hidden(answer) | {"rhythm": "Le jeudi", "channels": ["video"], "cancelling": "La veille"})
    assert ("Le jeudi", "Le mardi") in [(one.mine, one.theirs) for one in again.context["edit"].conflicts]
    assert JointPage.objects.get().answers["rhythm"] == "Le mardi"


@pytest.mark.parametrize("base", ["", "[]", "{", '{"rhythm": ["x"]}', "x" * 5000])
def test_spoiled_page_makes_a_conflict_and_never_an_error(two, base):
    workspace.joint_page(two.mentor, rhythm="Le lundi")
    answer = as_(two.chloe).post(together(two), {"rhythm": "Le jeudi", "_base": base, "_revision": "x"})
    assert "You both changed the same answers" in answer.content.decode()
    assert JointPage.objects.get().answers["rhythm"] == "Le lundi"


def test_second_click_saves_nothing_more(two):
    client = as_(two.chloe)
    fields = hidden(client.get(together(two))) | {"rhythm": "Le jeudi", "_done": "1"}
    assert [client.post(together(two), fields).status_code for _click in range(2)] == [302, 302]
    assert JointPage.objects.get().answers == {"rhythm": "Le jeudi"}


def test_reflection_is_written_after_the_end_and_read_once_the_key_is_gone():
    two = pair(State.COMPLETED)
    client = as_(two.chloe)
    address = together(two, "reflection")
    assert client.post(address, hidden(client.get(address)) | {"moment": "Mars", "_done": "1"}).status_code == 302
    assert JointPage.objects.get().answers == {"moment": "Mars"}
    keys.destroy_keys([two.relationship.joint_key])
    assert "Nothing is written here" in client.get(address).content.decode()
    assert client.get(page("list_goals", two.relationship.pk)).status_code == 200


@pytest.mark.parametrize("task", ["nothing", "commitment", "goals", "meetings", "self_assessment"])
def test_what_is_not_filled_together_is_no_page(two, task):
    assert as_(two.chloe).get(together(two, task)).status_code == 404
