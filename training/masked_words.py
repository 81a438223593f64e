# SPDX-License-Identifier: Apache-2.0
"""Masked-word training of the encoder: wins back the word-level detail that training for sentence vectors lost."""
import math
import time

import torch
from torch.nn import functional as F

import data

SHARE = 0.25  # of the pieces are to be told


def schedule(step, steps, elapsed=0.0, seconds=float("inf"), warm=0.06, end=0.0):
    """Rises over the first part (200 steps at most), then falls to `end` at the last step or second, whichever comes first."""
    done = max(step / steps, elapsed / seconds)
    return min(1.0, (step + 1) / max(1, min(200, int(warm * steps)))) * max(0.02, 1.0 - (1.0 - end) * done)


def has_bfloat16(dev):
    """Without the instructions half precision is emulated, many times slower than single precision."""
    return dev.type == "cuda" or torch.cpu._is_avx512_bf16_supported()


def clip(parameters, most=1.0):
    """Gradients to a norm of at most `most`. Those of a step that overflowed become nothing, so that one bad batch does not
    spoil a run; the device is not waited for."""
    gradients = [p.grad for p in parameters if p.grad is not None]
    size = torch.nn.utils.get_total_norm(gradients)
    scale = torch.where(size.isfinite(), (most / (size + 1e-6)).clamp(max=1.0), torch.zeros_like(size))
    torch._foreach_mul_(gradients, scale)
    for g in gradients:
        g.nan_to_num_(0.0, 0.0, 0.0)


def train(encoder, docs, special, a, dev, log):
    """BERT's 80/10/10 on SHARE of the pieces, with tied output weights. `a`: arguments of train.py."""
    cls, sep, mask_id = special
    h, vocab = encoder.config["hidden"], encoder.config["vocab"]
    transform = torch.nn.Sequential(torch.nn.Linear(h, h), torch.nn.GELU(), torch.nn.LayerNorm(h)).to(dev)
    bias = torch.nn.Parameter(torch.zeros(vocab, device=dev))
    parameters = [*encoder.parameters(), *transform.parameters(), bias]
    opt = torch.optim.AdamW(parameters, lr=a.mlm_lr, weight_decay=0.01, betas=(0.9, 0.98), fused=dev.type == "cuda")
    stream = data.ByLength(docs, data.Batcher(cls, sep), a.mlm_steps, a.seed + 7, a.mlm_pieces)
    encoder.train()
    total, count, start = 0.0, 0, time.time()
    for step, batch in enumerate(data.loader(stream, a.workers)):
        elapsed = time.time() - start
        if elapsed > a.mlm_seconds:
            break
        for g in opt.param_groups:
            g["lr"] = a.mlm_lr * schedule(step, a.mlm_steps, elapsed, a.mlm_seconds)
        ids, shapes, mask = (batch[k].to(dev, non_blocking=True) for k in ("ids", "shapes", "mask"))
        chosen = (torch.rand(ids.shape, device=dev) < SHARE) & mask & (ids != cls) & (ids != sep)
        r = torch.rand(ids.shape, device=dev)
        noisy = torch.where(chosen & (r < 0.8), torch.full_like(ids, mask_id), ids)
        noisy = torch.where(chosen & (r >= 0.9), torch.randint_like(ids, mask_id + 1, vocab), noisy)
        with torch.autocast(dev.type, torch.bfloat16, enabled=has_bfloat16(dev)):
            x = transform(encoder(noisy, shapes, mask)[chosen])
            loss = F.cross_entropy((x @ encoder.word.weight.to(x.dtype).T).float() + bias, ids[chosen])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        clip(parameters)
        opt.step()
        if step % 20 == 0:
            total, count = total + float(loss.detach()), count + 1
        if step % 100 == 99:
            log(f"masked words {step + 1} loss {total / count:.3f} {time.time() - start:.0f} s")
            if not math.isfinite(total):
                raise SystemExit("masked words: the loss is not a number (try --single-residual)")
            total, count = 0.0, 0
    log(f"masked words: {step + 1} steps, {time.time() - start:.0f} s")
