"""Installed applications on macOS and Windows, from application bundles and Start menu shortcuts."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from devices.desktop.desktop_entries import DesktopEntry

KINDS = {
    "TextEdit": "TextEditor",
    "Notepad": "TextEditor",
    "Calculator": "Calculator",
    "Terminal": "TerminalEmulator",
    "Command Prompt": "TerminalEmulator",
    "Finder": "FileManager",
    "File Explorer": "FileManager",
    "Safari": "WebBrowser",
    "Microsoft Edge": "WebBrowser",
    "Firefox": "WebBrowser",
    "Google Chrome": "WebBrowser",
    "Mail": "Email",
}
"""The kind, in the freedesktop menu's words, of applications that everyone has."""

MAC_FOLDERS = ("/Applications", "/System/Applications", "/System/Library/CoreServices", "~/Applications")
WINDOWS_PROGRAMS = {
    "Notepad": "notepad.exe",
    "Calculator": "calc.exe",
    "Command Prompt": "cmd.exe",
    "File Explorer": "explorer.exe",
}
"""Programs that Windows always has, though not always as a shortcut."""


def mac_bundles(folders: Iterable[Path]) -> tuple[DesktopEntry, ...]:
    """The `.app` bundles in `folders` and one folder below, each started by `open`."""
    found = (bundle for folder in folders for glob in ("*.app", "*/*.app") for bundle in sorted(folder.glob(glob)))
    return tuple(_entry(bundle.stem, ("open", "-a", str(bundle))) for bundle in found if ".app/" not in str(bundle))


def windows_shortcuts(environ: Mapping[str, str]) -> tuple[DesktopEntry, ...]:
    """The Start menu's shortcuts, each started by Explorer, and `WINDOWS_PROGRAMS`."""
    roots = (environ[root] for root in ("APPDATA", "PROGRAMDATA") if environ.get(root))
    menus = (Path(root) / "Microsoft/Windows/Start Menu/Programs" for root in roots)
    links = (link for menu in menus for link in sorted(menu.rglob("*.lnk")))
    shortcuts = tuple(_entry(link.stem, ("explorer.exe", str(link))) for link in links)
    return tuple(_entry(name, (program,)) for name, program in WINDOWS_PROGRAMS.items()) + shortcuts


def _entry(name: str, command: tuple[str, ...]) -> DesktopEntry:
    kinds = (KINDS[name],) if name in KINDS else ()
    return DesktopEntry(name, (name,), (), (), kinds, command)
