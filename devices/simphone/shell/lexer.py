"""A command line cut into words and operators, by mksh's rules of quoting; whatever would be evaluated is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from devices.simphone.shell.syntax_tree import LastStatus, LiteralText, Word

OPERATORS = ("&&", "||", ">>", ">&", ";", "|", ">", "<", "(", ")", "\n", "&")
_BLANK = " \t"
_ENDS_WORD = _BLANK + ";|&<>()\n"
_EVALUATED = re.compile(r"[A-Za-z0-9_({\[*@#!$-]")
_REFUSED_OPERATORS = ("<<", "<>", ">|", "&>", ";;", "<&", "|&", ";&", ";|")


class Refused(Exception):
    """The line is beyond this shell, or no line at all; nothing of it was run."""


class Incomplete(Refused):
    """The line goes on in what has not come yet."""


@dataclass(frozen=True, slots=True)
class Operator:
    text: str
    fd: int | None = None  # the number before a redirection


Token = Word | Operator


def tokens(line: str) -> Iterator[Token]:
    """The words and operators of `line`. Raises `Refused`, `Incomplete`."""
    place = 0
    while place < len(line):
        if line[place] in _BLANK:
            place += 1
        elif line.startswith("\\\n", place):
            place += 2
        elif line[place] == "#":
            end = line.find("\n", place)
            place = len(line) if end < 0 else end
        elif number := re.compile(r"([0-9])[<>]").match(line, place):
            place += 1
            yield Operator(_operator(line, place), int(number[1]))
            place += len(_operator(line, place))
        elif line[place] in _ENDS_WORD:
            yield Operator(operator := _operator(line, place))
            place += len(operator)
        else:
            reader = _Reader(line, place)
            yield reader.word()
            place = reader.place


def _operator(line: str, place: int) -> str:
    for refused in _REFUSED_OPERATORS:
        if line.startswith(refused, place):
            raise Refused(f"{refused} is not supported")
    return next(operator for operator in OPERATORS if line.startswith(operator, place))


class _Reader:
    """Reads one word from `place` on."""

    def __init__(self, line: str, place: int) -> None:
        self.line, self.place = line, place
        self.parts: list[LiteralText | LastStatus] = []

    def word(self) -> Word:
        while self.place < len(self.line) and self.line[self.place] not in _ENDS_WORD:
            match self._next():
                case "'":
                    self._single()
                case '"':
                    self._double()
                case "\\":
                    self._escape()
                case "$":
                    self._dollar(quoted=False)
                case ("`" | "{" | "}") as character:
                    raise Refused(f"{character} outside quotes is not supported")
                case "~" if not self.parts:
                    raise Refused("~ outside quotes is not supported")
                case character:
                    self._add(character, quoted=False)
        return tuple(self.parts)

    def _next(self) -> str:
        if self.place >= len(self.line):
            raise Incomplete("a quote is not closed, or the line ends in a backslash")
        self.place += 1
        return self.line[self.place - 1]

    def _add(self, text: str, *, quoted: bool) -> None:
        match self.parts:
            case [*_, LiteralText(before, was_quoted)] if was_quoted == quoted:
                self.parts[-1] = LiteralText(before + text, quoted)
            case _:
                self.parts.append(LiteralText(text, quoted))

    def _single(self) -> None:
        end = self.line.find("'", self.place)
        if end < 0:
            raise Incomplete("a single quote is not closed")
        self._add(self.line[self.place : end], quoted=True)
        self.place = end + 1

    def _double(self) -> None:
        self._add("", quoted=True)
        while (character := self._next()) != '"':
            match character:
                case "\\":
                    after = self._next()
                    if after != "\n":
                        self._add(after if after in '"\\$`' else character + after, quoted=True)
                case "$":
                    self._dollar(quoted=True)
                case "`":
                    raise Refused("` is not supported")
                case _:
                    self._add(character, quoted=True)

    def _escape(self) -> None:
        if (character := self._next()) != "\n":
            self._add(character, quoted=True)

    def _dollar(self, *, quoted: bool) -> None:
        if self.line.startswith("?", self.place):
            self.place += 1
            self.parts.append(LastStatus())
        elif (match := _EVALUATED.match(self.line, self.place)) or (
            not quoted and self.line.startswith(("'", '"'), self.place)
        ):
            raise Refused(f"${match[0] if match else self.line[self.place]} is not supported")
        else:
            self._add("$", quoted=True)
