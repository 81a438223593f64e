# SPDX-License-Identifier: Apache-2.0
"""Head families of the reader that bring their own documents, batches and losses: one module each, with a TASK.

A TASK has: name, documents(tok, corpora), items(sets, rng, limit), collate(items, lengths), Head(hidden),
loss(head, h, tensors), batch, weight, scores(reader, sets, dev); a module may have measure(reader, corpora, dev)
and write(writer, head). train.py runs them side by side with the heads of model.py in one forward pass.
"""
import importlib
import os


def load(name):
    """The task of a module; "NAME:COUNT" also sets its items a batch."""
    name, _, count = name.partition(":")
    task = importlib.import_module(f"tasks.{name}").TASK
    task.batch = int(count or task.batch)
    return task


def names():
    """All task modules, in order of name."""
    here = os.path.dirname(__file__)
    return sorted(f[:-3] for f in os.listdir(here) if f.endswith(".py") and f != "__init__.py" and not f.endswith("_test.py"))
