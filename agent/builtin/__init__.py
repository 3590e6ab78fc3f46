"""The embedded default: reads instructions, reads the screen by OCR, finds what is meant. No download, no GPU."""

from agent.builtin.policy import Builtin
from agent.builtin.reader import Reader, read_text
from agent.builtin.sentences import instructions

__all__ = ["Builtin", "Reader", "instructions", "read_text"]
