"""A window with hardly a word in it, found by what is drawn there: as a template and by its features."""

from collections.abc import Iterator
from dataclasses import dataclass

from agent.rerun.alignment import UNMOVED, Alignment, by_features, by_template
from agent.rerun.edge_match import block_share
from agent.rerun.edges import Sheet
from devices import Box


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a window lies on today's screen, and the share of its drawing that is there."""

    alignment: Alignment
    share: float


def fitted(then: Sheet, window: Box, now: Sheet, enough: float) -> Fit | None:
    """The best fit of the recorded `window`, or the first that is `enough`; None where nothing is drawn in it."""
    best: Fit | None = None
    for alignment in _guesses(then, window, now):
        share = block_share(then, window, now, alignment)
        if share is None:
            return None
        if best is None or share > best.share:
            best = Fit(alignment, share)
        if best.share >= enough:
            break
    return best


def _guesses(then: Sheet, window: Box, now: Sheet) -> Iterator[Alignment]:
    if then.pixels.shape == now.pixels.shape:
        yield UNMOVED
    yield from by_template(then, window, now)
    yield from by_features(then, window, now)
