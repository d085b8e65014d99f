from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "releve.enrolment"
    label = "enrolment"
