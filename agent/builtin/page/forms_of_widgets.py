"""Sentences of web pages about widgets and shapes: what to click, choose, drag and set."""

from agent.builtin.grammar import Form

WIDGETS: tuple[Form, ...] = ()
