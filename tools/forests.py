# SPDX-License-Identifier: Apache-2.0
"""What tools/train_blocks and tools/train_line_forest share: scores of terms, numbers of what stands around, forests
and how their weights are written. Twins of src/ingest/terms.h, scores_around.h and forest.h.
Needs numpy and scikit-learn.
"""
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

LEAST_SITES = 4     # of a term that gets a score
TERM_SCALE = 16
NO_TERM = -20.0


def term_scores(lists, labels, sites, train):
    """Columns (least, largest, mean, count) of each block's terms, and the table hash -> log odds.

    Each site has one voice. For a block of a site that was trained on, that site's voice is left out.
    """
    rows = np.repeat(np.arange(len(lists)), [len(x) for x in lists])
    hashes = np.concatenate(lists).astype(np.uint64)
    names, term = np.unique(hashes, return_inverse=True)
    mine = train[rows]
    pair = term.astype(np.int64) * (int(sites.max()) + 1) + sites[rows]
    pairs, inverse, count = np.unique(pair[mine], return_inverse=True, return_counts=True)
    mean = np.bincount(inverse, labels[rows[mine]].astype(float), len(pairs)) / count
    of_term = (pairs // (int(sites.max()) + 1)).astype(int)
    total, voices = np.bincount(of_term, mean, len(names)), np.bincount(of_term, minlength=len(names))
    rate = float(labels[train].mean())

    def odds(sums, counts):
        return np.log((sums + rate) / (counts - sums + 1 - rate))

    at = np.minimum(np.searchsorted(pairs, pair), len(pairs) - 1)
    seen = mine & (pairs[at] == pair)
    less_total = total[term] - np.where(seen, mean[at], 0)
    less_voices = voices[term] - seen
    known = (voices[term] >= LEAST_SITES) & (less_voices >= LEAST_SITES - 1)
    score = odds(less_total, less_voices)
    score = np.clip(np.round(score * TERM_SCALE), -127, 127) / TERM_SCALE
    rows, score = rows[known], score[known]
    out = np.full((len(lists), 4), NO_TERM, np.float32)
    out[:, 3] = 0
    if len(rows):
        starts = np.nonzero(np.r_[True, rows[1:] != rows[:-1]])[0]
        where = rows[starts]
        counts = np.diff(np.r_[starts, len(rows)])
        out[where, 0] = np.minimum.reduceat(score, starts)
        out[where, 1] = np.maximum.reduceat(score, starts)
        out[where, 2] = np.add.reduceat(score, starts) / counts
        out[where, 3] = counts
    table = {int(h): float(s) for h, s, n in zip(names, odds(total, voices), voices) if n >= LEAST_SITES}
    return out, table


def forest(rounds, leaves, rate=0.13):
    return HistGradientBoostingClassifier(max_iter=rounds, learning_rate=rate, max_leaf_nodes=leaves,
                                          min_samples_leaf=30, l2_regularization=1.0, max_features=0.4, random_state=1,
                                          max_bins=63, early_stopping=False)


def around(p, pages):
    """What the first step says of those around each: near ones with its own, and how many and how far the likely ones
    are. `pages` tells where each page begins and ends."""
    near, order = [], []
    for begin, end in pages:
        q = p[begin:end]
        n = len(q)
        columns = [q]
        for step in (-1, 1, -2, 2, -3, 3, -4, 4):
            moved = np.full(n, -1.0)
            if step < 0:
                moved[-step:] = q[:step]
            elif step < n:
                moved[:n - step] = q[step:]
            columns.append(moved[:n])
        sums = np.r_[0, np.cumsum(q)]
        i = np.arange(n)
        for reach in (3, 8, 20):
            for low, high in ((np.maximum(i - reach, 0), i), (i + 1, np.minimum(i + 1 + reach, n))):
                columns.append(np.where(high > low, (sums[high] - sums[low]) / np.maximum(high - low, 1), -1))
        near.append(np.stack(columns, 1))
        body = np.r_[0, np.cumsum(q > 0.5)]
        before, after = np.full(n, 31.0), np.full(n, 31.0)
        last = -100
        for k in range(n):
            before[k] = k - last if k - last <= 30 else 31
            last = k if q[k] > 0.8 else last
        last = n + 100
        for k in range(n - 1, -1, -1):
            after[k] = last - k if last - k <= 30 else 31
            last = k if q[k] > 0.8 else last
        order.append(np.stack([body[:n], body[n] - body[1:], np.full(n, body[n]), before, after], 1))
    return np.concatenate(near), np.concatenate(order)


def float_down(value):
    """The largest 32-bit float that is not above: x <= value stays as it was for 32-bit x."""
    single = np.float32(value)
    return np.nextafter(single, np.float32(-np.inf)) if float(single) > value else single


def literal(value):
    text = f"{float(value):.9g}"
    return (text if "." in text or "e" in text or "n" in text else text + ".0") + "F"


def write_forest(out, name, model):
    starts, nodes = [], []
    for (tree,) in model._predictors:
        starts.append(len(nodes))

        def emit(i):
            node = tree.nodes[i]
            if node["is_leaf"]:
                nodes.append((0xFFFF, 0, np.float32(node["value"])))
                return
            here = len(nodes)
            nodes.append(None)
            emit(node["left"])
            nodes[here] = (int(node["feature_idx"]), len(nodes) - here, float_down(node["num_threshold"]))
            emit(node["right"])

        emit(0)
    out.write(f"constexpr float k{name}Bias = {literal(model._baseline_prediction.ravel()[0])};\n")
    out.write(f"constexpr uint32_t k{name}Trees[] = {{{', '.join(map(str, starts))}}};\n")
    out.write(f"constexpr TreeNode k{name}Nodes[] = {{\n")
    for feature, right, value in nodes:
        out.write(f"{{{feature},{right},{literal(value)}}},\n")
    out.write("};\n")


def write_terms(out, name, table):
    rows = sorted((h, int(np.clip(round(s * TERM_SCALE), -127, 127))) for h, s in table.items())
    out.write(f"constexpr Term k{name}Terms[] = {{\n")
    for begin in range(0, len(rows), 8):
        out.write(",".join(f"{{{h}U,{s}}}" for h, s in rows[begin:begin + 8]) + ",\n")
    out.write("};\n")
