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
