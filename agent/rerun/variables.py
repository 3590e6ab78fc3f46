"""The variables of a recording: texts typed then that may be typed otherwise now, kept beside it in variables.json."""

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


def declare_variables(known: Mapping[str, str], declarations: Sequence[str], typed: Sequence[str]) -> dict[str, str]:
    """`known` variables and those of `declarations`, NAME=TEXT each, TEXT being what was typed, or a part of it.

    Raises `ValueError` for a name that cannot be one and for a text that was not typed.
    """
    variables = dict(known)
    for name, text in map(_name_and_text, declarations):
        if not re.fullmatch(NAME, name):
            raise ValueError(f"a variable is named by letters, digits, - and _, a letter first; found {name!r}")
        if Substitution({text: ""}).text(" ".join(typed)) == " ".join(typed):
            raise ValueError(f"{text!r} was not typed in this recording; its page shows what was: screenhand show")
        variables[name] = text
    return variables


def variable_values(variables: Mapping[str, str], assignments: Sequence[str]) -> dict[str, str]:
    """The new texts by name, from `assignments`, NAME=TEXT each.

    Raises `ValueError` for an unknown name, naming those known, but no text that was typed: one may be a password.
    """
    values = dict(map(_name_and_text, assignments))
    for name in values:
        if name not in variables:
            known = ", ".join(variables) or "none yet"
            raise ValueError(
                f"this recording has no variable {name!r}; known: {known}. A text that was typed is named by --let: "
                f"--let {name}=TEXT"
            )
    return values


def _name_and_text(argument: str) -> tuple[str, str]:
    name, equals, text = argument.partition("=")
    if not (name and equals and text):
        raise ValueError(f"a variable is given as NAME=TEXT; found {argument!r}")
    return name, text


@dataclass(frozen=True)
class Substitution:
    """Recorded texts and what is typed instead of each. Text replaces text and is never interpreted."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def move(self, move: Move) -> Move:
        """`move` with the new texts typed for the recorded ones, all at once, whole words only."""
        return TypeText(self.text(move.text)) if isinstance(move, TypeText) else move

    def text(self, text: str) -> str:
        if not self.texts:
            return text
        longest_first = sorted(self.texts, key=len, reverse=True)
        pattern = "|".join(re.escape(each) for each in longest_first)
        return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: self.texts[match[0]], text)

    def affects(self, word: str) -> bool:
        """Whether a word on the screen may come from a replaced text, before or after: it proves no mismatch."""
        bare = word.casefold().strip(".,:;*|_'\"()[]")
        parts = (part.casefold() for pair in self.texts.items() for part in " ".join(pair).split())
        return any(
            bare == part or (len(part) >= 3 and part in bare) or (len(bare) >= 3 and bare in part) for part in parts
        )


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a recording by name, as they were typed then, and the new texts of some of them."""

    known: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def substitution(self) -> Substitution:
        return Substitution({self.known[name]: text for name, text in self.values.items()})

    @property
    def current(self) -> dict[str, str]:
        """The variables of the recording that is made now."""
        return dict(self.known) | dict(self.values)
