"""What the network reads: patches as transformers makes them, and nothing remembered that is not the same."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.models.chat import Clip, Message, Picture
from agent.models.local.loader import hide_incompatible_torchvision, open_local
from agent.models.local.patches import patches, seconds_per_pair
from devices import Stop
from tests.doubles.conversations import clip, conversations, picture
from tests.doubles.tiny_qwen import save_tiny


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_local(str(save_tiny(tmp_path_factory.mktemp("qwen"))), stop=Stop(), say=lambda line: None)


def runner_of(model: Any) -> Any:
    from agent.models.local.runner import ModelRunner

    return ModelRunner(model.network, lambda: None)


def recomputed(model: Any, messages: Sequence[Message], **changed: Any) -> Any:
    """Logits after the last token, by transformers' own forward pass over everything."""
    import torch

    from tests.doubles.plain_generate import Plain

    model.network.model.rope_deltas = None
    with torch.inference_mode():
        return model.network(**Plain(model.network, model.tokenizer).inputs(messages) | changed).logits[0, -1]


def read(runner: Any, prompt: Any) -> Any:
    import torch

    with torch.inference_mode():
        return runner.prefill(prompt, ())[0]


def test_what_is_remembered_changes_the_logits_by_float_noise_only(model: Any) -> None:
    runner = runner_of(model)
    for seed in range(4):
        for messages in conversations(seed, 4, clips=True):
            wanted = recomputed(model, messages)
            assert float(wanted.abs().max()) > 2, "logits near zero would be alike however wrong"
            assert float((read(runner, model.encoder.encode(messages)) - wanted).abs().max()) < 1e-3
            one_dimensional = recomputed(model, messages, mm_token_type_ids=None)
            assert float((one_dimensional - wanted).abs().max()) > 0.5, "a wrong position would be seen"


def test_pieces_of_a_prompt_read_one_by_one_are_the_whole(model: Any) -> None:
    runner = runner_of(model)
    (messages,) = conversations(2, 1)
    whole = read(runner, model.encoder.encode(messages))
    runner = runner_of(model)
    runner.chunk = 7
    assert float((read(runner, model.encoder.encode(messages)) - whole).abs().max()) < 1e-3


def test_another_picture_of_the_same_size_is_not_taken_for_the_remembered_one(model: Any) -> None:
    first, second = (
        model.encoder.encode([Message("user", ("see", picture(seed, (112, 84)), "now"))]) for seed in (1, 2)
    )
    assert first.ids == second.ids
    wanted = read(runner_of(model), second)
    runner = runner_of(model)
    read(runner, first)
    assert float((read(runner, second) - wanted).abs().max()) < 1e-3
    by_ids_only = runner_of(model)
    read(by_ids_only, replace(first, keys=first.ids))
    assert float((read(by_ids_only, replace(second, keys=second.ids)) - wanted).abs().max()) > 0.1


def test_no_picture_is_cut_in_two_and_one_token_is_always_left_to_read(model: Any) -> None:
    runner = runner_of(model)
    prompt = model.encoder.encode([Message("user", ("see", picture(1, (112, 84))))])
    (span,) = prompt.spans
    read(runner, prompt)
    for end in range(1, len(prompt.ids) + 1):
        part = replace(prompt, ids=prompt.ids[:end], keys=prompt.keys[:end])
        inside = span.start < end - 1 < span.start + span.count
        runner.clear()
        read(runner, prompt)
        assert runner.cache.truncate_to(part) == (span.start if inside else end - 1)


def test_the_same_clip_at_another_speed_is_read_anew(model: Any) -> None:
    slow, fast = (model.encoder.encode([Message("user", (clip(1, 4, every), "?"))]) for every in (4.0, 0.5))
    wanted = read(runner_of(model), fast)
    runner = runner_of(model)
    assert float((read(runner, slow) - wanted).abs().max()) > 0.1
    assert float((read(runner, fast) - wanted).abs().max()) < 1e-3


def test_features_are_forgotten_oldest_first_within_their_bytes(model: Any) -> None:
    import torch

    from agent.models.local.vision_cache import VisionCache

    tower = model.network.model.visual
    passes: list[None] = []
    hook = tower.register_forward_hook(lambda *given: passes.append(None))
    prompts = [model.encoder.encode([Message("user", (picture(seed, (56, 56)),))]) for seed in range(3)]
    spans = VisionCache(tower, capacity=2 * 4 * 64 * 4)
    with torch.inference_mode():
        for index, looked in ((0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 4)):
            spans.features(prompts[index].spans[0])
            assert len(passes) == looked
    hook.remove()


@pytest.mark.parametrize("size", [(28, 28), (56, 84), (1316, 728), (336, 1092)])
def test_patches_of_a_picture_are_those_of_transformers(size: tuple[int, int]) -> None:
    hide_incompatible_torchvision()
    from transformers import Qwen2VLImageProcessorPil

    shown = picture(size[0], size)
    processor: Any = Qwen2VLImageProcessorPil
    made = processor(size={"shortest_edge": 28 * 28, "longest_edge": 16384 * 28 * 28})(images=[shown.pixels])
    wanted = np.asarray(made["pixel_values"])
    assert np.asarray(made["image_grid_thw"]).tolist() == [[1, size[1] // 14, size[0] // 14]]
    assert patches(shown).shape == wanted.shape
    assert np.abs(patches(shown) - wanted).max() < 1e-6


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_patches_of_a_clip_are_those_of_transformers(frames: int) -> None:
    from tests.doubles.plain_generate import clip_patches

    shown = clip(7, frames, 0.5)
    assert np.abs(patches(shown) - clip_patches(shown)[0].numpy()).max() < 1e-6


def test_seconds_per_pair_are_two_frames_of_what_was_really_taken() -> None:
    frame = Picture(np.zeros((28, 28, 3), np.uint8))
    assert seconds_per_pair(Clip((frame,) * 4, (10.0, 10.5, 11.0, 11.5))) == 1.0  # 2 frames a second
    assert seconds_per_pair(Clip((frame,) * 3, (0.0, 4.0, 8.0))) == 8.0


def test_the_template_is_that_of_the_checkpoint(model: Any) -> None:
    from tests.doubles.plain_generate import Plain

    plain = Plain(model.network, model.tokenizer)
    for seed in range(6):
        for messages in conversations(seed, 3, clips=True):
            assert list(model.encoder.encode(messages).ids) == plain.inputs(messages)["input_ids"][0].tolist()


def test_a_checkpoint_folder_is_found_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny(tmp_path / "tiny")
    monkeypatch.setenv("HOME", str(tmp_path))
    said: list[str] = []
    open_local("~/tiny", device="cpu", dtype="float32", stop=Stop(), say=said.append).close()
    assert "float32 on cpu" in said[0]
