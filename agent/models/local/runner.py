"""Forward passes of the network: prefill of a prompt in chunks, then decoding token by token."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import torch

from agent.models.local.kv_cache import PrefixCache
from agent.models.local.prompt import Prompt
from agent.models.local.vision_cache import VisionCache

PASS_FLOPS = {"cpu": 10e9}
"""Floating-point operations of one pass of about 150 ms, the longest that a stop waits for."""
ACCELERATOR_PASS_FLOPS = 20e12


class ModelRunner:
    """Runs tokens through the network after those in its `PrefixCache`; the logits after the last of them."""

    def __init__(self, network: Any, check: Callable[[], None]) -> None:
        self._network = network
        self._check = check
        self._text = network.model.language_model
        self.chunk = tokens_per_pass(sum(each.numel() for each in self._text.parameters()), network.device.type)
        self.cache = PrefixCache(len(self._text.layers))
        self.vision = VisionCache(network.model.visual)
        self.passes = 0

    def prefill(self, prompt: Prompt, opening: Sequence[int]) -> tuple[torch.Tensor, int, int]:
        """The logits after `prompt` and the `opening` of the answer, which is known before anything is computed.

        Beside the logits: how many tokens of the prompt were computed and not taken from the cache, and what is added
        to the index of a later token for its rotary position.
        """
        positions, shift = self._positions(prompt)
        reused = self.cache.truncate_to(prompt)
        later = torch.arange(len(opening)).expand(3, -1) + len(prompt.ids) + shift
        positions = torch.cat([positions, later], dim=1)[:, reused:]
        embedded = self._embedded(prompt, reused, opening)
        keys: list[Hashable] = [*prompt.keys[reused:], *opening]
        return self._forward(embedded, positions, keys), len(prompt.ids) - reused, shift

    def decode(self, tokens: Sequence[int], shift: int) -> torch.Tensor:
        """The logits after `tokens`, which come next."""
        positions = torch.arange(len(tokens)).expand(3, -1) + len(self.cache) + shift
        return self._forward(self._embed(tokens), positions, tokens)

    def clear(self) -> None:
        """Empty both caches."""
        self.cache.clear()
        self.vision.clear()

    def _forward(self, embedded: torch.Tensor, positions: torch.Tensor, keys: Sequence[Hashable]) -> torch.Tensor:
        """Logits of shape (vocabulary) after the last of `embedded`, of shape (tokens, hidden)."""
        for begin in range(0, len(keys), self.chunk):
            self._check()
            chunk = slice(begin, begin + self.chunk)
            hidden = self._text(
                inputs_embeds=embedded[None, chunk],
                position_ids=positions[:, None, chunk].to(embedded.device),
                cache=self.cache.layers,
                use_cache=True,
            ).last_hidden_state
            self.cache.add(keys[chunk])
            self.passes += 1
        logits: torch.Tensor = self._network.lm_head(hidden[0, -1])
        return logits.float()

    def _embedded(self, prompt: Prompt, reused: int, opening: Sequence[int]) -> torch.Tensor:
        """Of shape (tokens, hidden): the prompt after its first `reused` tokens, and the opening of the answer."""
        embedded = self._embed([*prompt.ids[reused:], *opening])
        for span in prompt.spans:
            if span.start >= reused:
                first = span.start - reused
                embedded[first : first + span.count] = self.vision.features(span)
        return embedded

    def _embed(self, tokens: Sequence[int]) -> torch.Tensor:
        words: torch.Tensor = self._text.embed_tokens(torch.tensor(tokens, device=self._network.device))
        return words

    def _positions(self, prompt: Prompt) -> tuple[torch.Tensor, int]:
        """Rotary positions of shape (3, tokens): time, height, width; by transformers' own `get_rope_index`."""
        pictures = [each for each in prompt.spans if not each.is_clip]
        clips = [each for each in prompt.spans if each.is_clip]
        positions, shift = self._network.model.get_rope_index(
            torch.tensor([prompt.ids]),
            mm_token_type_ids=torch.tensor([prompt.kinds]),
            image_grid_thw=torch.tensor([each.grid for each in pictures]) if pictures else None,
            video_grid_thw=torch.tensor([each.grid for each in clips]) if clips else None,
            second_per_grid_ts=[each.seconds for each in clips] if clips else None,
        )
        return positions[:, 0], int(shift)


def tokens_per_pass(parameters: int, device: str) -> int:
    """The most tokens of one pass through a language model of that size: at least 64.

    On a CPU a pass of at least 64 tokens through billions of parameters takes seconds: then it is stopped between the
    layers.
    """
    return max(64, int(PASS_FLOPS.get(device, ACCELERATOR_PASS_FLOPS) / (2 * parameters)))
