"""The embedded default: follows literal instructions on a parsed screen; start at policy.py."""

from agent.builtin.policy import Builtin
from agent.screen.ocr import Reader, read_text

__all__ = ["Builtin", "Reader", "read_text"]
