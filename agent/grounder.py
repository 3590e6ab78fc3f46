"""The grounder policy: a chat model asked where something is, in its family's grounding prompt."""

from dataclasses import dataclass

from agent.dialects.dialect import Dialect
from agent.dialects.fit import resized
from agent.dialects.whole_reply import is_over
from agent.episode import Decision, Finish, Past, Unreadable
from agent.models.chat import ChatModel
from devices import Click, Observation


@dataclass(frozen=True, slots=True)
class GrounderPolicy:
    """Clicks where `model` sees what it is told to look for; of several places the first, of a box the middle.

    The past is not shown: the family was trained on one picture and one description. With `boxes` it is asked for
    boxes, where the family knows them. An answer that it is nowhere gives up; an unfinished reply is never read.
    """

    model: ChatModel
    dialect: Dialect
    max_tokens: int = 512
    boxes: bool = False

    @property
    def name(self) -> str:
        return f"{self.model.name} ({self.dialect.name}, grounding by {'boxes' if self.boxes else 'points'})"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        """A click on `goal`, which describes the target."""
        fit = self.dialect.fit(seen.size)
        query = self.dialect.ask_where(goal, resized(seen.pixels, fit.picture), fit, boxes=self.boxes)
        reply = self.model.complete(query.messages, grammar=query.grammar, max_tokens=self.max_tokens)
        raw, usage = reply.text, reply.usage
        if not is_over(reply):
            return Decision(Unreadable(f"the reply was cut off after {usage.completion} tokens"), raw=raw, usage=usage)
        try:
            places = self.dialect.read_where(raw, query.fit)
        except ValueError as error:
            return Decision(Unreadable(str(error)), raw=raw, usage=usage)
        move = Click(places[0].at) if places else Finish(succeeded=False, answer="it is nowhere")
        return Decision(move, raw=raw, usage=usage)
