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
# Labels of Universal Dependencies in the training parts of EWT and GUM (features and lemma scripts: those seen four times or more;
# tasks/parse.py tells how scripts read). "root" is no label of an arc: it is the arc to the root.
XPOS = """
$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW GW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM
TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB ``
""".split()
RELATIONS = """
acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj
csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss
nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum vocative
xcomp
""".split()
LEMMAS = """
l0+ k0+ l1+ l2+ l2+be l3+be l3+ l3+e l1+ve l3+y l2+ot k1+ k2+I l4+be l1+y l2+o l2+y l3+is l2+e l4+ l2+we l1+.m. k1+I l1+- t0+
l2+ke l3+at l4+good l3+will l2+et l3+have l1+" l4+rson l3+ome l3+ell l1+d l3+she l3+ake l2+'s l0+n l4+000 l4+go l4+ind l6+good
l1+be l2+to l2+an l1+'s l2+would l2+ave l3+ive l1+ot l5+ink l2+have l3+ear l0+s l2+in l2+ow l1+ill l0+illion l0+. l2+el l5+bad
l2+ee l3+fe l5+ing l2+ep l1+e l1+' l3+old l3+… l6+well l3+eak l1+ad k1+ember k3+y l1+et l3+ite l4+eak l0+t l3+oot l5+uy l3+f
l4+well l2+'' l2+s l2+they l5+et l4+y k2+ l1+thousand k3+ l0+r l2+un l3+and l4+tch l5+each l6+ar l1+o l2+is l2+it l2+ir l4+500
l3+ink l2+ose l4+ie l5+eek k1+M k2+TV l0+ur l3+all k0+ober k1+ober l0+f l0+y l1+of l2+.k.a. l2+re l3+ise k0+ember k1+day l0+e
l1+and l1+n l1+um l1+you l4+ooth l5+be k0+day k0+ruary l0+o l1+. l1+ear l1+ilometer l1+on l1+ute l2+of l3+ing l3+ose l3+ouse
l4+200 k0+uary k3+V l0+d l0+ephone l0+l l1+ersus l1+ly l1+ough l1+r l1+us l1+we l12+000000000 l3+ang l3+ick k0+ch k2+s l0+eter
l0+ith l1+age l1+ed l2+. l2+aw l2+ce l2+ersus l2+will l2+your l3+eat l3+here l3+ike l4+eeze l5+eive l9+idiculous
""".split()
FEATS = """
Abbr=Yes Abbr=Yes|Case=Gen|Person=2|Poss=Yes|PronType=Prs Abbr=Yes|Case=Nom|Person=2|PronType=Prs Abbr=Yes|Degree=Pos
Abbr=Yes|Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin Abbr=Yes|Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin
Abbr=Yes|NumForm=Word|NumType=Card Abbr=Yes|Number=Plur Abbr=Yes|Number=Sing Abbr=Yes|Polarity=Neg
Abbr=Yes|Tense=Past|VerbForm=Part|Voice=Pass Abbr=Yes|Tense=Pres|VerbForm=Part Abbr=Yes|VerbForm=Inf
Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs|Reflex=Yes
Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Emp|Reflex=Yes Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs
Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs|Reflex=Yes
Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Emp|Reflex=Yes Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs
Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs|Reflex=Yes Case=Acc|Number=Plur|Person=1|PronType=Prs
Case=Acc|Number=Plur|Person=1|PronType=Prs|Reflex=Yes Case=Acc|Number=Plur|Person=1|PronType=Prs|Typo=Yes
Case=Acc|Number=Plur|Person=2|PronType=Prs Case=Acc|Number=Plur|Person=3|PronType=Emp|Reflex=Yes
Case=Acc|Number=Plur|Person=3|PronType=Prs Case=Acc|Number=Plur|Person=3|PronType=Prs|Reflex=Yes
Case=Acc|Number=Plur|Person=3|PronType=Prs|Style=Coll|Typo=Yes Case=Acc|Number=Sing|Person=1|PronType=Emp|Reflex=Yes
Case=Acc|Number=Sing|Person=1|PronType=Prs Case=Acc|Number=Sing|Person=1|PronType=Prs|Reflex=Yes
Case=Acc|Number=Sing|Person=2|PronType=Prs Case=Acc|Number=Sing|Person=2|PronType=Prs|Reflex=Yes Case=Acc|Person=2|PronType=Prs
Case=Gen|Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs
Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs
Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs|Typo=Yes Case=Gen|Number=Plur|Person=1|Poss=Yes|PronType=Prs
Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs|Typo=Yes
Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs Case=Gen|Number=Sing|Person=2|Poss=Yes|PronType=Prs
Case=Gen|Person=2|Poss=Yes|PronType=Prs Case=Gen|Person=2|Poss=Yes|PronType=Prs|Style=Slng
Case=Gen|Person=2|Poss=Yes|PronType=Prs|Typo=Yes Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs
Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs
Case=Nom|Number=Plur|Person=1|PronType=Prs Case=Nom|Number=Plur|Person=2|PronType=Prs Case=Nom|Number=Plur|Person=3|PronType=Prs
Case=Nom|Number=Plur|Person=3|PronType=Prs|Typo=Yes Case=Nom|Number=Sing|Person=1|PronType=Prs
Case=Nom|Number=Sing|Person=2|PronType=Prs Case=Nom|Number=Sing|Person=2|PronType=Prs|Typo=Yes Case=Nom|Person=2|PronType=Prs
Definite=Def|PronType=Art Definite=Def|PronType=Art|Typo=Yes Definite=Ind|PronType=Art Definite=Ind|PronType=Art|Typo=Yes
Degree=Cmp Degree=Cmp|ExtPos=ADV Degree=Cmp|Typo=Yes Degree=Pos Degree=Pos|ExtPos=ADP Degree=Pos|ExtPos=SCONJ
Degree=Pos|NumForm=Combi|NumType=Ord Degree=Pos|NumForm=Word|NumType=Frac Degree=Pos|NumForm=Word|NumType=Ord
Degree=Pos|Polarity=Neg Degree=Pos|Style=Expr Degree=Pos|Typo=Yes Degree=Sup ExtPos=ADP ExtPos=ADP|Tense=Pres|VerbForm=Part
ExtPos=ADV ExtPos=ADV|Number=Sing ExtPos=ADV|Number=Sing|PronType=Dem ExtPos=CCONJ ExtPos=CCONJ|Polarity=Neg
ExtPos=PRON|PronType=Rcp ExtPos=PROPN ExtPos=PROPN|NumForm=Digit|NumType=Card ExtPos=SCONJ Foreign=Yes Foreign=Yes|Number=Sing
Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs Mood=Imp|Person=2|VerbForm=Fin Mood=Imp|VerbForm=Fin
Mood=Ind|Number=Plur|Person=1|Tense=Past|Typo=Yes|VerbForm=Fin Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin
Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin Mood=Ind|Number=Plur|Person=2|Tense=Pres|VerbForm=Fin
Mood=Ind|Number=Plur|Person=3|Tense=Past|Typo=Yes|VerbForm=Fin Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin
Mood=Ind|Number=Plur|Person=3|Tense=Pres|Typo=Yes|VerbForm=Fin Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin
Mood=Ind|Number=Sing|Person=1|Style=Vrnc|Tense=Pres|VerbForm=Fin Mood=Ind|Number=Sing|Person=1|Tense=Past|Typo=Yes|VerbForm=Fin
Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin Mood=Ind|Number=Sing|Person=1|Tense=Pres|Typo=Yes|VerbForm=Fin
Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin Mood=Ind|Number=Sing|Person=2|Style=Vrnc|Tense=Pres|VerbForm=Fin
Mood=Ind|Number=Sing|Person=2|Tense=Past|Typo=Yes|VerbForm=Fin Mood=Ind|Number=Sing|Person=2|Tense=Past|VerbForm=Fin
Mood=Ind|Number=Sing|Person=2|Tense=Pres|Typo=Yes|VerbForm=Fin Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin
Mood=Ind|Number=Sing|Person=3|Style=Vrnc|Tense=Pres|VerbForm=Fin Mood=Ind|Number=Sing|Person=3|Tense=Past|Typo=Yes|VerbForm=Fin
Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin Mood=Ind|Number=Sing|Person=3|Tense=Pres|Typo=Yes|VerbForm=Fin
Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin Mood=Sub|Number=Plur|Person=3|Tense=Past|VerbForm=Fin
Mood=Sub|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin Mood=Sub|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin
Mood=Sub|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin Mood=Sub|Number=Sing|Person=3|Tense=Past|VerbForm=Fin
Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin NumForm=Digit|NumType=Card NumForm=Digit|NumType=Frac
NumForm=Roman|NumType=Card NumForm=Word|NumType=Card NumForm=Word|NumType=Frac|PronType=Ind NumForm=Word|NumType=Mult
NumForm=Word|NumType=Ord Number=Plur Number=Plur|NumForm=Word|NumType=Frac Number=Plur|Person=1|Poss=Yes|PronType=Prs
Number=Plur|Person=3|Poss=Yes|PronType=Prs Number=Plur|PronType=Dem Number=Plur|Typo=Yes Number=Ptan
Number=Ptan|NumForm=Combi|NumType=Card Number=Sing Number=Sing|NumForm=Combi|NumType=Ord Number=Sing|NumForm=Word|NumType=Card
Number=Sing|NumForm=Word|NumType=Frac Number=Sing|NumForm=Word|NumType=Ord Number=Sing|Person=1|Poss=Yes|PronType=Prs
Number=Sing|Person=3|PronType=Prs Number=Sing|PronType=Dem Number=Sing|PronType=Ind Number=Sing|PronType=Neg
Number=Sing|PronType=Tot Number=Sing|Style=Expr Number=Sing|Typo=Yes Person=2|Poss=Yes|PronType=Prs Person=2|VerbForm=Inf
Polarity=Neg Polarity=Neg|Typo=Yes Polarity=Pos Poss=Yes|PronType=Rel PronType=Dem PronType=Dem|Typo=Yes PronType=Ind
PronType=Ind|Typo=Yes PronType=Int PronType=Neg PronType=Rel PronType=Rel|Typo=Yes PronType=Tot Style=Coll Style=Expr Style=Vrnc
Style=Vrnc|Tense=Pres|VerbForm=Part Style=Vrnc|VerbForm=Inf Tense=Past|Typo=Yes|VerbForm=Part
Tense=Past|Typo=Yes|VerbForm=Part|Voice=Pass Tense=Past|VerbForm=Part Tense=Past|VerbForm=Part|Voice=Pass
Tense=Pres|Typo=Yes|VerbForm=Part Tense=Pres|VerbForm=Part Typo=Yes Typo=Yes|VerbForm=Fin Typo=Yes|VerbForm=Inf VerbForm=Fin
VerbForm=Ger VerbForm=Inf _
""".split()
