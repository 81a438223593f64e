# SPDX-License-Identifier: Apache-2.0
"""The reader: one encoder, many heads. src/neural and src/language/reader.cc run the same in C++."""
import math

import torch
from torch import nn
from torch.nn import functional as F

import labels
import tasks
from shapes import SHAPES

POSITIONS = 256


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT."""

    def __init__(self, hidden, heads, ffn, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.ffn_in, self.ffn_out = nn.Linear(hidden, ffn), nn.Linear(ffn, hidden)
        self.attention_norm, self.ffn_norm = nn.LayerNorm(hidden, eps), nn.LayerNorm(hidden, eps)

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = linear(self.qkv, x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        on_attention = p if x.is_cuda else 0.0  # on a CPU it halves the speed
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=on_attention).transpose(1, 2).reshape(b, n, h)
        x = norm(self.attention_norm, x + drop(linear(self.out, a), p))
        return norm(self.ffn_norm, x + drop(linear(self.ffn_out, F.gelu(linear(self.ffn_in, x))), p))


def drop(x, p):
    """Dropout of x [rows, places, width] or [places, width]; on a CPU, where random numbers are dear, the same parts at all
    places of a row, or of 16 places that follow each other."""
    if not p or x.is_cuda:
        return F.dropout(x, p, p > 0)
    if x.dim() == 3:
        return x * torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - p).div_(1 - p)
    kept = torch.empty(-(-len(x) // 16), x.shape[1], dtype=x.dtype).bernoulli_(1 - p).div_(1 - p)
    return x * kept.repeat_interleave(16, 0)[:len(x)]


def linear(module, x):
    """The module in the precision of x."""
    if x.dtype == module.weight.dtype:
        return module(x)
    return F.linear(x, module.weight.to(x.dtype), module.bias.to(x.dtype))


def norm(module, x):
    return F.layer_norm(x, module.normalized_shape, module.weight.to(x.dtype), module.bias.to(x.dtype), module.eps)


BUCKETS = 32     # of relative positions, as in MPNet
FARTHEST = 128   # pieces; all that are further off share the last bucket of their side


def relative_buckets(n):
    """[n, n]: bucket of how far piece j (column) stands from piece i (row): 0..15 before or at it, 16..31 behind it; exact up to 7
    pieces, then on a scale of logarithms (Raffel et al. 2020, as in Song et al. 2020)."""
    at = torch.arange(n)
    d = at[None, :] - at[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    size = d.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return torch.where(size < exact, size, far.clamp(max=half - 1)) + half * (d > 0)


class Encoder(nn.Module):
    """`relative`: with a bias of attention by relative position (MPNet's), which is not trained."""

    def __init__(self, vocab=30522, hidden=384, layers=6, heads=12, ffn=0, eps=1e-12, dropout=0.1, relative=False):
        super().__init__()
        ffn = ffn or 4 * hidden
        self.config = dict(layers=layers, hidden=hidden, heads=heads, ffn=ffn, vocab=vocab, positions=POSITIONS, shapes=SHAPES, eps=eps)
        self.word = nn.Embedding(vocab, hidden)
        self.position = nn.Embedding(POSITIONS, hidden)
        self.shape = nn.Embedding(SHAPES, hidden)
        self.norm = nn.LayerNorm(hidden, eps)
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, eps, dropout) for _ in range(layers))
        self.dropout = dropout
        if relative:
            self.register_buffer("relative", torch.zeros(BUCKETS, heads))
        self.half_residual = True  # with autocast: all of a layer in bfloat16, not its products alone; faster
        nn.init.zeros_(self.shape.weight)

    def forward(self, ids, shapes, mask=None):
        """ids, shapes [b, n]; mask bool [b, n], true where there is a piece. Gives [b, n, hidden]."""
        return self.upper(self.lower(ids, shapes, mask, 0), mask, 0)

    def lower(self, ids, shapes, mask, count):
        """Of the embeddings and the lowest `count` layers: [b, n, hidden]."""
        position = self.position.weight[: ids.shape[1]]
        x = norm(self.norm, self.word(ids) + position + self.shape(shapes))
        return self.run(x, mask, self.layers[:count])

    def upper(self, x, mask, count):
        """Of the layers above the lowest `count`, given what `lower` gives."""
        return self.run(drop(x, self.dropout if self.training else 0.0), mask, self.layers[count:])

    def run(self, x, mask, layers):
        half = self.half_residual and torch.is_autocast_enabled(x.device.type)
        attend = None if mask is None else mask[:, None, None, :]
        x = x.bfloat16() if half else x
        if hasattr(self, "relative"):
            attend = self.attention_bias(x, attend)
        with torch.autocast(x.device.type, enabled=torch.is_autocast_enabled(x.device.type) and not half):
            for layer in layers:
                x = layer(x, attend)
        return x

    def attention_bias(self, x, attend):
        """What is added to the scores of attention: [1 or b, heads, n, n], in the precision that products have."""
        n = x.shape[1]
        bias = self.relative[relative_buckets(n).to(x.device)].permute(2, 0, 1)[None]
        if attend is not None:
            bias = bias.masked_fill(~attend, float("-inf"))
        return bias.to(torch.get_autocast_dtype(x.device.type) if torch.is_autocast_enabled(x.device.type) else x.dtype)

    def load_bert(self, tensors):
        """Takes the weights of a BERT encoder (safetensors names); token type 0 goes into the positions."""
        t = {k.removeprefix("bert."): v.float() for k, v in tensors.items()}
        with torch.no_grad():
            if hasattr(self, "relative"):
                self.relative.copy_(t["encoder.relative_attention_bias.weight"])
            self.word.weight.copy_(t["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(t["embeddings.position_embeddings.weight"][:POSITIONS] + t["embeddings.token_type_embeddings.weight"][0])
            copy(self.norm, t, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    getattr(layer.qkv, kind).copy_(torch.cat([t[f"{p}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]))
                copy(layer.out, t, p + "attention.output.dense")
                copy(layer.attention_norm, t, p + "attention.output.LayerNorm")
                copy(layer.ffn_in, t, p + "intermediate.dense")
                copy(layer.ffn_out, t, p + "output.dense")
                copy(layer.ffn_norm, t, p + "output.LayerNorm")


def sizes_of(encoder):
    """Arguments of Encoder that the tensors of an encoder's state tell, beside its vocabulary and layers."""
    if "relative" in encoder:
        return dict(hidden=encoder["word.weight"].shape[1], eps=1e-5, relative=True)
    return dict(hidden=encoder["word.weight"].shape[1])


def copy(module, tensors, name):
    module.weight.copy_(tensors[name + ".weight"])
    module.bias.copy_(tensors[name + ".bias"])


class Mlp(nn.Module):
    def __init__(self, hidden, inner, out):
        super().__init__()
        self.a, self.b = nn.Linear(hidden, inner), nn.Linear(inner, out)

    def forward(self, x):
        return self.b(F.gelu(self.a(drop(x, 0.1 if self.training else 0.0))))


DISTANCES = 33


def distance_bucket(d):
    """Signed distance in words to 0..32: exact up to 8, then 9-12, 13-16, 17-24, 25-32, 33-48, 49-64, 65-96, more."""
    size = d.abs()
    far = torch.bucketize(size, torch.tensor([9, 13, 17, 25, 33, 49, 65, 97], device=d.device), right=True) + 8
    size = torch.where(size <= 8, size, far)
    return torch.where(d < 0, 16 - size, 16 + size)


class Pair(nn.Module):
    """Scores each word of a window against an anchor word, for each label of each task of a family.

    logits = out(gelu(anchor(h_a) + word(h_w) + distance)) + bilinear(h_a, h_w)
    """

    def __init__(self, hidden, inner, rank, outs):
        super().__init__()
        self.anchor, self.word = nn.Linear(hidden, inner), nn.Linear(hidden, inner)
        self.distance = nn.Embedding(DISTANCES, inner)
        self.rank = rank
        self.left = nn.ModuleDict({task: nn.Linear(hidden, rank * n) for task, n in outs.items()})
        self.right = nn.Linear(hidden, rank)
        self.out = nn.ModuleDict({task: nn.Linear(inner, n) for task, n in outs.items()})
        nn.init.normal_(self.distance.weight, std=0.02)
        for m in self.left.values():
            nn.init.normal_(m.weight, std=0.005)

    def forward(self, task, h, row, at):
        """h [b, w, hidden] words; anchors: row [a], at [a]. Gives [a, w, outs]."""
        ha = h[row, at]
        d = torch.arange(h.shape[1], device=h.device)[None, :] - at[:, None]
        inner = self.anchor(ha)[:, None] + self.word(h)[row] + self.distance(distance_bucket(d))
        n = self.out[task].out_features
        left = self.left[task](ha).view(-1, n, self.rank)
        bilinear = torch.einsum("anr,awr->awn", left, self.right(h)[row]) / math.sqrt(self.rank)
        return self.out[task](drop(F.gelu(inner), 0.1 if self.training else 0.0)) + bilinear


def split(lengths, parts=2):
    """[(first row, last + 1, width)] of rows in order of length: at most `parts` parts that pad least; one if that saves little."""
    n = len(lengths)
    widths = [-(-length // 16) * 16 for length in lengths]  # attention is fast on multiples of 16
    best = {0: (0, [])}  # rows -> (pieces with padding, parts)
    for _ in range(parts):
        for end in range(n, 0, -1):
            for begin, (cost, cut) in list(best.items()):
                if begin < end and (end not in best or cost + (end - begin) * widths[end - 1] < best[end][0]):
                    best[end] = (cost + (end - begin) * widths[end - 1], [*cut, (begin, end, widths[end - 1])])
    cost, cut = best[n]
    return cut if cost <= 0.85 * n * widths[-1] else [(0, n, widths[-1])]


class Reader(nn.Module):
    """`tasks`: the modules of training/tasks whose heads it has; `special`: ids of [CLS], [SEP], [MASK]."""

    def __init__(self, vocab=30522, layers=6, deprels=64, tasks=(), special=(101, 102, 103), **sizes):
        """`sizes`: more of Encoder."""
        super().__init__()
        self.register_buffer("special", torch.tensor(special))
        self.encoder = Encoder(vocab=vocab, layers=layers, **sizes)
        h = self.encoder.config["hidden"]
        types = len(labels.EVENT_TYPES)
        self.heads = nn.ModuleDict(dict(
            sentence_end=Mlp(h, 64, 1),
            trigger=Mlp(h, 384, 1 + types),
            trigger_in=Mlp(h, 128, 1),
            event=Mlp(h, 384, len(labels.STATUSES) + 1 + len(labels.MODES)),
            cue=Mlp(h, 192, 1), cue_in=Mlp(h, 64, 1), free=Mlp(h, 192, 3),
            names=Mlp(h, 256, 1 + 2 * len(labels.NAME_KINDS)),
            mention=Mlp(h, 256, 1 + len(labels.MENTION_KINDS)), mention_form=Mlp(h, 64, len(labels.FORMS)),
            # Only for training:
            upos=Mlp(h, 128, len(labels.UPOS)), deprel=Mlp(h, 128, deprels), pred=Mlp(h, 64, 1), factual=Mlp(h, 128, 1),
            pcue=Mlp(h, 128, 1), pcue_in=Mlp(h, 64, 1),
        ))
        self.roles = Pair(h, 256, 64, dict(event=3 * len(labels.ROLES), propbank=3 * len(labels.PROPBANK_ROLES)))
        self.quotes = Pair(h, 256, 64, dict(quote=3 * len(labels.QUOTE_ROLES), polnear=3 * len(labels.QUOTE_ROLES)))
        self.extents = Pair(h, 128, 32, dict(mention=3))
        self.tasks = nn.ModuleDict({task.name: task.Head(h) for task in tasks})
        self.family = dict(event=self.roles, propbank=self.roles, quote=self.quotes, polnear=self.quotes, mention=self.extents)

    @classmethod
    def of(cls, state):
        """The reader of a checkpoint (a state dict); its sizes and tasks are read from the tensors."""
        vocab = state["encoder.word.weight"].shape[0]
        layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
        names = dict.fromkeys(k.split(".")[1] for k in state if k.startswith("tasks."))  # in their order, as graft.of_run needs it
        sizes = sizes_of({k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")})
        reader = cls(vocab=vocab, layers=layers, tasks=[tasks.load(name) for name in names], **sizes)
        reader.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in {"special": reader.special, **state}.items()})
        return reader

    def words(self, batch):
        """Vectors [rows, words, hidden] of the first pieces. `lengths` (pieces a row, on the CPU), if given, saves work on
        padding: rows of like length are encoded together. `below`, if given, is what the lowest `frozen` layers gave."""
        if "lengths" not in batch:
            return self.word_vectors(batch, slice(None), None)
        order = batch["lengths"].argsort()
        parts = split(batch["lengths"][order].tolist(), 2 if batch["ids"].is_cuda else 5)
        vectors = [self.word_vectors(batch, order[a:b].to(batch["ids"].device), width) for a, b, width in parts]
        return torch.cat(vectors)[order.argsort().to(batch["ids"].device)]

    def word_vectors(self, batch, rows, width):
        ids, shapes, mask, first = (batch[k][rows] for k in ("ids", "shapes", "mask", "first"))
        if "below" in batch:
            x = self.encoder.upper(batch["below"][rows, :width], mask[:, :width], batch["frozen"])
        else:
            x = self.encoder(ids[:, :width], shapes[:, :width], mask[:, :width])
        return torch.gather(x, 1, first[..., None].expand(-1, -1, x.shape[-1]))

    def pair(self, task, h, row, at):
        return self.family[task](task, h, row, at)
