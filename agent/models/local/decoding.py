"""Constrained decoding: which tokens a grammar allows and forces; never a placeholder of pictures."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import llguidance
import llguidance.hf
import torch

from agent.models.chat import Grammar, ModelFailed

NEVER = ("<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>")
"""Written by a model they would stand for pictures that nobody showed."""


class Constraint(Protocol):
    """The tokens that may come next, for one reply."""

    def forced(self) -> list[int]:
        """The tokens that must come next, already taken as written; [] where there is a choice."""
        ...

    def choose(self, logits: torch.Tensor) -> int:
        """The likeliest token that is allowed, by logits of shape (vocabulary), taken as written."""
        ...

    @property
    def complete(self) -> bool:
        """Whether the reply is over."""
        ...


class Unconstrained:
    """Greedy decoding until one of `ends`."""

    def __init__(self, never: Sequence[int], ends: frozenset[int]) -> None:
        self._never = list(never)
        self._ends = ends
        self.complete = False

    def forced(self) -> list[int]:
        return []

    def choose(self, logits: torch.Tensor) -> int:
        logits[self._never] = -torch.inf
        token = int(logits.argmax())
        self.complete = token in self._ends
        return token


class GrammarConstraint:
    """Greedy decoding among the tokens that can still become a reply of the grammar."""

    def __init__(self, matcher: Any, width: int) -> None:
        self._matcher = matcher
        self._mask = torch.zeros(-(-width // 32), dtype=torch.int32)
        self._bits = torch.arange(32, dtype=torch.int32)

    def forced(self) -> list[int]:
        tokens: list[int] = self._matcher.compute_ff_tokens()
        self._take(tokens)
        return tokens

    def choose(self, logits: torch.Tensor) -> int:
        # llguidance's own way of applying a mask wants a C++ compiler and 20 s at its first call.
        self._matcher.unsafe_compute_mask_ptr(self._mask.data_ptr(), self._mask.nbytes)
        bits = self._bits.to(logits.device)
        allowed = (self._mask.to(logits.device)[:, None] >> bits & 1).flatten()[: len(logits)]
        token = int(logits.masked_fill(allowed == 0, -torch.inf).argmax())
        self._take([token])
        return token

    @property
    def complete(self) -> bool:
        return bool(self._matcher.is_stopped())

    def _take(self, tokens: list[int]) -> None:
        if tokens and not self._matcher.consume_tokens(tokens):
            raise ModelFailed(f"the grammar did not take its own tokens: {self._matcher.get_error()}")


class Constraints:
    """Constraints for the replies of one checkpoint, whose logits are `width` wide and whose replies end with `ends`.

    Making it costs a second and a half for a vocabulary of 150,000 tokens.
    """

    def __init__(self, tokenizer: Any, width: int, ends: Sequence[int]) -> None:
        self._width = width
        self._ends = frozenset(ends)
        self._tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=width, eos_token=list(ends))
        known = tokenizer.get_vocab()
        unnamed = set(range(width)) - set(known.values())
        self._never = sorted({known[mark] for mark in NEVER if mark in known} | unnamed)
        self._matcher = lru_cache(maxsize=16)(self._compiled)

    def of(self, grammar: Grammar | None) -> Constraint:
        """Raises `ModelFailed` when `grammar` is none, in llguidance's words."""
        if grammar is None:
            return Unconstrained(self._never, self._ends)
        return GrammarConstraint(self._matcher(grammar.lark).deep_copy(), self._width)

    def _compiled(self, lark: str) -> Any:
        matcher = llguidance.LLMatcher(self._tokens, llguidance.LLMatcher.grammar_from_lark(lark), log_level=0)
        if matcher.is_error():
            raise ModelFailed(f"the grammar of the reply cannot be used: {matcher.get_error()}")
        return matcher
