"""What people of an invented cohort can answer: short codes, each with its French and English words."""

from typing import Final

Words = dict[str, tuple[str, str]]

SPECIALTIES: Final[Words] = {
    "emergency": ("Urgence", "Emergency"),
    "family": ("Médecine familiale", "Family medicine"),
    "surgery": ("Chirurgie", "Surgery"),
    "anesthesia": ("Anesthésie", "Anesthesia"),
    "cardiology": ("Cardiologie", "Cardiology"),
    "oncology": ("Oncologie", "Oncology"),
    "pediatrics": ("Pédiatrie", "Pediatrics"),
    "geriatrics": ("Gériatrie", "Geriatrics"),
    "mental_health": ("Santé mentale", "Mental health"),
    "obstetrics": ("Obstétrique", "Obstetrics"),
    "home_care": ("Soins à domicile", "Home care"),
    "intensive_care": ("Soins intensifs", "Intensive care"),
    "infection": ("Prévention des infections", "Infection prevention"),
    "imaging": ("Imagerie médicale", "Medical imaging"),
    "laboratory": ("Biologie médicale", "Laboratory medicine"),
    "pharmacy": ("Pharmacie", "Pharmacy"),
    "rehabilitation": ("Réadaptation", "Rehabilitation"),
    "public_health": ("Santé publique", "Public health"),
}
# Fewer people offer these than ask for them.
SCARCE: Final[Words] = {
    "child_psychiatry": ("Pédopsychiatrie", "Child psychiatry"),
    "palliative_children": ("Soins palliatifs pédiatriques", "Pediatric palliative care"),
    "genetics": ("Génétique médicale", "Medical genetics"),
    "burns": ("Soins aux grands brûlés", "Burn care"),
    "transplant": ("Transplantation", "Transplantation"),
    "northern_health": ("Santé en milieu nordique", "Northern health"),
}
GOALS: Final[Words] = {
    "delegate": ("Déléguer", "Delegating"),
    "feedback": ("Donner de la rétroaction", "Giving feedback"),
    "conflict": ("Résoudre des conflits", "Resolving conflict"),
    "finance": ("Comprendre un budget", "Understanding a budget"),
    "change": ("Conduire un changement", "Leading change"),
    "quality": ("Améliorer la qualité", "Improving quality"),
    "research": ("Faire de la recherche", "Doing research"),
    "teaching": ("Enseigner", "Teaching"),
    "career": ("Choisir une voie", "Choosing a path"),
    "balance": ("Concilier travail et vie", "Balancing work and life"),
    "ethics": ("Réfléchir à l’éthique", "Thinking about ethics"),
    "communication": ("Parler en public", "Speaking in public"),
    "network": ("Bâtir un réseau", "Building a network"),
    "strategy": ("Planifier à long terme", "Planning ahead"),
    "digital": ("Mener un projet numérique", "Running a digital project"),
    "safety": ("Rendre les soins sûrs", "Making care safe"),
}
REGIONS: Final[Words] = {
    "bas_saint_laurent": ("Bas-Saint-Laurent", "Bas-Saint-Laurent"),
    "saguenay": ("Saguenay–Lac-Saint-Jean", "Saguenay–Lac-Saint-Jean"),
    "quebec_city": ("Capitale-Nationale", "Capitale-Nationale"),
    "mauricie": ("Mauricie", "Mauricie"),
    "estrie": ("Estrie", "Estrie"),
    "montreal": ("Montréal", "Montréal"),
    "outaouais": ("Outaouais", "Outaouais"),
    "abitibi": ("Abitibi-Témiscamingue", "Abitibi-Témiscamingue"),
    "north_shore": ("Côte-Nord", "Côte-Nord"),
    "northern_quebec": ("Nord-du-Québec", "Nord-du-Québec"),
    "gaspesie": ("Gaspésie–Îles-de-la-Madeleine", "Gaspésie–Îles-de-la-Madeleine"),
    "chaudiere": ("Chaudière-Appalaches", "Chaudière-Appalaches"),
    "laval": ("Laval", "Laval"),
    "lanaudiere": ("Lanaudière", "Lanaudière"),
    "laurentides": ("Laurentides", "Laurentides"),
    "monteregie": ("Montérégie", "Montérégie"),
    "centre": ("Centre-du-Québec", "Centre-du-Québec"),
}
SETTINGS: Final[Words] = {  # in this order, from the smallest place
    "village": ("Village", "Village"),
    "town": ("Petite ville", "Town"),
    "city": ("Ville", "City"),
    "metropolis": ("Grande ville", "Large city"),
}
LANGUAGES: Final[Words] = {"fr": ("français", "French"), "en": ("anglais", "English"), "es": ("espagnol", "Spanish")}
DAYS: Final[Words] = {
    "mon": ("lundi", "Monday"),
    "tue": ("mardi", "Tuesday"),
    "wed": ("mercredi", "Wednesday"),
    "thu": ("jeudi", "Thursday"),
    "fri": ("vendredi", "Friday"),
    "sat": ("samedi", "Saturday"),
    "sun": ("dimanche", "Sunday"),
}
PARTS: Final[Words] = {"morning": ("matin", "morning"), "noon": ("midi", "noon"), "evening": ("soir", "evening")}
SLOTS: Final[Words] = {f"{day}_{part}": (f"{on[0]} {at[0]}", f"{on[1]} {at[1]}") for day, on in DAYS.items() for part, at in PARTS.items()}
OFFERABLE: Final[Words] = SPECIALTIES | SCARCE
