"""Messages and replies of a chat model, and the protocol that every chat model keeps."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

from agent.episode import NO_USAGE, Usage
from agent.models.png import png_of
from agent.policy import PolicyFailed
from devices.device import Pixels


class ModelFailed(PolicyFailed):
    """The model cannot answer and asking again will not help: out of memory, no such checkpoint, a class unknown."""


class EndpointDown(ModelFailed):
    """The endpoint cannot be reached, or failed again and again until the time for it was over; try again later."""


class EndpointRefused(ModelFailed):
    """The endpoint answered and will not do it: no such model, a wrong key, a request or reply that it cannot mean."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Exactly what a model is shown: `pixels` of shape (height, width, 3), uint8, RGB. It is not resized again."""

    pixels: Pixels

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of size and pixels, in hex: what a cache knows the picture by."""
        return hashlib.sha256(b"%dx%d:" % self.size + self.pixels.tobytes()).hexdigest()

    @cached_property
    def png(self) -> bytes:
        """The picture as a PNG file, lossless, so that a server sees these very pixels."""
        return png_of(self.pixels)


@dataclass(frozen=True, eq=False)
class Clip:
    """A part of a video: `frames` of one size, and for each the seconds from the start at which it is seen."""

    frames: tuple[Picture, ...]
    times: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.frames or len(self.frames) != len(self.times) or len({frame.size for frame in self.frames}) > 1:
            raise ValueError(
                f"a clip needs frames of one size with a time each; found {len(self.frames)} frames of sizes "
                f"{sorted({frame.size for frame in self.frames})} and {len(self.times)} times"
            )

    @property
    def labelled(self) -> "tuple[str | Picture, ...]":
        """The frames as pictures with the time of each before it, for models that take no video."""
        pairs = zip(self.times, self.frames, strict=True)
        return tuple(part for at, frame in pairs for part in (f"Frame at t={round(at, 2):g} s:", frame))


Part = str | Picture | Clip


@dataclass(frozen=True, eq=False)
class Message:
    """One turn. Text that a screen, a person or a model wrote has been through `agent.dialects.escape` before.

    `wire` comes before `parts`: JSON objects in the words of one hosted API, which is what it called and what answers
    the calls. They are sent as they are, with each `Picture` in them as that API spells pictures.
    """

    role: Literal["system", "user", "assistant"]
    parts: tuple[Part, ...]
    wire: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class StructuralTag:
    """Where in a reply a schema holds: from `trigger` on, `begin`, a value of `content` by `schema`, `end`.

    As xgrammar, SGLang and vLLM name it: the words around a call stay free, and its tags are kept.
    """

    trigger: str
    begin: str
    content: Literal["json_schema", "qwen_xml_parameter"]
    schema: Mapping[str, Any]
    end: str


@dataclass(frozen=True)
class Grammar:
    """What the whole reply must look like.

    `lark` is llguidance's Lark for the reply as the family was trained to write it. `schema` is the JSON Schema of the
    JSON value that the reply is, for servers that constrain by schema alone; None where the reply is no bare JSON: a
    schema would forbid the tags that the family opens a call with. `tag` is for servers that can keep those.
    `thinking` is whether the family's chat template is to leave room for a thought; None where it has no such switch.
    `tools` are a hosted API's own, which the reply calls: its text is then the JSON list of what that API answered.
    """

    lark: str = ""
    schema: Mapping[str, Any] | None = None
    tag: StructuralTag | None = None
    thinking: bool | None = None
    tools: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Reply:
    """What came back.

    `text` is the reply as written; a tool call that a server took out of it stands in it again, as `<tool_call>` JSON.
    `finished` is False when the reply was cut off: then nothing of it may be acted on. It is None when the server did
    not say: then only a whole call may be. `thought` is the reasoning that came in a field of its own; `from_thought`
    says that `text` is the answer which the server left in there.
    """

    text: str
    finished: bool | None
    usage: Usage = NO_USAGE
    thought: str = ""
    from_thought: bool = False


class ChatModel(Protocol):
    """Words and pictures in, words out. Nothing is remembered between calls that changes an answer."""

    @property
    def name(self) -> str:
        """What it is, for people and recordings."""
        ...

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply to `messages`, greedy and at most `max_tokens` tokens long.

        A model that cannot keep to `grammar` ignores it: whoever reads the reply checks it all the same. Raises
        `ModelFailed` (or one of its kinds), and `Stopped` when somebody asked to stop.
        """
        ...

    def close(self) -> None:
        """Let go of memory and connections. May be called twice."""
        ...
