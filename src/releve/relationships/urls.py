from django.urls import path

from . import coordinator_views, views

app_name = "relationships"

urlpatterns = [
    path("pair/<uuid:relationship>/answer/", views.answer_contact, name="answer_contact"),
    path("pair/<uuid:relationship>/help/", views.ask_for_help, name="ask_for_help"),
    path("pair/<uuid:relationship>/pause/", views.pause, name="pause"),
    path("pair/<uuid:relationship>/resume/", views.resume, name="resume"),
    path("pair/<uuid:relationship>/end/", views.end_early, name="end_early"),
    path("pair/<uuid:relationship>/complete/", views.complete, name="complete"),
    path("manage/<uuid:cohort>/pairs/", coordinator_views.list_relationships, name="list_relationships"),
    path("manage/pairs/<uuid:relationship>/", coordinator_views.follow_relationship, name="follow_relationship"),
    path("manage/pairs/<uuid:relationship>/<slug:move>/", coordinator_views.move_relationship, name="move_relationship"),
    path("manage/pairs/<uuid:relationship>/help/<uuid:help_request>/", coordinator_views.answer_help, name="answer_help"),
]
