"""A slot in this process: nothing ends a unit that hangs, and a crash is everybody's."""

from dataclasses import dataclass

from agent.evaluate.live.folder import Results
from agent.evaluate.live.player import Player
from agent.evaluate.live.results import Result
from agent.evaluate.live.trials import Unit


@dataclass(frozen=True, slots=True)
class InProcess:
    """Plays on `player` and records into `kept`."""

    player: Player
    kept: Results

    def play(self, unit: Unit) -> Result:
        return self.player.play(unit, self.kept.episode(unit))

    def close(self) -> None:
        self.player.close()
