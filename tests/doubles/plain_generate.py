"""What everybody else does: `generate()` on the whole conversation, every time. The yardstick of the local engine."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from agent.models.chat import Clip, Grammar, Message, Picture
from agent.models.local.loader import hide_incompatible_torchvision

hide_incompatible_torchvision()

import llguidance  # noqa: E402 - it imports transformers, which looks for torchvision at once
import llguidance.hf  # noqa: E402
import torch  # noqa: E402
from transformers import LogitsProcessor, Qwen2VLImageProcessorPil  # noqa: E402

NEVER = ("<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>")


class Plain:
    """A network behind transformers' own chat template, picture processor, positions and decoding loop.

    `passes` counts the passes through the network, `read` is how long the last prompt was, in tokens.
    """

    def __init__(self, network: Any, tokenizer: Any) -> None:
        self.network = network
        self.tokenizer = tokenizer
        self.passes = self.read = 0
        self._pictures: Any = Qwen2VLImageProcessorPil(size={"shortest_edge": 28 * 28, "longest_edge": 16384 * 28 * 28})
        ends = network.generation_config.eos_token_id
        self._ends: list[int] = ends if isinstance(ends, list) else [ends]
        width = network.lm_head.out_features
        self._tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=width, eos_token=self._ends)
        network.register_forward_hook(self._count)

    def _count(self, *given: Any) -> None:
        self.passes += 1

    def inputs(self, messages: Sequence[Message]) -> dict[str, torch.Tensor]:
        """What `generate()` and `forward()` take for `messages` and the opening of the answer."""
        turns = [{"role": each.role, "content": [_content(part) for part in each.parts]} for each in messages]
        text = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        found: dict[str, list[Any]] = {"pixel_values": [], "image_grid_thw": []}
        clips: dict[str, list[Any]] = {"pixel_values_videos": [], "video_grid_thw": [], "second_per_grid_ts": []}
        for part in (part for each in messages for part in each.parts):
            match part:
                case Picture(pixels):
                    made = self._pictures(images=[pixels], return_tensors="pt")
                    for name, values in found.items():
                        values.append(made[name])
                    text = text.replace("<|image_pad|>", "<|seen|>" * (int(made["image_grid_thw"].prod()) // 4), 1)
                case Clip():
                    rows, grid = clip_patches(part)
                    span = (part.times[-1] - part.times[0]) / max(1, len(part.times) - 1)
                    for values, new in zip(clips.values(), (rows, grid, torch.tensor([2 * span])), strict=True):
                        values.append(new)
                    text = text.replace("<|video_pad|>", "<|watched|>" * (int(grid.prod()) // 4), 1)
        text = text.replace("<|seen|>", "<|image_pad|>").replace("<|watched|>", "<|video_pad|>")
        ids = self.tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        kinds = (ids == self.network.config.image_token_id) + 2 * (ids == self.network.config.video_token_id)
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "mm_token_type_ids": kinds}
        if self.network.config.model_type == "qwen2_vl":
            del clips["second_per_grid_ts"]  # it tells clips of all speeds alike
        return inputs | {name: torch.cat(values) for name, values in (found | clips).items() if values}

    def complete(self, messages: Sequence[Message], grammar: Grammar | None, max_tokens: int) -> list[int]:
        """The tokens of the greedy reply, without the one that ends it."""
        inputs = self.inputs(messages)
        self.read = int(inputs["input_ids"].shape[1])
        known = self.tokenizer.get_vocab()
        width = self.network.lm_head.out_features
        self.network.model.rope_deltas = None
        out = self.network.generate(
            **inputs,
            do_sample=False,
            max_new_tokens=max_tokens,
            suppress_tokens=sorted({known[mark] for mark in NEVER} | set(range(width)) - set(known.values())),
            logits_processor=[Masked(self._tokens, grammar.lark, inputs["input_ids"].shape[1])] if grammar else [],
        )
        tokens: list[int] = out[0, inputs["input_ids"].shape[1] :].tolist()
        return tokens[:-1] if tokens[-1] in self._ends else tokens


class Masked(LogitsProcessor):
    """A grammar as transformers takes one, a token at a time."""

    def __init__(self, tokens: Any, lark: str, start: int) -> None:
        self._matcher = llguidance.LLMatcher(tokens, llguidance.LLMatcher.grammar_from_lark(lark))
        self._seen = start

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> Any:
        for token in input_ids[0, self._seen :].tolist():
            if not self._matcher.is_stopped():
                assert self._matcher.consume_token(token)
        self._seen = input_ids.shape[1]
        allowed = np.unpackbits(np.frombuffer(self._matcher.compute_bitmask(), np.uint8), bitorder="little")
        return scores.masked_fill(torch.from_numpy(allowed[: scores.shape[1]]) == 0, float("-inf"))


def clip_patches(clip: Clip) -> tuple[torch.Tensor, torch.Tensor]:
    """Patches and grid by the formula of transformers' Qwen2VLVideoProcessor, which itself needs torchvision."""
    processor = Qwen2VLImageProcessorPil
    mean, std = torch.tensor(processor.image_mean), torch.tensor(processor.image_std)
    frames = torch.stack([torch.from_numpy(np.array(frame.pixels)) for frame in clip.frames]).float()
    video = ((frames / 255 - mean) / std).permute(0, 3, 1, 2)[None]
    if len(clip.frames) % 2:
        video = torch.cat([video, video[:, -1:]], dim=1)
    time, rows, columns = video.shape[1] // 2, video.shape[3] // 14, video.shape[4] // 14
    cut = video.reshape(1, time, 2, 3, rows // 2, 2, 14, columns // 2, 2, 14).permute(0, 1, 4, 7, 5, 8, 3, 2, 6, 9)
    return cut.reshape(time * rows * columns, 3 * 2 * 14 * 14), torch.tensor([[time, rows, columns]])


def _content(part: str | Picture | Clip) -> dict[str, str]:
    match part:
        case str():
            return {"type": "text", "text": part}
        case Picture():
            return {"type": "image"}
    return {"type": "video"}
