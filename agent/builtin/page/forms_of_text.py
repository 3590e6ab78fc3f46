"""Sentences of web pages about text: what to type, find, sort, and answer."""

from agent.builtin.grammar import Form

TEXT: tuple[Form, ...] = ()
