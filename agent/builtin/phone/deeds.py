"""What a phone can be told, and the steps that each of it is made of."""

from dataclasses import dataclass

from agent.builtin.phone.vocabulary import APPS, SETTINGS, WORDS_OF

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
class Locate:
    """Have `name` on the screen: look, scroll, step into what mentions it, and then into one of `apps`."""

    name: str
    apps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"find {self.name!r}"


@dataclass(frozen=True, slots=True)
class Enter:
    """Press what bears `name`, and see the screen change."""

    name: str

    def __str__(self) -> str:
        return f"open {self.name!r}"


@dataclass(frozen=True, slots=True)
class Begin:
    """Press the button that begins a new thing of this kind."""

    kind: str

    def __str__(self) -> str:
        return f"begin a new {self.kind}"


@dataclass(frozen=True, slots=True)
class Edit:
    """Press the button that makes fields of what is only shown; where fields are shown already, nothing."""

    def __str__(self) -> str:
        return "edit it"


@dataclass(frozen=True, slots=True)
class FillIn:
    """Write into the fields of the form in front."""

    fields: Fields
    adding: bool = False

    def __str__(self) -> str:
        return "fill in " + ", ".join(f"{name} {text!r}" for name, text in self.fields)


@dataclass(frozen=True, slots=True)
class Commit:
    """Press the button that keeps or sends what was written, and see the form go."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"press {self.words[0]!r}"


@dataclass(frozen=True, slots=True)
class Converse:
    """Be in the conversation with somebody."""

    to: str

    def __str__(self) -> str:
        return f"write to {self.to!r}"


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete what bears `name` on this screen, and see it go."""

    name: str

    def __str__(self) -> str:
        return f"delete {self.name!r}"


@dataclass(frozen=True, slots=True)
class PutValue:
    """Give the setting that can be seen its value."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"set {self.name!r} to {self.value!r}"


PhoneDeed = MakeNew | SendTo | Remove | Alter | Visit | Switch | SetTo | AnswerQuestion | InApp | Enter
PhonePart = (
    Switch | AnswerQuestion | InApp | Locate | Enter | Begin | Edit | FillIn | Commit | Converse | Erase | PutValue
)  # fmt: skip

KEEP = ("Save", "Done", "OK", "Create", "Add", "Set", "Confirm", "Apply")
SEND = ("Send",)


def steps_of(deed: PhoneDeed) -> tuple[PhonePart, ...]:
    """The steps of `deed`, in order."""
    match deed:
        case MakeNew(kind, fields):
            return (InApp(APPS[kind]), Begin(kind), FillIn(fields), Commit(KEEP))
        case SendTo(text, to):
            return (InApp(APPS["message"]), Converse(to), FillIn((("message", text),)), Commit(SEND))
        case Remove(kind, name):
            return (InApp(APPS[kind]), Locate(name), Erase(name))
        case Alter(_, "", fields, adding):
            return (Edit(), FillIn(fields, adding), Commit(KEEP))
        case Alter(kind, name, fields, adding):
            return (InApp(APPS[kind]), Locate(name), Enter(name), Edit(), FillIn(fields, adding), Commit(KEEP))
        case Visit(name, ""):
            return (Locate(name, SETTINGS), Enter(name))
        case Visit(name, kind):
            return (InApp(APPS[kind]), Locate(name), Enter(name))
        case SetTo(name, value):
            return (Locate(name, SETTINGS), PutValue(name, value))
        case Switch() | AnswerQuestion() | InApp() | Enter():
            return (deed,)


def words_for(kind: str) -> tuple[str, ...]:
    """The words by which an application may call things of `kind`."""
    return WORDS_OF.get(kind, (kind,))
