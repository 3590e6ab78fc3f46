"""The embedded default: follows literal instructions on what OCR reads; start at policy.py."""

from agent.builtin.goal_parser import instructions
from agent.builtin.ocr import Reader, read_text
from agent.builtin.policy import Builtin

__all__ = ["Builtin", "Reader", "instructions", "read_text"]
