from django.urls import path

from . import views

app_name = "workspace"

urlpatterns = [
    path("pair/<uuid:relationship>/sign/<slug:document>/", views.sign_document, name="sign_document"),
    path("pair/<uuid:relationship>/goals/", views.list_goals, name="list_goals"),
    path("pair/<uuid:relationship>/goals/add/", views.add_goal, name="add_goal"),
    path("goals/<uuid:goal>/", views.change_goal, name="change_goal"),
    path("pair/<uuid:relationship>/together/<slug:task>/", views.fill_together, name="fill_together"),
]
