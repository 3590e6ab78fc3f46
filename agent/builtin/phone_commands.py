"""Commands that exist on a phone only, and the parts that each is carried out in."""

from dataclasses import dataclass

SETTINGS = ("Settings",)
"""Applications that are searched for a setting."""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Open the page of the settings that is labelled `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class AnswerPermission:
    """Allow or deny what the system asks for an application."""

    allow: bool

    def __str__(self) -> str:
        return "allow the permission" if self.allow else "deny the permission"


@dataclass(frozen=True, slots=True)
class TurnSwitch:
    """Turn the switch labelled `name` on or off, wherever it is; one that is as wanted stays untouched."""

    name: str
    on: bool

    def __str__(self) -> str:
        return f"turn {'on' if self.on else 'off'} {self.name!r}"


@dataclass(frozen=True, slots=True)
class Locate:
    """Bring `name` into view: by scrolling, by opening rows that mention it, then by searching `apps`."""

    name: str
    apps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"find {self.name!r}"


@dataclass(frozen=True, slots=True)
class Enter:
    """Press the row labelled `name`, and see the screen change."""

    name: str

    def __str__(self) -> str:
        return f"open {self.name!r}"


@dataclass(frozen=True, slots=True)
class FillField:
    """Make the field labelled `name` hold `text` and nothing else."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"type {self.text!r} into {self.name!r}" if self.text else f"clear {self.name!r}"


@dataclass(frozen=True, slots=True)
class PutValue:
    """Give the setting that is on the screen its value."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"set {self.name!r} to {self.value!r}"


PhoneInstruction = OpenPage | AnswerPermission
PhoneCommand = TurnSwitch | AnswerPermission | Locate | Enter | FillField | PutValue


def phone_commands_of(instruction: PhoneInstruction) -> tuple[PhoneCommand, ...]:
    """The parts of `instruction`, in order."""
    match instruction:
        case OpenPage(name):
            return (Locate(name, SETTINGS), Enter(name))
        case AnswerPermission():
            return (instruction,)
