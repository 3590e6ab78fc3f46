"""What a computer may ask a phone to open: the service's name becomes the work to be done on a stream."""

from collections.abc import Callable, Mapping
from functools import partial

from devices.simphone.shell.program import Program
from devices.simphone.shell_host import LinkCut, Machine
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
        case _:
            return None
    return partial(_surely, work)


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
