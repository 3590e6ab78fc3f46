"""How a rerun went: whether its end is as recorded, how its steps were found, and what stopped it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from agent.report.miss import write_miss
from agent.rerun.policy import Rerun
from agent.rerun.screen_match import ScreenMatch
from agent.verdict import RunResult
from tasks.task import Check, Score

LEFT_OUT = ", but for the words of replaced texts, which are not compared"


def end_checks(policy: Rerun, *, replaced: bool) -> list[Check]:
    """That the screen at the end is as it was recorded; [] where that was not recorded.

    `replaced` is whether other texts were typed: their words are not compared, and the reason says so.
    """
    match policy.end:
        case None:
            return []
        case ScreenMatch(share=share):
            score = Score(1.0, f"the end is as recorded, {share:.0%} of the window{LEFT_OUT * replaced}")
        case mismatch:
            score = Score(0.0, f"the end is not as recorded: {mismatch.reason}")
    return [lambda world: score]


def report(policy: Rerun, result: RunResult, say: Callable[[str], None], *, replaced: bool) -> dict[str, Any]:
    """Say how the steps were found, what stopped them, and where the mended recording is; the same as JSON values."""
    found = Counter(policy.found.values())
    counts = ", ".join(f"{count} {how}" for how, count in found.most_common()) or "none found"
    say(f"steps      {sum(found.values())} of {policy.count}: {counts}")
    details: dict[str, Any] = {"found": [policy.found.get(step, "") for step in range(policy.count)], "end": ""}
    if isinstance(policy.end, ScreenMatch):
        details["end"] = "as recorded"
        say(f"end        as recorded{LEFT_OUT * replaced}")
    elif policy.end is not None:
        details["end"] = policy.end.reason
        say(f"end        differs: {policy.end.reason}")
    details["miss"] = details["mended"] = None
    if policy.miss is not None and result.recording is not None:
        miss = write_miss(policy.miss, result.recording)
        details["miss"] = {"step": policy.miss.number, "why": policy.miss.reason}
        details["miss"] |= {"then": str(miss.then), "now": str(miss.now), "page": str(miss.page)}
        say(f"then       {miss.then}\nnow        {miss.now}\nboth       {miss.page}")
    if "healed" in found and result.verdict != "failed":
        details["mended"] = str(result.recording)
        say(f"mended     {result.recording}: rerun this one from now on; the old one stays as it is")
    return details
