from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("account/letters/", views.choose_letters, name="choose_letters"),
    path("letters/", views.list_letters, name="list_letters"),
    path("letters/<uuid:letter>/", views.show_letter, name="show_letter"),
    path("letters/<uuid:letter>/as-sent/", views.show_letter_as_sent, name="show_letter_as_sent"),
]
