"""What a phone can be told."""

from dataclasses import dataclass

Fields = tuple[tuple[str, str], ...]
"""What to write where: the name of a field, and its text."""


@dataclass(frozen=True, slots=True)
class MakeNew:
    """Make a new thing of a kind ("contact", "note", "alarm") with these fields, and keep it."""

    kind: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class SendTo:
    """Send `text` to somebody, in the conversation that there is or in a new one."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete a thing of a kind, by its name; confirmed where the phone asks, since it was asked for."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Alter:
    """Write these fields of a thing anew, or after what they hold when `adding`; "" names the thing in front."""

    kind: str
    name: str
    fields: Fields
    adding: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Open what bears `name`: of a kind, in its application; else a page of the settings."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Turn on or off what bears `name`, wherever it is; what is as wished stays untouched."""

    name: str
    on: bool

    def __str__(self) -> str:
        return f"turn {'on' if self.on else 'off'} {self.name!r}"


@dataclass(frozen=True, slots=True)
class SetTo:
    """Give the setting `name` a value: by a choice, a slider, or a field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Allow or deny what the system asks for an application."""

    allow: bool

    def __str__(self) -> str:
        return "allow what is asked" if self.allow else "deny what is asked"


@dataclass(frozen=True, slots=True)
class InApp:
    """Be at the first screen of the first of these applications that is installed."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"go to {self.names[0]}"


@dataclass(frozen=True, slots=True)
class Enter:
    """Press what bears `name`, and see the screen change."""

    name: str

    def __str__(self) -> str:
        return f"open {self.name!r}"


@dataclass(frozen=True, slots=True)
class RemoveAll:
    """Delete every thing of a kind, one after the other."""

    kind: str

    def __str__(self) -> str:
        return f"delete every {self.kind}"


@dataclass(frozen=True, slots=True)
class SwitchAll:
    """Turn on or off every thing of a kind that has a switch."""

    kind: str
    on: bool

    def __str__(self) -> str:
        return f"turn {'on' if self.on else 'off'} every {self.kind}"


@dataclass(frozen=True, slots=True)
class FromMenu:
    """Hold a thing of a kind for its menu and choose the first of `words` from it."""

    kind: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a thing of a kind another name through its menu."""

    kind: str
    name: str
    new: str


@dataclass(frozen=True, slots=True)
class Operate:
    """Press a button of a tab of the clock, the timer's or the stopwatch's; "it" is the one spoken of before."""

    tab: str
    button: str


@dataclass(frozen=True, slots=True)
class Search:
    """Write `text` into the field that searches the screen in front, and let it narrow what is shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Seek:
    """Have the answer to `what` on the screen: here, then in each of `apps`, stepping into what speaks of it."""

    what: str
    apps: tuple[str, ...] = ()
    amount: bool = False

    def __str__(self) -> str:
        return f"look for {self.what!r}"


PhoneDeed = (
    MakeNew | SendTo | Remove | Alter | Visit | Switch | SetTo | AnswerQuestion | InApp | Enter | RemoveAll | SwitchAll
    | FromMenu | Rename | Operate | Search | Seek
)  # fmt: skip
