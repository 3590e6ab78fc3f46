"""Trains the clicker from nothing: `python -m tests.clicker.train --out tests/clicker/checkpoint`."""

import math, time, sys, json
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from tests.clicker.eyes import seen
from tests.clicker.lessons import *
from tests.clicker.lessons import _edges
from tests.clicker.sizes import HIDDEN, config_of


class Hints(nn.Module):
    """Heads for what a good clicker knows on the way to its answer; thrown away after training."""

    def __init__(self):
        super().__init__()
        self.sight = nn.Linear(HIDDEN, len(NAMES) + 1 + 4 + 2)   # colour, edges offsets, own place
        self.sought = nn.Linear(HIDDEN, 1 + 2 + 2)  # is this the button asked for; own place; button centre
        self.point = nn.Linear(HIDDEN, 3)


def positions(lesson, rows, cols):
    B, L = lesson.ids.shape
    N = rows * cols
    i = torch.arange(L)[None]
    s = lesson.picture_starts[:, None]
    k = i - s
    inside = (k >= 0) & (k < N)
    after = i - N + max(rows, cols)
    base = torch.where(k < 0, i, after)
    t = torch.where(inside, s.expand_as(k), base)
    h = torch.where(inside, s + k.clamp(0) // cols, base)
    w = torch.where(inside, s + k.clamp(0) % cols, base)
    return torch.stack([t, h, w]), inside


def geometry(lesson):
    """per token: colour class, edges relative to token centre (tokens units), of the button that covers the centre"""
    cols, rows = lesson.size[0] // 28, lesson.size[1] // 28
    P = len(lesson.boxes)
    cls = torch.zeros(P, rows, cols, dtype=torch.long); off = torch.zeros(P, rows, cols, 4)
    for p, boxes in enumerate(lesson.boxes):
        for c, b in boxes.items():
            # tokens with notable overlap
            for r in range(rows):
                for q in range(cols):
                    ox = min(b.right, q*28+28) - max(b.left, q*28); oy = min(b.bottom, r*28+28) - max(b.top, r*28)
                    if ox >= 10 and oy >= 10:
                        cls[p, r, q] = NAMES.index(c) + 1
                        cx, cy = q*28+14, r*28+14
                        off[p, r, q] = torch.tensor([b.left-cx, b.top-cy, b.right-cx, b.bottom-cy]) / 28
    place = torch.stack(torch.meshgrid(torch.arange(rows), torch.arange(cols), indexing="ij"), -1).float().flatten(0, 1)
    return cls.flatten(1), off.flatten(1, 2), place


def forward(model, lesson):
    core = model.model
    cols, rows = lesson.size[0] // 28, lesson.size[1] // 28
    feats = seen(core.visual, lesson.patches, lesson.size)
    Q = len(lesson.asked) // len(feats)
    pos, inside = positions(lesson, rows, cols)
    emb = core.language_model.embed_tokens(lesson.ids)
    emb = emb.masked_scatter(inside[..., None], feats.repeat_interleave(Q, 0).to(emb.dtype))
    out = core.language_model(inputs_embeds=emb, position_ids=pos, attention_mask=None, output_hidden_states=True, use_cache=False)
    return feats, out, inside


def loss_of(model, hints, lesson, digit_ids, anchor):
    feats, out, inside = forward(model, lesson)
    B = len(lesson.asked); Q = B // len(feats)
    A = lesson.answers.shape[1]
    idx = (lesson.starts[:, None] + torch.arange(A)[None]).clamp(max=lesson.ids.shape[1] - 1)
    hid = out.last_hidden_state.gather(1, idx[..., None].expand(-1, -1, HIDDEN))
    logits = model.lm_head(hid).float()
    target = lesson.answers
    isdig = torch.isin(target, digit_ids)
    w = torch.where(isdig, 2.0, 0.5) * (target >= 0)
    # ones digits (a digit not followed by a digit) matter little; first digits much
    nxt = torch.cat([isdig[:, 1:], torch.zeros(B, 1, dtype=torch.bool)], 1)
    w = torch.where(isdig & ~nxt, 0.3, w)
    w = torch.where(isdig & nxt, 3.0, w)
    w[:, anchor] = 3.0
    ce = F.cross_entropy(logits.flatten(0, 1), target.flatten(), reduction="none", ignore_index=-100).view(B, A)
    main = (ce * w).sum() / w.sum()
    cls, off, place = geometry(lesson)
    s = hints.sight(feats).float()
    n = len(NAMES) + 1
    sight = F.cross_entropy(s[..., :n].flatten(0, 1), cls.flatten())
    on = (cls > 0)[..., None]
    sight_off = (F.smooth_l1_loss(s[..., n:n+4], off, reduction="none") * on).sum() / (4 * on.sum())
    sight_pl = F.smooth_l1_loss(s[..., n+4:], (place / 4 - 1).expand_as(s[..., n+4:]))
    hidden = out.hidden_states
    pics = hidden[2][inside].view(B, -1, HIDDEN)
    k = hints.sought(pics).float()
    asked = torch.tensor(lesson.asked)
    mine = (cls.repeat_interleave(Q, 0) == asked[:, None] + 1)
    sought = F.binary_cross_entropy_with_logits(k[..., 0], mine.float())
    own = F.smooth_l1_loss(k[..., 1:3], (place / 4 - 1).expand_as(k[..., 1:3]))
    tgt = torch.tensor([[b.center.y, b.center.x] if b else [0, 0] for b in lesson.target]) / 28 / 4 - 1
    there = torch.tensor([b is not None for b in lesson.target])
    cen = (F.smooth_l1_loss(k[..., 3:], tgt[:, None].expand_as(k[..., 3:]), reduction="none") * mine[..., None]).sum() / mine.sum().clamp(min=1)
    mid = hidden[4].gather(1, idx[..., None].expand(-1, -1, HIDDEN))
    q = hints.point(mid).float()
    pre = F.binary_cross_entropy_with_logits(q[..., 0], there[:, None].float().expand(-1, A))
    pt = (F.smooth_l1_loss(q[..., 1:], tgt[:, None].expand(-1, A, -1), reduction="none") * there[:, None, None]).mean()
    parts = dict(main=main, sight=sight, off=sight_off, spl=sight_pl, sought=sought, own=own, cen=cen, pre=pre, pt=pt)
    with torch.no_grad():
        guess = logits.argmax(-1)
        ok = ((guess == target) | (target < 0) | (isdig & ~nxt)).all(1).float().mean()
        err = (q[:, :, 1:] - tgt[:, None]).abs().mul(28*4).mean(1).amax(1)
        parts["tf"] = ok; parts["px"] = err[there].median()
    total = main + .5*sight + sight_off + 2*sight_pl + sought + 4*own + 4*cen + .3*pre + 4*pt
    return total, parts


@torch.no_grad()
def accuracy(model, lesson, anchor_len):
    """greedy answers' share right (teacher format up to coordinates, free digits): batched greedy without cache"""
    B = len(lesson.asked)
    core = model.model
    cols, rows = lesson.size[0] // 28, lesson.size[1] // 28
    ids = lesson.ids.clone()
    P = lesson.starts + 1
    L = int(P.max()) + 45
    ids = F.pad(ids, (0, max(0, L - ids.shape[1])), value=0)[:, :L]
    for b in range(B): ids[b, P[b]:] = 0
    import dataclasses
    done = torch.zeros(B, dtype=torch.bool)
    out_ids = [[] for _ in range(B)]
    for t in range(44):
        l2 = dataclasses.replace(lesson, ids=ids)
        _, out, _ = forward(model, l2)
        at = P - 1 + t
        nxt = model.lm_head(out.last_hidden_state[torch.arange(B), at]).argmax(-1)
        ids[torch.arange(B), at + 1] = nxt
        for b in range(B):
            if not done[b]: out_ids[b].append(int(nxt[b]))
        done |= nxt == model.config.text_config.eos_token_id
        if done.all(): break
    return out_ids


def right(text, box):
    import re
    if box is None: return '"terminate"' in text
    m = re.search(r'"left_click", "coordinate": \[(\d+), (\d+)\]', text)
    return bool(m) and Point(int(m[1]), int(m[2])) in box
