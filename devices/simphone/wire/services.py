"""What a computer may ask a phone to open: the service's name becomes the work to be done on a stream."""

from collections.abc import Callable, Mapping
from functools import partial

from devices.simphone.shell.program import Program
from devices.simphone.shell_host import LinkCut, Machine, Reversed
from devices.simphone.wire import framebuffer, sync
from devices.simphone.wire.link import Stream, StreamClosed
from devices.simphone.wire.shells import over_packets, over_plain_bytes
from devices.stop import Stopped

Work = Callable[[Stream], None]


def work_for(service: str, machine: Machine, programs: Mapping[str, Program]) -> Work | None:
    """What is to be done on the stream that is opened for `service`; None when there is no such service."""
    kind, _, rest = service.partition(":")
    if machine.faults.strikes("refused", rest.replace("'", "").split()):
        return None
    match kind.split(","):
        case ["shell", *options] if "v2" in options:
            work = partial(over_packets, machine, programs, rest)
        case ["shell" | "exec"]:
            work = partial(over_plain_bytes, machine, programs, rest)
        case ["sync"]:
            work = partial(sync.serve, machine)
        case ["framebuffer"]:
            work = partial(framebuffer.serve, machine)
        case ["reverse"]:
            work = partial(_reverse, machine, rest)
        case _ if kind in _ANSWERS:
            work = partial(_answer, _ANSWERS[kind].format(rest))
        case _:
            return None
    return partial(_surely, work)


_ANSWERS = {
    "root": "adbd cannot run as root in production builds\n",
    "unroot": "adbd not running as root\n",
    "remount": 'Not running as root. Try "adb root" first.\n',
    "tcpip": "restarting in TCP mode port: {}\n",
    "usb": "restarting in USB mode\n",
    "reboot": "",
}


def _surely(work: Work, stream: Stream) -> None:
    """Do `work` and close the stream, unless the link is cut: then nothing is said."""
    try:
        work(stream)
    except (StreamClosed, Stopped, LinkCut):
        return
    except BaseException:
        stream.close()  # whoever waits for an answer is not left waiting by a fault of ours
        raise
    stream.close()


def _answer(text: str, stream: Stream) -> None:
    stream.write(text.encode())


def _reverse(machine: Machine, order: str, stream: Stream) -> None:
    """Keep the list of reversed ports; a status word comes first, but not before a list."""
    verb, _, rest = order.partition(":")
    match verb:
        case "list-forward":
            listed = "".join(f"(reverse) {there} {to.here}\n" for there, to in machine.reversed.items()).encode()
            stream.write(b"%04x" % len(listed) + listed)
        case "forward":
            there, _, here = rest.removeprefix("norebind:").partition(";")
            if rest.startswith("norebind:") and there in machine.reversed:
                problem = f"cannot rebind existing socket {there}".encode()
                stream.write(b"FAIL%04x" % len(problem) + problem)
                return
            machine.reversed[there] = Reversed(here, partial(stream.link.open, here))
            stream.write(b"OKAY")
        case "killforward-all":
            machine.reversed.clear()
            stream.write(b"OKAY")
        case "killforward" if machine.reversed.pop(rest, None):
            stream.write(b"OKAY")
        case _:
            problem = f"listener '{rest}' not found".encode()
            stream.write(b"FAIL%04x" % len(problem) + problem)
