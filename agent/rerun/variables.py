"""What was typed then and may be typed otherwise now: variables of a recording, kept beside it in variables.json."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from agent.episode import Episode, Move
from agent.recordings.format import Record
from agent.recordings.untrusted import Untrusted, read_bytes, read_json
from agent.validation import flaws
from devices import TypeText

FILE = "variables.json"
NAME = r"^[A-Za-z][\w-]{0,63}$"
Name = Annotated[str, Field(pattern=NAME)]


class VariablesFile(Record):
    """variables.json: the text that was typed when the recording was made, by the name it goes by."""

    schema_version: Literal[1] = 1
    variables: Annotated[dict[Name, Annotated[str, Field(min_length=1)]], Field(max_length=100)]


def read_variables(folder: Path) -> dict[str, str]:
    """The variables of the recording in `folder`, none if it has no such file. Raises `Untrusted`."""
    if not (folder / FILE).exists():
        return {}
    where = str(folder / FILE)
    try:
        return dict(VariablesFile.model_validate(read_json(read_bytes(folder, FILE), where)).variables)
    except ValidationError as error:
        raise Untrusted(f"{where}: {flaws(error, 1)}") from error


def write_variables(folder: Path, variables: Mapping[str, str]) -> None:
    """Keep `variables` beside the recording in `folder`, by rename; nothing of the recording itself is touched."""
    partial = folder / f"{FILE}.part"
    partial.touch(0o600)
    partial.write_text(json.dumps(VariablesFile(variables=dict(variables)).model_dump(), indent=1), "utf-8")
    partial.replace(folder / FILE)


def typed_texts(episode: Episode) -> tuple[str, ...]:
    """Every text that was typed, in order, each once."""
    moves = (step.decision.move for step in episode.steps if not step.error)
    return tuple(dict.fromkeys(move.text for move in moves if isinstance(move, TypeText)))


def named(known: Mapping[str, str], said: Sequence[str], typed: Sequence[str]) -> dict[str, str]:
    """`known` variables and those that `said` declares as NAME=TEXT, TEXT being what was typed, or a part of it.

    Raises `ValueError` for a name that cannot be one and for a text that was not typed.
    """
    variables = dict(known)
    for name, text in map(_split, said):
        if not re.fullmatch(NAME, name):
            raise ValueError(f"a variable is named by letters, digits, - and _, a letter first; found {name!r}")
        if Replaced({text: ""}).text(" ".join(typed)) == " ".join(typed):
            raise ValueError(f"{text!r} was not typed in this recording; what was: {_listed(typed)}")
        variables[name] = text
    return variables


def given(variables: Mapping[str, str], said: Sequence[str], typed: Sequence[str]) -> dict[str, str]:
    """The new texts by name, as `said` by NAME=TEXT. Raises `ValueError` for an unknown name, naming those known."""
    values = dict(map(_split, said))
    for name in values:
        if name not in variables:
            known = ", ".join(f"{each} ({text!r})" for each, text in variables.items()) or "none yet"
            raise ValueError(
                f"this recording has no variable {name!r}; known: {known}. What was typed: {_listed(typed)}. "
                f"Name one: --let {name}=TEXT"
            )
    return values


def _split(said: str) -> tuple[str, str]:
    name, equals, text = said.partition("=")
    if not (name and equals and text):
        raise ValueError(f"a variable is given as NAME=TEXT; found {said!r}")
    return name, text


def _listed(typed: Sequence[str]) -> str:
    return ", ".join(map(repr, typed)) or "nothing"


@dataclass(frozen=True)
class Replaced:
    """Recorded texts and what is typed instead of each. Text is put in the place of text and never interpreted."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def move(self, move: Move) -> Move:
        """`move` with the new texts typed for the recorded ones, all at once, whole words only."""
        return TypeText(self.text(move.text)) if isinstance(move, TypeText) else move

    def text(self, text: str) -> str:
        if not self.texts:
            return text
        longest_first = sorted(self.texts, key=len, reverse=True)
        anywhere = "|".join(re.escape(each) for each in longest_first)
        return re.sub(rf"(?<!\w)(?:{anywhere})(?!\w)", lambda found: self.texts[found[0]], text)

    def is_free(self, word: str) -> bool:
        """Whether a word on the screen may come from a replaced text: no screen is unlike because of it."""
        told = word.casefold().strip(".,:;*|_'\"()[]")
        parts = (part.casefold() for pair in self.texts.items() for part in " ".join(pair).split())
        return any(
            told == part or (len(part) >= 3 and part in told) or (len(told) >= 3 and told in part) for part in parts
        )


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a recording by name, as they were typed then, and the new texts of some of them."""

    known: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def replaced(self) -> Replaced:
        return Replaced({self.known[name]: text for name, text in self.values.items()})

    @property
    def now(self) -> dict[str, str]:
        """The variables of the recording that is made now."""
        return dict(self.known) | dict(self.values)
