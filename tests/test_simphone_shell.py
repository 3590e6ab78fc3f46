"""The simulated phone's shell reads what mksh reads, refuses what it cannot, and hands nothing to this machine."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from devices.simphone.commands import PROGRAMS
from devices.simphone.phone import Phone
from devices.simphone.shell.interpreter import Interpreter
from devices.simphone.shell.lexer import Incomplete, Refused
from devices.simphone.shell.parser import parse
from devices.simphone.shell.program import Bytes
from devices.simphone.shell_host import ShellHost
from tests.simphone_shell import host_of, shell_output

WORDS = int(os.environ.get("SCREENHAND_QUOTINGS", "3000"))
"""How many random words our reading is compared on with mksh's; 10^5 take half a minute."""


@pytest.fixture(scope="module")
def host() -> ShellHost:
    return host_of(Phone((540, 1200)))


@pytest.mark.parametrize(
    ("line", "output", "status"),
    [
        ("echo a  b", "a b\n", 0),
        ("echo 'a  b'", "a  b\n", 0),
        (r"printf %s 'it'\''s'", "it's", 0),
        (r'printf %s "a\"b\$c\`d\\e\f"', 'a"b$c`d\\e\\f', 0),
        (r"printf %s a\;b\&c", "a;b&c", 0),
        ("printf %s 'a\nb'", "a\nb", 0),
        ("printf '%s|' a '' b", "a||b|", 0),
        ("printf %s '$(reboot)`id`${HOME}'", "$(reboot)`id`${HOME}", 0),
        ("echo $ 5$ a$.", "$ 5$ a$.\n", 0),
        ("echo a#b # c", "a#b\n", 0),
        ("false; echo $?", "1\n", 0),
        ("nosuch; echo $?", "127\n", 0),
        ("false && echo no || echo yes", "yes\n", 0),
        ("true || echo no; echo yes", "yes\n", 0),
        ("(echo a; exit 4); echo $?", "a\n4\n", 0),
        ("echo one; exit 3; echo two", "one\n", 3),
        ("echo a >/dev/null; echo b 2>/dev/null", "b\n", 0),
        ("nosuch 2>/dev/null", "", 127),
        ("nosuch 2>&1 | grep -c inaccessible", "1\n", 0),
        (r"printf 'a\nbb\nc\n' | grep -E 'b+|c' | grep -v c", "bb\n", 0),
        ("echo a.b | grep -qF .b; echo $?", "0\n", 0),
        ("echo a > /sdcard/f; echo b >> /sdcard/f; cat /sdcard/f", "a\nb\n", 0),
        ("cat < /sdcard/f | grep b", "b\n", 0),
        ("cat /storage/emulated/0/f", "a\nb\n", 0),
        ("rm -f /sdcard/f /sdcard/none && cat /sdcard/f", "", 1),
        ("echo x > /system/x; echo $?", "1\n", 0),
        ("echo a\\\nb", "ab\n", 0),
        ("echo a &&\n\necho b", "a\nb\n", 0),
        ("exec echo a; echo b", "a\n", 0),
    ],
)
def test_a_line_means_what_it_means_to_mksh(host: ShellHost, line: str, output: str, status: int) -> None:
    assert shell_output(host, line)[:2] == (status, output)


@pytest.mark.parametrize(
    "line",
    [
        "echo $(id)",
        "echo `id`",
        'echo "$(id)"',
        'echo "`id`"',
        "echo ${HOME}",
        "echo $HOME",
        'echo "$1"',
        "echo $'a'",
        "echo $((1+1))",
        "echo a & echo b",
        "A=b echo c",
        "echo ~",
        "echo {a,b}",
        "if true; then echo a; fi",
        "for a in b; do echo c; done",
        "! true",
        "cat <<END",
        "echo a ;; echo b",
        "| echo",
        "echo )",
        "()",
    ],
)
def test_what_would_be_evaluated_is_refused_whole_and_nothing_of_it_runs(host: ShellHost, line: str) -> None:
    before = dict(host.phone.files)
    status, output, errors = shell_output(host, f"echo ran > /sdcard/ran; {line}")
    assert (status, output) == (1, "")
    assert errors.startswith("/system/bin/sh: ")
    assert host.phone.files == before, "a line that cannot be read was run in part"


@pytest.mark.parametrize("line", ["echo 'a", 'echo "a', "echo a\\", "echo a &&", "echo a |", "(echo a", 'echo "a\\'])
def test_a_line_that_goes_on_is_not_taken_for_a_whole_one(line: str) -> None:
    with pytest.raises(Incomplete):
        parse(line)


def test_an_unknown_command_is_refused_in_androids_words(host: ShellHost) -> None:
    assert shell_output(host, "foo") == (127, "", "/system/bin/sh: foo: inaccessible or not found\n")


def test_an_unquoted_star_becomes_paths_as_on_a_real_phone(host: ShellHost) -> None:
    host.phone.files.update({"/sdcard/glob/a.txt": b"", "/sdcard/glob/b.txt": b""})
    assert shell_output(host, "echo /sdcard/glob/*.txt")[1] == "/sdcard/glob/a.txt /sdcard/glob/b.txt\n"
    assert shell_output(host, "echo '/sdcard/glob/*'\\* /none/*")[1] == "/sdcard/glob/** /none/*\n"


def test_a_program_of_this_machine_is_no_program_of_the_phone(host: ShellHost, tmp_path: Path) -> None:
    """Were anything handed to this machine's shell, `touch` would be found."""
    for name in ("touch", "/usr/bin/touch", "sh", "python3"):
        assert shell_output(host, f"{name} {tmp_path}/touched")[0] == 127
    assert not (tmp_path / "touched").exists()


def test_random_words_are_read_as_mksh_reads_them(host: ShellHost, tmp_path: Path) -> None:
    if shutil.which("mksh") is None:
        pytest.skip("there is no mksh: sudo apt install mksh")
    random_ = random.Random(4)
    compared = refused = 0
    while compared < WORDS:
        ours: list[bytes] = []
        lines: list[str] = []
        for _ in range(500):
            word = _word(random_)
            try:
                parse(f"printf %s {word}")
            except Refused:
                refused += 1
                continue
            out = bytearray()
            Interpreter(host, PROGRAMS).run(f"printf %s {word}", Bytes(), out.extend, out.extend)
            ours.append(bytes(out))
            lines.append(f"print -nr -- {word}; print -n '\\0'\n")
        script = "".join(lines).encode("utf-8", "surrogateescape")
        done = subprocess.run(["mksh"], input=script, capture_output=True, cwd=tmp_path, env={}, check=True)
        theirs = done.stdout.split(b"\0")[:-1]
        assert len(theirs) == len(ours), done.stderr
        for line, mine, its in zip(lines, ours, theirs, strict=True):
            assert mine == its, line
        compared += len(ours)
    assert refused < compared, "most words were refused: little was compared"


def test_random_lines_come_to_the_same_as_in_mksh(host: ShellHost, tmp_path: Path) -> None:
    if shutil.which("mksh") is None:
        pytest.skip("there is no mksh: sudo apt install mksh")
    random_ = random.Random(5)
    compared = 0
    while compared < WORDS // 10:
        line = _line(random_, 2)
        theirs = subprocess.run(
            ["mksh", "-c", line], input=b"in a\n", capture_output=True, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}
        )
        assert shell_output(host, line, b"in a\n")[:2] == (theirs.returncode, theirs.stdout.decode()), line
        compared += 1


def _line(random_: random.Random, depth: int) -> str:
    """Commands and groups between random operators."""
    line = ""
    for _ in range(random_.randrange(1, 5)):
        group = depth and random_.random() < 0.25
        part = f"( {_line(random_, depth - 1)} )" if group else random_.choice(_COMMANDS)
        line += part + random_.choice(("", "", " 2>/dev/null", " 2>&1", " >/dev/null"))
        line += random_.choice(("|", "&&", "||", ";", "\n", " && \n", " # words\n"))
    return line + "echo end $?"


_COMMANDS = ("echo a", "true", "false", "cat", "echo $?", "exit", "exit 3", "exec echo b", ":")


def _word(random_: random.Random) -> str:
    """A word of random characters, each piece quoted in one of the ways that a shell knows, or in none."""
    word = "x" if random_.random() < 0.5 else "''"
    for _ in range(random_.randrange(1, 6)):
        piece = "".join(random_.choice(_CHARACTERS) for _ in range(random_.randrange(0, 6)))
        match random_.randrange(5):
            case 0:
                word += "'" + piece.replace("'", "'\\''") + "'"
            case 1:
                word += '"' + "".join(f"\\{each}" if each in '"\\`$' else each for each in piece) + '"'
            case 2:
                word += '"' + piece.replace('"', "").replace("`", "").replace("\\", "\\n") + '"'
            case 3:
                word += "".join(f"\\{each}" for each in piece if each != "\n")
            case 4:
                word += "".join(each for each in piece if each not in " \t\n;&|<>()'\"`\\*?[")
    return word


_CHARACTERS = "ab1 \t\n'\"\\$`!#%^&*()[]{}<>?|;:,.~=+-_@/\r\x01\x7fé中🙂"
