"""What was typed then and may be typed otherwise now: variables of a recording, kept beside it in variables.json."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from agent.episode import Episode, Move
from agent.recording_format import Record
from agent.untrusted import Untrusted, read_bytes, read_json
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
        flaw = error.errors()[0]
        raise Untrusted(f"{where}: {'.'.join(map(str, flaw['loc']))}: {flaw['msg']}") from error


def write_variables(folder: Path, variables: Mapping[str, str]) -> None:
    """Keep `variables` beside the recording in `folder`, by rename; nothing of the recording itself is touched."""
    partial = folder / f"{FILE}.part"
    partial.touch(0o600)
    partial.write_text(json.dumps(VariablesFile(variables=dict(variables)).model_dump(), indent=1), "utf-8")
    os.replace(partial, folder / FILE)


def typed_texts(episode: Episode) -> tuple[str, ...]:
    """Every text that was typed, in order, each once."""
    moves = (step.decision.move for step in episode.steps if not step.error)
    return tuple(dict.fromkeys(move.text for move in moves if isinstance(move, TypeText)))


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
