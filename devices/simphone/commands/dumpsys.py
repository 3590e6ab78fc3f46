"""`dumpsys`: what the phone's services say of themselves."""

from collections.abc import Callable, Mapping

from devices.simphone.commands.capture import DISPLAY_ID
from devices.simphone.commands.windows import dump_window, focused, record
from devices.simphone.shell.program import Call
from devices.simphone.shell_host import Machine


def dumpsys(call: Call) -> int:
    """`dumpsys SERVICE [PART]`"""
    match call.arguments:
        case ("window", *parts):
            return dump_window(call, tuple(parts))
        case ("-l",):
            call.say("Currently running services:\n  " + "\n  ".join(sorted([*_SERVICES, "window"])))
        case ("SurfaceFlinger", "--display-id"):
            call.say(f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=SIM displayName="SimPhone"')
        case (name, *words) if name in _SERVICES:
            with call.machine.phone.lock:
                told = _SERVICES[name](call.machine, words)
            call.say(told)
        case (name, *_):
            return call.fail(f"Can't find service: {name}", 0)
        case _:
            return call.fail("this phone knows dumpsys SERVICE [PART]")
    return 0


def _power(machine: Machine, words: list[str]) -> str:
    awake = machine.phone.awake
    return f"""\
POWER MANAGER (dumpsys power)

Power Manager State:
  mDirty=0x0
  mWakefulness={"Awake" if awake else "Asleep"}
  mWakefulnessChanging=false
  mIsPowered=true
  mPlugType=2
  mBatteryLevel=100
  mStayOn=false
  mHoldingDisplaySuspendBlocker={"true" if awake else "false"}

Display Power: state={"ON" if awake else "OFF"}"""


def _viewport(machine: Machine) -> str:
    phone = machine.phone
    width, height = phone.size
    upright = (height, width) if phone.rotation % 2 else (width, height)
    return (
        f"DisplayViewport{{type=INTERNAL, valid=true, isActive=true, displayId=0, uniqueId='local:{DISPLAY_ID}', "
        f"physicalPort=0, orientation={phone.rotation}, logicalFrame=Rect(0, 0 - {width}, {height}), "
        f"physicalFrame=Rect(0, 0 - {width}, {height}), deviceWidth={upright[0]}, deviceHeight={upright[1]}}}"
    )


def _display(machine: Machine, words: list[str]) -> str:
    return f"""\
DISPLAY MANAGER (dumpsys display)
  mOnlyCode=false
  mDefaultDisplayDefaultColorMode=0
  mViewports=[{_viewport(machine)}]
  mScreenState={"ON" if machine.phone.awake else "OFF"}"""


def _input(machine: Machine, words: list[str]) -> str:
    phone = machine.phone
    width, height = phone.size
    return f"""\
INPUT MANAGER (dumpsys input)

Input Reader State (Nums of device: 2):
  Device 1: simulated_touchscreen
    SurfaceWidth: {width}px
    SurfaceHeight: {height}px
    SurfaceOrientation: {phone.rotation}
  Viewports:
    Viewport INTERNAL: displayId=0, uniqueId=local:{DISPLAY_ID}, port=0, orientation={phone.rotation}, \
logicalFrame=[0, 0, {width}, {height}], physicalFrame=[0, 0, {width}, {height}], isActive=[1]

Input Dispatcher State:
  FocusedApplications:
    displayId=0, name='{record(machine)}', dispatchingTimeout=5000ms
  FocusedWindows:
    displayId=0, name='{focused(machine).token.removeprefix("Window{").removesuffix("}").replace(" u0", "")}'"""


def _activity(machine: Machine, words: list[str]) -> str:
    package, front = machine.phone.front[0], record(machine)
    if words[:1] == ["top"]:
        component, identity = front.split()[2], front.split("{")[1].split()[0]
        return f"TASK 10123:{package} id=12 userId=0\n  ACTIVITY {component} {identity} pid=4321 userId=0"
    return f"""\
ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)
Display #0 (activities from top to bottom):
  * Task{{5f1a2b3 #12 type=standard A=10123:{package} U=0 visible=true mode=fullscreen translucent=false sz=1}}
    topResumedActivity={front}
    * Hist  #0: {front}

  ResumedActivity: {front}"""


def _input_method(machine: Machine, words: list[str]) -> str:
    phone = machine.phone
    shown = "true" if phone.keyboard_shown else "false"
    return f"""\
Current Input Method Manager state:
  mCurMethodId={phone.ime}
  mCurId={phone.ime} mHaveConnection=true mBoundToMethod=true mVisibleBound={shown}
  mInputShown={shown}
  mInteractive={"true" if phone.awake else "false"}"""


def _package(machine: Machine, words: list[str]) -> str:
    packages = machine.phone.packages
    lines = ["Packages:"]
    for name in words[:1] or list(packages):
        if name not in packages:
            return f"Unable to find package: {name}"
        lines += [
            f"  Package [{name}] (5f1a2b3):",
            "    userId=10123",
            f"    pkg=Package{{1a2b3c4 {name}}}",
            "    versionCode=1 minSdk=30 targetSdk=34",
            "    versionName=1.0",
            "    flags=[ HAS_CODE ]" if packages[name].third_party else "    flags=[ SYSTEM HAS_CODE ]",
            "    runtime permissions:",
            *(f"      {one}: granted=true" for one in sorted(machine.phone.permissions.get(name, ()))),
        ]
    return "\n".join(lines)


def _battery(machine: Machine, words: list[str]) -> str:
    return """\
Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Max charging current: 500000
  status: 5
  health: 2
  present: true
  level: 100
  scale: 100
  voltage: 4300
  temperature: 250
  technology: Li-ion"""


def _surfaces(machine: Machine, words: list[str]) -> str:
    return f"Displays (1 entries)\nDisplay {DISPLAY_ID}"


_SERVICES: Mapping[str, Callable[[Machine, list[str]], str]] = {
    "SurfaceFlinger": _surfaces,
    "activity": _activity,
    "battery": _battery,
    "display": _display,
    "input": _input,
    "input_method": _input_method,
    "package": _package,
    "power": _power,
}
