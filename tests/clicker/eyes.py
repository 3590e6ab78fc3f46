"""Many pictures of one size seen at once: the vision half as transformers computes it, batched for training."""

from typing import Any

import numpy as np

from devices.device import Pixels

MEAN = np.array((0.48145466, 0.4578275, 0.40821073), np.float32)
DEVIATION = np.array((0.26862954, 0.26130258, 0.27577711), np.float32)


def patches_of(pictures: Pixels) -> Any:
    """The patches of `pictures` (count, height, width, 3) as a tensor (count, patches, 1176), in merging order.

    Equal to what `Qwen2VLImageProcessorPil` makes of each.
    """
    import torch

    count, height, width, _ = pictures.shape
    scaled = (pictures.astype(np.float32) / 255 - MEAN) / DEVIATION
    cut = scaled.reshape(count, height // 28, 2, 14, width // 28, 2, 14, 3).transpose(0, 1, 4, 2, 5, 7, 3, 6)
    twice = np.broadcast_to(cut[:, :, :, :, :, :, None], (*cut.shape[:6], 2, 14, 14))
    return torch.from_numpy(twice.reshape(count, height * width // 196, 1176))


def seen(visual: Any, patches: Any, size: tuple[int, int]) -> Any:
    """The merged features (count, tokens, hidden) of `patches` of pictures of `size` (width, height)."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention
    from transformers.models.qwen2_5_vl.modeling_qwen2_5_vl import apply_rotary_pos_emb_vision
    from transformers.vision_utils import get_vision_position_ids

    grid = torch.tensor([[1, size[1] // 14, size[0] // 14]])
    places = get_vision_position_ids(grid, 2)
    rotary = visual.rotary_pos_emb(patches, places)
    windows = (places // 8) @ torch.tensor([1000, 1])
    near = windows[:, None] == windows[None]
    hidden = visual.patch_embed(patches.flatten(0, 1)).unflatten(0, patches.shape[:2])
    for number, block in enumerate(visual.blocks):
        attention = block.attn
        split = attention.qkv(block.norm1(hidden)).unflatten(-1, (3, attention.num_heads, -1))
        query, key, value = split.unbind(2)
        query, key = apply_rotary_pos_emb_vision(query, key, *rotary)
        mixed = scaled_dot_product_attention(
            query.transpose(1, 2),
            key.transpose(1, 2),
            value.transpose(1, 2),
            attn_mask=None if number in visual.fullatt_block_indexes else near,
        )
        hidden = hidden + attention.proj(mixed.transpose(1, 2).flatten(2))
        hidden = hidden + block.mlp(block.norm2(hidden))
    return visual.merger(hidden).unflatten(0, (len(patches), -1))
