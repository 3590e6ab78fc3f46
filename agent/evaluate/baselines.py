"""What a predictor that sees nothing would do: a score means little that is not far above these."""

from hashlib import sha256

from agent.episode import Move
from agent.evaluate.gold import Gold
from devices import Click, Point, Scroll, TypeText

NAMES = ("centre", "random", "always scroll", "empty text")


def blind(gold: Gold, episode: str, step: int) -> dict[str, Move]:
    """The move of each blind baseline at that step; the random one is the same every time."""
    width, height = gold.size
    centre = Point(width // 2, height // 2)
    drawn = sha256(f"{episode}:{step}".encode(errors="replace")).digest()
    x, y = (int.from_bytes(part) * side >> 64 for part, side in ((drawn[:8], width), (drawn[8:16], height)))
    return dict(zip(NAMES, (Click(centre), Click(Point(x, y)), Scroll(centre, "down"), TypeText("")), strict=True))
