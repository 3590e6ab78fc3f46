"""The worker: looks, decides, acts, remembers, is judged."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.dialects.families import dialect_named
    from agent.episode import Ask, Decision, Ending, Episode, Finish, Limits, Step, Unreadable, Usage
    from agent.loop import run_episode
    from agent.models.chat import ChatModel, ModelFailed
    from agent.policy import Policy, Scripted
    from agent.recordings.reader import Recording, read_recording
    from agent.recordings.writer import Recorder
    from agent.report import write_page
    from agent.vision import VisionPolicy

__all__ = [
    "Ask",
    "Builtin",
    "ChatModel",
    "Decision",
    "Ending",
    "Episode",
    "Finish",
    "Limits",
    "ModelFailed",
    "Policy",
    "Recorder",
    "Recording",
    "Scripted",
    "Step",
    "Unreadable",
    "Usage",
    "VisionPolicy",
    "dialect_named",
    "read_recording",
    "run_episode",
    "write_page",
]

_HOMES = {
    "agent.builtin": {"Builtin"},
    "agent.dialects.families": {"dialect_named"},
    "agent.episode": {"Ask", "Decision", "Ending", "Episode", "Finish", "Limits", "Step", "Unreadable", "Usage"},
    "agent.loop": {"run_episode"},
    "agent.models.chat": {"ChatModel", "ModelFailed"},
    "agent.policy": {"Policy", "Scripted"},
    "agent.recordings.reader": {"Recording", "read_recording"},
    "agent.recordings.writer": {"Recorder"},
    "agent.report": {"write_page"},
    "agent.vision": {"VisionPolicy"},
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `screenhand --help` must not wait for numpy."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'agent' has no {name!r}")
