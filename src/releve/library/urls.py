from django.urls import path

from . import views

app_name = "library"

urlpatterns = [
    path("library/<uuid:cohort>/", views.list_documents, name="list_documents"),
    path("library/<uuid:cohort>/<slug:document>/", views.read_document, name="read_document"),
]
