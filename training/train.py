# SPDX-License-Identifier: Apache-2.0
"""Trains the reader.

    train.py --packed packed.pkl.xz --encoder FILE --out DIR [--mlm-steps N] [--steps N] [--teachers A,B] [--seed N] ...
    train.py --packed packed.pkl.xz --start ema.pt [--start-vocab OLD.txt --vocab vocab.txt] --out DIR --mlm-steps 0 --share 0.3 ...

1. masked words on all texts, 2. all heads together, with the soft labels of teachers (earlier runs) where they are given.
Checkpoints in DIR (encoder.pt after 1, ema.pt: averaged weights). A run on the CPU that was cut off goes on from
DIR/state.pt. Uses a CUDA device where there is one. `--start` goes on from a whole reader: heads it has not are new.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
import distill
import kept
import labels
import masked_words
import tasks
from evaluate import extent_score, quick_scores
from masked_words import has_bfloat16
from model import Reader, sizes_of
from muon import Muon


def device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def encoder_tensors(path):
    """Of a safetensors BERT, an .npz written by pack_encoder.py, or (by the names of model.Encoder) an encoder.pt of an earlier run."""
    if path.endswith(".pt"):
        return {k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items()}
    if path.endswith(".npz"):
        z = np.load(path)
        t = {k: torch.from_numpy(z[k].astype(np.float32)) for k in z.files if not k.endswith(".q") and not k.endswith(".s")}
        for k in z.files:
            if k.endswith(".q"):
                scale = z[k[:-2] + ".s"].astype(np.float32)
                t[k[:-2]] = torch.from_numpy((z[k].reshape(*scale.shape, -1) * scale[..., None]).reshape(z[k].shape))
        return t
    from safetensors.torch import load_file
    return load_file(path)


def encoder_sizes(tensors):
    """Arguments of model.Encoder for them, beside its vocabulary and layers."""
    if "word.weight" in tensors:
        return sizes_of(tensors)
    names = {"embeddings.word_embeddings.weight": "word.weight", "encoder.relative_attention_bias.weight": "relative"}
    return sizes_of({names.get(k.removeprefix("bert."), k): v for k, v in tensors.items()})


def load_encoder(encoder, tensors):
    """Takes the tensors of `encoder_tensors`."""
    if "word.weight" in tensors:
        encoder.load_state_dict(tensors)
    else:
        encoder.load_bert(tensors)


def carry_over(reader, path, rows=None):
    """Takes over what a checkpoint has in the same shape; its embeddings by `rows`, where the vocabulary is another.
    Gives the names of what it had not."""
    state = {k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items() if v.is_floating_point()}
    if rows is not None:
        state["encoder.word.weight"] = state["encoder.word.weight"][rows]
    new = []
    with torch.no_grad():
        for name, weight in reader.named_parameters():
            if name in state and state[name].shape == weight.shape:
                weight.copy_(state[name])
            else:
                new.append(name)
    return new


def piece_rows(path, start_path):
    """Row in an older vocabulary of each piece of a newer one."""
    with open(path, encoding="utf8") as f, open(start_path, encoding="utf8") as g:
        row = {piece: i for i, piece in enumerate(g.read().split("\n"))}
        return [row[piece] for piece in f.read().split("\n") if piece]


def tag_loss(logits, target):
    """Cross-entropy (or binary where there is one logit) of words [n, outs] that are known."""
    if not len(target):
        return logits.sum() * 0
    if logits.shape[-1] == 1:
        return F.binary_cross_entropy_with_logits(logits[:, 0].float(), target.float())
    return F.cross_entropy(logits.float(), target)


WEIGHTS = dict(trigger=4.0, trigger_in=1.0, cue=1.5, cue_in=0.5, free=1.0, names=1.5, mention=1.0, mention_form=0.3, sentence_end=0.5,
               upos=0.5, deprel=0.5, pred=0.3, pcue=0.7, pcue_in=0.2)
PAIR_WEIGHTS = dict(event=3.0, propbank=1.0, quote=2.0, polnear=1.0, mention=0.7)


def hide(ids, share, special):
    """Hides pieces at random, so that the heads don't lean on single words."""
    cls, sep, mask = special.tolist()
    hidden = (torch.rand(ids.shape, device=ids.device) < share) & (ids != cls) & (ids != sep) & (ids != 0)
    return torch.where(hidden, torch.full_like(ids, mask), ids)


def losses(reader, batch, modules, targets, a, kept_layers=None):
    """The summed loss of a batch: one pass of the encoder over its windows and those of the tasks. `kept_layers`: of kept.py."""
    words, rows = data.joined([batch, *(batch["tasks"][m.name] for m in modules)])
    if kept_layers:
        words.update(below=kept_layers.below(words), frozen=kept_layers.count)
    elif a.mask:
        words["ids"] = hide(words["ids"], a.mask, reader.special)
    every = reader.words(words)
    h = every[rows[0][0]:rows[0][1], :rows[0][2]]
    total, parts = main_losses(reader, batch, h, a)
    for module, (first, last, width) in zip(modules, rows[1:]):
        tensors = {**batch["tasks"][module.name]["labels"], "valid": batch["tasks"][module.name]["valid"]}
        loss, of_task = module.loss(reader.tasks[module.name], every[first:last, :width], tensors)
        total = total + module.weight * loss
        parts.update({f"{module.name}.{k}": v for k, v in of_task.items()})
    if targets:
        soft = distill.loss(reader, h, targets)
        parts["soft"] = soft.detach()
        total = total + a.soft_weight * soft
    return total, parts


def main_losses(reader, batch, h, a):
    """Of the heads of model.py that the batch has labels for."""
    total, parts = 0.0, {}
    for name, weight in WEIGHTS.items():
        if "tag." + name in batch:
            target = batch["tag." + name]
            known = target >= 0
            loss = tag_loss(reader.heads[name](h[known]), target[known])
            parts[name] = loss.detach()
            total = total + weight * loss
    for task, weight in PAIR_WEIGHTS.items():
        if f"pair.{task}.row" not in batch:
            continue
        row, at, bio = (batch[f"pair.{task}.{k}"] for k in ("row", "at", "bio"))
        logits = reader.pair(task, h, row, at).view(*bio.shape, 3)
        known = bio >= 0
        loss = tag_loss(logits[known], bio[known])
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
    add = ap.add_argument
    add("--packed", required=True), add("--encoder", default="", help="of pack_encoder.py, a safetensors BERT, or an encoder.pt of an earlier run"), add("--out", required=True)
    add("--start", default="", help="a whole reader (ema.pt) to go on from"), add("--start-vocab", default="", help="its vocabulary, if larger than --vocab"), add("--vocab", default="")
    add("--layers", type=int, default=12)
    add("--mlm-steps", type=int, default=6000), add("--mlm-lr", type=float, default=5e-4), add("--mlm-pieces", type=int, default=24_000, help="a batch")
    add("--mlm-seconds", type=float, default=float("inf")), add("--mask", type=float, default=0.03, help="share of pieces hidden in joint training")
    add("--steps", type=int, default=2200), add("--lr", type=float, default=2e-4), add("--head-lr", type=float, default=1e-3)
    add("--muon", action="store_true", help="steps of the layers' matrices by muon.py, at --lr too")
    add("--end-rate", type=float, default=0.0, help="share of the learning rates that is left at the end")
    add("--gold", type=int, default=20, help="gold windows a batch"), add("--labelled", type=int, default=24, help="windows a batch of labels.tsv.xz"), add("--share", type=float, default=1.0, help="of all windows a batch, for small machines"), add("--gold-share", type=float, default=1.0, help="share of the gold articles, for a learning curve")
    add("--mix", default="", help="windows a batch of each set in place of the usual, e.g. gold:36,names:8")
    add("--teachers", default="", help="checkpoints (a,b,c) whose averaged outputs are learned too"), add("--plain", type=int, default=24, help="unlabelled windows a batch, with teachers")
    add("--teach", default="", help="heads (a,b,c) that the teachers teach; all if not given")
    add("--soft-weight", type=float, default=1.0), add("--status-weight", type=float, default=1.0)
    add("--tasks", default=",".join(tasks.names()), help="modules of training/tasks; parse:24 sets its items a batch")
    add("--frozen", type=int, default=0, help="lowest layers (and the embeddings) that stay as they are, with --start")
    add("--keep", default="", help="limits of windows (160 or 128,160,192), none of whose pieces are hidden: what the frozen layers and the teachers give is kept for each window")
    add("--single-residual", action="store_true", help="on a GPU: half precision in products only")
    add("--seed", type=int, default=1), add("--workers", type=int, default=2)
    add("--eval-every", type=int, default=400, help="steps; 0: no scores at all"), add("--max-seconds", type=float, default=1e9, help="of the joint training")
    a = ap.parse_args()
    if a.keep and not a.frozen:
        raise SystemExit("--keep: needs --frozen N, as nothing else gives the same every time")
    limits = kept.limits_of(a.keep) if a.keep else data.LIMITS
    os.makedirs(a.out, exist_ok=True)
    start = time.time()
    logfile = open(os.path.join(a.out, "log.txt"), "a")

    def log(line):
        print(f"[{time.time() - start:6.0f}] {os.path.basename(a.out)} {line}", flush=True)
        print(f"[{time.time() - start:6.0f}] {line}", file=logfile, flush=True)

    torch.manual_seed(a.seed), random.seed(a.seed)
    torch.set_float32_matmul_precision("high")
    torch.backends.cuda.enable_cudnn_sdp(False)  # plans each new shape anew: slow where shapes vary
    dev = device()
    packed = data.load(a.packed)
    sets = packed["sets"]
    modules = [tasks.load(name) for name in a.tasks.split(",") if name]
    tensors = None if a.start else encoder_tensors(a.encoder)
    reader = Reader(vocab=packed["vocab"], layers=a.layers, tasks=modules, special=packed["special"], **(encoder_sizes(tensors) if tensors else {})).to(dev)
    reader.encoder.half_residual = not a.single_residual
    log(f"{dev} {vars(a)}")
    if a.start:
        new = carry_over(reader, a.start, piece_rows(a.vocab, a.start_vocab) if a.start_vocab else None)
        log(f"new in this reader: {sum(reader.get_parameter(name).numel() for name in new)} weights of {sorted({'.'.join(name.split('.')[:2]) for name in new})}")
    else:
        load_encoder(reader.encoder, tensors)
    if a.frozen:
        for part in (reader.encoder.word, reader.encoder.position, reader.encoder.shape, reader.encoder.norm, *reader.encoder.layers[:a.frozen]):
            part.requires_grad_(False)
    news = sets["plain"] + sets["train"] + sets["written"] + sets["polnear"] + sets["worldwide"]
    if a.mlm_steps:
        masked_words.train(reader.encoder, news, packed["special"], a, dev, log)
        save(reader.encoder, os.path.join(a.out, "encoder.pt"))
    if a.steps:
        joint(reader, sets, modules, a, limits, dev, log)
        save(reader, os.path.join(a.out, "ema.pt"))
        scores = {**quick_scores(reader, sets["tune"], sets["worldwide_dev"], dev), **task_scores(reader, modules, sets, dev)} if a.eval_every else {}
        with open(os.path.join(a.out, "scores.json"), "w", encoding="utf8") as f:
            json.dump(dict(scores=scores, config=vars(a)), f, indent=1)
        log("done " + json.dumps(scores))


def save(module, path):
    """Its weights in half precision. The file is whole once it is there."""
    torch.save({k: v.half().cpu() if v.is_floating_point() else v.cpu() for k, v in module.state_dict().items()}, path + ".part")
    os.replace(path + ".part", path)


def task_scores(reader, modules, sets, dev):
    reader.eval()
    return {f"{m.name}.{k}": v for m in modules for k, v in m.scores(reader, sets, dev).items()}


def joint(reader, sets, modules, a, limits, dev, log):
    """All heads together, on windows of up to one of `limits` pieces at a time; leaves the averaged weights in `reader`."""
    start = time.time()
    articles = random.Random(0).sample(sets["train"], int(len(sets["train"]) * a.gold_share))
    written = random.Random(0).sample(sets["written"], int(len(sets["written"]) * a.gold_share))
    teachers = distill.Teachers(a.teachers.split(","), dev, [head for head in a.teach.split(",") if head]) if a.teachers else None
    plain = a.plain if teachers else 0
    kept_layers = kept.Layers(reader.encoder, a.frozen) if a.keep else None
    if a.keep and teachers:
        teachers = kept.Targets(teachers)
    news = sets["plain"] + sets["worldwide"] + sets["polnear"]
    mix = dict(gold=(articles + written, a.gold), labelled=(sets["labelled"], a.labelled), articles=([d for d in news if len(d["shape"]) >= 60], plain - plain // 4),
               passages=([d for d in news if len(d["shape"]) < 60], plain // 4), polnear=(sets["polnear"], 6),
               names=(sets["worldwide"] + sets["crossner"], 8), ewt=(sets["ewt"], 5), gum=(sets["gum"], 5))
    if a.mix:
        counts = dict(part.split(":") for part in a.mix.split(","))
        mix = {name: (docs, int(counts.pop(name, 0))) for name, (docs, _) in mix.items()}
        if counts:
            raise SystemExit(f"--mix: no set {', '.join(counts)}; there are {', '.join(mix)}")
    mix = {name: (docs, math.ceil(a.share * count)) for name, (docs, count) in mix.items()}
    taught = sum(mix[name][1] for name in ("gold", "labelled", "articles", "passages"))  # those that stand first in a batch
    opts = optimizers(reader, a)
    weights = list(reader.parameters())
    ema = [p.detach().clone() for p in weights]
    state_path, first = os.path.join(a.out, "state.pt"), 0
    if os.path.exists(state_path):
        state = torch.load(state_path, map_location=dev, weights_only=True)
        if len(state.get("opts", ())) != len(opts):
            raise SystemExit(f"{state_path}: is of other optimizers (--muon); remove it or go on as it began")
        reader.load_state_dict(state["reader"])
        for opt, saved in zip(opts, state["opts"], strict=True):
            opt.load_state_dict(saved)
        ema, first = state["ema"], state["step"]
        log(f"goes on from step {first}")
    stream = data.Mixture(mix, data.Batcher(*reader.special.tolist()[:2]), a.steps - first, a.seed + first, modules, sets, limits=limits, share=a.share)
    sums = {}
    for step, batch in enumerate(data.loader(stream, a.workers), first):
        elapsed = time.time() - start
        if elapsed > a.max_seconds:
            log(f"out of time after {step} steps")
            break
        scale = masked_words.schedule(step, a.steps, elapsed, a.max_seconds, end=a.end_rate)
        for g in (g for opt in opts for g in opt.param_groups):
            g["lr"] = g["base"] * scale
        batch = moved(batch, dev)
        reader.train()
        with torch.autocast(dev.type, torch.bfloat16, enabled=has_bfloat16(dev)):
            targets = teachers.teach(batch, taught) if teachers else None
            loss, parts = losses(reader, batch, modules, targets, a, kept_layers)
        reader.zero_grad(set_to_none=True)
        loss.backward()
        masked_words.clip(weights)
        for opt in opts:
            opt.step()
        with torch.no_grad():
            torch._foreach_lerp_(ema, [p.detach() for p in weights], 1 - min(0.998, (1 + step) / (20 + step)))
        if step % 20 == 0:
            for k, v in parts.items():
                sums[k] = sums.get(k, float(v)) * 0.8 + 0.2 * float(v)
        if step % 200 == 199:
            log(f"step {step + 1} {elapsed:.0f} s " + " ".join(f"{k} {v:.2f}" for k, v in sums.items()))
        if a.eval_every and step % a.eval_every == a.eval_every - 1:
            live = swap(weights, ema)
            scores = quick_scores(reader, sets["tune"], sets["worldwide_dev"][:40], dev)
            scores["extents"] = extent_score(reader, sets["gum_dev"][:10], dev)
            also = quick_scores(reader, sets["labelled_dev"], [], dev)
            log("labelled_dev " + " ".join(f"{k} {v:.3f}" for k, v in also.items() if k != "names"))
            log(f"step {step + 1} {elapsed:.0f} s " + " ".join(f"{k} {v:.3f}" for k, v in scores.items()) + " | " + " ".join(f"{k} {v:.2f}" for k, v in sums.items()))
            swap(weights, live)
            if dev.type == "cpu":
                torch.save(dict(reader=reader.state_dict(), opts=[opt.state_dict() for opt in opts], ema=ema, step=step + 1), state_path)
    swap(weights, ema)


def optimizers(reader, a):
    """Of the encoder's and the other weights; with `--muon` the matrices of the layers have one of their own."""
    learning = {name: p for name, p in reader.named_parameters() if p.requires_grad}
    matrices = [p for name, p in learning.items() if a.muon and name.startswith("encoder.layers.") and p.dim() == 2]
    encoder = [p for name, p in learning.items() if name.startswith("encoder.") and not any(p is m for m in matrices)]
    rest = [p for name, p in learning.items() if not name.startswith("encoder.")]
    adam = torch.optim.AdamW([dict(params=encoder, base=a.lr), dict(params=rest, base=a.head_lr)], lr=a.lr, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    return [adam, Muon([dict(params=matrices, base=a.lr)], lr=a.lr)] if matrices else [adam]


def swap(weights, values):
    """Puts `values` into the weights; gives what was there."""
    before = [p.detach().clone() for p in weights]
    with torch.no_grad():
        for p, v in zip(weights, values):
            p.copy_(v)
    return before


def moved(batch, dev):
    """The batch on the device; lengths stay on the CPU."""
    return {k: moved(v, dev) if isinstance(v, dict) else v if k == "lengths" else v.to(dev, non_blocking=True) for k, v in batch.items()}


if __name__ == "__main__":
    main()
