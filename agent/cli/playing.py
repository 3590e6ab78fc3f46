"""An order to play a suite, in words that can cross to another process, and the player that it becomes there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Literal

from agent.cli.models import ModelOrder, opened_model
from agent.recordings.format import Record
from agent.vision import VisionPolicy

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.dialects.dialect import Surface
    from agent.evaluate.live.player import Player
    from agent.policy import Policy
    from devices import Observation, Stop
    from tasks.suite import Stage, Suite

Who = Literal["builtin", "model", "oracle", "idle"]
ELSEWHERE = {"endpoint", "insecure", "key_file", "reply_seconds"}
"""Where a model is and how it is reached: it may differ between machines that share a run."""


class PlayOrder(Record):
    """Which suite, who works it, and within which limits; `steps` None for what the suite gives."""

    suite: str
    who: Who
    asked: ModelOrder
    zoom: bool
    steps: int | None
    seconds: float

    @property
    def policy(self) -> dict[str, str | int | float | bool | None]:
        """Who works, as settings that must not change within a run."""
        if self.who != "model":
            return {"name": self.who}
        told = self.model_dump(mode="json")["asked"]
        return {"name": self.asked.model, "zoom": self.zoom} | {
            name: value for name, value in told.items() if name not in ELSEWHERE | {"model"}
        }


@contextmanager
def opened_player(order: PlayOrder, stop: "Stop", say: Callable[[str], None]) -> "Iterator[Player]":
    """The player that `order` asks for. Raises `ModelFailed`, `PolicyFailed`, `Stopped`, and `typer.BadParameter`."""
    from agent.evaluate.live.player import Player
    from tasks.suites import suite_named

    suite, builtin = suite_named(order.suite), _Lazily()
    with ExitStack() as closing:
        policy_on = _policy_on(order, suite, builtin, closing, stop, say)
        player = Player(suite, policy_on, builtin.read_text, stop, steps=order.steps, seconds=order.seconds)
        closing.callback(player.close)
        yield player


class _Lazily:
    """The embedded default, made when it is first needed: it loads a model that reads."""

    def __init__(self) -> None:
        self._made: Builtin | None = None

    def made(self) -> "Builtin":
        if self._made is None:
            from agent.builtin import Builtin

            self._made = Builtin()
        return self._made

    def read_text(self, seen: "Observation") -> str:
        return self.made().read_text(seen)


def _policy_on(
    order: PlayOrder, suite: "Suite", builtin: _Lazily, closing: ExitStack, stop: "Stop", say: Callable[[str], None]
) -> "Callable[[Stage], Policy]":
    from agent.evaluate.live.reference_policies import IDLE, Oracle
    from agent.zoom import ZoomPolicy

    match order.who:
        case "oracle":
            return lambda stage: Oracle(stage.oracle, stage.answer)
        case "idle":
            return lambda stage: IDLE
        case "builtin":
            return lambda stage: builtin.made()
        case "model":
            surface: Surface = "phone" if suite.needs == "android" else "computer"
            model, dialect = closing.enter_context(opened_model(order.asked, stop, say, surface))
            vision = VisionPolicy(model, dialect, order.asked.reply_tokens or 512)
            policy = ZoomPolicy(vision) if order.zoom else vision
            return lambda stage: policy
