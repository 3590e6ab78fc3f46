"""Runs a parsed command line on the phone."""

from collections.abc import Mapping
from dataclasses import replace

from devices.simphone.file_tree import error_text
from devices.simphone.shell import fault_injection
from devices.simphone.shell.lexer import Incomplete, Refused
from devices.simphone.shell.parser import parse
from devices.simphone.shell.program import Bytes, Program, ProgramCall, Sink, Source, encoded
from devices.simphone.shell.syntax_tree import (
    Command,
    LastStatus,
    LiteralText,
    Pipeline,
    Redirect,
    Script,
    Subshell,
    Word,
)
from devices.simphone.shell_host import ShellHost

_PATTERN = frozenset("*?[")


class Exited(Exception):
    """`exit` was called, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Interpreter:
    """One shell process: it remembers the last status between lines."""

    def __init__(self, host: ShellHost, programs: Mapping[str, Program]) -> None:
        self._host = host
        self._programs = programs
        self.status = 0

    def run(self, line: str, stdin: Source, out: Sink, err: Sink) -> int:
        """The exit code of `line`, none of which is run when it cannot be read.

        Raises `Incomplete` when the line goes on, `Exited` on `exit`, and `LinkCut` when a fault cuts the link.
        """
        try:
            script = parse(line)
        except Incomplete:
            raise
        except Refused as refusal:
            err(encoded(f"/system/bin/sh: {refusal}\n"))
            self.status = 1
            return self.status
        return self._script(script, ProgramCall((), self._host, stdin, out, err))

    def _script(self, script: Script, streams: ProgramCall) -> int:
        for chain in script:
            self._pipeline(chain.first, streams)
            for operator, pipeline in chain.rest:
                if (self.status == 0) == (operator == "&&"):
                    self._pipeline(pipeline, streams)
        return self.status

    def _pipeline(self, pipeline: Pipeline, streams: ProgramCall) -> None:
        """One after the other, each with all that the one before has printed."""
        if len(pipeline) == 1:
            self._one(pipeline[0], streams)
            return
        stdin, before = streams.stdin, self.status
        for place, command in enumerate(pipeline, 1):
            self.status, printed = before, bytearray()
            out = streams.out if place == len(pipeline) else printed.extend
            try:
                self._one(command, replace(streams, stdin=stdin, out=out))
            except Exited as ended:  # of a shell of its own, as every part of a pipeline has one
                self.status = ended.status
            stdin = Bytes(bytes(printed))

    def _one(self, command: Command | Subshell, streams: ProgramCall) -> None:
        files: list[tuple[str, bytearray]] = []
        try:
            streams = self._redirected(command.redirects, streams, files)
        except OSError as error:
            self.status = streams.fail(f"/system/bin/sh: can't open {error.args[0]}: {error_text(error)}")
            return
        match command:
            case Subshell(inside):
                try:
                    self._script(inside, streams)
                except Exited as ended:
                    self.status = ended.status
            case Command(words):
                self.status = self._call([text for word in words for text in self._read(word)], streams)
        for path, printed in files:
            self._host.files.write(path, bytes(printed))

    def _call(self, words: list[str], streams: ProgramCall) -> int:
        if not words:
            return 0
        call = replace(streams, words=tuple(words))
        match call.name:
            case "exit":
                match call.arguments or (str(self.status),):
                    case (code,) if code.isdecimal():
                        raise Exited(int(code) & 0xFF)
                    case _:
                        raise Exited(call.fail("/system/bin/sh: exit: too many arguments, or no number"))
            case "exec":
                raise Exited(self._call(words[1:], streams))
        program = self._programs.get(call.name.removeprefix("/system/bin/"))
        if program is None:
            return call.fail(f"/system/bin/sh: {call.name}: inaccessible or not found", 127)
        return fault_injection.run(program, call)

    def _read(self, word: Word) -> list[str]:
        """What `word` stands for: itself, or the paths that it is a pattern of."""
        texts = [str(self.status) if isinstance(part, LastStatus) else part.text for part in word]
        text = "".join(texts)
        if any(isinstance(part, LiteralText) and not part.quoted and _PATTERN & set(part.text) for part in word):
            pattern = "".join(
                part.text if isinstance(part, LiteralText) and not part.quoted else _as_itself(piece)
                for part, piece in zip(word, texts, strict=True)
            )
            return self._host.files.matching(pattern) or [text]
        return [text]

    def _redirected(
        self, redirects: tuple[Redirect, ...], streams: ProgramCall, files: list[tuple[str, bytearray]]
    ) -> ProgramCall:
        """The streams after `redirects`; what is printed into a file is gathered in `files`. Raises `OSError`."""
        for redirect in redirects:
            where = "".join(self._read(redirect.where))
            sink: Sink
            match redirect.how:
                case "<":
                    data = b"" if where == "/dev/null" else self._host.files.read(where)
                    streams = replace(streams, stdin=Bytes(data))
                    continue
                case ">&":
                    sink = streams.err if where == "2" else streams.out
                case _ if where == "/dev/null":
                    sink = _nowhere
                case how:
                    exists = how == ">>" and self._host.files.exists(where)
                    printed = bytearray(self._host.files.read(where) if exists else b"")
                    self._host.files.write(where, bytes(printed))
                    files.append((where, printed))
                    sink = printed.extend
            streams = replace(streams, err=sink) if redirect.fd == 2 else replace(streams, out=sink)
        return streams


def _as_itself(text: str) -> str:
    return "".join(f"[{character}]" if character in _PATTERN else character for character in text)


def _nowhere(data: bytes | memoryview) -> None:
    pass
