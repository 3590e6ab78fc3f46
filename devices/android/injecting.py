"""Commands of `input`, sent once, and what the phone said when it would not."""

import re

from devices.android.link import Link
from devices.device import ActionRefused, DeviceLost

INJECT_FIX = (
    "Settings > Developer options: switch on 'USB debugging (Security settings)' (Xiaomi, Redmi, Poco) or "
    "'Disable permission monitoring' (Oppo, Realme, OnePlus), then restart the phone"
)
_TROUBLE = re.compile(r"(?:\w+Exception|\bError|not found|inaccessible|\b[Uu]sage:|Unknown command).*")


def inject(link: Link, commands: tuple[str, ...], *, what: str, seconds: float = 0.0) -> None:
    """Run `commands`, which take `seconds` by themselves, at most once.

    Raises `ActionRefused` when the phone refuses one or it is not known whether `what` was done; `DeviceLost` when it
    lets nobody send input at all, which only a person can mend.
    """
    answer = link.act(*commands, seconds=seconds, what=what)
    said = "".join(result.text for result in answer.results) + answer.errors
    failed = any(result.code for result in answer.results)
    if not failed and not _TROUBLE.search(said):
        return
    if "INJECT_EVENTS" in said:
        raise DeviceLost(f"the phone {link.serial} lets nobody send input (INJECT_EVENTS). {INJECT_FIX}")
    done = "nothing was done" if len(commands) == 1 and "&&" not in commands[0] else "part of it may be done"
    raise ActionRefused(f"the phone refused {commands[0][:80]!r}: {trouble_in(said)}; {done}")


def trouble_in(said: str) -> str:
    """The part of an output that says what went wrong, short."""
    trouble = _TROUBLE.search(said)
    return (trouble[0] if trouble else said.strip()[-200:] or "it gave no reason").strip()[:300]
