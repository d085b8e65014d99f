from django.urls import path

from . import coordinator_views, views

app_name = "surveys"

urlpatterns = [
    path("survey/<uuid:receipt>/", views.answer_survey, name="answer_survey"),
    path("survey/<uuid:receipt>/draft/", views.save_answers, name="save_answers"),
    path("manage/<uuid:cohort>/evaluations/", coordinator_views.list_evaluations, name="list_evaluations"),
]
