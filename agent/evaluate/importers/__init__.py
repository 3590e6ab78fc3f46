"""Importers of foreign data sets, a reader for each: the order of box coordinates is declared, never guessed."""

from collections.abc import Callable, Iterator
from pathlib import Path

from agent.evaluate.importers import agentnet, aitz, androidcontrol, mobilerun, osworld, screenspot
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, write_recording

__all__ = ["READERS", "ImportedEpisode", "ImportedStep", "write_recording"]

READERS: dict[str, Callable[[Path], Iterator[ImportedEpisode]]] = {
    "aitz": aitz.episodes,
    "androidcontrol": androidcontrol.episodes,
    "agentnetbench": agentnet.episodes,
    "screenspot": screenspot.episodes,
    "screenspot-pro": screenspot.episodes_of_pro,
    "osworld": osworld.episodes,
    "mobilerun": mobilerun.episodes,
}
"""By the name of the format: the episodes in a file or folder, one at a time. Each raises `Untrusted`."""
