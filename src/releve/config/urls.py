from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from releve.core.styleguide import styleguide

urlpatterns = i18n_patterns(
    path("", include("releve.notifications.urls")),
    path("", include("releve.programs.urls")),
    path("", include("releve.enrolment.urls")),
    path("", include("releve.relationships.urls")),
    path("", include("releve.meetings.urls")),
    path("", include("releve.workspace.urls")),
    path("", include("releve.library.urls")),
    path("", include("releve.surveys.urls")),
    path("", include("releve.matching.urls")),
    path("", include("releve.home.urls")),
    path("", include("releve.progress.urls")),
    path("", include("releve.reports.urls")),
    path("", include("releve.privacy.urls")),
    path("", include("releve.people.urls")),
    path("account/", include("allauth.account.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<str:part>/", styleguide, name="styleguide"),
)
