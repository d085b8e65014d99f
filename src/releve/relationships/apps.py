from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "releve.relationships"
    label = "relationships"

    def ready(self) -> None:
        from releve.enrolment.actions import before_withdrawal, too_close  # models are loaded only now

        from . import leaving, letters  # for the same reason

        letters.register()
        before_withdrawal.append(leaving.end_relationships_of)
        too_close.append(leaving.is_partner)
