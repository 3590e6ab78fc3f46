"""Words for the phone's shell against mksh, the shell of every phone: nothing runs, nothing is mistyped."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from devices.android.quoting import line_of, quoted
from devices.android.text_input import input_text_line, plain

STRINGS = int(os.environ.get("SCREENHAND_STRINGS", "3000"))
"""How many random strings; 100000 is the proof."""

EVIL: tuple[str, ...] = (
    "$(: >R)",
    "`: >R`",
    ";: >R;",
    "|: >R",
    "&& : >R",
    "\n: >R\n",
    "'",
    "''",
    '"',
    "\\",
    "\\'",
    "%s",
    "%%s",
    "%",
    "s",
)
EVIL += ("${x:=y}", "$((1))", "!!", "*", "?", "~", "[a-z]", "{a,b}", "#", "<R", ">R", "$'\\x41'", "-n", "--", "\t", " ")
ANY = "".join(map(chr, range(1, 127))) + "éß中文😀\u200b\u2028"

pytestmark = pytest.mark.skipif(shutil.which("mksh") is None, reason="mksh not installed: sudo apt install mksh")


def some_string(draw: random.Random, alphabet: str) -> str:
    parts = [draw.choice(EVIL) if draw.random() < 0.5 else draw.choice(alphabet) for _ in range(draw.randrange(1, 14))]
    return "".join(parts)


def by_mksh(script: str, folder: Path) -> list[str]:
    """What the functions of `script` printed, cut at NUL; fails when anything was run that left a trace."""
    done = subprocess.run(["mksh"], input=script.encode(), capture_output=True, cwd=folder, timeout=600, check=False)
    assert not done.stderr, done.stderr[:500]
    assert done.returncode == 0
    assert list(folder.iterdir()) == [], "a string ran a command"
    return done.stdout.decode().split("\0")[:-1]


def test_no_word_runs_a_command_or_is_changed(tmp_path: Path) -> None:
    draw = random.Random(4)
    words = [some_string(draw, ANY) for _ in range(STRINGS)]
    script = 'say() { print -rN -- "$#" "$1"; }\n' + "".join(f"say {quoted(word)}\n" for word in words)
    printed = by_mksh(script, tmp_path)
    assert printed[::2] == ["1"] * len(words), "a word became several"
    assert printed[1::2] == words


def test_an_argument_vector_arrives_as_it_is(tmp_path: Path) -> None:
    draw = random.Random(5)
    vectors = [[some_string(draw, ANY) for _ in range(draw.randrange(1, 5))] for _ in range(STRINGS // 10)]
    script = 'say() { print -rN -- "$@" END; }\n' + "".join(f"{line_of(['say', *each])}\n" for each in vectors)
    assert by_mksh(script, tmp_path) == [word for vector in vectors for word in (*vector, "END")]


def typed_by_android(words: list[str]) -> str:
    """What `input` types: AOSP's InputShellCommand.sendText for text, a key for the two numbers used here."""
    match words:
        case ["keyevent", "66"]:
            return "\n"
        case ["keyevent", "61"]:
            return "\t"
        case ["text", text]:
            typed, escape, at = list(text), False, 0
            while at < len(typed):
                if escape:
                    escape = False
                    if typed[at] == "s":
                        typed[at - 1 : at + 1] = [" "]
                        at -= 1
                escape = escape or typed[at] == "%"
                at += 1
            return "".join(typed)
    raise AssertionError(f"not a line that types: {words}")


def test_text_is_typed_exactly_and_runs_nothing(tmp_path: Path) -> None:
    draw = random.Random(6)
    texts = [some_string(draw, "".join(map(chr, range(32, 127)))) for _ in range(STRINGS)]
    assert all(map(plain, texts))
    script = 'input() { print -rN -- "$@" END; }\n' + "".join(
        f"{input_text_line(text)}; print -rN DONE\n" for text in texts
    )
    typed, words, found = "", list[str](), []
    for word in by_mksh(script, tmp_path):
        match word:
            case "END":
                typed, words = typed + typed_by_android(words), []
            case "DONE":
                found.append(typed)
                typed = ""
            case _:
                words.append(word)
    assert found == texts


def test_a_nul_is_refused_because_it_would_end_the_word_early() -> None:
    with pytest.raises(ValueError, match="NUL"):
        quoted("a\0b")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "true"),
        ("hello", "input text 'hello'"),
        ("100%sure", "input text '100%' && input text 'sure'"),
        ("%%s%s", "input text '%%' && input text 's%' && input text 's'"),
        ("a\nb\t", "input text 'a' && input keyevent 66 && input text 'b' && input keyevent 61"),
        ("it's", "input text 'it'\\''s'"),
    ],
)
def test_the_lines_that_type(text: str, line: str) -> None:
    assert input_text_line(text) == line
