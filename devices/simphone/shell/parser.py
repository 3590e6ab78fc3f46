"""Words and operators put together as commands; the whole line is read before any of it is run."""

import re
from typing import Literal

from devices.simphone.shell.lexer import Incomplete, Operator, Refused, Token, tokens
from devices.simphone.shell.syntax_tree import Chain, Command, LiteralText, Pipeline, Redirect, Script, Subshell, Word

_RESERVED = re.compile(r"!|if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|time|\[\[|\]\]")


def parse(line: str) -> Script:
    """What `line` asks for. Raises `Refused` for what is beyond this shell, `Incomplete` when the line goes on."""
    parser = _Parser(list(tokens(line)))
    script = parser.script()
    if (left := parser.peek()) is not None:
        raise Refused(f"syntax error: unexpected '{left}'")
    return script


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def peek(self) -> str | None:
        """The next operator's text, "" before a word, None at the end."""
        if self._place == len(self._tokens):
            return None
        token = self._tokens[self._place]
        return token.text if isinstance(token, Operator) else ""

    def script(self) -> Script:
        chains: list[Chain] = []
        while True:
            while self.peek() == "\n":
                self._place += 1
            if self.peek() in (None, ")"):
                return tuple(chains)
            chains.append(self._chain())
            match self.peek():
                case ";" | "\n":
                    self._place += 1
                case None | ")":
                    pass
                case "&":
                    raise Refused("& is not supported")
                case other:
                    raise Refused(f"syntax error: unexpected '{other}'")

    def _chain(self) -> Chain:
        first = self._pipeline()
        rest: list[tuple[Literal["&&", "||"], Pipeline]] = []
        while self.peek() in ("&&", "||"):
            operator: Literal["&&", "||"] = "&&" if self.peek() == "&&" else "||"
            self._skip_operator()
            rest.append((operator, self._pipeline()))
        return Chain(first, tuple(rest))

    def _pipeline(self) -> Pipeline:
        commands = [self._command()]
        while self.peek() == "|":
            self._skip_operator()
            commands.append(self._command())
        return tuple(commands)

    def _skip_operator(self) -> None:
        """Pass the operator and the line ends behind it; a line may not end before its second half has come."""
        self._place += 1
        while self.peek() == "\n":
            self._place += 1
        if self.peek() is None:
            raise Incomplete("the line ends where a command is expected")

    def _command(self) -> Command | Subshell:
        if self.peek() == "(":
            self._place += 1
            inside = self.script()
            if self.peek() is None:
                raise Incomplete("a ( is not closed")
            self._place += 1
            words, redirects = self._words()
            if words or not inside:
                raise Refused("syntax error: unexpected word after ')'" if words else "syntax error: unexpected ')'")
            return Subshell(inside, redirects)
        words, redirects = self._words()
        if not words and not redirects:
            raise Refused(f"syntax error: unexpected '{self.peek() or 'end of line'}'")
        _refuse_grammar(words)
        return Command(words, redirects)

    def _words(self) -> tuple[tuple[Word, ...], tuple[Redirect, ...]]:
        words: list[Word] = []
        redirects: list[Redirect] = []
        while self._place < len(self._tokens):
            match self._tokens[self._place]:
                case Operator(">" | ">>" | "<" | ">&" as how, fd):
                    self._place += 1
                    target = self._tokens[self._place] if self._place < len(self._tokens) else None
                    if target is None or isinstance(target, Operator):
                        raise Refused(f"syntax error: nothing to redirect to after '{how}'")
                    redirects.append(Redirect((0 if how == "<" else 1) if fd is None else fd, how, target))
                case Operator():
                    break
                case word:
                    words.append(word)
            self._place += 1
        return tuple(words), tuple(redirects)


def _refuse_grammar(words: tuple[Word, ...]) -> None:
    """Raise `Refused` where the first word is no command: a reserved word or an assignment."""
    match words:
        case ((LiteralText(text, False), *more), *_):
            if not more and _RESERVED.fullmatch(text):
                raise Refused(f"{text} is not supported")
            name, equals, _ = text.partition("=")
            if equals and name.isidentifier():
                raise Refused("setting a variable is not supported")
