"""The verdict on an episode, from its ending and the checks: verified, claimed or failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.endings import CHECK_FAILED, EXIT_CODES, EXPLANATIONS
from agent.episode import Ending, Episode
from agent.recordings.format import Verdict
from tasks.task import Check, World


@dataclass(frozen=True, slots=True)
class RunResult:
    """An episode, the verdict on it and why, and the folder of its recording; None where none could be made."""

    episode: Episode
    verdict: Verdict
    reason: str
    recording: Path | None

    @property
    def why(self) -> str:
        """Why it ended as it did: what the run says itself, else what the verdict rests on."""
        gave_up = self.episode.answer if self.episode.ending is Ending.GAVE_UP else ""
        return self.episode.reason or gave_up or self.reason

    @property
    def failed_instruction(self) -> str:
        """The instruction that the run ended in without having done it; "" for a finish, and where none is known."""
        steps = self.episode.steps
        return steps[-1].decision.instruction if steps and self.episode.ending is not Ending.FINISHED else ""

    def summary(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "ending": self.episode.ending.value,
            "verdict": self.verdict,
            "steps": len(self.episode.steps),
            "seconds": round(self.episode.seconds, 3),
            "answer": self.episode.answer if self.episode.ending is Ending.FINISHED else "",
            "question": self.episode.question,
            "reason": self.why,
            "failed_instruction": self.failed_instruction,
            "tokens": self.episode.usage.total,
            "recording": str(self.recording.resolve()) if self.recording else None,
        }


def judge(episode: Episode, checks: Sequence[Check], world: World) -> tuple[Verdict, str]:
    """The verdict on `episode`, and why.

    `verified` only if it finished and every check ran and passed; `claimed` if it finished and nothing contradicts it,
    be it that there was no check or that a check could not look; `failed` otherwise.
    """
    if episode.ending is not Ending.FINISHED:
        return "failed", EXPLANATIONS.get(episode.ending, "")
    if not checks:
        return "claimed", "no check was asked for"
    reasons = []
    for check in checks:
        try:
            score = check(world)
        except Exception as fault:  # noqa: BLE001 - a check that cannot look is no failure of the agent
            return "claimed", f"a check could not look: {fault}"
        if not score.passed:
            return "failed", score.reason
        reasons.append(score.reason)
    return "verified", "; ".join(reasons)


def exit_code(ending: Ending, verdict: Verdict, *, checked: bool) -> int:
    """0 only for a finish that nothing contradicts, and, when checks were asked for, only if they passed."""
    contradicted = verdict == "failed" or (checked and verdict != "verified")
    return CHECK_FAILED if ending is Ending.FINISHED and contradicted else EXIT_CODES[ending]
