"""The syntax tree of a command line."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class LiteralText:
    """Characters that stand for themselves; unquoted ones may be a pattern of paths."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class LastStatus:
    """`$?`"""


Word = tuple[LiteralText | LastStatus, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """Descriptor `fd` goes to (`>`), after (`>>`), or comes from (`<`) the path, or is another descriptor (`>&`)."""

    fd: int
    how: Literal[">", ">>", "<", ">&"]
    where: Word


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Subshell:
    """`( ... )`"""

    inside: "Script"
    redirects: tuple[Redirect, ...] = ()


Pipeline = tuple[Command | Subshell, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A pipeline, then others that are run if all went well (`&&`) or did not (`||`)."""

    first: Pipeline
    rest: tuple[tuple[Literal["&&", "||"], Pipeline], ...] = ()


Script = tuple[Chain, ...]
