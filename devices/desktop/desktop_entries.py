"""Freedesktop desktop entries: installed applications, their names, and the commands that start them."""

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FIELD_CODE = re.compile("%(.)")
_LARGEST = 1 << 20  # bytes; an entry in every language has 20,000


@dataclass(frozen=True, slots=True)
class DesktopEntry:
    """An application: its main `name`, what else it is called, and the argument vector that starts it.

    `names` are Name and `generic` GenericName, each in every language. `in_terminal` says that `command` needs a
    terminal around it.
    """

    name: str
    names: tuple[str, ...]
    generic: tuple[str, ...]
    keywords: tuple[str, ...]
    categories: tuple[str, ...]
    command: tuple[str, ...]
    in_terminal: bool = False


def installed(environ: Mapping[str, str]) -> tuple[DesktopEntry, ...]:
    """Every application that a menu would show for `environ` (HOME, XDG_DATA_HOME, XDG_DATA_DIRS, PATH).

    An entry of an earlier folder hides the later ones of the same file name, as the specification wants, also when it
    only says `Hidden`. What cannot be read, parsed or found on PATH is not installed. The format:
    https://specifications.freedesktop.org/desktop-entry-spec/latest/
    """
    files: dict[str, Path] = {}
    for folder in _folders(environ):
        for file in sorted(folder.rglob("*.desktop")):
            files.setdefault("-".join(file.relative_to(folder).parts), file)
    return tuple(entry for file in files.values() if (entry := _entry(file, environ.get("PATH", ""))))


def argument_vector(line: str, name: str, file: str) -> tuple[str, ...]:
    """The arguments of an `Exec` line without its field codes; `%c` is `name` and `%k` is `file`.

    No shell ever sees the line: `;`, `$(...)` and `|` are characters like any others. Raises `ValueError` for a quote
    that is not closed.
    """
    known = {"c": name, "k": file, "%": "%"}
    # An argument with another code stands for a file, an address or an icon that nobody gave: it goes as a whole.
    words = (word for word in shlex.split(line) if set(_FIELD_CODE.findall(word)) <= known.keys())
    return tuple(_FIELD_CODE.sub(lambda code: known[code[1]], word) for word in words)


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "/")) / ".local/share")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return (Path(folder) / "applications" for folder in (home, *shared.split(":")) if folder)


def _entry(file: Path, path: str) -> DesktopEntry | None:
    """The entry in `file`; None when it is hidden, broken, no application, or its program is not on `path`."""
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return None  # a pipe or an endless file: programs in a sandbox write to one of the folders
        lines = file.read_text("utf-8").splitlines()
        fields = dict(_fields(lines))
        command = argument_vector(fields.get("Exec", ""), fields.get("Name", ""), str(file))
    except (OSError, ValueError):
        return None
    hidden = "true" in (fields.get("NoDisplay"), fields.get("Hidden"))
    if hidden or fields.get("Type") != "Application" or not fields.get("Name") or not command:
        return None
    if any(shutil.which(program, path=path) is None for program in (fields.get("TryExec", command[0]), command[0])):
        return None
    return DesktopEntry(
        name=fields["Name"],
        names=_in_every_language(fields, "Name"),
        generic=_in_every_language(fields, "GenericName"),
        keywords=tuple(word for words in _in_every_language(fields, "Keywords") for word in words.split(";") if word),
        categories=tuple(fields.get("Categories", "").split(";")),
        command=command,
        in_terminal=fields.get("Terminal") == "true",
    )


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Key and value of the main group; the groups after it are actions of the same application."""
    inside = False
    for line in lines:
        if line.startswith("["):
            inside = line.strip() == "[Desktop Entry]"
        elif inside and "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            yield key.strip(), value.strip()


def _in_every_language(fields: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(value for name, value in fields.items() if name == key or name.startswith(f"{key}["))
