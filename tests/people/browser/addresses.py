"""The addresses of accounts and of a form, side by side."""

from tests.people import pages as people
from tests.questionnaires import pages as questionnaires

urlpatterns = [people.urlpatterns[0], *questionnaires.urlpatterns]
