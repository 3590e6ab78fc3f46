"""Which process a window belongs to, as the X server knows it (X-Resource 1.2), and whether that process rests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.desktop.x11 import X11

_LOCAL_PID = 2  # XResClientIdMask


def process_of(x11: X11, window: int) -> int:
    """The process id behind `window`, 0 when it runs elsewhere or the server cannot tell."""
    extension = x11.display.query_extension("X-Resource")
    if extension is None:
        return 0
    reply = _query_client_ids()(
        display=x11.display.display,
        opcode=extension.major_opcode,
        specs=[{"client": window, "mask": _LOCAL_PID}],
    )
    # One answer to the one question: client, mask, four bytes of value, the value.
    return int(reply.numbers[3]) if len(reply.numbers) == 4 else 0


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether a process's main thread sleeps until something happens, and how often it has lain down to sleep."""

    asleep: bool
    naps: int


def rest_of(process: int) -> Rest:
    """How `process` rests now, as Linux tells it. Raises `OSError` where that is unknown."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return Rest(lines["State"].strip().startswith("S"), int(lines["voluntary_ctxt_switches"]))


def _query_client_ids() -> Any:
    from Xlib.protocol import rq

    class QueryClientIds(rq.ReplyRequest):  # type: ignore[misc]  # Xlib ships no types
        _request = rq.Struct(
            rq.Card8("opcode"),
            rq.Opcode(4),
            rq.RequestLength(),
            rq.LengthOf("specs", 4),
            rq.List("specs", rq.Struct(rq.Card32("client"), rq.Card32("mask"))),
        )
        _reply = rq.Struct(
            rq.ReplyCode(),
            rq.Pad(1),
            rq.Card16("sequence_number"),
            rq.ReplyLength(),
            rq.Card32("answers"),
            rq.Pad(20),
            rq.List("numbers", rq.Card32Obj),
        )

    return QueryClientIds
