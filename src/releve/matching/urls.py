from django.urls import path

from . import coordinator_views

app_name = "matching"

urlpatterns = [
    path("manage/<uuid:cohort>/pairing/", coordinator_views.show_pairing, name="show_pairing"),
    path("manage/<uuid:cohort>/pairing/suggest/", coordinator_views.suggest_pairs, name="suggest_pairs"),
    path("manage/<uuid:cohort>/pairing/by-hand/", coordinator_views.choose_by_hand, name="choose_by_hand"),
    path(
        "manage/<uuid:cohort>/pairing/<uuid:mentee>/<uuid:mentor>/",
        coordinator_views.decide_pair,
        name="decide_pair",
    ),
]
