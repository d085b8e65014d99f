"""The tick and the tasks left behind by dead workers."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from releve.config import jobs, tick
from releve.config.models import Beat
from releve.notifications.tasks import deliver_letter

NOW = timezone.now()
MINUTE = dt.timedelta(minutes=1)


def running(worker: str, *, minutes_ago: int = 10, before: tuple[str, ...] = ()) -> DBTaskResult:
    deliver_letter.enqueue("00000000-0000-4000-8000-000000000000")
    task = DBTaskResult.objects.order_by("-enqueued_at")[0]
    task.worker_ids = list(before)
    task.claim(worker)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=NOW - minutes_ago * MINUTE)
    return task


def beat(worker: str, *, minutes_ago: float = 0) -> None:
    Beat.objects.create(name=jobs.worker_name(worker), at=NOW - minutes_ago * MINUTE)


def state(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


# --- tasks of dead workers


def test_a_task_whose_worker_died_waits_again():
    task = running("dead")
    beat("dead", minutes_ago=2)
    assert (jobs.revive_tasks(NOW), jobs.revive_tasks(NOW)) == (1, 0)
    assert (state(task), task.started_at, task.worker_ids) == (TaskResultStatus.READY, None, ["dead"])


def test_a_task_whose_worker_left_no_sign_at_all_waits_again():
    task = running("gone")
    assert jobs.revive_tasks(NOW) == 1
    assert state(task) == TaskResultStatus.READY


def test_a_long_task_of_a_living_worker_is_left_to_it():
    task = running("alive", minutes_ago=600)
    beat("alive", minutes_ago=1.9)
    assert jobs.revive_tasks(NOW) == 0
    assert state(task) == TaskResultStatus.RUNNING


def test_a_task_that_just_began_is_left_alone():
    task = running("new", minutes_ago=1)
    assert jobs.revive_tasks(NOW) == 0
    assert state(task) == TaskResultStatus.RUNNING


def test_a_task_that_killed_three_workers_fails_for_good():
    task = running("third", before=("first", "second"))
    assert jobs.revive_tasks(NOW) == 1
    assert (state(task), task.exception_class_path) == (TaskResultStatus.FAILED, "releve.config.jobs.WorkerDied")
    assert jobs.revive_tasks(NOW) == 0


def test_only_what_ended_long_ago_is_forgotten():
    old, recent, waiting = (running(name) for name in ("old", "recent", "waiting"))
    DBTaskResult.objects.filter(pk=old.pk).update(status=TaskResultStatus.SUCCESSFUL, finished_at=NOW - dt.timedelta(days=14))
    DBTaskResult.objects.filter(pk=recent.pk).update(status=TaskResultStatus.FAILED, finished_at=NOW - dt.timedelta(days=13))
    beat("old", minutes_ago=60 * 24 * 14)
    beat("recent")
    Beat.objects.create(name=tick.NAME, at=NOW - dt.timedelta(days=20))
    assert jobs.forget_old_tasks(NOW) == 1
    assert set(DBTaskResult.objects.all()) == {recent, waiting}
    assert set(Beat.objects.values_list("name", flat=True)) == {"worker:recent", "tick"}


# --- the tick


def test_of_several_workers_one_gets_the_tick_of_a_minute():
    assert [tick.claim(NOW) for _ in range(3)] == [True, False, False]
    assert [tick.claim(NOW + MINUTE) for _ in range(2)] == [True, False]


def test_a_job_that_fails_holds_up_no_other_and_is_said(monkeypatch, caplog):
    def broken(now):
        raise ValueError

    done = []
    monkeypatch.setattr(tick, "JOBS", [broken, lambda now: done.append(now) or 7])
    outcomes = tick.run_jobs(NOW)
    assert [outcome.count for outcome in outcomes] == [None, 7]
    assert done == [NOW]
    assert "broken failed" in caplog.text


def test_the_schedule_runs_and_runs_again_on_an_empty_house():
    for _ in range(2):
        assert [outcome for outcome in tick.run_jobs(NOW) if outcome.count is None] == []


def test_the_command_says_what_each_job_did_and_fails_when_one_does(monkeypatch, capsys):
    call_command("tick")
    assert "notifications.delivery.deliver_due: 0" in capsys.readouterr().out
    monkeypatch.setattr(tick, "JOBS", [lambda now: 1 // 0])
    with pytest.raises(SystemExit):
        call_command("tick")
    assert "failed" in capsys.readouterr().out
