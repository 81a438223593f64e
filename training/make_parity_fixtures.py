# SPDX-License-Identifier: Apache-2.0
"""Writes tests/neural/: what the Python originals answer, for the C++ tokenizer and encoder to be held to.

    python training/make_parity_fixtures.py        # needs tokenizers, torch, numpy; from the repository's root

Deterministic; run again only when the fixtures themselves are to change.
"""
import json
import os
import re
import sys

import torch
from tokenizers import BertWordPieceTokenizer
from torch import nn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import evaluate  # noqa: E402
import labels  # noqa: E402
import parity  # noqa: E402
import shapes  # noqa: E402
from export import sequences_of, write_encoder  # noqa: E402
from model import Reader  # noqa: E402
from model_file import ModelWriter  # noqa: E402
from prepare import Doc  # noqa: E402
from tasks import coref, parse, rows  # noqa: E402
from text import Tokenizer  # noqa: E402

TEXTS = [
    "The envoy met the minister in Geneva on Tuesday.", "", " ", "\n\t \r\n", "a", "U.S.", "U.S.-backed rebels",
    "Élysée Palace and the Bundeskanzler's office", "E\u0301lyse\u0301e with loose accents", "São Tomé and Príncipe; Côte d'Ivoire",
    "İstanbul'da toplantı; DİYARBAKIR, ığdır, I ı i İ", "straße STRASSE ẞ ß", "ΑΘΗΝΑ Αθήνα όδος ὈΔΥΣΣΕΎΣ", "Москва и Київ: Ёлка, їжак",
    "北京说会谈", "talks in 北京and東京today", "한국 대통령", "こんにちは がぎ ガギ", "नमस्ते दुनिया", "العربية مُشَكَّلَة", "עִבְרִית שָׁלוֹם",
    "ไทยแลนด์", "“We will not yield,” she said — twice.", "‘single’ ‚low‘ «guillemets» ‹x›", "don't can't rock'n'roll it’s",
    "$95.3 billion, €60m, £5bn, ¥7 and 12½%", "70–29 vote; 3-2; 1,000.50; 10^3; x=y", "e-mail: someone@example.org, http://example.org/a?b=c#d",
    "zero\u200bwidth\u200djoiner\u2060s and soft\u00adhyphen", "\u200b\u200d\ufeff", "\ufeffbyte order mark", "no\u00a0break\u202fspace\u3000wide",
    "control\u0001char\u0007s\u0085next\u000bline\u000cfeed", "nul\u0000inside", "bad \ufffd char \ufffd\ufffd", "private \ue000\uf8ff use",
    "line\u2028separator\u2029paragraph", "emoji 😀👍🏽 flags 🇺🇳 family 👨‍👩‍👧", "heart ❤️ check ✔ arrow → ∑ ≠ ½ №", "x" * 100, "x" * 101, "ab" * 80 + " end",
    "antidisestablishmentarianism hyperinternationalisation", "Zyzzogeton qwrtzpsd xkcdq", "ﬁrst ﬂight ﬀ", "Ⅻ ⅷ ① ² ³ª º", "Ǆ ǅ ǆ Ǉ ǈ",
    "\u0301 lone accent", "!\u0308 accent on a mark", "a\u0301\u0302\u0303\u0304 stack", "ệ Việt Nam Nguyễn Đặng", "Ångström Å Å",
    "[brackets] {braces} <angles> `tick` ~tilde~ ^caret^ |bar| \\back_slash", "semi\u037equestion \u1fef grave", "¿Qué? ¡Sí! ·dot· §5 ¶",
    "…ellipsis... and——dashes--", "G20 COVID-19 5th 3D MH17 F-16s", "McDonald iPhone NATO Nato nato N A.B. eBay O'Neil", "㐀𠀀丽 﨑 ㍿ ㎏",
    "ʻOkina Hawaiʻi ʼn", "tab\tseparated\tvalues", "100 000 people\u2014most of them\u2026", "ᏣᎳᎩ ꭰꭱ Ꭰ", "ÀÁÂÃÄÅ ÇÈÉÊË ÑÒÓÔÕÖ ÙÚÛÜÝ ŸŽŠ ŁØĐÞÆŒ",
]


def write_wordpiece(vocabulary, path):
    tokenizer = BertWordPieceTokenizer(vocabulary, lowercase=True)
    cases = []
    for text in TEXTS:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        cases.append({"text": text, "ids": encoding.ids})
    words = sorted({word for text in TEXTS for word in text.split() if "\x00" not in word})
    shape_cases = [{"word": word, "shape": shapes.word_shape(word)} for word in words]
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"texts":[\n' + ",\n".join(json.dumps(case) for case in cases) + "\n],\n")
        out.write('"shapes":[\n' + ",\n".join(json.dumps(case) for case in shape_cases) + "\n]}\n")


# Odd sizes on purpose: a head of one lane group, a feed-forward width that is no multiple of 16.
SIZES = {"layers": 2, "hidden": 64, "heads": 4, "ffn": 100, "vocab": 97, "positions": 128, "shapes": 20, "eps": 1e-12}


class TinyBert(nn.Module):
    """A BERT encoder as in the paper, with the embedding of word shapes; written out, as the reference."""

    def __init__(self, weights):
        super().__init__()
        self.w = weights

    def linear(self, name, x):
        return nn.functional.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def norm(self, name, x):
        return nn.functional.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], SIZES["eps"])

    def attention(self, name, x):
        n, hidden = x.shape[1:]
        width = hidden // SIZES["heads"]
        q, k, v = (part.view(1, n, SIZES["heads"], width).transpose(1, 2)
                   for part in self.linear(name, x).split(hidden, dim=-1))
        mixed = torch.softmax(q @ k.transpose(2, 3) / width**0.5, dim=-1) @ v
        return mixed.transpose(1, 2).reshape(1, n, hidden)

    def forward(self, ids, word_shapes):
        x = self.w["embeddings.word"][ids] + self.w["embeddings.shape"][word_shapes]
        x = self.norm("embeddings.norm", x + self.w["embeddings.position"][: ids.shape[1]])
        for k in range(SIZES["layers"]):
            layer = f"layer.{k}."
            x = self.norm(layer + "attention_norm", x + self.linear(layer + "out", self.attention(layer + "qkv", x)))
            inner = nn.functional.gelu(self.linear(layer + "ffn_in", x))
            x = self.norm(layer + "ffn_norm", x + self.linear(layer + "ffn_out", inner))
        return x


def tiny_model(folder):
    """Writes a model of random weights and gives the module that holds the same."""
    source = torch.Generator().manual_seed(3)
    writer = ModelWriter("tiny", "1", SIZES)
    weights = {}

    def number(shape, spread, centre=0.0):
        return centre + spread * torch.randn(shape, generator=source)

    def add_float(name, shape, spread, centre=0.0):
        weights[name] = number(shape, spread, centre)
        writer.add_float(name, weights[name].numpy())

    def add_int8(name, shape, spread):
        weights[name] = torch.from_numpy(writer.add_int8(name, number(shape, spread).numpy()))

    def add_linear(name, out, width):
        add_int8(name + ".weight", (out, width), 1.5 * width**-0.5)
        add_float(name + ".bias", (out,), 0.1)

    def add_norm(name):
        add_float(name + ".weight", (SIZES["hidden"],), 0.1, 1.0)
        add_float(name + ".bias", (SIZES["hidden"],), 0.1)

    hidden, ffn = SIZES["hidden"], SIZES["ffn"]
    add_int8("embeddings.word", (SIZES["vocab"], hidden), 0.5)
    add_float("embeddings.position", (SIZES["positions"], hidden), 0.2)
    add_float("embeddings.shape", (SIZES["shapes"], hidden), 0.2)
    add_norm("embeddings.norm")
    for k in range(SIZES["layers"]):
        layer = f"layer.{k}."
        add_linear(layer + "qkv", 3 * hidden, hidden)
        add_linear(layer + "out", hidden, hidden)
        add_norm(layer + "attention_norm")
        add_linear(layer + "ffn_in", ffn, hidden)
        add_linear(layer + "ffn_out", hidden, ffn)
        add_norm(layer + "ffn_norm")
    writer.add_half("head.tags.weight", number((5, hidden), 0.2).numpy())
    writer.add_float("head.tags.bias", number((5,), 0.2).numpy())
    writer.write(folder, heads={"tags": {"labels": ["a", "b", "c", "d", "e"]}}, license="Apache-2.0")
    return TinyBert(weights)


PARSED = ["The envoy's 3.5 talks didn't fail.", "\u201cI can\u2019t and WON'T go,\u201d he told\u00a0\u00c9lys\u00e9e aides in ISTANBUL; 12 of them left.", "No."]


def write_parse(vocabulary, folder, path):
    """A small random head for words and their trees, vectors for the words of sentences, and what comes of them."""
    torch.manual_seed(11)
    hidden = 16
    head = parse.Head(hidden, arc=12, rel=4, tag=8).eval()
    with torch.no_grad():
        for weight in head.parameters():
            weight.copy_((torch.randn_like(weight) * (0.9 if weight.dim() > 1 else 0.3)).half())
    writer = ModelWriter("parse", "1", {**SIZES, "hidden": hidden, "heads": 1})
    parse.write(writer, head)
    writer.write(folder, heads=dict(parse=parse.manifest()), license="Apache-2.0")
    tokenizer = Tokenizer(vocabulary)
    cases = []
    for text in PARSED * 4:
        words = [[begin, end] for begin, end, _, _ in tokenizer.words(text)]
        vectors = (torch.randn(len(words), hidden) * 100).round() / 100
        cases.append(dict(text=text, words=words, vectors=[[round(x, 2) for x in row] for row in vectors.tolist()],
                          tokens=parse.read_sentence(head, text, words, vectors)))
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"cases":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]}\n")


CHAINED = ["Norland's envoy, Anna Berg, met the U.S. envoy and the U.N. envoy in Oslo. She said that the U.S. and Norland agreed. \u201cWe "
           "agree,\u201d Berg told President Ole Ness of Norland.\nThe president thanked Mrs Berg; I saw them, and I saw the president leave. "
           "It was late. He and Anna Berg left the Old Harbour Hotel with the envoys of the United Norland Fishermen Party of Oslo."]


def write_coref(vocabulary, folder, path):
    """A small random head for coreference, vectors for the words of texts, and the antecedents of every second and third word."""
    torch.manual_seed(12)
    hidden = 16
    head = coref.Head(hidden, inner=12, rank=8, reach=4).eval()
    with torch.no_grad():
        for weight in head.parameters():
            weight.copy_((torch.randn_like(weight) * (0.6 if weight.dim() > 1 else 0.3)).half())
    writer = ModelWriter("coref", "1", {**SIZES, "hidden": hidden, "heads": 1})
    coref.write(writer, head)
    writer.write(folder, license="Apache-2.0")
    tokenizer = Tokenizer(vocabulary)
    cases = []
    for text in CHAINED:
        doc = Doc(tokenizer, "case", text)
        data = coref.finish(doc, {})
        vectors = (torch.randn(doc.n, hidden) * 100).round() / 100
        mentions = [w for w in range(doc.n) if w % 3]
        cases.append(dict(text=text, words=[[b, e] for b, e, _, _ in doc.words],
                          cuts=data["cuts"].tolist(), vectors=[[round(x, 2) for x in row] for row in vectors.tolist()], mentions=mentions,
                          antecedents=[[(j, round(s, 5)) for j, s in row] for row in coref.antecedents(head, vectors, data, mentions)]))
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"cases":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]}\n")


# Texts with the marks of source and target.
MARKED = ["<s>Norland</s> bombed <t>the ports of Sudland</t> on Monday.", "<t>Sudland</t> was accused by <s>Norland</s> and <s>its \u00c9lys\u00e9e envoy</s>.",
          "<s>The U.S.</s> agreed to talks.", "Talks ended; <t>the rebels</t>\nwere told to go \u0141\u00f3d\u017a.", "<s>Norland</s><t>'s king</t> fell; <s>Nor</s>land wept.",
          "He met <s>the envo</s>y of <t>N</t>o, <t>3.5 days</t> later."]
SMALL_VOCABULARY = ["[PAD]", *rows.MARKERS, "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,;'3", *"abcdefghijklmnopqrstuvwxyz",
                    *("##" + c for c in "abcdefghijklmnopqrstuvwxyz"), "the", "of", "nor", "##land", "sud", "bomb", "##ed", "talks", "envoy", "by"]


def write_rows(folder, path):
    """A whole small random reader with the head for relation rows, and what it says of rows: all types and those of PLV."""
    torch.manual_seed(13)
    os.makedirs(folder, exist_ok=True)
    vocabulary = f"{folder}/vocab.txt"
    with open(vocabulary, "w", encoding="utf8") as out:
        out.writelines(piece + "\n" for piece in SMALL_VOCABULARY)
    tok = Tokenizer(vocabulary)
    reader = Reader(vocab=len(SMALL_VOCABULARY), layers=1, special=(tok.cls, tok.sep, tok.mask), hidden=32, heads=2, ffn=40)
    reader.tasks[rows.TASK.name] = head = rows.Head(32, width=8, inner=12)
    with torch.no_grad():
        for weight in (*head.parameters(), reader.encoder.shape.weight):
            weight.normal_(std=0.6 if weight.dim() > 1 else 0.3)
        head.out.weight *= 0.3  # not all to one type
        head.plv.weight *= 0.3
    texts = [re.sub("</?[st]>", "", text) for text in MARKED]
    writer = ModelWriter("rows", "1", reader.encoder.config)
    write_encoder(writer, reader.encoder, list(sequences_of(texts, vocabulary)))
    rows.write(writer, head)
    writer.write(folder, heads=dict(event_types=labels.EVENT_TYPES), other_files=("vocab.txt",), license="Apache-2.0")
    cases = []
    for marked, text in zip(MARKED, texts):
        spans, at = dict(s=[], t=[]), 0
        for part in re.split("(</?[st]>)", marked):
            if re.fullmatch("<[st]>", part):
                spans[part[1]].append([at, at])
            elif re.fullmatch("</[st]>", part):
                spans[part[2]][-1][1] = at
            else:
                at += len(part)
        doc = Doc(tok, "rows", text)
        row, at, place = rows.marked(doc.data, 0, doc.n, *([doc.span(*span) for span in spans[k]] for k in "st"), [tok.id(m) for m in rows.MARKERS])
        (_, _, h), = evaluate.read_windows(reader, [row], "cpu", 254)
        with torch.no_grad():
            scores, attention = head(h.expand(2, -1, -1), torch.tensor([at] * 2), torch.ones(2, len(h), dtype=torch.bool), torch.tensor([0.0, 1.0]))
        trigger = max(place, key=lambda word: float(attention[0, place[word]]))
        cases.append(dict(text=text, source=spans["s"], target=spans["t"], ids=row["ids"].tolist(), first=row["first"].tolist(), marks=list(at),
                          types=[round(x, 5) for x in scores[0].softmax(-1).tolist()],
                          roots={r: round(x, 5) for r, x in zip(rows.ROOTS, rows.yield_joined(scores)[1].exp().tolist())},
                          trigger=list(doc.words[trigger][:2])))
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"cases":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]}\n")


def main():
    os.makedirs("tests/neural", exist_ok=True)
    write_wordpiece("models/reader/vocab.txt", "tests/neural/wordpiece.json")
    model = tiny_model("tests/neural/tiny")
    parity.write_parity(model, "tests/neural/tiny_parity.json", vocab=SIZES["vocab"])
    write_parse("models/reader/vocab.txt", "tests/neural/parse", "tests/neural/parse.json")
    write_coref("models/reader/vocab.txt", "tests/neural/coref", "tests/neural/coref.json")
    write_rows("tests/neural/rows", "tests/neural/rows.json")


if __name__ == "__main__":
    main()
