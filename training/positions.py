# SPDX-License-Identifier: Apache-2.0
"""Learns where actors stand on issues from gold, for src/coding/positions.cc, which computes the same.

    positions.py fit     --gold DIR --out data/coding/positions     writes the tables and says the figures
                         [--labelled LABELLED.jsonl --records RECORDS.jsonl]  learns from these articles as the engine read them, too
                         [--tune-records RECORDS.jsonl]         chooses the threshold on tune as the engine reads it
    positions.py check   --out data/coding/positions RECORDS.jsonl  compares records' positions with these tables
    positions.py measure GOLD.jsonl RECORDS.jsonl                   F1 of records' positions

Three steps (data/coding/positions/FORMAT.md says what the tables hold):
  words    every act and statement gets a score an issue by its words, and so does the whole article. Gold says only who
           holds a position, not where the article shows it: the best-scoring act or statement of the holder is taken,
           and the scores are fitted again. training/positions/phrases.tsv adds what gold has few examples of.
  choice   for every actor and issue a small network decides, from these scores and from who does what, whether the
           article shows a position. It is trained on scores of articles that the words were not fitted on.
  stance   for or against, by the issue, the acts and their words.
Needs numpy and scipy; everything is seeded.
"""
import argparse
import collections
import json
import os
import re
import sys
import unicodedata

import numpy as np
import scipy.optimize
import scipy.sparse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
FOLDS, SEED = 5, 1
NO_STATE = {None, "", "IGO", "NGO", "ISM", "IMG", "MNC"}
TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "SAY"]
SECTORS = ["GOV", "LEG", "PTY", "JUD", "MIL", "REB", "CVL", "BUS", "JRN", "LAB", "SOC", "EDU", "REL", "OPP", "ELI", "COP", "REF", "CRM"]
NEGATIVE = {"ACCUSE", "REJECT"}
HOSTILE = {"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
DENIALS = {"not", "no", "never", "against", "without"}
STOP = set("""the a an of to in and for on that with is was be by as at it its from are were will would has have had not this he
she they his her their which who said says after also been but or than more about into over new two one up out all no can could
should may might there these those we i you our us them him what when while if so such any other some only first last year years
day s t mr""".split())
BESIDE = 0.35    # weight of the words of an act's sentence outside trigger and theme
ARTICLE = 8.0    # size of an article's words together, whatever their number
STEP = 0.05      # weights are written in these steps
LEAD = 160       # characters that count as the head of an article


def issues():
    with open(os.path.join(ROOT, "data", "ontology", "issues.tsv"), encoding="utf8") as file:
        return [line.split("\t")[0] for line in file.read().splitlines()[1:] if line]


ISSUES = issues()


# Words, as src/coding/positions_words.cc sees them.

TERM = re.compile(rb"[A-Za-z0-9\x80-\xff]+")
SEPARATOR = re.compile(rb"\xe2\x80.|\xc2.", re.S)


def terms(text):
    """terms_of() of src/coding/phrases.h."""
    found = TERM.findall(SEPARATOR.sub(b" ", text.encode()))
    return [bytes(c + 32 if 65 <= c <= 90 else c for c in w).decode("utf8", "replace") for w in found]


def stem(word):
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word.encode()[:6].decode("utf8", "ignore")


def stems(text):
    return [stem(w) for w in terms(text) if w not in STOP and not (w.isascii() and w.isdigit())]


def grams(words):
    """Stems and pairs of neighbours."""
    return words + [a + "_" + b for a, b in zip(words, words[1:])]


# Actors and what they do.

def norm(name):
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return " ".join(w for w in re.sub(r"[^a-z0-9]+", " ", plain).split() if w not in ("the", "of"))


def same_name(a, b):
    a, b = norm(a).split(), norm(b).split()
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a))


def key(name, country):
    """What the scorer takes for one holder."""
    return country if country not in NO_STATE else norm(name)


class Deed:
    """An act of an actor, or (type SAY) a statement."""

    def __init__(self, type_, text, beside, at, status="actual", historical=False, modes=(), theme=True, aimed=False, index=0):
        self.type, self.text, self.at, self.status, self.historical = type_, text, at, status, historical
        self.modes, self.theme, self.aimed, self.index = list(modes), theme, aimed, index
        self.words = {g: 1.0 for g in grams(stems(text))}
        for g in grams(stems(beside)):
            self.words.setdefault(g, BESIDE)


class Holder:
    """One who may hold positions: the officials of a state together, or one other actor."""

    def __init__(self, country, official):
        self.country, self.official = country or "", official
        self.names, self.sectors, self.deeds = collections.Counter(), set(), []

    @property
    def key(self):
        return key(self.names.most_common(1)[0][0], self.country)


def holders_of(article):
    """Holders in the order in which the article's events, then its statements, name them."""
    text, found = article["text"], collections.OrderedDict()

    def add(person, deed):
        country, sectors = person.get("country"), person.get("sectors") or []
        official = country not in NO_STATE and (not sectors or "GOV" in sectors or "MIL" in sectors)
        if not official and not person.get("id") and not norm(person["name"]):
            return
        who = ("state", country) if official else ("other", person.get("id") or norm(person["name"]), country)
        holder = found.setdefault(who, Holder(country, official))
        holder.names[person["name"]] += 1
        holder.sectors |= set(sectors)
        holder.deeds.append(deed)

    for index, event in enumerate(article["events"]):
        begin, end = event["span"]
        words = text[begin:end] + (" " + text[event["theme"][0]:event["theme"][1]] if event["theme"] else "")
        deed = Deed(event["type"], words, text[event["sentence"][0]:event["sentence"][1]], begin, event["status"],
                    bool(event["historical"]), event["modes"], bool(event["theme"]), bool(event["recipients"]), index)
        for person in event["actors"]:
            add(person, deed)
    for index, statement in enumerate(article["statements"]):
        if statement["speaker"]:
            begin, end = statement["span"]
            add(statement["speaker"], Deed("SAY", text[begin:end], "", begin, index=index))
    return list(found.values())


def bearer(position, holders):
    """Which of the holders a gold position is of: by name, else the officials of its state, else anybody of its state."""
    name, country = position["holder"], position.get("country") or ""
    state = country not in NO_STATE
    tests = [lambda h: h.country == country and any(norm(n) == norm(name) for n in h.names),
             lambda h: h.country == country and any(same_name(n, name) for n in h.names),
             lambda h: state and h.country == country and h.official,
             lambda h: state and h.country == country,
             lambda h: any(same_name(n, name) for n in h.names)]
    for test in tests:
        found = [k for k, h in enumerate(holders) if test(h)]
        if found:
            return max(found, key=lambda k: (len(holders[k].deeds) if test is tests[3] else 0, -k))
    return None


class Article:
    def __init__(self, gold):
        self.holders = holders_of(gold)
        self.words = dict.fromkeys(grams(stems(gold["text"])), 1.0)
        self.gold = [(key(p["holder"], p.get("country")), p["issue"], p["stance"]) for p in gold.get("positions", [])]
        self.shown = {}  # (holder, issue) -> stance
        for position in gold.get("positions", []):
            k = bearer(position, self.holders)
            if k is not None:
                self.shown.setdefault((k, ISSUES.index(position["issue"])), position["stance"])


def read_gold(path):
    with open(path, encoding="utf8") as file:
        return [Article(json.loads(line)) for line in file]


def read_labelled(path, records):
    """Articles with positions (those of labelling.py collect; others are passed over), their acts and statements as the
    engine's records tell them."""
    with open(path, encoding="utf8") as file:
        labelled = {a["id"]: a for a in map(json.loads, file) if a["positions"] is not None}
    with open(records, encoding="utf8") as file:
        for record in map(json.loads, file):
            article = labelled.get(record["document"]["source"].rpartition("#")[2])
            if article and article["text"] != record["document"]["text"]:
                raise ValueError(f"{records}: the text of {article['id']} is not that of {path}")
            if article:
                yield Article({**from_record(record), "positions": article["positions"]})


def phrases():
    """[(phrase, issue, stance, is a deed)]"""
    with open(os.path.join(HERE, "positions", "phrases.tsv"), encoding="utf8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")][1:]
    return [(phrase, ISSUES.index(row[0]), ("for", "against")[k // 2], k % 2 == 1)
            for row in rows for k, cell in enumerate(row[1:]) for phrase in cell.split("|")]


# Words: scores of issues.

def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def fit_linear(x, y, weight, decay, start=None, steps=40):
    """Logistic regressions side by side; weight [rows, outs] (0: not judged). Gives [columns + 1, outs], bias last."""
    transposed, (rows, columns), outs = x.T.tocsr(), x.shape, y.shape[1]
    if start is None:
        start = np.zeros((columns + 1, outs))
        start[-1] = -5

    def goal(flat):
        w = flat.reshape(columns + 1, outs)
        z = x @ w[:-1] + w[-1]
        slope = weight * (sigmoid(z) - y)
        value = (weight * (np.logaddexp(0, z) - y * z)).sum() + 0.5 * decay * (w[:-1] ** 2).sum()
        return value, np.vstack([transposed @ slope + decay * w[:-1], slope.sum(0)]).ravel()

    found = scipy.optimize.minimize(goal, start.ravel(), jac=True, method="L-BFGS-B", options=dict(maxiter=steps))
    return found.x.reshape(columns + 1, outs)


class Words:
    """Terms with their weights an issue: of acts and statements (near), of articles (far)."""

    def __init__(self, terms_):
        self.column = {t: k for k, t in enumerate(sorted(terms_))}

    def matrix(self, bags, sizes=None):
        rows, columns, values = [], [], []
        for i, bag in enumerate(bags):
            size = 1.0 if sizes is None else sizes[i]
            for term, value in bag.items():
                if term in self.column:
                    rows.append(i), columns.append(self.column[term]), values.append(value * size)
        return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(bags), len(self.column)))

    def fit(self, articles, decay_near=1.0, decay_far=3.0):
        deeds, rows_of = [], {}
        for a, article in enumerate(articles):
            for h, holder in enumerate(article.holders):
                rows_of[a, h] = list(range(len(deeds), len(deeds) + len(holder.deeds)))
                deeds += holder.deeds
        made = [dict.fromkeys(grams(stems(p)), 1.0) for p, _, _, _ in phrases()]
        y_made = np.zeros((len(made), len(ISSUES)))
        y_made[np.arange(len(made)), [p[1] for p in phrases()]] = 1
        x_made, n = self.matrix(made), len(deeds)
        near = fit_linear(x_made, y_made, np.ones_like(y_made), 1.0)
        x_deeds = self.matrix([d.words for d in deeds])
        x = scipy.sparse.vstack([x_deeds, x_made]).tocsr()
        for _ in range(2):
            z = x_deeds @ near[:-1] + near[-1]
            y, weight = np.vstack([np.zeros((n, len(ISSUES))), y_made]), np.ones((n + len(made), len(ISSUES)))
            for a, article in enumerate(articles):
                for (h, issue) in article.shown:
                    rows = rows_of[a, h]
                    best = rows[int(np.argmax(z[rows, issue]))]
                    weight[rows, issue] = 0
                    y[best, issue] = weight[best, issue] = 1
            near = fit_linear(x, y, weight, decay_near, near)
        y = np.zeros((len(articles), len(ISSUES)))
        for a, article in enumerate(articles):
            y[a, [issue for _, issue in article.shown]] = 1
        bags = [article.words for article in articles] + made
        far = fit_linear(self.matrix(bags, [self.size(b) for b in bags]), np.vstack([y, y_made]),
                         np.vstack([np.ones_like(y), 0.3 * np.ones_like(y_made)]), decay_far)
        self.near, self.far = self.rounded(near), self.rounded(far)
        return self

    @staticmethod
    def size(bag):
        return ARTICLE / np.sqrt(max(1, len(bag)))

    @staticmethod
    def rounded(w):
        """As written: small weights are left out."""
        steps = np.rint(w / STEP)
        steps[:-1][np.abs(steps[:-1]) < SMALLEST] = 0
        return steps * STEP

    def score(self, article):
        """Adds near scores [deeds, issues] to holders and far ones [issues] to the article."""
        for holder in article.holders:
            holder.near = self.matrix([d.words for d in holder.deeds]) @ self.near[:-1] + self.near[-1]
        article.far = (self.matrix([article.words], [self.size(article.words)]) @ self.far[:-1] + self.far[-1])[0]


SMALLEST = 3  # steps; smaller weights are left out


def vocabulary(articles, least=5):
    counts = collections.Counter(t for a in articles for h in a.holders for d in h.deeds for t in d.words)
    for phrase, _, _, _ in phrases():
        counts.update({t: 2 for t in set(grams(stems(phrase)))})
    return [t for t, n in counts.items() if n >= least]


# Choice: does the article show that this holder has a stand on this issue?

def ranks(z):
    """1 where a score is the best, second, third: [3, issues]; the first of equals counts as better."""
    order = np.argsort(-z, kind="stable")[:3]
    out = np.zeros((3, len(z)))
    out[np.arange(len(order)), order] = 1
    return out


def inputs(article):
    """[(holder, deed that shows it best an issue, inputs [issues, n])]."""
    holders = article.holders
    if not holders:
        return []
    clip = lambda z: np.clip(z, -9, 6)
    all_deeds = sum(len(h.deeds) for h in holders)
    most = np.max([h.near.max(0) for h in holders], 0)
    shared = np.vstack([clip(article.far), clip(most), ranks(article.far), ranks(most)])
    out = []
    for k, h in enumerate(holders):
        acts = [d.type != "SAY" for d in h.deeds]
        nothing = np.full(len(ISSUES), -9.0)
        best, top = h.near.argmax(0), h.near.max(0)
        by_act = h.near[acts].max(0) if any(acts) else nothing
        by_word = h.near[[not a for a in acts]].max(0) if not all(acts) else nothing
        second = np.sort(h.near, 0)[-2] if len(h.deeds) > 1 else nothing
        rows = np.vstack([clip(top), clip(by_act), clip(by_word), clip(second), np.log1p(np.exp(np.clip(h.near, -40, 40) + 3)).sum(0),
                          top - most, ranks(top), shared])
        shown = [h.deeds[b] for b in best]
        of_deed = np.array([[d.status != "actual", d.status == "alleged", d.historical, d.theme, d.aimed, d.at < LEAD, d.at / 3000]
                            + [d.type == t for t in TYPES] for d in shown], float).T
        first = min(d.at for d in h.deeds)
        of_holder = [h.official, h.country in NO_STATE, not h.country, np.log1p(len(h.deeds)), np.log1p(sum(acts)),
                     np.log1p(len(acts) - sum(acts)), len(h.deeds) / all_deeds, np.log1p(len(holders)), np.log1p(all_deeds),
                     first < LEAD, first / 3000]
        of_holder += [s in h.sectors for s in SECTORS] + [any(d.type == t for d in h.deeds) for t in TYPES]
        same = np.repeat(np.array(of_holder, float)[:, None], len(ISSUES), 1)
        out.append((k, best, np.vstack([rows, of_deed, same]).T))
    return out


class Choice:
    """logit = bias + linear + issue + issue's type + hidden layer of tanh; inputs are centred and scaled."""

    HIDDEN, PASSES, RATE, DECAY = 24, 8, 3e-3, (1e-2, 3e-2)

    def fit(self, x, issue, type_, y, seed):
        rng = np.random.default_rng(seed)
        self.mean, self.scale = x.mean(0), x.std(0) + 1e-3
        x = ((x - self.mean) / self.scale).astype(np.float32)
        n = x.shape[1]
        p = dict(a=rng.normal(0, n ** -0.5, (n, self.HIDDEN)), c=np.zeros(self.HIDDEN), b=rng.normal(0, self.HIDDEN ** -0.5, self.HIDDEN),
                 linear=np.zeros(n), bias=np.full(1, -4.0), issue=np.zeros(len(ISSUES)), pair=np.zeros((len(ISSUES), len(TYPES))))
        p = {k: v.astype(np.float32) for k, v in p.items()}
        m, v = ({k: np.zeros_like(t) for k, t in p.items()} for _ in range(2))
        step = 0
        for turn in range(self.PASSES):
            rate = self.RATE * (1 - turn / self.PASSES)
            order = rng.permutation(len(y))
            for begin in range(0, len(order), 1024):
                rows = order[begin:begin + 1024]
                xs, ys, ii, tt = x[rows], y[rows], issue[rows], type_[rows]
                hidden = np.tanh(xs @ p["a"] + p["c"])
                kept = (rng.random(hidden.shape) > 0.2) / np.float32(0.8)
                z = (hidden * kept) @ p["b"] + xs @ p["linear"] + p["bias"] + p["issue"][ii] + p["pair"][ii, tt]
                slope = ((sigmoid(z) - ys) / len(rows)).astype(np.float32)
                back = slope[:, None] * p["b"] * kept * (1 - hidden ** 2)
                g = dict(a=xs.T @ back, c=back.sum(0), b=(hidden * kept).T @ slope, linear=xs.T @ slope, bias=slope.sum(keepdims=True),
                         issue=np.bincount(ii, slope, len(ISSUES)), pair=np.zeros_like(p["pair"]))
                np.add.at(g["pair"], (ii, tt), slope)
                step += 1
                for k in p:
                    m[k] = 0.9 * m[k] + 0.1 * g[k]
                    v[k] = 0.999 * v[k] + 0.001 * g[k] ** 2
                    p[k] -= rate * (m[k] / (1 - 0.9 ** step) / (np.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
                                    + self.DECAY[k in ("issue", "pair")] * p[k])
        self.p = {k: np.round(t.astype(float), 4) for k, t in p.items()}
        self.mean, self.scale = np.round(self.mean, 4), np.round(self.scale, 4)
        return self

    def logits(self, x, issue, type_):
        x, p = (x - self.mean) / self.scale, self.p
        return np.tanh(x @ p["a"] + p["c"]) @ p["b"] + x @ p["linear"] + p["bias"] + p["issue"][issue] + p["pair"][issue, type_]


class Choices:
    """Several networks, averaged."""

    COUNT = 3

    def fit(self, x, issue, type_, y, seed):
        self.nets = [Choice().fit(x, issue, type_, y, seed + k) for k in range(self.COUNT)]
        return self

    def logits(self, x, issue, type_):
        return sum(net.logits(x, issue, type_) for net in self.nets) / len(self.nets)


def table(articles):
    """(inputs, issue, type of the best deed, label, (article, holder, issue))"""
    xs, ii, tt, ys, who = [], [], [], [], []
    for a, article in enumerate(articles):
        for h, best, x in inputs(article):
            xs.append(x)
            for issue in range(len(ISSUES)):
                ii.append(issue), who.append((a, h, issue)), ys.append(float((h, issue) in article.shown))
                tt.append(TYPES.index(article.holders[h].deeds[best[issue]].type))
    return np.concatenate(xs), np.array(ii), np.array(tt), np.array(ys, np.float32), who


# Stance.

def sign(type_):
    return "-" if type_ in NEGATIVE else "!" if type_ in HOSTILE else "s" if type_ == "SAY" else "+"


def shares(near):
    """How much each deed counts as evidence for an issue, from its scores [deeds]."""
    e = np.exp(1.5 * (near - near.max()))
    return e / e.sum()


def stance_inputs(deeds, share, issue):
    name, out = ISSUES[issue], collections.Counter()
    out["issue " + name] = 1.0
    for deed, w in zip(deeds, share):
        if w < 0.03:
            continue
        s = sign(deed.type)
        out["type " + deed.type] += w
        out[f"type {deed.type} {name}"] += w
        out[f"sign {s} {name}"] += w
        if deed.status == "negated":
            out["negated " + s] += w
        for mode in deed.modes:
            out[f"mode {deed.type} {mode}"] += w
            out[f"mode {deed.type} {mode} {name}"] += 0.5 * w
        if DENIALS & set(terms(deed.text)):
            out["denial " + s] += w
            out[f"denial {s} {name}"] += 0.5 * w
        words = list(dict.fromkeys(stems(deed.text)))
        each = w / np.sqrt(1 + len(words) / 6)
        for word in words:
            out[f"word {s} {word}"] += each
            out[f"word {s} {word} {name}"] += 0.7 * each
    return out


class Stances:
    """Logit of being against."""

    DECAY, MADE, LEAST = 0.5, 0.1, 0.15

    @staticmethod
    def examples(articles):
        return [(stance_inputs(a.holders[h].deeds, shares(a.holders[h].near[:, i]), i), stance)
                for a in articles for (h, i), stance in a.shown.items()]

    @staticmethod
    def made():
        """What acts about the phrases say: to reject a thing is to be against it."""
        for phrase, issue, stance, deed in phrases():
            turned = "against" if stance == "for" else "for"
            acts = ("REQUEST", "AGREE", "SAY", "REJECT") if deed else ("SUPPORT", "REQUEST", "REJECT", "ACCUSE")
            for type_ in acts:
                yield stance_inputs([Deed(type_, phrase, "", 0)], [1.0], issue), turned if type_ in NEGATIVE else stance

    def fit(self, examples):
        examples = [e for e in examples if e[1] in ("for", "against")]
        made = list(self.made())
        weight = np.array([1.0] * len(examples) + [self.MADE] * len(made))[:, None]
        names = sorted({k for e in examples + made for k in e[0]})
        column = {k: i for i, k in enumerate(names)}
        cells = [(r, column[k], v) for r, (f, _) in enumerate(examples + made) for k, v in f.items()]
        r, c, v = zip(*cells)
        x = scipy.sparse.csr_matrix((v, (r, c)), shape=(len(weight), len(names)))
        y = np.array([[e[1] == "against"] for e in examples + made], float)
        w = fit_linear(x, y, weight, self.DECAY, np.zeros((len(names) + 1, 1)), 200)[:, 0]
        self.weights = {k: round(float(w[i]), 2) for k, i in column.items() if abs(w[i]) >= self.LEAST}
        self.bias = round(float(w[-1]), 2)
        return self

    def logit(self, found):
        return sum(self.weights.get(k, 0.0) * v for k, v in found.items()) + self.bias


# All together.

class Model:
    def __init__(self, words, choices, stances, threshold):
        self.words, self.choices, self.stances, self.threshold = words, choices, stances, threshold

    def positions(self, article):
        """[(holder, issue, stance)] of an article."""
        self.words.score(article)
        out = []
        for h, best, x in inputs(article):
            holder = article.holders[h]
            types = np.array([TYPES.index(holder.deeds[b].type) for b in best])
            z = self.choices.logits(x, np.arange(len(ISSUES)), types)
            for issue in np.flatnonzero(z >= self.threshold):
                found = stance_inputs(holder.deeds, shares(holder.near[:, issue]), issue)
                out.append((h, int(issue), "against" if self.stances.logit(found) > 0 else "for"))
        return out


def f1(articles, found):
    """Of positions as the scorer counts: found[a] lists (holder, issue, stance). Gives (F1, precision, recall)."""
    right = coded = gold = 0
    for article, positions in zip(articles, found):
        truth = collections.Counter(article.gold)
        guess = collections.Counter((article.holders[h].key, ISSUES[i], s) for h, i, s in positions)
        right, coded, gold = right + sum((truth & guess).values()), coded + sum(guess.values()), gold + sum(truth.values())
    return tuple(round(v, 3) for v in (2 * right / max(1, coded + gold), right / max(1, coded), right / max(1, gold)))


def thresholded(articles, logits, who, stance_of, threshold):
    found = [[] for _ in articles]
    for z, (a, h, i) in zip(logits, who):
        if z >= threshold:
            found[a].append((h, i, stance_of(a, h, i)))
    return found


def fit(arguments):
    train, tune = (read_gold(os.path.join(arguments.gold, name + ".jsonl")) for name in ("train", "tune"))
    if arguments.labelled:
        train += read_labelled(arguments.labelled, arguments.records)
    print(len(train), "articles to train,", len(tune), "to tune", flush=True)
    terms_ = vocabulary(train)
    fold = np.array([k % FOLDS for k in range(len(train))])
    for f in range(FOLDS):  # scores of articles that the words did not see
        words = Words(terms_).fit([a for a, k in zip(train, fold) if k != f])
        for article, k in zip(train, fold):
            if k == f:
                words.score(article)
        print("words of fold", f, flush=True)
    x, issue, type_, y, who = table(train)
    of = fold[[w[0] for w in who]]
    logits = np.zeros(len(y))
    examples = [Stances.examples([a]) for a in train]
    against = {}
    for f in range(FOLDS):
        rest = of != (f + 1) % FOLDS
        logits[~rest] = Choices().fit(x[rest], issue[rest], type_[rest], y[rest], SEED).logits(x[~rest], issue[~rest], type_[~rest])
        stances = Stances().fit([e for es, k in zip(examples, fold) if k != (f + 1) % FOLDS for e in es])
        for a, article in enumerate(train):
            if fold[a] == (f + 1) % FOLDS:
                against[a] = stances
        print("choice of fold", (f + 1) % FOLDS, flush=True)

    def stance_of(a, h, i):
        holder = train[a].holders[h]
        return "against" if against[a].logit(stance_inputs(holder.deeds, shares(holder.near[:, i]), i)) > 0 else "for"

    right = [stance_of(a, h, i) == s for a, article in enumerate(train) for (h, i), s in article.shown.items()]
    print("cross-validated: stance right", round(np.mean(right), 3))
    best = (0, 0)
    for threshold in np.arange(-2.0, 0.8, 0.1):
        found = thresholded(train, logits, who, lambda *_: "", threshold)
        truth = sum(len(a.gold) for a in train)
        coded = sum(map(len, found))
        hits = sum((h, i) in train[a].shown for a, ps in enumerate(found) for h, i, _ in ps)
        best = max(best, (2 * hits / (coded + truth), threshold))
    threshold = round(float(best[1]), 2)
    print("cross-validated: issues F1", round(best[0], 3), "at", threshold, "positions",
          f1(train, thresholded(train, logits, who, stance_of, threshold)), flush=True)
    choices = Choices().fit(x, issue, type_, y, SEED)
    stances = Stances().fit([e for es in examples for e in es])
    words = Words(terms_).fit(train)
    model = Model(words, choices, stances, threshold)
    for shift in (-0.4, -0.2, 0, 0.2, 0.4):
        model.threshold = threshold + shift
        print("tune, gold readings, threshold", round(model.threshold, 2), f1(tune, [model.positions(a) for a in tune]), flush=True)
    model.threshold = chosen_threshold(model, os.path.join(arguments.gold, "tune.jsonl"), arguments.tune_records) if arguments.tune_records else threshold
    write(model, arguments.out)


def chosen_threshold(model, gold_file, records):
    """That with the best F1 on articles as the engine reads them, the mean with those a step above and below."""
    truths, articles = [], []
    for truth, record in read_both(gold_file, records):
        truths.append(truth), articles.append(Article(from_record(record)))
    steps, scores = [round(0.1 * step, 1) for step in range(-18, 6)], []
    for model.threshold in steps:
        right = coded = 0
        for truth, article in zip(truths, articles):
            guess = collections.Counter((article.holders[h].key, ISSUES[i], s) for h, i, s in model.positions(article))
            right, coded = right + sum((truth & guess).values()), coded + sum(guess.values())
        scores.append(2 * right / max(1, coded + sum(sum(t.values()) for t in truths)))
    best = max(range(1, len(steps) - 1), key=lambda k: sum(scores[k - 1:k + 2]))
    print("tune as the engine reads it: F1", round(scores[best], 3), "at", steps[best], "all:", *(f"{t}:{s:.3f}" for t, s in zip(steps, scores)))
    return steps[best]


def tabs(*cells):
    return "\t".join(str(c) for c in cells) + "\n"


def number(value):
    return f"{value:g}"


def write(model, folder):
    """The tables; FORMAT.md beside them."""
    os.makedirs(folder, exist_ok=True)
    words = model.words
    with open(os.path.join(folder, "words.tsv"), "w", encoding="utf8") as out:
        out.write("# Weights of terms an issue, in steps of 1/20. Made by training/positions.py; see FORMAT.md.\n" + tabs("term", "near", "far"))
        names = sorted(words.column, key=words.column.get) + ["*"]
        for k, name in enumerate(names):
            cells = [" ".join(f"{i}:{round(v / STEP)}" for i, v in enumerate(w[k]) if v) for w in (words.near, words.far)]
            if any(cells):
                out.write(tabs(name, *cells))
    with open(os.path.join(folder, "choice.tsv"), "w", encoding="utf8") as out:
        out.write("# The networks that choose. Made by training/positions.py; see FORMAT.md.\n" + tabs("net", "part", "row", "values"))
        out.write(tabs(0, "issues", 0, " ".join(ISSUES)))
        out.write(tabs(0, "threshold", 0, number(model.threshold)))
        for n, net in enumerate(model.choices.nets):
            parts = dict(mean=net.mean[None], scale=net.scale[None], a=net.p["a"].T, c=net.p["c"][None], b=net.p["b"][None],
                         linear=net.p["linear"][None], bias=net.p["bias"][None], issue=net.p["issue"][None], pair=net.p["pair"])
            for part, rows in parts.items():
                for r, row in enumerate(rows):
                    out.write(tabs(n, part, r, " ".join(number(v) for v in row)))
    with open(os.path.join(folder, "stance.tsv"), "w", encoding="utf8") as out:
        out.write("# What speaks for being against, in hundredths. Made by training/positions.py; see FORMAT.md.\n" + tabs("sign", "weight"))
        out.write(tabs("*", round(100 * model.stances.bias)))
        for name, weight in sorted(model.stances.weights.items()):
            out.write(tabs(name, round(100 * weight)))


def rows_of(path):
    with open(path, encoding="utf8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return lines[1:]


def read(folder):
    words_rows = rows_of(os.path.join(folder, "words.tsv"))
    words = Words([r[0] for r in words_rows if r[0] != "*"])
    words.near, words.far = (np.zeros((len(words.column) + 1, len(ISSUES))) for _ in range(2))
    for name, near, far in words_rows:
        for cell, w in ((near, words.near), (far, words.far)):
            for item in cell.split():
                i, v = item.split(":")
                w[words.column.get(name, -1), int(i)] = int(v) * STEP
    parts, threshold = collections.defaultdict(lambda: collections.defaultdict(list)), 0.0
    for net, part, _, values in rows_of(os.path.join(folder, "choice.tsv")):
        if part == "issues":
            assert values.split() == ISSUES
            continue
        row = np.array([float(v) for v in values.split()])
        if part == "threshold":
            threshold = float(row[0])
        else:
            parts[int(net)][part].append(row)
    choices = Choices()
    choices.nets = []
    for part in parts.values():
        net = Choice()
        net.mean, net.scale = part["mean"][0], part["scale"][0]
        net.p = dict(a=np.array(part["a"]).T, pair=np.array(part["pair"]), **{k: part[k][0] for k in ("c", "b", "linear", "bias", "issue")})
        choices.nets.append(net)
    stances = Stances()
    stances.weights = {name: int(w) / 100 for name, w in rows_of(os.path.join(folder, "stance.tsv"))}
    stances.bias = stances.weights.pop("*")
    return Model(words, choices, stances, threshold)


def from_record(record):
    """A record as an article of gold."""
    entities = {e["id"]: e for e in record["entities"]}
    sentences = record["sentences"]

    def person(p):
        e = entities[p["entity"]]
        return dict(id=p["entity"], name=e["name"], country=p.get("country"), sectors=p.get("sectors") or [])

    events = [dict(type=e["type"], status=e["status"], historical=e.get("historical", False), modes=e.get("modes", []),
                   span=e["trigger"]["span"], theme=e["theme"]["span"] if e.get("theme") else None, sentence=sentences[e["sentence"]],
                   actors=[person(p) for p in e["actors"]], recipients=e["recipients"]) for e in record["events"]]
    statements = [dict(span=s["content"]["span"], speaker=person(s["speaker"]) if s.get("speaker") else None) for s in record["statements"]]
    return dict(text=record["document"]["text"], events=events, statements=statements)


def check(arguments):
    model, same, differ = read(arguments.out), 0, 0
    with open(arguments.records, encoding="utf8") as file:
        for line in file:
            record = json.loads(line)
            entities = {e["id"]: e for e in record["entities"]}
            article = Article(from_record(record))
            ours = sorted((article.holders[h].key, ISSUES[i], s) for h, i, s in model.positions(article))
            theirs = sorted((key(entities[p["holder"]]["name"], entities[p["holder"]].get("country")), p["issue"], p["stance"])
                            for p in record.get("positions", []))
            same += len(ours)
            if ours != theirs:
                differ += 1
                print(record["document"]["source"], "tables:", ours, "record:", theirs)
    print(same, "positions by the tables;", differ, "records differ")
    return differ > 0


def state_names():
    """{normal name of a state: its code}"""
    with open(os.path.join(ROOT, "data", "actors", "countries.tsv"), encoding="utf8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    names, code, more = (rows[0].index(c) for c in ("name", "code", "names"))
    return {norm(name): row[code] for row in rows[1:] for name in [row[names], *row[more].split("|")] if norm(name)}


def read_both(gold_file, records_file):
    """[(positions of gold as they are counted, record)] of a file of gold. Where gold gives a holder without its country, it is looked up
    among the article's actors and speakers in gold, then among the names of states."""
    states, records = state_names(), {}
    with open(records_file, encoding="utf8") as file:
        for line in file:
            record = json.loads(line)
            records[re.split(r"[#/:]", record["document"]["source"])[-1]] = record
    with open(gold_file, encoding="utf8") as file:
        for article in map(json.loads, file):
            people = [p for e in article["events"] for p in e["actors"]] + [s["speaker"] for s in article["statements"] if s["speaker"]]
            countries = {norm(p["name"]): p.get("country") for p in people}
            truth = collections.Counter()
            for p in article["positions"]:
                name = norm(p["holder"])
                country = p["country"] if "country" in p else countries.get(name, states.get(name))
                truth[key(p["holder"], country), p["issue"], p["stance"]] += 1
            yield truth, records.get(article["id"], dict(document=dict(text=""), sentences=[], events=[], statements=[], entities=[], positions=[]))


def measure(arguments):
    """As the scorer counts."""
    right = coded = gold = 0
    for truth, record in read_both(arguments.gold_file, arguments.records):
        entities = {e["id"]: e for e in record["entities"]}
        guess = collections.Counter((key(entities[p["holder"]]["name"], entities[p["holder"]].get("country")), p["issue"], p["stance"])
                                    for p in record.get("positions", []))
        right, coded, gold = right + sum((truth & guess).values()), coded + sum(guess.values()), gold + sum(truth.values())
    print(f"positions: F1 {2 * right / max(1, coded + gold):.3f}  precision {right / max(1, coded):.3f}  "
          f"recall {right / max(1, gold):.3f}  gold {gold}, coded {coded}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = ap.add_subparsers(dest="command", required=True)
    for name, run in (("fit", fit), ("check", check), ("measure", measure)):
        p = parts.add_parser(name)
        p.set_defaults(run=run)
        p.add_argument("--out", default=os.path.join(ROOT, "data", "coding", "positions"))
    parts.choices["fit"].add_argument("--gold", required=True)
    parts.choices["fit"].add_argument("--labelled"), parts.choices["fit"].add_argument("--records", help="of the labelled articles")
    parts.choices["fit"].add_argument("--tune-records", help="of tune, on which the threshold is chosen; by folds of what is learned from if not given")
    parts.choices["check"].add_argument("records")
    parts.choices["measure"].add_argument("gold_file")
    parts.choices["measure"].add_argument("records")
    arguments = ap.parse_args()
    sys.exit(arguments.run(arguments))


if __name__ == "__main__":
    main()
