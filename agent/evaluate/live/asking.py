"""What is said to a worker in another process, and what it answers: a line of JSON each."""

from agent.episode import Ending
from agent.evaluate.live.results import Result
from agent.recordings.format import Record


class Ask(Record):
    """Play a task at a seed, and record it into `folder`."""

    task: str
    seed: int
    folder: str


class Answer(Record):
    """A result; or why no unit can be played; nothing of both from a worker that is ready for its first one."""

    result: Result | None = None
    cannot_record: str = ""
    cannot_go_on: str = ""
    ending: Ending | None = None
