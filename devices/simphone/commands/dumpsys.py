"""`dumpsys`: what the window manager, the power manager and SurfaceFlinger report of themselves."""

from devices.simphone.commands.screencap import DISPLAY_ID
from devices.simphone.commands.wm import dump_window
from devices.simphone.shell.program import ProgramCall
from devices.simphone.shell_host import ShellHost


def dumpsys(call: ProgramCall) -> int:
    """`dumpsys window [PART] | power | SurfaceFlinger --display-id`"""
    match call.arguments:
        case ("window", *parts):
            return dump_window(call, tuple(parts))
        case ("SurfaceFlinger", "--display-id"):
            call.say(f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=SIM displayName="SimPhone"')
        case ("power", *_):
            with call.host.phone.lock:
                dump = _power(call.host)
            call.say(dump)
        case (name, *_):
            return call.fail(f"Can't find service: {name}", 0)
        case _:
            return call.fail("this phone knows dumpsys SERVICE [PART]")
    return 0


def _power(host: ShellHost) -> str:
    awake = host.phone.awake
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
