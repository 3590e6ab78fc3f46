"""The services of adbd: a service's name becomes the function that serves its stream."""

from collections.abc import Callable, Mapping
from functools import partial

from devices.simphone.shell.program import Program
from devices.simphone.shell_host import LinkCut, ShellHost
from devices.simphone.wire.shell_service import over_packets, over_plain_bytes
from devices.simphone.wire.transport import ServiceStream, StreamClosed
from devices.stop import Stopped

Service = Callable[[ServiceStream], None]


def service_named(service: str, host: ShellHost, programs: Mapping[str, Program]) -> Service | None:
    """What is to be done on the stream that is opened for `service`; None when there is no such service."""
    kind, _, rest = service.partition(":")
    if host.faults.occurs("refused", rest.replace("'", "").split()):
        return None
    match kind.split(","):
        case ["shell", *options] if "v2" in options:
            serve = partial(over_packets, host, programs, rest)
        case ["shell" | "exec"]:
            serve = partial(over_plain_bytes, host, programs, rest)
        case _:
            return None
    return partial(_served, serve)


def _served(serve: Service, stream: ServiceStream) -> None:
    """Serve, then close the stream; a stream whose link is cut gets no answer."""
    try:
        serve(stream)
    except (StreamClosed, Stopped, LinkCut):
        return
    except BaseException:
        stream.close()  # a client is not left waiting by a bug of ours
        raise
    stream.close()
