"""Addresses of import and export; `urls.py` includes them."""

from django.urls import path

from . import export_views, import_views

urlpatterns = [
    path("manage/<uuid:cohort>/import/", import_views.import_file, name="import_file"),
    path("manage/<uuid:cohort>/import/<uuid:sheet>/", import_views.import_rows, name="import_rows"),
    path("manage/<uuid:cohort>/import/<uuid:sheet>/columns/", import_views.import_columns, name="import_columns"),
    path("manage/<uuid:cohort>/import/<uuid:sheet>/drop/", import_views.drop_import, name="drop_import"),
    path("manage/<uuid:cohort>/export/", export_views.export_people, name="export_people"),
]
