"""Workers and web servers as processes: asked to stop, killed, racing."""

import os
import signal
import subprocess
import sys
import threading
import urllib.request

import pytest

from tests.config.installation import free_port

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="plays with signals and pipes")


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.fixture
def start(installed):
    """Start commands that are killed at the end of the test, if they still run."""
    started = []

    def run(*command: str) -> subprocess.Popen:
        process = installed.start(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def enqueue(installed, pipe) -> str:
    return installed.python(f"""
from tests.config.room.tasks import read_pipe
print(read_pipe.enqueue({str(pipe)!r}).id)
""")


def task_state(installed, task_id: str) -> str:
    return installed.python(f"""
from django_tasks_db.models import DBTaskResult
task = DBTaskResult.objects.get(pk={task_id!r})
print(task.status, len(task.worker_ids))
""")


def end_well(process: subprocess.Popen) -> None:
    said, _nothing = process.communicate(timeout=60)
    assert process.returncode == 0, said


def read_until(words: str, process: subprocess.Popen) -> None:
    for line in process.stdout:
        if words in line:
            return
    pytest.fail(f"The process ended without saying {words!r}.")


def test_a_worker_asked_to_stop_finishes_its_task_first(installed, start, pipe):
    task_id = enqueue(installed, pipe)
    worker = start("worker")
    with pipe.open("w") as words:  # opens when the task does
        worker.send_signal(signal.SIGTERM)
        words.write("done")
    end_well(worker)
    assert task_state(installed, task_id) == "SUCCESSFUL 1"


def test_an_idle_worker_stops_when_asked(start):
    worker = start("worker")
    read_until("The worker started.", worker)
    worker.send_signal(signal.SIGTERM)
    end_well(worker)


def test_the_task_of_a_killed_worker_is_done_once_by_the_next(installed, start, pipe):
    task_id = enqueue(installed, pipe)
    worker = start("worker")
    words = pipe.open("w")
    worker.kill()
    worker.wait()
    words.close()
    assert task_state(installed, task_id) == "RUNNING 1"
    installed.python("""
import datetime
from django.db.models import F
from django_tasks_db.models import DBTaskResult
from releve.config.models import Beat
an_hour = datetime.timedelta(hours=1)
DBTaskResult.objects.running().update(started_at=F("started_at") - an_hour)
Beat.objects.update(at=F("at") - an_hour)
""")
    following = start("worker")  # its first tick puts the task back
    with pipe.open("w") as words:
        words.write("done")
        following.send_signal(signal.SIGTERM)
    end_well(following)
    assert task_state(installed, task_id) == "SUCCESSFUL 2"


def test_two_ticks_at_once_send_each_letter_once(installed, start, inbox):
    installed.python("""
from releve.notifications.actions import notify
from releve.people.models import Person
person = Person.objects.get()
for number in range(12):
    notify(person, "hello", due_key=f"race:{number}", ids={"number": number})
""")
    before = len(inbox.taken)
    for tick in [start("tick"), start("tick")]:
        end_well(tick)
    sent = [line for content in inbox.taken[before:] for line in content.splitlines() if line.startswith(b"Subject: ")]
    assert sorted(sent) == sorted(f"Subject: Bonjour {number}".encode() for number in range(12))


def test_two_processes_at_once_queue_one_letter(installed):
    code = """
from releve.notifications.actions import notify
from releve.people.models import Person
person = Person.objects.get()
print(sum(notify(person, "hello", due_key=f"same:{number}", ids={"number": 0}) is not None for number in range(40)))
"""
    made = []
    rivals = [threading.Thread(target=lambda: made.append(int(installed.python(code)))) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert sum(made) == 40


def test_the_server_answers_and_stops_when_asked(installed, start):
    port = free_port()
    server = start("serve", f"--bind=127.0.0.1:{port}", "--workers=1")
    read_until("Listening", server)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/fr/account/login/", headers={"Host": "127.0.0.1"})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  our own server
        assert answer.status == 200
    server.send_signal(signal.SIGTERM)
    end_well(server)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_on_a_database_of_another_version(new_installation, command):
    installation = new_installation("behind")
    installation.variables |= {"DEBUG": "1"}
    assert installation.refuse(command).endswith("migrations of this version. Run: releve upgrade")
