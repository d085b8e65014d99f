"""Late autumn: one pair ends because its goals are met, one because it does not work; somebody asks for help."""

from playwright.sync_api import expect

from .autumn import open_pair
from .beginning import sign
from .cast import AMINA, BO, GRACE, MARIE_EVE, MINH_ANH, NATHALIE, OWEN, ZOE
from .contacting import answer
from .pairing import REASONS, pair_by_hand
from .stage import Stage, Who

GOALS_MET = ("Nos objectifs sont atteints", "We have met our goals")
NOT_WORKING = ("La relation ne répond pas aux attentes", "It is not what we hoped for")


def play(stage: Stage) -> None:
    stage.on(2026, 11, 17)
    goals_are_met(stage)
    it_does_not_work(stage)
    stage.on(2026, 11, 19)
    a_new_mentor_for_grace(stage)
    stage.on(2026, 12, 8)
    help_is_asked_and_given(stage)


def end(stage: Stage, who: Who, partner: Who, reason: tuple[str, str]) -> None:
    page = stage.home(who)
    open_pair(page, who, partner)
    page.get_by_role("link", name=who.reads("Mettre fin", "End this pairing early")).click()
    stage.picture(page, f"10-end-early-{who.email.split('.')[0]}")
    page.get_by_role("radio", name=who.reads(*reason)).check()
    page.get_by_role("button", name=who.reads("Mettre fin", "End the pairing")).click()
    expect(page.get_by_text(who.reads("La dyade", "The pairing has ended."))).to_be_visible()
    stage.picture(page, f"10-ended-{who.email.split('.')[0]}")
    stage.tick()


def goals_are_met(stage: Stage) -> None:
    """Both are congratulated; the committee hears nothing special."""
    before = len(stage.letters(BO))
    end(stage, MARIE_EVE, ZOE, GOALS_MET)
    for who in (MARIE_EVE, ZOE):
        assert "You did what you set out to do" in stage.letters(who)
    assert len(stage.letters(BO)) == before


def it_does_not_work(stage: Stage) -> None:
    """The partner learns that it ended and not why; the committee learns which, and looks for somebody new."""
    end(stage, GRACE, OWEN, NOT_WORKING)
    assert "The committee is now looking for someone else" in stage.letter(GRACE, "has ended").body
    for who in (GRACE, OWEN):
        assert "Your pair has ended" in stage.letters(who)
    page = stage.follow(OWEN, "Your pair has ended")
    expect(page.get_by_text("It is not what we hoped for")).to_have_count(0)
    page = stage.follow(BO, "A pair has ended early")
    expect(page.get_by_text("Reason given: It is not what we hoped for")).to_be_visible()
    expect(page.get_by_text(REASONS[GRACE])).to_be_visible()
    stage.picture(page, "10-ended-for-the-committee")
    assert "Une dyade a pris fin avant la date prévue" in stage.letters(AMINA)


def a_new_mentor_for_grace(stage: Stage) -> None:
    """Zoé has three places and one mentee left: the committee brings Grace to her, and it suits them."""
    page = stage.home(BO)
    page.get_by_role("link", name="2026-2027 cohort").click()
    page.get_by_role("link", name="Pairing").first.click()
    pair_by_hand(stage, page, GRACE, ZOE, "A second try, with somebody who leads teams.")
    stage.tick()
    answer(stage, GRACE, ZOE, suits=True)
    answer(stage, ZOE, GRACE, suits=True)
    stage.tick()
    sign(stage, GRACE)
    sign(stage, ZOE)
    stage.tick()
    assert stage.letters(GRACE)[-1] == "Your pair is confirmed"


def help_is_asked_and_given(stage: Stage) -> None:
    """Nathalie writes to the committee and her partner never knows; the answer waits on her page."""
    letters_before = stage.letters(MINH_ANH)
    page = stage.home(NATHALIE)
    page.get_by_role("link", name="En parler, sans que votre partenaire le sache").first.click()
    expect(page.get_by_role("heading", name="Écrire à quelqu’un qui peut aider")).to_be_visible()
    page.get_by_label("Que se passe-t-il").fill("Nos rencontres sont toujours remises. Que puis-je dire ?")
    stage.picture(page, "10-asking-for-help")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est entre les mains du comité.")).to_be_visible()
    stage.tick()
    page = stage.home(AMINA)
    page.get_by_role("link", name="Cohorte 2026-2027").click()
    expect(page.get_by_role("heading", name="Quelqu’un demande de l’aide")).to_be_visible()
    stage.picture(page, "10-board-with-a-request")
    page.get_by_role("link", name="Ouvrir la dyade").click()
    expect(page.get_by_text("Nos rencontres sont toujours remises.")).to_be_visible()
    page.get_by_label("Votre réponse").fill("Proposez-lui une date fixe. Je vous appelle jeudi si vous voulez.")
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_text("Votre réponse est en route.")).to_be_visible()
    stage.tick()
    page = stage.follow(NATHALIE, "Le comité vous a répondu")
    expect(page.get_by_text("Proposez-lui une date fixe.")).to_be_visible()
    stage.picture(page, "10-help-answered")
    assert stage.letters(MINH_ANH) == letters_before
