from django.urls import path

from . import coordinator_views, views
from .demo import views as demo_views

app_name = "home"

urlpatterns = [
    path("today/", views.show_today, name="show_today"),
    path("pair/<uuid:relationship>/", views.show_relationship, name="show_relationship"),
    path("demo/", demo_views.list_personas, name="list_personas"),
    path("demo/<slug:persona>/", demo_views.step_in, name="step_in"),
    path("manage/", coordinator_views.list_cohorts, name="list_cohorts"),
    path("manage/<uuid:cohort>/", coordinator_views.show_board, name="show_board"),
    path("manage/<uuid:cohort>/log/", coordinator_views.show_log, name="show_log"),
]
