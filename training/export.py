# SPDX-License-Identifier: Apache-2.0
"""Writes a trained reader as the engine's model directory.

    export.py --model ema.pt --out models/reader --version 1 [--scores scores.json] [--threshold 0.4]
              --vocab vocab.txt --calibrate gold/train.jsonl

Products and word embeddings become int8 (one scale a row). vocab.txt and MODEL_CARD.md must lie in the output folder.
Trees and coreference come into a model with add_grammar.py, further readers with join_readers.py.
"""
import argparse
import json

import torch

import labels
from model import Reader
from model_file import ModelWriter

KEPT_HEADS = ("sentence_end", "trigger", "trigger_in", "event", "cue", "cue_in", "free", "names", "mention", "mention_form")
PARTS = ("qkv", "out", "ffn_in", "ffn_out")
FAMILIES = dict(roles=("event",), quotes=("quote",), extents=("mention",))
DATA = ["Dragoman gold (train, written)", "Dragoman labels of PolNeAR, Worldwide and Wikinews texts (train)", "PolNeAR train", "Worldwide newswire train", "CrossNER politics train",
        "UD English EWT train", "PropBank on EWT train", "UDS-IH2 train", "GUM train (tiers A and B)", "TNE train texts (Wikinews)",
        "Wikinews texts"]


def numpy(tensor):
    return tensor.detach().float().cpu().numpy()


CALIBRATION_TEXTS = 300  # whose first pieces (sequences_of) tell what inputs products see: about 45,000
SMOOTHING = 0.6  # share of an input's size that goes into the weights; cosine to float on gold: .998 without, .9994 with


class Seen:
    """What was seen of a product's inputs: the largest magnitude of each, and the sum of x xᵀ."""

    def __init__(self, width):
        self.largest, self.moments = torch.zeros(width), torch.zeros(width, width)

    def add(self, x):
        x = x.detach().float().flatten(0, -2)
        self.largest = torch.maximum(self.largest, x.abs().amax(0))
        self.moments += x.T @ x


def seen_inputs(encoder, sequences):
    """{(layer, part): Seen} over (ids, shapes) sequences."""
    found = {(i, part): Seen(getattr(layer, part).in_features) for i, layer in enumerate(encoder.layers) for part in PARTS}
    hooks = [getattr(encoder.layers[i], part).register_forward_pre_hook(lambda module, inputs, seen=seen: seen.add(inputs[0])) for (i, part), seen in found.items()]
    with torch.no_grad():
        for ids, shapes in sequences:
            encoder(torch.tensor([ids]), torch.tensor([shapes]))
    for hook in hooks:
        hook.remove()
    return found


def write_encoder(writer, encoder, sequences):
    """Adds the encoder's tensors and puts the rounded weights back into it, so that it gives what is shipped.

    Inputs of products that run large are divided by a factor that their weights take (SmoothQuant): one activation
    scale a row then serves all inputs. `sequences` are what the inputs are read from."""
    seen = seen_inputs(encoder, sequences)
    encoder.word.weight.data.copy_(torch.from_numpy(writer.add_int8("embeddings.word", numpy(encoder.word.weight))))
    encoder.position.weight.data.copy_(encoder.position.weight.half().float())
    writer.add_half("embeddings.position", numpy(encoder.position.weight))
    writer.add_float("embeddings.shape", numpy(encoder.shape.weight))
    norm(writer, "embeddings.norm", encoder.norm)
    for i, layer in enumerate(encoder.layers):
        write_layer(writer, f"layer.{i}", layer, {part: seen[i, part] for part in PARTS})


def write_layer(writer, name, layer, seen):
    """`seen`: of each product's inputs. A product's factor is the inverse of what its weights were multiplied with."""
    for part in PARTS:
        module = getattr(layer, part)
        scale = seen[part].largest.clamp(min=1e-4) ** SMOOTHING / module.weight.abs().amax(0).clamp(min=1e-4) ** (1 - SMOOTHING)
        scale = scale / scale.median()
        writer.add_float(f"{name}.{part}.factor", numpy(1 / scale))
        moments = (seen[part].moments / scale[:, None] / scale).detach() if writer.fineness else None
        rounded = torch.from_numpy(writer.add_int8(f"{name}.{part}.weight", numpy(module.weight * scale), moments))
        module.weight.data.copy_(rounded / scale)
        writer.add_float(f"{name}.{part}.bias", numpy(module.bias))
    norm(writer, name + ".attention_norm", layer.attention_norm)
    norm(writer, name + ".ffn_norm", layer.ffn_norm)


def norm(writer, name, module):
    writer.add_float(name + ".weight", numpy(module.weight))
    writer.add_float(name + ".bias", numpy(module.bias))


def write_linear(writer, name, module, more=0):
    """The product of a head, whose rounded weights are put back into it; `more` is added to its bias."""
    module.weight.data.copy_(torch.from_numpy(writer.add_int8(name + ".weight", numpy(module.weight))))
    writer.add_float(name + ".bias", numpy(module.bias + more))


def write_heads(writer, reader):
    for name in KEPT_HEADS:
        write_linear(writer, f"heads.{name}.a", reader.heads[name].a)
        write_linear(writer, f"heads.{name}.b", reader.heads[name].b)
    for family, tasks in FAMILIES.items():
        pair = getattr(reader, family)
        for part in ("anchor", "word", "right"):
            write_linear(writer, f"{family}.{part}", getattr(pair, part))
        writer.add_float(f"{family}.distance", numpy(pair.distance.weight))
        for task in tasks:
            write_linear(writer, f"{family}.left.{task}", pair.left[task])
            write_linear(writer, f"{family}.out.{task}", pair.out[task])


def sequences_of(texts, vocab, limit=160):
    """(ids, shapes) of texts, as the reader would see them."""
    from text import Tokenizer
    tok = Tokenizer(vocab)
    for text in texts:
        words = tok.words(text)
        ids, shapes = [tok.cls], [0]
        for _, _, pieces, shape in words:
            for k, p in enumerate(pieces):
                ids.append(p), shapes.append(shape + (10 if k else 0))
        yield ids[:limit] + [tok.sep], shapes[:limit] + [0]


def parity_sequences(vocab):
    """Sentences of our own."""
    texts = ["Nigeria's resident doctors on Sunday suspended their 11-day-old strike after the health ministry promised to clear salary arrears.",
             "\u201cWe condemn this attack,\u201d the foreign minister said.", "Doha denied it."]
    return sequences_of(texts, vocab)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--out", required=True), ap.add_argument("--version", required=True)
    ap.add_argument("--scores", default=""), ap.add_argument("--vocab", required=True)
    ap.add_argument("--calibrate", required=True, help="JSON lines with `text`, e.g. gold/train.jsonl: what sizes of activations are read from")
    ap.add_argument("--fineness", type=float, default=0, help="steps that weights are rounded to in a standard deviation of their row (6), and weights.bin is packed; 0: 127 to the largest, unpacked")
    ap.add_argument("--trigger", type=float, default=0.55), ap.add_argument("--cue", type=float, default=0.5), ap.add_argument("--recipient", type=float, default=0.38)
    a = ap.parse_args()
    reader = Reader.of(torch.load(a.model, map_location="cpu", weights_only=True)).eval()
    writer = ModelWriter("reader", a.version, reader.encoder.config, a.fineness)
    with open(a.calibrate, encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(CALIBRATION_TEXTS), lines)]
    write_encoder(writer, reader.encoder, list(sequences_of(texts, a.vocab)))
    write_heads(writer, reader)
    heads = dict(event_types=labels.EVENT_TYPES, statuses=labels.STATUSES, roles=labels.ROLES, quote_roles=labels.QUOTE_ROLES,
                 name_kinds=labels.NAME_KINDS, mention_kinds=labels.MENTION_KINDS, forms=labels.FORMS, modes=labels.MODES,
                 thresholds=dict(trigger=a.trigger, cue=a.cue, recipient=a.recipient))
    scores = json.load(open(a.scores))["scores"] if a.scores else {}
    writer.write(a.out, heads, ("vocab.txt", "MODEL_CARD.md"), license="CC BY-SA 4.0", data=DATA, scores=scores)


if __name__ == "__main__":
    main()
