"""One pass through the network after another: the prompt in pieces, then what is written."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import torch

from agent.models.local.kv_cache import Memory
from agent.models.local.prompt import Prompt
from agent.models.local.vision_cache import Sights

EFFORT = {"cpu": 10e9}
"""Floating-point operations of one pass, so that it takes about 150 ms: what a stop waits for at most."""
ACCELERATED = 20e12


class Reader:
    """Reads tokens on top of what `Memory` holds, and says what the network expects after the last of them."""

    def __init__(self, network: Any, check: Callable[[], None]) -> None:
        self._network = network
        self._check = check
        self._text = network.model.language_model
        self.piece = piece_of(sum(each.numel() for each in self._text.parameters()), network.device.type)
        self.memory = Memory(len(self._text.layers))
        self.sights = Sights(network.model.visual)
        self.passes = 0

    def prompt(self, prompt: Prompt, opening: Sequence[int]) -> tuple[torch.Tensor, int, int]:
        """Read `prompt` and the `opening` of the answer, which is known before anything was computed.

        Returns the logits after it, how many tokens of the prompt were really read, and what is to be added to the
        index of a token after it for its rotary position.
        """
        positions, shift = self._positions(prompt)
        known = self.memory.keep(prompt)
        later = torch.arange(len(opening)).expand(3, -1) + len(prompt.ids) + shift
        positions = torch.cat([positions, later], dim=1)[:, known:]
        embedded = self._embedded(prompt, known, opening)
        keys: list[Hashable] = [*prompt.keys[known:], *opening]
        return self._read(embedded, positions, keys), len(prompt.ids) - known, shift

    def written(self, tokens: Sequence[int], shift: int) -> torch.Tensor:
        """The logits after `tokens`, which come next."""
        positions = torch.arange(len(tokens)).expand(3, -1) + len(self.memory) + shift
        return self._read(self._words(tokens), positions, tokens)

    def forget(self) -> None:
        """Drop everything remembered."""
        self.memory.forget()
        self.sights.forget()

    def _read(self, embedded: torch.Tensor, positions: torch.Tensor, keys: Sequence[Hashable]) -> torch.Tensor:
        """Logits of shape (vocabulary) after the last of `embedded`, of shape (tokens, hidden)."""
        for begin in range(0, len(keys), self.piece):
            self._check()
            piece = slice(begin, begin + self.piece)
            hidden = self._text(
                inputs_embeds=embedded[None, piece],
                position_ids=positions[:, None, piece].to(embedded.device),
                cache=self.memory.cache,
                use_cache=True,
            ).last_hidden_state
            self.memory.add(keys[piece])
            self.passes += 1
        logits: torch.Tensor = self._network.lm_head(hidden[0, -1])
        return logits.float()

    def _embedded(self, prompt: Prompt, known: int, opening: Sequence[int]) -> torch.Tensor:
        """Of shape (tokens, hidden): what is not `known` of the prompt, and the opening of the answer."""
        embedded = self._words([*prompt.ids[known:], *opening])
        for sight in prompt.sights:
            if sight.start >= known:
                first = sight.start - known
                embedded[first : first + sight.count] = self.sights.features(sight)
        return embedded

    def _words(self, tokens: Sequence[int]) -> torch.Tensor:
        words: torch.Tensor = self._text.embed_tokens(torch.tensor(tokens, device=self._network.device))
        return words

    def _positions(self, prompt: Prompt) -> tuple[torch.Tensor, int]:
        """Rotary positions of shape (3, tokens): time, height, width; by transformers' own `get_rope_index`."""
        pictures = [each for each in prompt.sights if not each.is_clip]
        clips = [each for each in prompt.sights if each.is_clip]
        positions, shift = self._network.model.get_rope_index(
            torch.tensor([prompt.ids]),
            mm_token_type_ids=torch.tensor([prompt.kinds]),
            image_grid_thw=torch.tensor([each.grid for each in pictures]) if pictures else None,
            video_grid_thw=torch.tensor([each.grid for each in clips]) if clips else None,
            second_per_grid_ts=[each.seconds for each in clips] if clips else None,
        )
        return positions[:, 0], int(shift)


def piece_of(parameters: int, device: str) -> int:
    """How many tokens one pass through a language model of that size reads at most: at least 64.

    On a CPU a pass of at least 64 tokens through billions of parameters takes seconds: then it is stopped between the
    layers.
    """
    return max(64, int(EFFORT.get(device, ACCELERATED) / (2 * parameters)))
