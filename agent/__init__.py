"""The worker: looks, decides, acts, remembers, is judged."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.episode import Decision, Ending, Episode, Finish, Limits, Step, Unreadable
    from agent.loop import run_episode
    from agent.policy import Policy, Scripted
    from agent.reading import Recording, read_recording
    from agent.recording import Recorder
    from agent.report import write_page

__all__ = [
    "Builtin",
    "Decision",
    "Ending",
    "Episode",
    "Finish",
    "Limits",
    "Policy",
    "Recorder",
    "Recording",
    "Scripted",
    "Step",
    "Unreadable",
    "read_recording",
    "run_episode",
    "write_page",
]

_HOMES = {
    "agent.builtin": {"Builtin"},
    "agent.episode": {"Decision", "Ending", "Episode", "Finish", "Limits", "Step", "Unreadable"},
    "agent.loop": {"run_episode"},
    "agent.policy": {"Policy", "Scripted"},
    "agent.reading": {"Recording", "read_recording"},
    "agent.recording": {"Recorder"},
    "agent.report": {"write_page"},
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `screenhand --help` must not wait for numpy."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'agent' has no {name!r}")
