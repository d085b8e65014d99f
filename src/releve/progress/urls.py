from django.urls import path

from . import views

app_name = "progress"

urlpatterns = [
    path("hours/", views.show_hours, name="show_hours"),
    path("hours/put-off/", views.put_off, name="put_off"),
    path("hours/<uuid:participant>/statement/", views.download_statement, name="download_statement"),
    path("statements/<slug:code>/", views.check_statement, name="check_statement"),
]
