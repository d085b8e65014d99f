"""Runs too long to wait for: the worker computes them, says how far it is, and stops when somebody says so."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from releve.matching import actions, tasks
from releve.matching.actions import computing
from releve.matching.models import Run
from releve.matching.queries import latest_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cohort, committee, people, monkeypatch, django_capture_on_commit_callbacks):
    """A run that is left to the worker."""
    monkeypatch.setattr("releve.matching.actions.runs.AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        return actions.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())


@pytest.fixture
def board(client, committee, cohort, waiting):
    client.force_login(committee)
    return f"/en/manage/{cohort.pk}/pairing/"


def test_a_long_run_waits_for_the_worker_and_the_page_says_so(client, board, cohort, waiting):
    assert (waiting.state, waiting.result) == (Run.State.WAITING, "")
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(waiting.pk)]
    page = client.get(board).content.decode()
    assert "The engine is at work" in page
    assert latest_run(cohort) is None
    assert tasks.compute_run.func(str(waiting.pk)) is True
    waiting.refresh_from_db()
    assert waiting.state == Run.State.DONE
    assert latest_run(cohort) == waiting
    assert "The engine is at work" not in client.get(board).content.decode()


def test_a_run_whose_worker_died_is_computed_again(waiting):
    Run.objects.update(state=Run.State.RUNNING)
    assert computing.compute(waiting.pk, now=timezone.now()) is True
    assert computing.compute(waiting.pk, now=timezone.now()) is False  # a second copy of the task finds it done


def test_a_run_that_was_stopped_gives_nothing(client, board, waiting, cohort):
    page = client.post(f"{board}runs/1/stop/", follow=True).content.decode()
    assert "The run was stopped." in page
    assert computing.compute(waiting.pk, now=timezone.now()) is False
    waiting.refresh_from_db()
    assert (waiting.state, waiting.result) == (Run.State.CANCELLED, "")
    again = client.post(f"{board}runs/1/stop/", follow=True).content.decode()
    assert "The run was over before it could be stopped." in again
    assert "Stopped" in client.get(f"{board}runs/").content.decode()


def test_a_run_stopped_while_it_is_computed_writes_nothing(waiting, monkeypatch):
    def stopped_meanwhile(problem, **more):
        Run.objects.update(state=Run.State.CANCELLED)
        return solve(problem, **more)

    solve = computing.solve
    monkeypatch.setattr(computing, "solve", stopped_meanwhile)
    assert computing.compute(waiting.pk, now=timezone.now()) is False
    waiting.refresh_from_db()
    assert (waiting.state, waiting.result) == (Run.State.CANCELLED, "")


def test_how_far_a_run_is_stands_on_the_page(client, board, waiting, monkeypatch):
    monkeypatch.setattr(computing, "BEAT", 0)
    told = computing.Told(waiting)
    told("pricing", 3, 8)
    page = client.get(board).content.decode()
    assert "<progress" in page
    assert 'value="3"' in page
    assert 'max="8"' in page
    Run.objects.update(state=Run.State.CANCELLED)
    with pytest.raises(computing.Cancelled):
        told("pricing", 4, 8)


def test_inputs_that_the_engine_refuses_are_said_in_a_sentence(client, committee, cohort, people, monkeypatch):
    client.force_login(committee)
    run = actions.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, problem=run.problem.replace('"weight":40', f'"weight":{2**60}'))
    assert computing.compute(run.pk, now=timezone.now()) is False
    page = client.get(f"/en/manage/{cohort.pk}/pairing/").content.decode()
    assert "The last run found no answer" in page
    assert "Only their proportions matter: use smaller ones." in page
