# SPDX-License-Identifier: Apache-2.0
"""The lines of copied pages with their features and labels, for tools/train_lines and tools/train_line_forest."""
import gzip
import hashlib
import json
import subprocess
import tempfile

import numpy as np


def held_back(domain):
    """Every fifth domain, never trained on by the network."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % 5 == 0


class Lines:
    """All lines of all pages, as whole pages ("full") and as what stands around the article ("window").

    x: features, with the network's probability as the last column. words: hashes of each line's terms. label: B body,
    F furniture, T title, M mixed. full, site, held: one a line. pages: (begin, end) of each text.
    """

    def __init__(self, gold_path, dump):
        opener = gzip.open if gold_path.endswith(".gz") else open
        with opener(gold_path, "rt", encoding="utf8") as lines:
            gold = {page["id"]: page for page in map(json.loads, lines)}
        listing = "".join(json.dumps({"id": f"{name}#{kind}", "text": page[kind], "format": "text"}) + "\n"
                          for name, page in gold.items() for kind in ("full", "window") if page.get(kind))
        labels, sites = [], {}
        self.words, self.pages, site, full, held = [], [], [], [], []
        with tempfile.NamedTemporaryFile() as rows:
            out = subprocess.run([dump, "lines", rows.name], input=listing.encode(), stdout=subprocess.PIPE, check=True).stdout
            for found in map(json.loads, out.decode().splitlines()):
                name, kind = found["id"].rsplit("#", 1)
                page = gold[name]
                starts = np.cumsum([0] + [len(line) + 1 for line in page[kind].encode().split(b"\n")])
                numbers = np.searchsorted(starts, [line["begin"] for line in found["lines"]], side="right") - 1
                begin = len(labels)
                labels += [page[kind + "_labels"][number] for number in numbers]
                self.words += [np.array(line["words"], np.uint32) for line in found["lines"]]
                self.pages.append((begin, len(labels)))
                count = len(labels) - begin
                site += [sites.setdefault(page["domain"], len(sites))] * count
                full += [kind == "full"] * count
                held += [held_back(page["domain"])] * count
            self.x = np.fromfile(rows.name, dtype=np.float32).reshape(len(labels), -1)
        self.label, self.site = np.array(labels), np.array(site)
        self.full, self.held = np.array(full), np.array(held)
        self.body, self.known = self.label == "B", np.isin(self.label, ("B", "F"))

    def f1(self, guess, mask):
        """F1 of body lines told right, of whole pages and of windows."""
        scores = []
        for kind in (self.full, ~self.full):
            here = mask & kind & self.known
            hit = float(np.sum(self.body[here] & guess[here]))
            scores.append(2 * hit / max(float(self.body[here].sum() + guess[here].sum()), 1.0))
        return "full {:.4f}, window {:.4f}".format(*scores)


def windows(values, reaches):
    """Means of so many lines before and behind each."""
    count = len(values)
    sums, i, columns = np.r_[0, np.cumsum(values)], np.arange(count), []
    for reach in reaches:
        for low, high in ((np.maximum(i - reach, 0), i), (i + 1, np.minimum(i + 1 + reach, count))):
            columns.append(np.where(high > low, (sums[high] - sums[low]) / np.maximum(high - low, 1), 0))
    return columns


def moved(values, step):
    """Of the line so many behind each."""
    out = np.zeros(len(values))
    if step < 0:
        out[-step:] = values[:step]
    elif step < len(values):
        out[:len(values) - step] = values[step:]
    return out


def densest(gains):
    """Begin and end of the stretch with the largest sum."""
    best = total = start = begin = end = 0
    for i, gain in enumerate(gains):
        total += gain
        if total <= 0:
            total, start = 0, i + 1
        elif total > best:
            best, begin, end = total, start, i + 1
    return begin, end


def alike(keys, p):
    """Of the lines with the same words (at most eight on each side): how many, the likeliest, the nearest, the mean."""
    out = np.tile(np.array([1.0, -1.0, 999.0, -1.0]), (len(keys), 1))
    places = {}
    for i, key in enumerate(keys):
        places.setdefault(key, []).append(i)
    for same in places.values():
        for at, i in enumerate(same if len(same) > 1 else ()):
            others = [j for j in same[max(0, at - 8):at + 9] if j != i]
            out[i] = len(same), max(p[others]), min(abs(i - j) for j in others), sum(p[others]) / len(others)
    return out


def surroundings(p, scores, data):
    """Where each line stands in the text that the network finds (p); twin of src/ingest/line_surroundings.cc."""
    out = []
    for begin, end in data.pages:
        count, q, own, score = end - begin, p[begin:end], data.x[begin:end], scores[begin:end]
        i, every = np.arange(count), np.ones(count)
        known = score[:, 3] > 0
        mean, least = (np.where(known, score[:, column], 0).astype(float) for column in (2, 0))
        columns = windows(mean, (3, 8, 20)) + windows(least, (3, 8))
        columns += [moved(mean, step) for step in (-1, 1, -2, 2)] + [moved(least, step) for step in (-1, 1)]
        words = np.rint(2 ** (7 * own[:, 0].astype(float)) - 1)
        for limit in (0.5, 0.25):
            first, last = densest((q - limit) * np.sqrt(np.minimum(1 + words, 60)))
            columns += [(i - first) / max(last - first, 1), np.clip(i - first, -50, 50), np.clip(i - last, -50, 50),
                        every * (last - first), every * (last - first) / count]
        sure = q > 0.8
        first, last = (np.nonzero(sure)[0][[0, -1]]) if sure.any() else (0, count - 1)
        columns += [np.clip(i - first, -100, 100), np.clip(i - last, -100, 100), (i - first) / max(last - first, 1)]
        text = np.r_[0, np.cumsum(q * words)]
        whole = max(text[-1], 1)
        columns += [text[:-1] / whole, text[:-1], whole - text[1:]]
        phrases = np.r_[0, np.cumsum(own[:, 7])]
        before = np.r_[-1, np.maximum.accumulate(np.where(sure, i, -1))[:-1]]
        behind = np.r_[np.minimum.accumulate(np.where(sure, i, count)[::-1])[::-1][1:], count]
        columns += [phrases[i] - phrases[before + 1], phrases[behind] - phrases[i + 1],
                    np.where(before >= 0, i - before, 200), np.where(behind < count, behind - i, 200)]
        columns += list(alike([tuple(line) for line in data.words[begin:end]], q).T)
        page = (np.cumsum(q)[-1] / count, whole, count, np.mean(q > 0.5), text[-1] / max(words.sum(), 1),
                own[:, 3].astype(float).mean(), own[:, 11].astype(float).mean())
        columns += [every * value for value in page]
        out.append(np.stack(columns, 1))
    return np.concatenate(out)
