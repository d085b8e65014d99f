from django.urls import path

from . import views

app_name = "meetings"

urlpatterns = [
    path("pair/<uuid:relationship>/meetings/", views.list_meetings, name="list_meetings"),
    path("pair/<uuid:relationship>/meetings/plan/", views.plan_meeting, name="plan_meeting"),
    path("pair/<uuid:relationship>/meetings/note/", views.log_meeting, name="log_meeting"),
    path("meetings/<uuid:meeting>/change/", views.change_meeting, name="change_meeting"),
    path("meetings/<uuid:meeting>/cancel/", views.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:meeting>/report/", views.report_meeting, name="report_meeting"),
    path("meetings/<uuid:meeting>/notes/", views.write_notes, name="write_notes"),
    path("meetings/<uuid:meeting>/event.ics", views.download_event, name="download_event"),
    path("meetings/confirm/<uuid:attendance>/", views.confirm_minutes, name="confirm_minutes"),
]
