# SPDX-License-Identifier: Apache-2.0
"""Where actors stand on issues: a head over the words that tell acts and speech.

Gold says for an article who (holder) is for or against which issue, but not where the article shows it. So the head
learns from bags: the anchors of a holder are the first words of the triggers whose actor it is, and of the cues and
contents of what it says. Each anchor gives every (issue, stance) a probability, and a bag has the position if any of
its anchors shows it (noisy-or). src/coding/positions.cc joins the anchors of a holder in the same way.

Most issues have few examples in gold. training/positions/phrases.tsv says in words what they are about; sentences made
of its phrases and the carriers below teach what gold is too small for.
"""
import collections
import json
import os
import random
import re
import unicodedata

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import data
from prepare import Doc

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "..", "data", "ontology", "issues.tsv"), encoding="utf8") as issues_file:
    ISSUES = [line.split("\t")[0] for line in issues_file.read().splitlines()[1:] if line]
STANCES = ["for", "against"]  # the others are too rare to learn; they count as "shows the issue, stance unknown"
NO_STATE = {None, "", "IGO", "NGO", "ISM", "IMG", "MNC"}
WINDOW = 160
MADE = 1200  # articles of five made sentences each


def norm(name):
    """A name as the scorer compares it."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return " ".join(w for w in re.sub(r"[^a-z0-9]+", " ", plain).split() if w not in ("the", "of"))


def same_name(a, b):
    a, b = norm(a).split(), norm(b).split()
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a))


def key(name, country):
    """What the scorer takes for one holder: the code of a state, else the name."""
    return country if country not in NO_STATE else norm(name)


def is_official(sectors):
    return not sectors or bool({"GOV", "MIL"} & set(sectors))


HOLDERS = """China|the United States|France|Brazil|Kenya|Egypt|Japan|Ukraine|Mexico|Turkey|the prime minister|President Adan Molu
the foreign minister|the opposition|opposition leader Tara Vance|Senator Paul Rossi|the Democratic Party|the ruling party
the European Union|the United Nations|the Security Council|Amnesty International|the union|activists|protesters|residents
the government|parliament|the Senate|lawmakers|the governor|the bishop|the company|the bank|farmers|the army|the rebels
students|Iran|Israel|India|Pakistan|Nigeria|Poland|South Korea|the White House|the Kremlin|Beijing|Washington|the spokesman
the secretary-general|the ministry|the court|critics|human rights groups|Australia|Canada|the mayor|Maria Lopez|John Hale"""
HOLDERS = HOLDERS.replace("\n", "|").split("|")
# {h} the holder, {r} somebody else, {t} a thing, {d} a deed; the anchor stands between stars. True keeps the stance of
# the phrase, False turns it.
CARRIERS = [
    ("{h} *welcomed* {t}", True), ("{h} *backed* {t}", True), ("{h} *supports* {t}", True), ("{h} *called* for {t}", True),
    ("{h} *praised* {t}", True), ("{h} *demanded* {t}", True), ("{h} *voted* for {t}", True), ("{h} is *pushing* for {t}", True),
    ("{h} *approved* {t}", True), ("{h} *promised* {t}", True), ("{h} *agreed* to {t}", True), ("{h} *asked* {r} for {t}", True),
    ("{h} *defended* {t}", True), ("{h} *proposed* {t}", True), ("{h} and {r} *agreed* on {t}", True),
    ("{h} *condemned* {t}", False), ("{h} *opposes* {t}", False), ("{h} *rejected* {t}", False), ("{h} *criticised* {t}", False),
    ("{h} *denounced* {t}", False), ("{h} *voted* against {t}", False), ("{h} *spoke* out against {t}", False),
    ("{h} *protested* against {t}", False), ("{h} *blamed* {r} for {t}", False), ("{h} *fought* {t}", False),
    ("{h} *said* {t} was badly needed", True), ("{h} *said* that {t} would help everyone", True),
    ("\u201cWe need {t}\u201d, {h} *said*", True), ("{h} *said* {t} would be a grave mistake", False),
    ("{h} *called* {t} unacceptable", False), ("\u201cWe will never accept {t}\u201d, {h} *said*", False),
    ("{h} *urged* {r} to {d}", True), ("{h} *called* on {r} to {d}", True), ("{h} *asked* {r} to {d}", True),
    ("{h} *vowed* to {d}", True), ("{h} *promised* to {d}", True), ("{h} *agreed* to {d}", True), ("{h} *plans* to {d}", True),
    ("{h} is *ready* to {d}", True), ("{h} *decided* to {d}", True), ("{h} *told* {r} to {d}", True),
    ("{h} *said* {r} should {d}", True), ("{h} *said* it would {d}", True), ("\u201cThey must {d}\u201d, {h} *said*", True),
    ("{h} *pressed* {r} to {d}", True), ("{h} *threatened* to {d}", True), ("{h} *proposed* to {d}", True),
    ("{h} *refused* to {d}", False), ("{h} *warned* {r} not to {d}", False), ("{h} *urged* {r} not to {d}", False),
    ("{h} *said* it would not {d}", False), ("{h} *criticised* plans to {d}", False), ("{h} *vetoed* a bill to {d}", False),
    ("{h} *accused* {r} of wanting to {d}", False), ("{h} *said* {r} had no right to {d}", False),
]


def phrases():
    """{(issue, stance): ([things], [deeds])} as numbers and phrases."""
    with open(os.path.join(HERE, "..", "positions", "phrases.tsv"), encoding="utf8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    out = {}
    for issue, *cells in rows[1:]:
        lists = [cell.split("|") for cell in cells]
        out[ISSUES.index(issue), 0], out[ISSUES.index(issue), 1] = (lists[0], lists[1]), (lists[2], lists[3])
    return out


def made_sentence(rng, book):
    """(text, [begin, end) of the anchor, class)."""
    (issue, stance), (things, deeds) = rng.choice(book)
    carrier, keeps = rng.choice(CARRIERS)
    holder, other = rng.sample(HOLDERS, 2)
    text = carrier.format(h=holder, r=other, t=rng.choice(things), d=rng.choice(deeds))
    when = rng.choice(("", "", " on Monday", " this week", " again"))
    text = text[0].upper() + text[1:] + when + "."
    begin = text.index("*")
    end = text.index("*", begin + 1)
    return text.replace("*", ""), (begin, end - 1), 2 * issue + (stance if keeps else 1 - stance)


def made_article(tok, rng, book):
    text, bags = "", []
    for _ in range(5):
        sentence, (begin, end), wanted = made_sentence(rng, book)
        text += " " if text else ""
        bags.append((len(text) + begin, len(text) + end, wanted))
        text += sentence
    doc = Doc(tok, "position.made", text)
    doc.data["bags"] = [([doc.span(begin, end)[0]], (wanted,), ()) for begin, end, wanted in bags]
    return doc.data


class Actor:
    """One who acts or speaks in an article, with the words that tell it."""

    def __init__(self, person):
        self.name, self.country = person["name"], person.get("country")
        self.official = is_official(person.get("sectors"))
        self.anchors = set()

    @property
    def key(self):
        return key(self.name, self.country)


def actors_of(gold, doc):
    """Actors of a gold document by (normal name, country); anchors are words of `doc`."""
    actors = {}

    def add(person, spans):
        if person and norm(person["name"]):
            actor = actors.setdefault((norm(person["name"]), person.get("country")), Actor(person))
            for span in spans:
                words = span and doc.span(*span)
                if words:
                    actor.anchors.add(words[0])

    for event in gold["events"]:
        for person in event["actors"]:
            add(person, [event["span"]])
    for statement in gold["statements"]:
        add(statement["speaker"], [statement.get("cue_span"), statement["span"]])
    return [a for a in actors.values() if a.anchors]


def bearers(position, actors):
    """Which actors may show a gold position: those of its name; a state's officials too; failing that, of its country."""
    name, country = norm(position["holder"]), position.get("country")
    state = country not in NO_STATE
    found = [a for a in actors if norm(a.name) == name and a.country == country]
    found = found or [a for a in actors if a.country == country and same_name(a.name, position["holder"])]
    if state and (not found or any(a.official for a in found)):
        found = found + [a for a in actors if a.country == country and a.official and a not in found]
    if state and not found:
        found = [a for a in actors if a.country == country]
    return found


def bags_of(gold, doc):
    """[(anchors, wanted classes, classes not judged)]; class = issue * 2 + stance. One bag an actor, with what it
    does not show, and one a position, over the anchors of all who may show it."""
    actors = actors_of(gold, doc)
    unjudged = collections.defaultdict(set)
    shown = []
    for position in gold["positions"]:
        issue = ISSUES.index(position["issue"])
        found = bearers(position, actors)
        for actor in found:
            unjudged[id(actor)] |= {2 * issue + s for s in range(2) if STANCES[s] == position["stance"] or position["stance"] not in STANCES}
        if found and position["stance"] in STANCES:
            anchors = sorted(set().union(*(a.anchors for a in found)))
            shown.append((anchors, (2 * issue + STANCES.index(position["stance"]),), None))
    return [(sorted(a.anchors), (), tuple(sorted(unjudged[id(a)]))) for a in actors] + shown


def held(logits):
    """Log of (probability, 1 - probability) of each class, from anchors' logits [.., 3 * issues + 1]."""
    n = len(ISSUES)
    issue, against = logits[..., :n], logits[..., n:2 * n] + logits[..., 2 * n:2 * n + 1]
    p = torch.sigmoid(issue)[..., None] * torch.stack([torch.sigmoid(-against), torch.sigmoid(against)], -1)
    p = p.flatten(-2).clamp(1e-7, 1 - 1e-6)
    return torch.log(p), torch.log1p(-p)


class Head(nn.Module):
    """384 -> 192 -> one logit an issue, one an issue's stance, one for opposition as such: 93,000 parameters."""

    def __init__(self, hidden):
        super().__init__()
        self.a, self.b = nn.Linear(hidden, 192), nn.Linear(192, 2 * len(ISSUES) + 1)
        with torch.no_grad():
            self.b.bias[:len(ISSUES)] = -5.5

    def forward(self, x):
        x = F.dropout(x, 0.1, self.training)
        return self.b(F.dropout(F.gelu(self.a(x)), 0.2, self.training))


class Task:
    name = "position"
    batch = 2
    weight = 0.5
    Head = Head

    def documents(self, tok, corpora, gold):
        rng, book = random.Random(1), sorted(phrases().items())
        sets = {"position.made": [made_article(tok, rng, book) for _ in range(MADE)]}
        for name in ("train", "tune"):
            docs = sets["position." + name] = []
            for line in open(os.path.join(gold, name + ".jsonl"), encoding="utf8"):
                article = json.loads(line)
                doc = Doc(tok, "position." + name, article["text"])
                bags = bags_of(article, doc)
                if not bags:
                    continue
                doc.data["bags"] = bags
                if name == "tune":
                    doc.data["actors"] = [(a.key, tuple(sorted(a.anchors))) for a in actors_of(article, doc)]
                    doc.data["held"] = [(key(p["holder"], p.get("country")), ISSUES.index(p["issue"]), p["stance"])
                                        for p in article["positions"]]
                docs.append(doc.data)
        return sets

    def items(self, sets, rng, limit):
        """One article an item; of long ones, six windows that follow each other. A third are made of phrases."""
        out = [([(doc, a, b) for a, b in data.windows(doc, limit)], None) for doc in rng.sample(sets["position.made"], MADE // 3)]
        for doc in sets["position.train"]:
            windows = [(doc, a, b) for a, b in data.windows(doc, limit)]
            begin = rng.randrange(max(1, len(windows) - 5))
            out.append((windows[begin:begin + 6], None))
        return out

    def collate(self, items, lengths):
        """Anchors (row, at) and bags over them. A bag that lost an anchor by the cut windows keeps the others."""
        row, at, bag, anchor, wanted, unjudged = [], [], [], [], [], []
        first_row, bags = 0, 0
        for (windows, _), kept in zip(items, lengths):
            doc, index = windows[0][0], {}
            for anchors, classes, skip in doc["bags"]:
                found = []
                for word in anchors:
                    if word not in index:
                        for k, (_, w0, _) in enumerate(windows):
                            if w0 <= word < w0 + kept[k]:
                                index[word] = len(row)
                                row.append(first_row + k), at.append(word - w0)
                    if word in index:
                        found.append(index[word])
                if not found or (skip is None and len(found) < len(anchors) and len(found) * 2 < len(anchors)):
                    continue
                bag += [bags] * len(found)
                anchor += found
                want, free = np.zeros(2 * len(ISSUES), bool), np.zeros(2 * len(ISSUES), bool)
                want[list(classes)] = True
                free[:] = skip is None  # a position's bag judges its own class alone
                free[list(skip or ())] = True
                free[list(classes)] = False
                wanted.append(want), unjudged.append(free)
                bags += 1
            first_row += len(windows)
        shape = (0, 2 * len(ISSUES))
        return dict(row=np.array(row, np.int64), at=np.array(at, np.int64), bag=np.array(bag, np.int64),
                    anchor=np.array(anchor, np.int64), articles=np.array(len(items), np.float32),
                    wanted=np.stack(wanted) if wanted else np.zeros(shape, bool),
                    unjudged=np.stack(unjudged) if unjudged else np.zeros(shape, bool))

    def loss(self, head, h, tensors):
        if not len(tensors["row"]):
            nothing = head(h[:1, :1]).sum() * 0.0
            return nothing, dict(position=nothing.detach())
        logits = head(h[tensors["row"], tensors["at"]]).float()
        _, absent = held(logits)
        wanted, free = tensors["wanted"], tensors["unjudged"]
        bag_absent = torch.zeros(wanted.shape, device=absent.device).index_add(0, tensors["bag"], absent[tensors["anchor"]])
        shown = -torch.log(-torch.expm1(bag_absent.clamp(max=-1e-7)))
        value = torch.where(wanted, shown, -bag_absent).masked_fill(free & ~wanted, 0.0).sum()
        value = value / (8.0 * tensors["articles"])
        return value, dict(position=value.detach())

    def write(self, writer, head):
        """As a word head with one logit an issue, then one an issue's contrary: opposition as such is added in."""
        from export import numpy
        n = len(ISSUES)
        weight, bias = head.b.weight.detach().clone(), head.b.bias.detach().clone()
        weight[n:2 * n] += weight[2 * n:]
        bias[n:2 * n] += bias[2 * n:]
        writer.add_half("heads.position.a.weight", numpy(head.a.weight))
        writer.add_float("heads.position.a.bias", numpy(head.a.bias))
        writer.add_half("heads.position.b.weight", numpy(weight[:2 * n]))
        writer.add_float("heads.position.b.bias", numpy(bias[:2 * n]))

    @torch.no_grad()
    def scores(self, reader, sets, dev):
        """F1 of tune's positions with gold acts and speakers, as the scorer counts, at the best threshold."""
        from evaluate import read_windows
        head = reader.tasks[self.name]
        absent = {}  # article -> {word: [classes]}
        docs = sets["position.tune"]
        for doc, w0, h in read_windows(reader, docs, dev, WINDOW):
            words = sorted({w for _, anchors in doc["actors"] for w in anchors if w0 <= w < w0 + len(h)})
            if words:
                at = torch.tensor([w - w0 for w in words], device=h.device)
                _, no = held(head(h[at]).float())
                absent.setdefault(id(doc), {}).update(zip(words, no.cpu().numpy()))
        ranked, gold = [], 0
        for doc in docs:
            truth = collections.Counter(doc["held"])
            gold += sum(truth.values())
            by_key = collections.defaultdict(set)
            for who, anchors in doc["actors"]:
                by_key[who] |= set(anchors)
            for who, anchors in by_key.items():
                total = sum(absent[id(doc)][w] for w in anchors if w in absent.get(id(doc), ()))
                if np.ndim(total) == 0:
                    continue
                shown = 1 - np.exp(total)
                for c in np.flatnonzero(shown > 0.05):
                    ranked.append((float(shown[c]), truth[(who, int(c) // 2, STANCES[int(c) % 2])] > 0))
        ranked.sort(reverse=True)
        best, right = 0.0, 0
        for coded, (_, ok) in enumerate(ranked, 1):
            right += ok
            best = max(best, 2 * right / (coded + gold))
        return {"position.f1": best}


TASK = Task()
write = TASK.write
