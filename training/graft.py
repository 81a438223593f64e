# SPDX-License-Identifier: Apache-2.0
"""Gives an encoder the heads of a reader that is there already, so that it need not learn them from nothing.

    graft.py --packed packed.pkl.xz --start encoder.pt --heads reader.pt --out start.pt [--windows N]

A linear map from the words' vectors of the one to those of the other is fitted by least squares on labelled and running
news; each head begins with a linear layer, which takes it in. `--start`: a checkpoint (ema.pt, state.pt of a run) or, with
--layers, what `train.py --encoder` takes, which is lent the shapes of words too.
"""
import argparse

import torch

import data
from model import Reader
from train import encoder_tensors, load_encoder

PAIR_LAYERS = ("anchor", "word", "right", "left")
RIDGE = 1e-3  # of the mean variance


def reading_layers(reader):
    """The linear layers that see the words' vectors."""
    for head in reader.heads.values():
        yield head.a
    for family in (reader.roles, reader.quotes, reader.extents):
        yield from (family.anchor, family.word, family.right, *family.left.values())


def vectors(reader, batches):
    """[words, hidden] of all words of the batches."""
    reader.eval()
    with torch.no_grad():
        return torch.cat([reader.words(b)[b["valid"]] for b in batches])


def fit(x, y):
    """M [out, in] and m [out] of least squared error in y = M x + m, and the share of variance that they tell."""
    x, y = x.double(), y.double()
    x_mean, y_mean = x.mean(0), y.mean(0)
    cx, cy = x - x_mean, y - y_mean
    gram = cx.T @ cx
    gram += RIDGE * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype)
    weight = torch.linalg.solve(gram, cx.T @ cy).T
    told = 1 - ((cy - cx @ weight.T) ** 2).sum() / (cy ** 2).sum()
    return weight, y_mean - weight @ x_mean, float(told)


def take_in(reader, giver, weight, bias):
    """The heads of `giver` as they are on vectors mapped by (weight, bias)."""
    own = {k: v for k, v in giver.state_dict().items() if not k.startswith("encoder.")}
    reader.load_state_dict(own, strict=False)
    with torch.no_grad():
        for layer in reading_layers(reader):
            w = layer.weight.double()
            layer.bias.copy_(layer.bias.double() + w @ bias)
            layer.weight.copy_(w @ weight)


def lend_shapes(reader, giver):
    """Gives an encoder that has not learned the shapes of words (capitals, digits) those of another one of the same vocabulary: by
    the linear map of least squared error from the pieces' vectors of the one to those of the other. Gives the share of variance told."""
    weight, _, told = fit(giver.encoder.word.weight.detach(), reader.encoder.word.weight.detach())
    with torch.no_grad():
        reader.encoder.shape.weight.copy_(giver.encoder.shape.weight.double() @ weight.T)
    return told


def of_run(path):
    """The reader of a checkpoint; of a run that is not over, with its averaged weights."""
    content = torch.load(path, map_location="cpu", weights_only=True)
    if "reader" not in content:
        return Reader.of(content)
    reader = Reader.of(content["reader"])
    with torch.no_grad():
        for p, averaged in zip(reader.parameters(), content["ema"]):
            p.copy_(averaged)
    return reader


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--start", required=True), ap.add_argument("--heads", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--layers", type=int, default=0, help="of a bare encoder"), ap.add_argument("--windows", type=int, default=600)
    a = ap.parse_args()
    packed = data.load(a.packed)
    giver = of_run(a.heads)
    if a.layers:
        reader = Reader(vocab=packed["vocab"], layers=a.layers, special=packed["special"])
        load_encoder(reader.encoder, encoder_tensors(a.start))
        print(f"variance of the pieces' vectors told {lend_shapes(reader, giver):.3f}")
    else:
        reader = of_run(a.start)
    sets = packed["sets"]
    mix = dict(labelled=(sets["labelled"] + sets["train"], 12), plain=(sets["plain"], 12))
    stream = data.Mixture(mix, data.Batcher(*reader.special.tolist()[:2]), -(-a.windows // 24), 0)
    batches = list(data.loader(stream, 0))
    weight, bias, told = fit(vectors(reader, batches), vectors(giver, batches))
    print(f"variance told {told:.3f}")
    take_in(reader, giver, weight, bias)
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in reader.state_dict().items()}, a.out)


if __name__ == "__main__":
    main()
