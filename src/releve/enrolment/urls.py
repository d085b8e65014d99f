from django.urls import include, path

from . import coordinator_views as staff
from .views import assessment, directory, place, registration

app_name = "enrolment"

urlpatterns = [
    path("", include("releve.enrolment.import_urls")),
    path("join/<uuid:cohort>/<slug:role>/", registration.register, name="register"),
    path("join/<uuid:cohort>/<slug:role>/draft/", registration.save_registration, name="save_registration"),
    path("join/<uuid:cohort>/<slug:role>/received/", registration.show_received, name="show_received"),
    path("assess/<uuid:cohort>/<slug:role>/", assessment.assess_readiness, name="assess_readiness"),
    path("assess/<uuid:cohort>/<slug:role>/draft/", assessment.save_assessment, name="save_assessment"),
    path("assess/<uuid:cohort>/<slug:role>/answers/", assessment.read_assessment, name="read_assessment"),
    path("place/<uuid:participant>/", place.show_place, name="show_place"),
    path("place/<uuid:participant>/sheet/", place.choose_sheet, name="choose_sheet"),
    path("place/<uuid:participant>/agree/<slug:purpose>/", place.give_consent, name="give_consent"),
    path("place/<uuid:participant>/end-agreement/<slug:purpose>/", place.withdraw_consent, name="withdraw_consent"),
    path("place/<uuid:participant>/leave/", place.leave_cohort, name="leave_cohort"),
    path("place/<uuid:participant>/wishes/", directory.change_wishes, name="change_wishes"),
    path("people/<uuid:cohort>/", directory.browse_sheets, name="browse_sheets"),
    path("people/sheet/<uuid:participant>/", directory.show_sheet, name="show_sheet"),
    path("manage/<uuid:cohort>/people/", staff.list_people, name="list_people"),
    path("manage/<uuid:cohort>/people/add/", staff.add_person, name="add_person"),
    path("manage/<uuid:cohort>/people/waiting/", staff.change_waiting_list, name="change_waiting_list"),
    path("manage/<uuid:cohort>/invitations/", staff.invite_people, name="invite_people"),
    path("manage/people/<uuid:participant>/", staff.show_participant, name="show_participant"),
    path("manage/people/<uuid:participant>/withdraw/", staff.withdraw_person, name="withdraw_person"),
]
