"""The player of a suite's tasks, and its options as JSON that can cross to a worker in another process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Literal

from agent.cli.model_options import ModelOptions, open_policy
from agent.recordings.format import Record

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.evaluate.live.player import Player
    from agent.policy import Policy
    from devices import Observation, Stop
    from devices.device import Surface
    from tasks.suite import Suite, TaskInstance

PolicyKind = Literal["builtin", "model", "oracle", "idle"]
CONNECTION = {"endpoint", "insecure", "key_file", "reply_seconds"}
"""Where a model is and how it is reached: it may differ between machines that share a run."""


class PlayerOptions(Record):
    """Which suite, which policy, and within which limits; `steps` None for what the suite gives."""

    suite: str
    kind: PolicyKind
    model_options: ModelOptions
    zoom: bool
    steps: int | None
    seconds: float

    @property
    def policy(self) -> dict[str, str | int | float | bool | None]:
        """The settings of the policy that must not change within a run."""
        if self.kind != "model":
            return {"name": self.kind}
        values = self.model_dump(mode="json")["model_options"]
        return {"name": self.model_options.model, "zoom": self.zoom} | {
            name: value for name, value in values.items() if name not in CONNECTION | {"model"}
        }


@contextmanager
def open_player(options: PlayerOptions, stop: "Stop", say: Callable[[str], None]) -> "Iterator[Player]":
    """The player of `options`. Raises `ModelFailed`, `PolicyFailed`, `Stopped`, and `typer.BadParameter`."""
    from agent.evaluate.live.player import Player
    from tasks.suites import suite_named

    suite, builtin = suite_named(options.suite), _LazyBuiltin()
    with ExitStack() as closing:
        policy_on = _policy_on(options, suite, builtin, closing, stop, say)
        player = Player(suite, policy_on, builtin.read_text, stop, steps=options.steps, seconds=options.seconds)
        closing.callback(player.close)
        yield player


class _LazyBuiltin:
    """The embedded default, made when it is first needed: it loads a model that reads."""

    def __init__(self) -> None:
        self._policy: Builtin | None = None

    def policy(self) -> "Builtin":
        if self._policy is None:
            from agent.builtin import Builtin

            self._policy = Builtin()
        return self._policy

    def read_text(self, seen: "Observation") -> str:
        return self.policy().read_text(seen)


def _policy_on(
    options: PlayerOptions,
    suite: "Suite",
    builtin: _LazyBuiltin,
    closing: ExitStack,
    stop: "Stop",
    say: Callable[[str], None],
) -> "Callable[[TaskInstance], Policy]":
    from agent.evaluate.live.reference_policies import IDLE, Oracle

    match options.kind:
        case "oracle":
            return lambda instance: Oracle(instance.oracle, instance.answer)
        case "idle":
            return lambda instance: IDLE
        case "builtin":
            return lambda instance: builtin.policy()
        case "model":
            surface: Surface = "phone" if suite.needs == "android" else "computer"
            policy = closing.enter_context(open_policy(options.model_options, stop, say, surface, zoom=options.zoom))
            return lambda instance: policy
