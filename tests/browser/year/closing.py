"""The next June: a reflection for two, evaluations each on their own, and the program's part is over."""

from playwright.sync_api import expect

from .cast import CHLOE, ETIENNE, GRACE, MARIE_EVE, MINH_ANH, NATHALIE, REJEAN, ZOE
from .stage import Stage, Who, take_up


def play(stage: Stage) -> None:
    stage.on(2027, 6, 10)
    for who in (NATHALIE, MINH_ANH):
        assert stage.letter(who, "L’année s’achève")
        assert "Huit minutes pour évaluer votre année" in stage.letters(who)
    reflection(stage)
    evaluate(stage, NATHALIE, "9", "J’ai parlé, et on m’a écoutée.")
    evaluate(stage, MINH_ANH, "8", "La relève va bien.")
    evaluate(stage, MARIE_EVE, "10", "I know what I want next.")
    conclude(stage)
    stage.on(2027, 7, 2)  # the cohort's last day is over
    for who in (NATHALIE, REJEAN, ETIENNE, CHLOE, ZOE, GRACE):  # one concluded by herself, the others by the calendar
        assert who.reads("La suite vous appartient", "From here on, it’s up to you") in stage.letters(who)
        assert stage.letters(who)[-1] == who.reads("Merci pour cette année", "Thank you for this year")


def reflection(stage: Stage) -> None:
    page = stage.home(NATHALIE)
    stage.picture(page, "12-today-in-june")
    take_up(page, "Faites le bilan à deux")
    page.get_by_label("Au départ, que voulions-nous accomplir").fill("Qu’elle parle sans trembler.")
    page.get_by_label("Un merci à se dire").fill("Merci d’avoir attendu mes silences.")
    page.get_by_role("button", name="Enregistrer et marquer comme fait").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    stage.picture(page, "12-reflection")


def evaluate(stage: Stage, who: Who, mark: str, words: str) -> None:
    """Answer what must be, and one thing in one's own words; the form says who reads it, and who never does."""
    page = stage.home(who)
    take_up(page, who.reads("Évaluez votre année", "Evaluate your year"))
    expect(page.get_by_text(who.reads("Jamais votre partenaire", "Never your partner"))).to_be_visible()
    page.get_by_role("button", name=who.reads("Envoyer mes réponses", "Send my answers")).click()
    expect(page.get_by_role("heading", name=who.reads("Il y a une chose à corriger", "There is one thing to mend"))).to_be_visible()
    page.get_by_role("group", name=who.reads("Tout compte fait", "All things considered")).get_by_role(
        "radio", name=mark, exact=True
    ).check()
    page.get_by_role("textbox").last.fill(words)
    stage.picture(page, f"12-evaluation-{who.language}")
    page.get_by_role("button", name=who.reads("Envoyer mes réponses", "Send my answers")).click()
    expect(page.get_by_text(who.reads("Merci. Vos réponses sont envoyées.", "Thank you. Your answers have been sent."))).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()


def conclude(stage: Stage) -> None:
    """Nathalie concludes, and they go on meeting by themselves."""
    page = stage.home(NATHALIE)
    page.get_by_role("link", name="Ouvrir notre page").click()
    page.get_by_role("link", name="Conclure le jumelage").click()
    stage.picture(page, "12-concluding")
    page.get_by_role("radio", name="Nous continuons de nous voir").check()
    page.get_by_role("button", name="Conclure").click()
    expect(page.get_by_text("Le programme a fait sa part.").first).to_be_visible()
    stage.picture(page, "12-concluded")
    stage.tick()
    for who in (NATHALIE, MINH_ANH):
        assert stage.letters(who)[-1] == "La suite vous appartient"
