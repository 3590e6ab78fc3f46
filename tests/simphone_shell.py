"""A line run in the shell of a simulated phone, without any wire."""

from devices import Stop
from devices.simphone.commands import PROGRAMS
from devices.simphone.fault_switches import FaultSwitches
from devices.simphone.phone import Phone
from devices.simphone.shell.interpreter import Exited, Interpreter
from devices.simphone.shell.program import Bytes
from devices.simphone.shell_host import ShellHost


def host_of(phone: Phone) -> ShellHost:
    """That phone with no faults and no costs."""
    return ShellHost(phone, "SIM0001", FaultSwitches(), Stop(), lambda: None)


def shell_output(host: ShellHost, line: str, given: bytes = b"") -> tuple[int, str, str]:
    """Exit code, output and errors of `line`."""
    out, err = bytearray(), bytearray()
    try:
        status = Interpreter(host, PROGRAMS).run(line, Bytes(given), out.extend, err.extend)
    except Exited as ended:
        status = ended.status
    return status, out.decode("utf-8", "surrogateescape"), err.decode()
