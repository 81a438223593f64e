# SPDX-License-Identifier: Apache-2.0
"""Label lists of the reader's heads, in the order of the model's outputs."""

EVENT_TYPES = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]
STATUSES = ["actual", "future", "hypothetical", "negated", "alleged"]
ROLES = ["actor", "recipient", "theme", "place"]
QUOTE_ROLES = ["content", "speaker"]
NAME_KINDS = ["person", "organization", "place", "people", "other"]
MENTION_KINDS = ["person", "organization", "place", "other"]
FORMS = ["name", "nominal", "pronoun"]
PROPBANK_ROLES = ["ARG0", "ARG1", "ARG2", "LOC", "TMP"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
        "SCONJ", "SYM", "VERB", "X"]

# Modes with at least a handful of examples in the gold; the others are left to rules.
MODES = [
    "disapprove", "allege", "change", "arrest", "restrict", "demo", "assist", "yield", "discontinue", "expel",
    "visit", "investigate", "explosives", "withdraw", "convict", "multilateral", "seize", "troops", "weapons",
    "violence", "meet", "abduct", "firearms", "strike", "targeted", "resign", "release", "obstruct", "riot",
    "aerial", "police", "beat", "phone", "suicide-attack", "deport", "primitive", "boycott", "heavy-weapons",
    "censor", "ceasefire", "destroy", "militia", "third-party", "relations", "crowd-control", "sexual",
    "martial-law", "disarm", "vandalize", "misinformation", "access", "withhold", "hunger", "cyber", "torture",
    "curfew", "drone",
]
