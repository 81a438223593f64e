# SPDX-License-Identifier: Apache-2.0
"""Writes a trained reader as the engine's model directory.

    export.py --model ema.pt --out models/reader --version 1 [--scores scores.json] [--threshold 0.4] [--parity tests/neural/reader_parity.json --vocab vocab.txt]

Encoder products and word embeddings become int8 (one scale a row), heads half-precision. vocab.txt and
MODEL_CARD.md must lie in the output folder.
"""
import argparse
import json

import torch

import labels
import parity
from model import Reader
from model_file import ModelWriter

KEPT_HEADS = ("sentence_end", "trigger", "trigger_in", "event", "cue", "cue_in", "free", "names", "mention", "mention_form")
FAMILIES = dict(roles=("event",), quotes=("quote",), extents=("mention",))
DATA = ["Dragoman gold (train, written)", "PolNeAR train", "Worldwide newswire train", "CrossNER politics train",
        "UD English EWT train", "PropBank on EWT train", "UDS-IH2 train", "GUM train (tiers A and B)", "TNE train texts (Wikinews)",
        "Wikinews texts"]


def numpy(tensor):
    return tensor.detach().float().cpu().numpy()


def write_encoder(writer, encoder):
    """Adds the encoder's tensors and puts the rounded weights back into it, so that parity is with what is shipped."""
    def int8(name, weight):
        weight.data.copy_(torch.from_numpy(writer.add_int8(name, numpy(weight))))

    int8("embeddings.word", encoder.word.weight)
    writer.add_float("embeddings.position", numpy(encoder.position.weight))
    writer.add_float("embeddings.shape", numpy(encoder.shape.weight))
    norm(writer, "embeddings.norm", encoder.norm)
    for i, layer in enumerate(encoder.layers):
        for part in ("qkv", "out", "ffn_in", "ffn_out"):
            linear = getattr(layer, part)
            int8(f"layer.{i}.{part}.weight", linear.weight)
            writer.add_float(f"layer.{i}.{part}.bias", numpy(linear.bias))
        norm(writer, f"layer.{i}.attention_norm", layer.attention_norm)
        norm(writer, f"layer.{i}.ffn_norm", layer.ffn_norm)


def norm(writer, name, module):
    writer.add_float(name + ".weight", numpy(module.weight))
    writer.add_float(name + ".bias", numpy(module.bias))


def linear(writer, name, module):
    writer.add_half(name + ".weight", numpy(module.weight))
    writer.add_float(name + ".bias", numpy(module.bias))


def write_heads(writer, reader):
    for name in KEPT_HEADS:
        linear(writer, f"heads.{name}.a", reader.heads[name].a)
        linear(writer, f"heads.{name}.b", reader.heads[name].b)
    for family, tasks in FAMILIES.items():
        pair = getattr(reader, family)
        for part in ("anchor", "word", "right"):
            linear(writer, f"{family}.{part}", getattr(pair, part))
        writer.add_float(f"{family}.distance", numpy(pair.distance.weight))
        for task in tasks:
            linear(writer, f"{family}.left.{task}", pair.left[task])
            linear(writer, f"{family}.out.{task}", pair.out[task])


def parity_sequences(vocab):
    """Sentences of our own, as the reader would see them."""
    from text import Tokenizer
    tok = Tokenizer(vocab)
    texts = ["Nigeria's resident doctors on Sunday suspended their 11-day-old strike after the health ministry promised to clear salary arrears.",
             "\u201cWe condemn this attack,\u201d the foreign minister said.", "Doha denied it."]
    for text in texts:
        words = tok.words(text)
        ids, shapes = [tok.cls], [0]
        for _, _, pieces, shape in words:
            for k, p in enumerate(pieces):
                ids.append(p), shapes.append(shape + (10 if k else 0))
        yield ids + [tok.sep], shapes + [0]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--out", required=True), ap.add_argument("--version", required=True)
    ap.add_argument("--scores", default=""), ap.add_argument("--parity", default=""), ap.add_argument("--vocab", default="")
    ap.add_argument("--trigger", type=float, default=0.55), ap.add_argument("--cue", type=float, default=0.5)
    a = ap.parse_args()
    reader = Reader(deprels=64)
    reader.load_state_dict({k: v.float() for k, v in torch.load(a.model, map_location="cpu", weights_only=True).items()})
    reader.eval()
    writer = ModelWriter("reader", a.version, reader.encoder.config)
    write_encoder(writer, reader.encoder)
    write_heads(writer, reader)
    heads = dict(event_types=labels.EVENT_TYPES, statuses=labels.STATUSES, roles=labels.ROLES, quote_roles=labels.QUOTE_ROLES,
                 name_kinds=labels.NAME_KINDS, mention_kinds=labels.MENTION_KINDS, forms=labels.FORMS, modes=labels.MODES,
                 thresholds=dict(trigger=a.trigger, cue=a.cue))
    scores = json.load(open(a.scores))["scores"] if a.scores else {}
    writer.write(a.out, heads, ("vocab.txt", "MODEL_CARD.md"), license="CC BY-SA 4.0", data=DATA, scores=scores)
    if a.parity:
        parity.write_parity(reader.encoder, a.parity, list(parity_sequences(a.vocab)))


if __name__ == "__main__":
    main()
