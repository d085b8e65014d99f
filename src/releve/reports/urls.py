from django.urls import path

from . import coordinator_views

app_name = "reports"

urlpatterns = [
    path("manage/<uuid:cohort>/figures/", coordinator_views.show_figures, name="show_figures"),
    path("manage/<uuid:cohort>/figures/<slug:file_format>/", coordinator_views.export_figures, name="export_figures"),
]
