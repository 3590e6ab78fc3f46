"""`dumpsys window` and `wm`: the windows, which of them has the focus, and how the display lies."""

import zlib
from dataclasses import dataclass

from devices.simphone.commands.am import short
from devices.simphone.shell.program import ProgramCall
from devices.simphone.shell_host import ShellHost

DENSITY = 420
SMALLEST = 240  # Android's own bound is 200; the screens here need a little more
_USUAL = "LAYOUT_IN_SCREEN LAYOUT_INSET_DECOR SPLIT_TOUCH HARDWARE_ACCELERATED DRAWS_SYSTEM_BAR_BACKGROUNDS"
_BAR = "NOT_FOCUSABLE TOUCHABLE_WHEN_WAKING WATCH_OUTSIDE_TOUCH SPLIT_TOUCH HARDWARE_ACCELERATED"


@dataclass(frozen=True, slots=True)
class WindowRecord:
    """One window as the window manager lists it."""

    title: str
    package: str
    kind: str
    flags: str

    @property
    def token(self) -> str:
        """How it is named in every dump."""
        return f"Window{{{identity(self.title)} u0 {self.title}}}"


def identity(title: str) -> str:
    """A number that stays the same for the same title, in hex."""
    return f"{zlib.crc32(title.encode()) & 0xFFFFFFF:07x}"


def record(host: ShellHost) -> str:
    """The activity in front, as Android names it in dumps."""
    package, activity = host.phone.front
    return f"ActivityRecord{{{identity('activity ' + activity)} u0 {short(package, activity)} t{_task(package)}}}"


def _task(package: str) -> int:
    return 2 + zlib.crc32(package.encode()) % 500


def windows(host: ShellHost) -> list[WindowRecord]:
    """The windows, front to back."""
    phone = host.phone
    shown = [
        WindowRecord("NavigationBar0", "com.android.systemui", "NAVIGATION_BAR", _BAR),
        WindowRecord("StatusBar", "com.android.systemui", "STATUS_BAR", _BAR),
    ]
    if phone.keyboard_shown:
        shown.append(WindowRecord("InputMethod", phone.ime.partition("/")[0], "INPUT_METHOD", _BAR))
    shown.append(focused(host))
    home = "com.android.launcher3/com.android.launcher3.Launcher"
    if shown[-1].title != home:
        shown.append(WindowRecord(home, "com.android.launcher3", "BASE_APPLICATION", f"{_USUAL} SHOW_WALLPAPER"))
    return shown


def focused(host: ShellHost) -> WindowRecord:
    """The window that gets the keys: the shade while the phone is locked or asleep."""
    phone = host.phone
    if phone.locked or not phone.awake:
        return WindowRecord("NotificationShade", "com.android.systemui", "NOTIFICATION_SHADE", _USUAL)
    package, activity = phone.front
    flags = _USUAL.replace("LAYOUT_IN_SCREEN", "LAYOUT_IN_SCREEN SECURE") if phone.secure else _USUAL
    return WindowRecord(f"{package}/{activity}", package, "BASE_APPLICATION", flags)


def dump_window(call: ProgramCall, parts: tuple[str, ...]) -> int:
    """`dumpsys window [displays|windows|policy]`; without a part, all of them."""
    sections = {"policy": _policy, "displays": _displays, "windows": _windows}
    part = parts[0] if parts else "all"
    if part not in sections and part != "all":
        call.say(f"Bad window command, or no windows match: {part}\nUse -h for help.")
        return 0
    with call.host.phone.lock:  # nothing is printed under it: a reader that dawdles must not stop the phone
        dumps = [dump(call.host) for name, dump in sections.items() if part in (name, "all")]
    call.say("\n".join(dumps))
    return 0


def _policy(host: ShellHost) -> str:
    locked, awake = host.phone.locked, host.phone.awake
    state = "ON" if awake else "OFF"
    return f"""\
WINDOW MANAGER POLICY STATE (dumpsys window policy)
    mSafeMode=false mSystemReady=true mSystemBooted=true
    mScreenOnEarly={_text(awake)} mScreenOnFully={_text(awake)}
    KeyguardServiceDelegate
      showing={_text(locked)}
      showingAndNotOccluded=true
      inputRestricted={_text(locked)}
      occluded=false
      secure={_text(locked)}
      dreaming=false
      systemIsReady=true
      deviceHasKeyguard=true
      enabled=true
      bootCompleted=true
      screenState=SCREEN_STATE_{state}
      interactiveState=INTERACTIVE_STATE_{"AWAKE" if awake else "SLEEP"}"""


def _displays(host: ShellHost) -> str:
    phone = host.phone
    width, height = phone.size
    upright = (height, width) if phone.rotation % 2 else (width, height)
    panel = phone.panel[::-1] if phone.rotation % 2 else phone.panel
    base = "" if panel == upright else f" base={upright[0]}x{upright[1]} {DENSITY}dpi"
    return f"""\
WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)
  Display: mDisplayId=0 (organized)
    init={panel[0]}x{panel[1]} {DENSITY}dpi{base} mMinSizeOfResizeableTaskDp=220 cur={width}x{height} \
app={width}x{height} rng={min(upright)}x{min(upright)}-{max(upright)}x{max(upright)}
    deferred=false mLayoutNeeded=false mTouchExcludeRegion=SkRegion((0,0,{width},{height}))

    mLayoutSeq=117
    mCurrentFocus={focused(host).token}
    mFocusedApp={record(host)}

  DisplayRotation
    mCurrentAppOrientation=SCREEN_ORIENTATION_UNSPECIFIED
    mLastOrientation=-1
    mRotation={phone.rotation} mDeferredRotationPauseCount=0
"""


def _windows(host: ShellHost) -> str:
    lines = ["WINDOW MANAGER WINDOWS (dumpsys window windows)"]
    for number, window in enumerate(windows(host)):
        lines += [
            f"  Window #{number} {window.token}:",
            f"    mDisplayId=0 rootTaskId={_task(window.package)} mSession=Session{{{identity(window.package)} 1234}}",
            f"    mOwnerUid=10123 showForAllUsers=false package={window.package} appop=NONE",
            f"    mAttrs={{(0,0)(fillxfill) sim={{adjust=resize}} ty={window.kind} fmt=TRANSPARENT",
            f"      fl={window.flags}",
            "      pfl=NO_MOVE_ANIMATION FORCE_DRAW_STATUS_BAR_BACKGROUND FIT_INSETS_CONTROLLED",
            "      bhv=DEFAULT}",
            "    mHasSurface=true isReadyForDisplay()=true mWindowRemovalAllowed=false",
            "    isOnScreen=true",
            "    isVisible=true",
        ]
        if window.title == "InputMethod" and (keys := list(host.phone.key_boxes.values())):
            sides = (
                min(k.left for k in keys),
                min(k.top for k in keys),
                max(k.right for k in keys),
                max(k.bottom for k in keys),
            )
            lines += ["    mTouchableInsets=3", "    touchable region=SkRegion(({},{},{},{}))".format(*sides)]
    return "\n".join([*lines, "  mHasPermanentDpad=false", "  mTopFocusedDisplayId=0"])


def wm(call: ProgramCall) -> int:
    """`wm size [WxH | reset]`"""
    phone = call.host.phone
    match call.arguments:
        case ("size",):
            panel, size = sorted(phone.panel), sorted(phone.size)
            call.say(f"Physical size: {panel[0]}x{panel[1]}")
            if size != panel:
                call.say(f"Override size: {size[0]}x{size[1]}")
        case ("size", "reset"):
            phone.settings["global"].pop("display_size_forced", None)
        case ("size", size):
            return _resize(call, size)
        case _:
            return call.fail(f"Unknown command: {' '.join(call.arguments)}", 255)
    return 0


def _resize(call: ProgramCall, size: str) -> int:
    """Draw at another size, kept within the bounds of WindowManagerService.setForcedDisplaySize."""
    wide, x, high = size.partition("x")
    if not (wide and x and high):
        return call.fail(f"Error: bad size {size}", 255)
    if not (wide.isdecimal() and high.isdecimal()):
        return call.fail(f'Error: bad number java.lang.NumberFormatException: For input string: "{size}"', 255)
    phone = call.host.phone
    upright = phone.panel[::-1] if phone.rotation % 2 else phone.panel
    kept = (min(max(int(side), SMALLEST), 2 * own) for side, own in zip((wide, high), upright, strict=True))
    phone.settings["global"]["display_size_forced"] = ",".join(map(str, kept))
    return 0


def _text(fact: bool) -> str:
    return "true" if fact else "false"
