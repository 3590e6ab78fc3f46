"""What people call applications, and what is started when they do."""

import os
from pathlib import Path

import pytest

from devices import ActionRefused
from devices.desktop.apps import Apps
from devices.desktop.bundles import mac_bundles, windows_shortcuts
from devices.desktop.desktop_entries import argument_vector, installed

ENTRIES = {
    "org.xfce.mousepad": "Name=Mousepad\nGenericName=Text Editor\nExec=mousepad %U\nCategories=Utility;TextEditor;",
    "org.xfce.mousepad-settings": "Name=Text Editor Settings\nExec=mousepad --preferences\nCategories=Settings;",
    "galculator": "Name=Galculator\nExec=galculator\nCategories=Utility;",
    "debian-xterm": "Name=XTerm\nExec=xterm\nCategories=System;TerminalEmulator;\nKeywords=shell;prompt;",
    "debian-uxterm": "Name=UXTerm\nExec=uxterm\nCategories=System;TerminalEmulator;",
    "pcmanfm": "Name=File Manager PCManFM\nName[de]=Dateimanager\nExec=pcmanfm %U\nCategories=FileManager;",
    "vim": "Name=Vim\nGenericName=Text Editor\nTryExec=vim\nExec=vim %F\nTerminal=true\nCategories=TextEditor;",
    "firefox": "Name=Firefox\nGenericName=Web Browser\nExec=firefox %u\nCategories=Network;WebBrowser;",
    "notes": 'Name=My Notes\nExec="my notes" --title "a \\"b\\"; rm -rf $HOME" %f',
    "absent": "Name=Absent\nExec=not-installed-anywhere",
    "tried": "Name=Tried\nTryExec=not-installed-anywhere\nExec=xterm",
    "hidden": "Name=Hidden\nExec=xterm\nHidden=true",
    "quiet": "Name=Quiet\nExec=xterm\nNoDisplay=true",
    "broken": "Name=Broken\nExec=xterm 'never closed",
}
PROGRAMS = ("mousepad", "galculator", "xterm", "uxterm", "pcmanfm", "vim", "firefox", "my notes")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose only applications and programs are the ones above; each program notes how it was called."""
    folder = tmp_path / "share/applications"
    folder.mkdir(parents=True)
    for name, fields in ENTRIES.items():
        action = "[Desktop Action new]\nName=New Window\nExec=xterm -wrong"
        (folder / f"{name}.desktop").write_text(f"[Desktop Entry]\nType=Application\n{fields}\n\n{action}\n")
    (tmp_path / "bin").mkdir()
    for name in PROGRAMS:
        _program(tmp_path / "bin" / name)
    return {"PATH": str(tmp_path / "bin"), "XDG_DATA_DIRS": str(tmp_path / "share"), "HOME": str(tmp_path)}


def _program(file: Path) -> None:
    file.write_text("#!/bin/sh\nexit 0\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("Mousepad", "mousepad"),
        ("mousepad", "mousepad"),
        ("text editor", "mousepad"),
        ("Text Editor", "mousepad"),
        ("the editor", "mousepad"),
        ("notepad", "mousepad"),
        ("Mousepad text editor", "mousepad"),
        ("calculator", "galculator"),
        ("the calculator app", "galculator"),
        ("galcualtor", "galculator"),
        ("terminal", "xterm"),
        ("UXTerm", "uxterm"),
        ("command line", "xterm"),
        ("prompt", "xterm"),
        ("file manager", "pcmanfm"),
        ("Dateimanager", "pcmanfm"),
        ("files", "pcmanfm"),
        ("pcmanfm", "pcmanfm"),
        ("browser", "firefox"),
        ("web browser", "firefox"),
        ("Firefox Web Browser", "firefox"),
    ],
)
def test_an_application_is_found_by_the_name_a_person_would_use(
    environ: dict[str, str], said: str, program: str
) -> None:
    assert Apps(environ).command(said) == (program,)


@pytest.mark.parametrize(
    "said", ["photoshop", "photo editor", "e", "", "the", "absent", "tried", "hidden", "quiet", "broken"]
)
def test_no_application_is_invented_for_a_name_that_fits_none(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ActionRefused, match="no application is called"):
        Apps(environ).command(said)


def test_a_refusal_names_what_was_wanted_and_what_is_closest(environ: dict[str, str]) -> None:
    with pytest.raises(ActionRefused, match=r"'photo editor'.*Mousepad \(\d+\)"):
        Apps(environ).start("photo editor")


def test_settings_open_only_for_those_who_ask_for_them(environ: dict[str, str]) -> None:
    assert Apps(environ).command("text editor settings") == ("mousepad", "--preferences")


def test_a_program_without_windows_gets_a_terminal(environ: dict[str, str]) -> None:
    terminal = str(Path(environ["PATH"]) / "xterm")
    assert Apps(environ).command("vim") == (terminal, "-e", "vim")


def test_a_program_without_windows_is_refused_where_no_terminal_is(environ: dict[str, str]) -> None:
    (Path(environ["PATH"]) / "xterm").unlink()
    with pytest.raises(ActionRefused, match="runs in a terminal and none is installed"):
        Apps(environ).command("vim")


def test_a_quoted_command_keeps_its_spaces_and_runs_no_shell(environ: dict[str, str]) -> None:
    assert Apps(environ).command("My Notes") == ("my notes", "--title", 'a "b"; rm -rf $HOME')


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("app %U", ("app",)),
        ("app --file=%f --new", ("app", "--new")),
        ("app -caption %c %i", ("app", "-caption", "The App")),
        ("app --discount 50%%", ("app", "--discount", "50%")),
        ("app %k", ("app", "/x/app.desktop")),
        ("app $(reboot) `reboot` ; reboot && reboot | reboot > x", None),
        ("app '$(touch x)' \"a b\"", ("app", "$(touch x)", "a b")),
    ],
)
def test_field_codes_go_and_metacharacters_stay_arguments(line: str, arguments: tuple[str, ...] | None) -> None:
    expected = tuple(line.split()) if arguments is None else arguments
    assert argument_vector(line, "The App", "/x/app.desktop") == expected


def test_an_entry_of_the_person_hides_the_one_of_the_machine(environ: dict[str, str]) -> None:
    mine = Path(environ["HOME"]) / ".local/share/applications"
    mine.mkdir(parents=True)
    (mine / "galculator.desktop").write_text("[Desktop Entry]\nType=Application\nName=G\nExec=xterm\nHidden=true\n")
    assert "Galculator" not in {entry.name for entry in installed(environ)}


def test_what_is_installed_while_running_is_found(environ: dict[str, str]) -> None:
    apps = Apps(environ)
    assert "Later" not in apps.names()
    entry = Path(environ["XDG_DATA_DIRS"]) / "applications/later.desktop"
    entry.write_text("[Desktop Entry]\nType=Application\nName=Later\nExec=xterm\n")
    assert "Later" in apps.names()


def test_only_a_program_with_windows_is_opened_by_its_command(environ: dict[str, str]) -> None:
    folder = Path(environ["PATH"])
    (folder / "xplot").write_bytes(b"\x7fELF...libX11.so.6\0...")
    (folder / "reboot").write_bytes(b"\x7fELF...libc.so.6\0...")
    for name in ("xplot", "reboot"):
        (folder / name).chmod(0o755)
    assert Apps(environ).command("xplot") == (str(folder / "xplot"),)
    for wanted in ("reboot", "../bin/xplot", str(folder / "xplot")):
        with pytest.raises(ActionRefused):
            Apps(environ).command(wanted)


def test_a_program_that_cannot_be_started_is_refused(environ: dict[str, str]) -> None:
    (Path(environ["PATH"]) / "galculator").write_bytes(b"\x7fELF and no more of it")
    with pytest.raises(ActionRefused, match="could not be started"):
        Apps(environ).start("calculator")


def test_a_started_program_runs_in_its_own_session_at_home(environ: dict[str, str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (Path(environ["PATH"]) / "galculator").write_text(
        f"#!/bin/sh\nread -r pid comm state ppid group session rest < /proc/$$/stat\necho $$ $session $PWD > {pipe}\n"
    )
    Apps(environ).start("calculator")
    pid, session, folder = pipe.read_text().split()
    assert session == pid
    assert folder == environ["HOME"]


def test_bundles_of_a_mac_are_opened_by_open(tmp_path: Path) -> None:
    for bundle in ("TextEdit.app/Contents/Helper.app", "Utilities/Terminal.app"):
        (tmp_path / bundle).mkdir(parents=True)
    found = {entry.name: entry for entry in mac_bundles([tmp_path, tmp_path / "nowhere"])}
    assert found.keys() == {"TextEdit", "Terminal"}
    assert found["Terminal"].command == ("open", "-a", str(tmp_path / "Utilities/Terminal.app"))
    assert found["TextEdit"].categories == ("TextEditor",)


def test_shortcuts_of_windows_are_opened_by_explorer(tmp_path: Path) -> None:
    link = tmp_path / "Microsoft/Windows/Start Menu/Programs/Office/Word.lnk"
    link.parent.mkdir(parents=True)
    link.touch()
    found = {entry.name: entry for entry in windows_shortcuts({"APPDATA": str(tmp_path)})}
    assert found["Word"].command == ("explorer.exe", str(link))
    assert found["Notepad"].command == ("notepad.exe",)
