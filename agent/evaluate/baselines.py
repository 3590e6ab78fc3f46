"""Blind baselines, which do not look at the screen: a score means little unless it is far above theirs."""

from hashlib import sha256

from agent.episode import Move
from agent.evaluate.gold import Gold
from devices import Click, Point, Scroll, TypeText

BASELINES = ("centre", "random", "always scroll", "empty text")


def baseline_moves(gold: Gold, episode: str, step: int) -> dict[str, Move]:
    """The move of each blind baseline at that step; the random one depends on `episode` and `step` alone."""
    width, height = gold.size
    centre = Point(width // 2, height // 2)
    digest = sha256(f"{episode}:{step}".encode(errors="replace")).digest()
    x, y = (int.from_bytes(part) * side >> 64 for part, side in ((digest[:8], width), (digest[8:16], height)))
    return dict(zip(BASELINES, (Click(centre), Click(Point(x, y)), Scroll(centre, "down"), TypeText("")), strict=True))
