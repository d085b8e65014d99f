from pathlib import Path

from django_tasks import task


@task()
def read_pipe(path: str) -> str:
    """Work for as long as the test likes: until it has written to the pipe and closed it."""
    return Path(path).read_text()
