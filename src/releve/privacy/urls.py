from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [
    path("my-data/", views.show_my_data, name="show_my_data"),
    path("my-data/download/", views.download_my_data, name="download_my_data"),
    path("my-data/erase/", views.erase_me, name="erase_me"),
]
