"""The people of the year."""

from .stage import Who

AMINA = Who("Amina Coordonne", "amina@chapitre.test")
BO = Who("Bo Lindqvist", "bo@chapitre.test", "en")

# Those who register by themselves.
NATHALIE = Who("Nathalie Brière", "nathalie.briere@exemple.test", phone=True)
OWEN = Who("Owen Campbell", "owen.campbell@exemple.test", "en")
GRACE = Who("Grace Okafor", "grace.okafor@exemple.test", "en")

# Those of the file who follow their letter: some switch suggestions on, some do not.
MINH_ANH = Who("Minh-Anh Poirier", "minhanh.poirier3@exemple.test")
ZOE = Who("Zoé Lévesque", "zoe.levesque9@exemple.test", "en")
SEAN = Who("Sean Lachance", "sean.lachance19@exemple.test")
CHLOE = Who("Chloé Rossi", "chloe.rossi22@exemple.test")
MARIE_EVE = Who("Marie-Ève Traoré", "marieeve.traore76@exemple.test", "en")
ETIENNE = Who("Étienne Gagnon", "etienne.gagnon16@exemple.test")
REJEAN = Who("Réjean Lévesque", "rejean.levesque4@exemple.test", phone=True)

# One of the file who never asked to be in it.
PATRICE = Who("Patrice Lachance", "patrice.lachance5@exemple.test")
