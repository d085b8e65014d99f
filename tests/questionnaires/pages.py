"""One page with a form and the address of its drafts, as an owning room would write them."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from releve.config import urls
from releve.questionnaires import actions, drafts
from releve.questionnaires.forms import build
from releve.questionnaires.models import Response

PAGE = """{% extends "base.html" %}{% load i18n questionnaires %}
{% block title %}Sample{% endblock %}{% block width %}narrow{% endblock %}
{% block head %}{% question_scripts %}{% endblock %}
{% block content %}
{% if elsewhere %}{% answers_conflict form elsewhere %}{% endif %}
<form method="post" class="card stack" novalidate data-draft="{% url 'save_sample' response.pk %}">
{% csrf_token %}{% questions form members=members %}{% draft_state response %}
<div class="row"><button class="button">Send</button><button class="button quiet" name="_save" value="1">Save</button></div>
</form>{% endblock %}"""


def fill_sample(request, pk):
    response = get_object_or_404(Response, pk=pk, owner=request.user)
    definition, elsewhere = response.form.form, None
    form = build(definition, data=request.POST or None, answers=response.answers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(response, form.answers(), revision=drafts.posted_revision(request.POST), now=timezone.now())
            return redirect("sample_sent")
        except actions.StaleRevision as stale:
            response.refresh_from_db()
            elsewhere = stale.answers
    context = {"form": form, "response": response, "elsewhere": elsewhere, "members": ["Benoît"]}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


@require_POST
def save_sample(request, pk):
    response = get_object_or_404(Response, pk=pk, owner=request.user)
    return drafts.autosave(request, response, response.form.form)


def sample_sent(request):
    return HttpResponse("sent")


urlpatterns = [
    *i18n_patterns(
        path("sample/<uuid:pk>/", fill_sample, name="fill_sample"),
        path("sample/<uuid:pk>/draft/", save_sample, name="save_sample"),
        path("sent/", sample_sent, name="sample_sent"),
    ),
    *urls.urlpatterns,
]
