"""Settings of a sandbox's session: dotfiles, environment and window manager that keep applications plain and still."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from devices.desktop.xvfb_supervisor import MARK

INHERITED = ("PATH", "TZ", "XDG_DATA_DIRS", "USER", "LOGNAME")
"""All that a sandbox takes from the caller's environment: no password and no key reaches its programs."""

_GTK2_BRIDGE = "*/gtk-2.0/modules/libatk-bridge.so"
_SWING_BRIDGE = Path("/usr/share/java/java-atk-wrapper.jar")
_SWING_LIBRARY = "lib/libatk-wrapper.so"  # of the Java in use: without it a program that has the bridge dies

_KEYS = {"A-F4": "Close", "W-Up": "ToggleMaximize", "W-Down": "Iconify", "W-h": "Iconify", "A-Tab": "NextWindow"}
_CLIENT = (
    ("Titlebar", "Left", "Press", ("Focus", "Raise")),
    ("Titlebar", "Left", "Drag", ("Move",)),
    ("Titlebar", "Left", "DoubleClick", ("ToggleMaximize",)),
    ("Close", "Left", "Click", ("Close",)),
    ("Maximize", "Left", "Click", ("ToggleMaximize",)),
    ("Iconify", "Left", "Click", ("Iconify",)),
    ("Client", "Left", "Press", ("Focus", "Raise")),
    ("Client", "Middle", "Press", ("Focus", "Raise")),
    ("Client", "Right", "Press", ("Focus", "Raise")),
    *((edge, "Left", "Drag", ("Resize",)) for edge in ("Top", "Left", "Right", "Bottom")),
    *((corner, "Left", "Drag", ("Resize",)) for corner in ("TLCorner", "TRCorner", "BLCorner", "BRCorner")),
)

RESOURCES = """\
Xft.dpi: 96
Xft.antialias: 1
*faceName: DejaVu Sans Mono
*faceSize: 11
XTerm*background: white
XTerm*foreground: black
XTerm*cursorBlink: false
XTerm*selectToClipboard: true
"""
"""X resources: a terminal's default letters are six pixels wide, too small to be read from a picture."""

_FILES = {
    ".config/gtk-3.0/settings.ini": """\
[Settings]
gtk-cursor-blink=false
gtk-enable-animations=false
gtk-recent-files-enabled=false
gtk-dialogs-use-header=false
""",
    ".gtkrc-2.0": "gtk-cursor-blink = 0\ngtk-enable-animations = 0\n",
    # A file dialog starts in the folder the application was started in, not in an empty list of recent files.
    ".config/glib-2.0/settings/keyfile": """\
[org/gtk/settings/file-chooser]
startup-mode='cwd'

[org/xfce/mousepad/preferences/window]
path-in-title=false
""",
    ".config/user-dirs.dirs": 'XDG_DESKTOP_DIR="$HOME"\nXDG_DOCUMENTS_DIR="$HOME"\nXDG_DOWNLOAD_DIR="$HOME"\n',
    ".bashrc": "PS1='\\w\\$ '\nHISTFILE=\n",
    ".hushlogin": "",
}


def write_settings(folder: Path) -> None:
    """Make a sandbox's home, temporary and runtime folders in `folder`, with all settings in the home."""
    for name in ("home", "tmp", "runtime"):
        (folder / name).mkdir(mode=0o700)
    for name, text in {**_FILES, ".config/openbox/rc.xml": _window_manager()}.items():
        file = folder / "home" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def environment(
    folder: Path, inherited: Mapping[str, str] = os.environ, *, accessibility: bool = True
) -> dict[str, str]:
    """The environment of a sandbox's programs, without DISPLAY; in English and UTF-8, to look the same anywhere."""
    home = folder / "home"
    return {
        **{name: inherited[name] for name in INHERITED if name in inherited},
        MARK: str(folder),
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "XDG_SESSION_TYPE": "x11",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/runtime/bus",
        "GSETTINGS_BACKEND": "keyfile",  # a text file in the home, where a check can read what an application has set
        **(_accessibility() if accessibility else {"NO_AT_BRIDGE": "1"}),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "SHELL": "/bin/bash" if Path("/bin/bash").exists() else "/bin/sh",
    }


def _accessibility() -> dict[str, str]:
    """What has toolkits say what is in their windows. GTK 3 does so by itself."""
    gtk2 = {"GTK_MODULES": "gail:atk-bridge"} if any(Path("/usr/lib").glob(_GTK2_BRIDGE)) else {}
    return {
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "ACCESSIBILITY_ENABLED": "1",  # Chromium
        "GSK_RENDERER": "cairo",  # GTK 4 says nothing before it has drawn, which without a GPU may take 12 seconds
        **gtk2,
        **_swing(),
    }


def _swing() -> dict[str, str]:
    """The options of the `java` on PATH, where its bridge is installed; other launchers of Java do not read them."""
    java = shutil.which("java")
    if java is None or not _SWING_BRIDGE.exists() or not (Path(java).resolve().parents[1] / _SWING_LIBRARY).exists():
        return {}
    wrapper = "-Djavax.accessibility.assistive_technologies=org.GNOME.Accessibility.AtkWrapper"
    return {"JDK_JAVA_OPTIONS": f"{wrapper} -Xbootclasspath/a:{_SWING_BRIDGE}"}


def _window_manager() -> str:
    """Openbox's settings: one desktop, no menus, every click belongs to the window under it.

    Typing a character that no key has maps it on a spare key for a moment; openbox must not bind its keys anew each
    time, which keeps it busy for seconds.
    """
    keys = "".join(f'<keybind key="{key}"><action name="{action}"/></keybind>' for key, action in _KEYS.items())
    mouse = "".join(
        f'<context name="{place}"><mousebind button="{button}" action="{event}">'
        + "".join(f'<action name="{action}"/>' for action in actions)
        + "</mousebind></context>"
        for place, button, event, actions in _CLIENT
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew><followMouse>no</followMouse><focusLast>yes</focusLast></focus>
<placement><policy>Smart</policy><center>yes</center></placement>
<theme><name>Clearlooks</name><titleLayout>LIMC</titleLayout><animateIconify>no</animateIconify>
<font place="ActiveWindow"><name>DejaVu Sans</name><size>10</size><weight>bold</weight></font>
<font place="InactiveWindow"><name>DejaVu Sans</name><size>10</size></font></theme>
<desktops><number>1</number><popupTime>0</popupTime></desktops>
<resize><popupShow>Never</popupShow></resize>
<keyboard><rebindOnMappingNotify>no</rebindOnMappingNotify>{keys}</keyboard>
<mouse><dragThreshold>3</dragThreshold><doubleClickTime>500</doubleClickTime>
<screenEdgeWarpTime>0</screenEdgeWarpTime>{mouse}</mouse>
</openbox_config>
"""
