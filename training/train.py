# SPDX-License-Identifier: Apache-2.0
"""Trains the reader.

    train.py --packed packed.pkl.xz --encoder FILE --out DIR [--mlm-steps N] [--steps N] [--seed N] ...

1. masked words on all texts, 2. all heads together. Checkpoints in DIR (ema.pt: averaged weights). A run that was
cut off goes on from DIR/state.pt. Uses a CUDA device where there is one.
"""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
import labels
from evaluate import quick_scores
from model import Reader

CLS, SEP, MASK = 101, 102, 103


def device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def load_encoder(encoder, path):
    """A safetensors BERT, an .npz written by pack_encoder.py, or an encoder.pt of an earlier run."""
    if path.endswith(".pt"):
        encoder.load_state_dict({k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items()})
    elif path.endswith(".npz"):
        z = np.load(path)
        t = {k: torch.from_numpy(z[k].astype(np.float32)) for k in z.files if not k.endswith(".q") and not k.endswith(".s")}
        for k in z.files:
            if k.endswith(".q"):
                t[k[:-2]] = torch.from_numpy(z[k].astype(np.float32) * z[k[:-2] + ".s"][:, None])
        encoder.load_bert(t)
    else:
        from safetensors.torch import load_file
        encoder.load_bert(load_file(path))


def masked_words(reader, docs, a, dev, log):
    """Masked-word training of the encoder with tied output weights (BERT's 80/10/10 on 20 % of the pieces)."""
    encoder = reader.encoder
    h = encoder.config["hidden"]
    transform = torch.nn.Sequential(torch.nn.Linear(h, h), torch.nn.GELU(), torch.nn.LayerNorm(h)).to(dev)
    bias = torch.nn.Parameter(torch.zeros(encoder.config["vocab"], device=dev))
    opt = torch.optim.AdamW([*encoder.parameters(), *transform.parameters(), bias], lr=a.mlm_lr, weight_decay=0.01, betas=(0.9, 0.98))
    batcher = data.Batcher(CLS, SEP)
    stream = data.Mixture(dict(all=(docs, a.mlm_batch)), batcher, a.mlm_steps, a.seed + 7)
    stream.batcher = Unlabelled(batcher)
    loader = torch.utils.data.DataLoader(stream, batch_size=None, num_workers=a.workers, prefetch_factor=4 if a.workers else None)
    reader.train()
    total, start = 0.0, time.time()
    for step, batch in enumerate(loader):
        if time.time() - start > a.mlm_seconds:
            break
        for g in opt.param_groups:
            g["lr"] = a.mlm_lr * schedule(step, a.mlm_steps, time.time() - start, a.mlm_seconds)
        ids, shapes, mask = (batch[k].to(dev, non_blocking=True) for k in ("ids", "shapes", "mask"))
        chosen = (torch.rand(ids.shape, device=dev) < 0.2) & mask & (ids != CLS) & (ids != SEP)
        r = torch.rand(ids.shape, device=dev)
        noisy = torch.where(chosen & (r < 0.8), torch.full_like(ids, MASK), ids)
        noisy = torch.where(chosen & (r >= 0.9), torch.randint_like(ids, 1000, encoder.config["vocab"]), noisy)
        with torch.autocast(dev.type, torch.bfloat16):
            x = transform(encoder(noisy, shapes, mask)[chosen])
            loss = F.cross_entropy((x @ encoder.word.weight.to(x.dtype).T).float() + bias, ids[chosen])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        opt.step()
        total += float(loss.detach()) if step % 20 == 0 else 0.0
        if step % 200 == 199:
            log(f"mlm {step + 1} loss {total / 10:.3f} {time.time() - start:.0f} s")
            total = 0.0


class Unlabelled:
    def __init__(self, batcher):
        self.inner = batcher

    def batch(self, items):
        return self.inner.batch(items, with_labels=False)


def schedule(step, steps, elapsed=0.0, seconds=float("inf"), warm=0.06):
    """Rises over the first part, then falls to nothing at the last step or second, whichever comes first."""
    done = max(step / steps, elapsed / seconds)
    return min(1.0, (step + 1) / max(1, int(warm * steps))) * max(0.02, 1.0 - done)


def tag_loss(logits, target, weight=None):
    """Cross-entropy (or binary where there is one logit) over known words."""
    known = target >= 0
    if not known.any():
        return logits.sum() * 0
    if logits.shape[-1] == 1:
        return F.binary_cross_entropy_with_logits(logits[..., 0][known].float(), target[known].float())
    return F.cross_entropy(logits[known].float(), target[known], weight=weight, label_smoothing=0.0)


WEIGHTS = dict(trigger=4.0, trigger_in=1.0, cue=1.5, cue_in=0.5, free=1.0, names=1.5, mention=1.0, mention_form=0.3, sentence_end=0.5,
               upos=0.5, deprel=0.5, pred=0.3, pcue=0.7, pcue_in=0.2)
PAIR_WEIGHTS = dict(event=3.0, propbank=1.0, quote=2.0, polnear=1.0, mention=0.7)


def losses(reader, batch, a):
    if a.mask:  # pieces hidden at random, so that the heads don't lean on single words
        ids = batch["ids"]
        hidden = (torch.rand(ids.shape, device=ids.device) < a.mask) & (ids != CLS) & (ids != SEP)
        batch = {**batch, "ids": torch.where(hidden, torch.full_like(ids, MASK), ids)}
    h = reader.words(batch)
    total, parts = 0.0, {}
    for name, weight in WEIGHTS.items():
        if "tag." + name in batch:
            loss = tag_loss(reader.heads[name](h), batch["tag." + name])
            parts[name] = loss.detach()
            total = total + weight * loss
    for task, weight in PAIR_WEIGHTS.items():
        if f"pair.{task}.row" not in batch:
            continue
        row, at, bio = (batch[f"pair.{task}.{k}"] for k in ("row", "at", "bio"))
        logits = reader.pair(task, h, row, at).view(*bio.shape, 3)
        loss = tag_loss(logits, bio)
        # A mean over all words is small; scale it so that it counts like one decision an anchor.
        loss = loss * 6.0
        parts["pair." + task] = loss.detach()
        total = total + weight * loss
        if task == "event":
            e = reader.heads["event"](h[row, at]).float()
            n = len(labels.STATUSES)
            status = F.cross_entropy(e[:, :n], batch["event.status"], weight=STATUS_WEIGHTS.to(e.device))
            hist = F.binary_cross_entropy_with_logits(e[:, n], batch["event.historical"])
            modes = F.binary_cross_entropy_with_logits(e[:, n + 1:], batch["event.modes"]) * 10
            parts["status"] = status.detach()
            total = total + a.status_weight * status + 0.5 * hist + 0.7 * modes
    if "factual.row" in batch:
        f = torch.tanh(reader.heads["factual"](h[batch["factual.row"], batch["factual.at"]])[:, 0].float())
        total = total + 0.5 * F.mse_loss(f, batch["factual.value"])
    return total, parts


STATUS_WEIGHTS = torch.tensor([0.6, 1.5, 1.5, 1.5, 1.5])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--encoder", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--mlm-steps", type=int, default=1500), ap.add_argument("--mlm-lr", type=float, default=3e-4)
    ap.add_argument("--mlm-batch", type=int, default=128)
    ap.add_argument("--mlm-seconds", type=float, default=float("inf")), ap.add_argument("--mask", type=float, default=0.05, help="share of pieces hidden in joint training")
    ap.add_argument("--steps", type=int, default=2200), ap.add_argument("--lr", type=float, default=2e-4), ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--gold", type=int, default=24, help="gold windows a batch"), ap.add_argument("--status-weight", type=float, default=1.0)
    ap.add_argument("--init", default="", help="start from the encoder (and heads) of this checkpoint")
    ap.add_argument("--seed", type=int, default=1), ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--eval-every", type=int, default=400), ap.add_argument("--max-seconds", type=float, default=1e9)
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    start = time.time()
    logfile = open(os.path.join(a.out, "log.txt"), "a")

    def log(line):
        print(f"[{time.time() - start:6.0f}] {os.path.basename(a.out)} {line}", flush=True)
        print(f"[{time.time() - start:6.0f}] {line}", file=logfile, flush=True)

    torch.manual_seed(a.seed), random.seed(a.seed)
    dev = device()
    packed = data.load(a.packed)
    sets = packed["sets"]
    reader = Reader(deprels=64).to(dev)
    load_encoder(reader.encoder, a.encoder)
    if a.init:
        reader.load_state_dict(torch.load(a.init, map_location=dev, weights_only=True), strict=False)
    log(f"{dev} {vars(a)}")
    if a.mlm_steps:
        news = sets["plain"] + sets["train"] + sets["written"] + sets["polnear"] + sets["worldwide"]
        masked_words(reader, news, a, dev, log)
        torch.save({k: v.half() for k, v in reader.encoder.state_dict().items()}, os.path.join(a.out, "encoder.pt"))
    gold = sets["train"] + sets["written"]
    mix = dict(gold=(gold, a.gold), polnear=(sets["polnear"], 6), names=(sets["worldwide"] + sets["crossner"], 8), ewt=(sets["ewt"], 5), gum=(sets["gum"], 5))
    state_path = os.path.join(a.out, "state.pt")
    enc, rest = list(reader.encoder.parameters()), [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    opt = torch.optim.AdamW([dict(params=enc, base=a.lr), dict(params=rest, base=a.head_lr)], lr=a.lr, weight_decay=0.01, betas=(0.9, 0.98))
    ema = {k: v.detach().clone() for k, v in reader.state_dict().items()}
    first = 0
    if os.path.exists(state_path):
        state = torch.load(state_path, map_location=dev, weights_only=True)
        reader.load_state_dict(state["reader"]), opt.load_state_dict(state["opt"])
        ema, first = state["ema"], state["step"]
        log(f"goes on from step {first}")
    stream = data.Mixture(mix, data.Batcher(CLS, SEP), a.steps - first, a.seed + first)
    loader = torch.utils.data.DataLoader(stream, batch_size=None, num_workers=a.workers, prefetch_factor=4 if a.workers else None)
    sums = {}
    before = time.time() - start
    for step, batch in enumerate(loader, first):
        reader.train()
        joint = time.time() - start - before
        scale = schedule(step, a.steps, joint, a.max_seconds - before)
        if time.time() - start > a.max_seconds:
            log("out of time")
            break
        for g in opt.param_groups:
            g["lr"] = g["base"] * scale
        batch = {k: v.to(dev, non_blocking=True) for k, v in batch.items()}
        with torch.autocast(dev.type, torch.bfloat16):
            loss, parts = losses(reader, batch, a)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        opt.step()
        decay = min(0.998, (1 + step) / (20 + step))
        with torch.no_grad():
            torch._foreach_lerp_(list(ema.values()), [v.detach() for v in reader.state_dict().values()], 1 - decay)
        if step % 10 == 0:
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) * 0.9 + 0.1 * float(v)
        if step % a.eval_every == a.eval_every - 1 or step == a.steps - 1:
            live = {k: v.clone() for k, v in reader.state_dict().items()}
            reader.load_state_dict(ema)
            scores = quick_scores(reader, sets["tune"], sets["worldwide_dev"][:40], dev)
            log(f"step {step + 1} " + " ".join(f"{k} {v:.3f}" for k, v in scores.items()) + " | " + " ".join(f"{k} {v:.3f}" for k, v in sums.items()))
            reader.load_state_dict(live)
            if not torch.cuda.is_available():
                torch.save(dict(reader=live, opt=opt.state_dict(), ema=ema, step=step + 1), state_path)
    reader.load_state_dict(ema)
    torch.save({k: v.half().cpu() for k, v in ema.items()}, os.path.join(a.out, "ema.pt"))
    json.dump(dict(scores=quick_scores(reader, sets["tune"], sets["worldwide_dev"], dev), config=vars(a)), open(os.path.join(a.out, "scores.json"), "w"), indent=1)
    log("done " + json.dumps(quick_scores(reader, sets["tune"], sets["worldwide_dev"], dev)))


if __name__ == "__main__":
    main()
