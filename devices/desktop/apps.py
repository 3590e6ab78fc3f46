"""Applications by the names people use for them, started apart from the agent."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from devices.desktop.bundles import MAC_FOLDERS, mac_bundles, windows_shortcuts
from devices.desktop.desktop_entries import DesktopEntry, installed
from devices.device import ActionRefused

GOOD_ENOUGH = 80.0
"""The least score, of 100, at which a name is taken for an application: "calculator" and Galculator reach 90."""

COMMON_WORDS = {
    "TextEditor": ("text editor", "editor", "notepad"),
    "Calculator": ("calculator", "calc"),
    "TerminalEmulator": ("terminal", "terminal emulator", "console", "command line", "command prompt", "shell"),
    "FileManager": ("file manager", "files", "file browser", "file explorer", "explorer", "finder"),
    "WebBrowser": ("browser", "web browser", "internet browser", "internet"),
    "Email": ("mail", "email", "e-mail", "mail client"),
}
"""What people call the kinds of application that the menu specification names by category."""

_TERMINALS = {
    "x-terminal-emulator": "-e",
    "xterm": "-e",
    "konsole": "-e",
    "gnome-terminal": "--",
    "xfce4-terminal": "-x",
}
_SETTINGS = {"settings", "preferences", "configuration"}
_FILLER = {"the", "a", "an", "my", "app", "application", "program"}
_WINDOW_LIBRARIES = (b"libX11.so", b"libxcb.so", b"libgtk-", b"libQt5Gui", b"libQt6Gui", b"libwayland-client.so")


@dataclass(frozen=True, slots=True)
class AppMatch:
    """An application and how well a name fits it, 0 to 100."""

    entry: DesktopEntry
    score: float


class Apps:
    """The applications of an environment: found by name, kind or command, and started in that environment.

    What is installed is read again at each question, so that what was just installed is found. `launch` starts an
    argument vector elsewhere, such as in a sandbox, and raises `OSError` when it cannot.
    """

    def __init__(self, environ: Mapping[str, str], launch: Callable[[Sequence[str]], object] | None = None) -> None:
        self._environ = dict(environ)
        self._launch = launch or self._launch_here

    def names(self) -> tuple[str, ...]:
        """The names of all applications that the system's menu shows, in alphabetical order."""
        return tuple(sorted({entry.name for entry in _installed(self._environ)}, key=str.casefold))

    def matches(self, wanted: str) -> tuple[AppMatch, ...]:
        """Every application with how well it fits `wanted`, the best first."""
        scored = (AppMatch(entry, _score(wanted, entry)) for entry in _installed(self._environ))
        return tuple(sorted(scored, key=lambda match: (-match.score, len(match.entry.name), match.entry.name)))

    def command(self, wanted: str) -> tuple[str, ...]:
        """The argument vector that starts the application called `wanted`. Raises `ActionRefused` if nothing fits."""
        best = self.matches(wanted)[:3]
        if best and best[0].score >= GOOD_ENOUGH:
            entry = best[0].entry
            return (*self._terminal(entry), *entry.command) if entry.in_terminal else entry.command
        if program := self._window_program(wanted.strip()):
            return (program,)
        closest = ", ".join(f"{match.entry.name} ({match.score:.0f})" for match in best) or "none is installed"
        raise ActionRefused(
            f"no application is called {wanted!r}; the closest, of 100: {closest}. "
            "Use one of these names, a common word such as 'text editor', or install it"
        )

    def start(self, name: str) -> None:
        """Start the application called `name`; it outlives the agent. Raises `ActionRefused` if it cannot.

        What fails later than the moment of its start, such as a crash while loading, is not noticed here.
        """
        command = self.command(name)
        try:
            self._launch(command)
        except OSError as error:
            raise ActionRefused(f"{name!r} could not be started as {command}: {error}") from error

    def _launch_here(self, command: Sequence[str]) -> None:
        process = subprocess.Popen(
            command,
            env=self._environ,
            cwd=self._home(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if process.poll():
            raise ChildProcessError(f"it ended at once with code {process.returncode}")
        # A child must be waited for, or it stays in the process table until the agent ends.
        threading.Thread(target=process.wait, daemon=True, name=f"wait for {command[0]}").start()

    def _home(self) -> str | None:
        home = self._environ.get("HOME", "")
        return home if home and Path(home).is_dir() else None

    def _terminal(self, entry: DesktopEntry) -> tuple[str, str]:
        for program, option in _TERMINALS.items():
            if path := shutil.which(program, path=self._environ.get("PATH", "")):
                return path, option
        raise ActionRefused(
            f"{entry.name} runs in a terminal and none is installed; looked for {', '.join(_TERMINALS)}"
        )

    def _window_program(self, wanted: str) -> str | None:
        """The program on PATH called exactly `wanted`, if it opens windows: `xclock` may be opened, `reboot` may not.

        A program that opens windows names a windowing library among those it is linked with.
        """
        program = shutil.which(wanted, path=self._environ.get("PATH", "")) if "/" not in wanted else None
        if program is None:
            return None
        code = Path(program).read_bytes()
        return program if code.startswith(b"\x7fELF") and any(name in code for name in _WINDOW_LIBRARIES) else None


def _installed(environ: Mapping[str, str]) -> tuple[DesktopEntry, ...]:
    if sys.platform == "darwin":
        return mac_bundles(Path(folder).expanduser() for folder in MAC_FOLDERS)
    if sys.platform == "win32":
        return windows_shortcuts(environ)
    return installed(environ)


def _score(wanted: str, entry: DesktopEntry) -> float:
    """How well `wanted` names `entry`: its own names, its command, its kind, its keywords, edit similarity."""
    words = [word for word in wanted.casefold().split() if word not in _FILLER]
    asked = " ".join(words)
    if not asked:
        return 0.0
    names, generic = _folded(entry.names), _folded(entry.generic)
    kinds = (word for kind, synonyms in COMMON_WORDS.items() if kind in entry.categories for word in synonyms)
    score = max(
        100.0 if asked in names else 0.0,
        98.0 if asked == Path(entry.command[0]).name.casefold() and len(entry.command) == 1 else 0.0,
        97.0 if asked in generic else 0.0,
        96.0 if asked in kinds else 0.0,
        90.0 if asked in _folded(entry.keywords) else 0.0,
        *(max(fuzz.ratio(asked, name), 0.95 * fuzz.token_set_ratio(asked, name)) for name in (*names, *generic)),
    )
    # A person who says "text editor" wants neither its settings nor one that lives in a terminal.
    settings = "Settings" in entry.categories and not _SETTINGS.intersection(words)
    return score - (15.0 if settings else 0.0) - (5.0 if entry.in_terminal and asked not in names else 0.0)


def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)
