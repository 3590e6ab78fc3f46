"""The steps that what a phone is told is made of."""

from dataclasses import dataclass

from agent.builtin.phone.deeds import (
    Alter,
    AnswerQuestion,
    Enter,
    Fields,
    FromMenu,
    InApp,
    MakeNew,
    Operate,
    PhoneDeed,
    Remove,
    RemoveAll,
    Rename,
    Search,
    Seek,
    SendTo,
    SetTo,
    Switch,
    SwitchAll,
    Visit,
)
from agent.builtin.phone.vocabulary import APPS, SETTINGS, WORDS_OF


@dataclass(frozen=True, slots=True)
class Locate:
    """Have `name` on the screen: look, scroll, step into what mentions it, and then into one of `apps`."""

    name: str
    apps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"find {self.name!r}"


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


@dataclass(frozen=True, slots=True)
class Pick:
    """Hold what bears `name` on this screen and choose the first of `words` from its menu."""

    name: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"choose {self.words[0]!r} for {self.name!r}"


PhonePart = (
    Switch | AnswerQuestion | InApp | Locate | Enter | Begin | Edit | FillIn | Commit | Converse | Erase | PutValue
    | RemoveAll | SwitchAll | Pick | Seek
)  # fmt: skip

KEEP = ("Save", "Done", "OK", "Create", "Add", "Set", "Confirm", "Apply", "Rename")
SEND = ("Send",)


def steps_of(deed: PhoneDeed) -> tuple[PhonePart, ...]:
    """The steps of `deed`, in order."""
    match deed:
        case MakeNew(kind, fields):
            return (InApp(APPS[kind]), Begin(kind), FillIn(fields), Commit(KEEP))
        case SendTo(text, to):
            return (InApp(APPS["message"]), Converse(to), FillIn((("message", text),)), Commit(SEND))
        case Remove(kind, name):
            return (*_at(kind, name), Erase(name))
        case Alter(_, "", fields, adding):
            return (Edit(), FillIn(fields, adding), Commit(KEEP))
        case Alter(kind, name, fields, adding):
            return (*_at(kind, name), Enter(name), Edit(), FillIn(fields, adding), Commit(KEEP))
        case Rename(kind, name, new):
            renamed = (FillIn((("name", new),)), Commit(KEEP))
            return (*_at(kind, name), Pick(name, ("Rename",)), *renamed)
        case FromMenu(kind, name, words):
            return (*_at(kind, name), Pick(name, words))
        case Visit(name, ""):
            return (Locate(name, SETTINGS), Enter(name))
        case Visit(name, kind):
            return (*_at(kind, name), Enter(name))
        case SetTo(name, value):
            return (Locate(name, SETTINGS), PutValue(name, value))
        case Search(text):
            return (FillIn((("search", text),)),)
        case RemoveAll(kind) | SwitchAll(kind):
            return (InApp(APPS[kind]), deed)
        case Operate("it", button):
            return (Enter(button),)
        case Operate(tab, button):
            return (InApp(APPS["timer"]), Enter(tab), Enter(button))
        case Switch() | AnswerQuestion() | InApp() | Enter() | Seek():
            return (deed,)


def _at(kind: str, name: str) -> tuple[PhonePart, ...]:
    """To be where a thing can be seen: files lie in folders, which are all looked into."""
    if kind == "file":
        return (Locate(name, APPS[kind]),)
    return (InApp(APPS[kind]), Locate(name))


def words_for(kind: str) -> tuple[str, ...]:
    """The words by which an application may call things of `kind`."""
    return WORDS_OF.get(kind, (kind,))
