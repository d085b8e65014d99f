from django.urls import path

from . import views
from .coordinator_views import cohorts, staff, versions, words

app_name = "programs"

urlpatterns = [
    path("", views.show_front, name="show_front"),
    path("programs/", views.list_programs, name="list_programs"),
    path("programs/<slug:slug>/", views.show_program, name="show_program"),
    path("manage/programs/<slug:slug>/new/", cohorts.create_cohort, name="create_cohort"),
    path("manage/<uuid:cohort>/dates/", cohorts.edit_dates, name="edit_dates"),
    path("manage/<uuid:cohort>/settings/", cohorts.edit_settings, name="edit_settings"),
    path("manage/<uuid:cohort>/contacts/", words.edit_contacts, name="edit_contacts"),
    path("manage/<uuid:cohort>/texts/", words.list_texts, name="list_texts"),
    path("manage/<uuid:cohort>/texts/<slug:group>/<slug:part>/", words.edit_text, name="edit_text"),
    path("manage/<uuid:cohort>/letters/", words.list_letters, name="list_letters"),
    path("manage/<uuid:cohort>/letters/<slug:letter>/", words.edit_letter, name="edit_letter"),
    path("manage/<uuid:cohort>/definition/", versions.show_definition, name="show_definition"),
    path("manage/<uuid:cohort>/definition/<int:number>/", versions.compare_versions, name="compare_versions"),
    path("manage/<uuid:cohort>/definition/<int:number>/yaml/", versions.download_definition, name="download_definition"),
    path("manage/<uuid:cohort>/definition/<int:number>/pin/", versions.pin_version, name="pin_version"),
    path("manage/<uuid:cohort>/open/", cohorts.open_cohort, name="open_cohort"),
    path("manage/<uuid:cohort>/close/", cohorts.close_cohort, name="close_cohort"),
    path("manage/<uuid:cohort>/staff/", staff.list_staff, name="list_staff"),
    path("manage/<uuid:cohort>/staff/<uuid:appointment>/end/", staff.end_appointment, name="end_appointment"),
]
