"""The people of the year."""

from .stage import Who

AMINA = Who("Amina Coordonne", "amina@chapitre.test")
BO = Who("Bo Lindqvist", "bo@chapitre.test", "en")

# Those who register by themselves.
NATHALIE = Who("Nathalie Brière", "nathalie.briere@exemple.test", phone=True)
OWEN = Who("Owen Campbell", "owen.campbell@exemple.test", "en")
GRACE = Who("Grace Okafor", "grace.okafor@exemple.test", "en")
