"""The phone's own report in one round trip: focus, rotation, size, wakefulness, lock, keyboard."""

import re
from dataclasses import dataclass

FOCUS = "dumpsys window displays | grep -E 'mDisplayId=|mCurrentFocus=|mFocusedApp=|mRotation=|cur='"
_WAKEFULNESS = "dumpsys power | grep mWakefulness="
_KEYGUARD = (
    "dumpsys window policy | grep -E 'showing=|mIsShowing=|isKeyguardShowing=|mShowingLockscreen=|isStatusBarKeyguard='"
)
COMMANDS = (FOCUS, _WAKEFULNESS, _KEYGUARD, "settings get secure default_input_method", "wm size")
WINDOWS = "dumpsys window windows"

_DISPLAY = re.compile(r"mDisplayId=(\d+)")
_FOCUS = re.compile(r"mCurrentFocus=Window\{(?P<id>[0-9a-f]+) u\d+ (?P<title>[^}]*)\}")
_APP = re.compile(r"mFocusedApp=.*?ActivityRecord\{[0-9a-f]+ u\d+ (?P<title>[^\s}]+)")
_ROTATION = re.compile(r"\bmRotation=(?:ROTATION_)?(\d+)")
_SIZE = re.compile(r"\bcur=(\d+)x(\d+)")
_LOCKED = re.compile(r"\b(?:showing|mIsShowing|isKeyguardShowing|mShowingLockscreen|isStatusBarKeyguard)=true\b")
_WINDOW = re.compile(r"^\s*Window #\d+ Window\{(?P<id>[0-9a-f]+) ", re.MULTILINE)
_FLAGS = re.compile(r"\bfl=(?P<flags>.*)")
FLAG_SECURE = 0x2000  # android.view.WindowManager.LayoutParams


@dataclass(frozen=True, slots=True)
class Focus:
    """The window that gets the keys: its title, usually package/activity, and its identity; "" when not known."""

    front: str = ""
    window: str = ""
    rotation: int = 0
    size: tuple[int, int] | None = None

    @property
    def package(self) -> str:
        """The package of the app in front, "" when a system window is there."""
        package, slash, _ = self.front.partition("/")
        return package if slash else ""


@dataclass(frozen=True, slots=True)
class PhoneStatus:
    """`awake`, `locked` and `keyboard` are None where the phone does not report them."""

    focus: Focus
    awake: bool | None
    locked: bool | None
    keyboard: str | None
    size: tuple[int, int] | None


def read_status(texts: tuple[str, ...]) -> PhoneStatus:
    """The status in the outputs of `COMMANDS`."""
    focus, power, policy, keyboard, size = texts
    wakefulness = re.search(r"mWakefulness=(\w+)", power)
    named = keyboard.strip()
    return PhoneStatus(
        read_focus(focus),
        wakefulness[1] == "Awake" if wakefulness else None,
        bool(_LOCKED.search(policy)) if "=" in policy else None,
        named if "/" in named else None,
        read_size(size),
    )


def read_size(text: str) -> tuple[int, int] | None:
    """The upright size that `wm size` prints; None when it prints none."""
    sizes = re.findall(r"\w+ size: (\d+)x(\d+)", text)  # an override comes after the physical one, and holds
    return (int(sizes[-1][0]), int(sizes[-1][1])) if sizes else None


def read_focus(text: str) -> Focus:
    """What has the focus on the first display, from the lines that `FOCUS` prints."""
    lines: list[str] = []
    for line in text.splitlines():
        display = _DISPLAY.search(line)
        if display and display[1] != "0" and lines:
            break
        lines.append(line)
    first = "\n".join(lines)
    rotation, size = _ROTATION.search(first), _SIZE.search(first)
    turned = int(rotation[1]) if rotation else 0
    turned = turned // 90 if turned >= 90 else turned
    windows = list(_FOCUS.finditer(first))
    shape = (int(size[1]), int(size[2])) if size else None
    if windows:
        return Focus(_short(windows[-1]["title"]), windows[-1]["id"], turned, shape)
    apps = list(_APP.finditer(first))
    return Focus(_short(apps[-1]["title"]) if apps else "", "", turned, shape)


def is_secure(windows: str, focus: Focus) -> bool | None:
    """Whether the window with the focus is FLAG_SECURE, from `WINDOWS`' output; None when it is not listed."""
    starts = list(_WINDOW.finditer(windows))
    for place, start in enumerate(starts):
        if start["id"] != focus.window:
            continue
        end = starts[place + 1].start() if place + 1 < len(starts) else len(windows)
        flags = _FLAGS.search(windows, start.end(), end)
        if flags is None:
            return None
        words = flags["flags"].split()
        if "SECURE" in words:
            return True
        first = words[0].lstrip("#") if words else ""  # before Android 9: one hexadecimal number
        return bool(re.fullmatch(r"(0x)?[0-9a-f]+", first)) and bool(int(first, 16) & FLAG_SECURE)
    return None


def _short(title: str) -> str:
    """`com.app/com.app.Main` as `com.app/.Main`."""
    package, slash, activity = title.strip().partition("/")
    return f"{package}/{activity.removeprefix(package)}" if slash else package
