from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("account/", views.show_account, name="show_account"),
    path("account/end-other-sessions/", views.end_other_sessions, name="end_other_sessions"),
    path("account/open/", views.open_account, name="open_account"),
    path("account/open/code/", views.confirm_account, name="confirm_account"),
    path("account/come-in/<str:token>/", views.accept_sign_in, name="accept_sign_in"),
]
