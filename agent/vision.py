"""The vision policy: a chat model asked for each move in its family's dialect."""

from dataclasses import dataclass, replace

from agent.dialects.dialect import Dialect
from agent.dialects.whole_reply import is_over
from agent.episode import Decision, Past, Unreadable
from agent.models.chat import ChatModel
from devices import Observation

FROM_THOUGHT = "(The server had put the answer into its field for thoughts.)"


@dataclass(frozen=True, slots=True)
class VisionPolicy:
    """Asks `model` for the next move, in `dialect`. An unfinished reply is never acted on."""

    model: ChatModel
    dialect: Dialect
    max_tokens: int = 512

    @property
    def name(self) -> str:
        return f"{self.model.name} ({self.dialect.name})"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        query = self.dialect.ask(goal, past, seen)
        reply = self.model.complete(query.messages, grammar=query.grammar, max_tokens=self.max_tokens)
        if not is_over(reply):
            cut = Unreadable(f"the reply was cut off after {reply.usage.completion} tokens, so nothing of it was done")
            return Decision(cut, thought=reply.thought, raw=reply.text, usage=reply.usage)
        if reply.thought and not reply.text.strip():
            nothing = Unreadable("the model only thought, and gave no answer")
            return Decision(nothing, thought=reply.thought, usage=reply.usage)
        decision = self.dialect.read(reply.text, query.fit, past)
        note = FROM_THOUGHT if reply.from_thought else ""
        thought = "\n".join(filter(None, (reply.thought, decision.thought, note)))
        return replace(decision, thought=thought, usage=reply.usage)
