"""A goal, what the phone is like before it, and how it is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from agent.episode import Ending, Episode
from devices import TypeText
from devices.simphone.phone import Phone

State = dict[str, object]


@dataclass(frozen=True, slots=True)
class After:
    """The phone when the agent has stopped, what it held when the agent began, and what the agent did."""

    phone: Phone
    before: State
    episode: Episode


Judge = Callable[[After], bool]
Setup = Callable[[Phone], None]


def _as_it_is(phone: Phone) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Goal:
    """What is said to the phone, and whether it came true; `setup` changes a new phone first."""

    said: str
    met: Judge
    setup: Setup = _as_it_is

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the half that the policy was not written with: by chance, by its letters."""
        return crc32(self.said.encode()) % 2 == 1


def state_of(phone: Phone) -> State:
    """Everything that the phone keeps."""
    tables = ("contacts", "sms", "notes", "alarms", "transfers")
    rows: State = {table: phone.rows(f"content://{table}") for table in tables}
    return rows | {
        "settings": {space: dict(values) for space, values in phone.settings.items()},
        "files": dict(phone.files),
        "permissions": {package: set(granted) for package, granted in phone.permissions.items()},
    }


def every(*judges: Judge) -> Judge:
    return lambda after: all(judge(after) for judge in judges)


def setting(space: str, name: str, *values: str) -> Judge:
    """The setting is one of `values`."""
    return lambda after: after.phone.settings[space].get(name, "") in values


def between(space: str, name: str, least: int, most: int) -> Judge:
    return lambda after: least <= int(after.phone.settings[space][name]) <= most


def row(table: str, **columns: str) -> Judge:
    """One row, and no more, has these values."""
    return lambda after: _count(after.phone, table, columns) == 1


def no_row(table: str, **columns: str) -> Judge:
    return lambda after: _count(after.phone, table, columns) == 0


def _count(phone: Phone, table: str, columns: dict[str, str]) -> int:
    return sum(columns.items() <= each.items() for each in phone.rows(f"content://{table}"))


def same(*parts: str) -> Judge:
    """These parts of the phone are as they were."""
    return lambda after: all(state_of(after.phone)[part] == after.before[part] for part in parts)


def says(*texts: str) -> Judge:
    """The agent finished, and its answer contains one of `texts`, whatever the capitals."""
    return lambda after: (
        after.episode.ending is Ending.FINISHED
        and any(text.lower() in (after.episode.answer or "").lower() for text in texts)
    )


def brief(judge: Judge, most: int = 90) -> Judge:
    """... and is no dump of the whole screen."""
    return lambda after: judge(after) and len(after.episode.answer or "") <= most


def shows(*texts: str) -> Judge:
    """All of `texts` stand on the screen."""

    def judge(after: After) -> bool:
        told = "\n".join(f"{node.text}\n{node.description}" for node in after.phone.tree().walk())
        return all(text in told for text in texts)

    return judge


def never(judge: Judge) -> Judge:
    return lambda after: not judge(after)


def in_front(package: str, activity: str = "") -> Judge:
    return lambda after: after.phone.front[0] == package and activity in after.phone.front[1]


def typed(text: str) -> Judge:
    """The agent typed `text` somewhere."""
    return lambda after: any(step.decision.move == TypeText(text) for step in after.episode.steps)


def finished(after: After) -> bool:
    return after.episode.ending is Ending.FINISHED


def refused(after: After) -> bool:
    """The agent says that it was not done and why, and nothing that the phone keeps was changed."""
    told = after.episode.ending in (Ending.GAVE_UP, Ending.NOT_UNDERSTOOD)
    kept = {part: what for part, what in state_of(after.phone).items() if part != "permissions"}
    return told and kept == {part: what for part, what in after.before.items() if part != "permissions"}


def granted(phone: Phone) -> None:
    """Contacts may read the contacts already."""
    phone.permissions["com.android.contacts"].add("android.permission.READ_CONTACTS")
