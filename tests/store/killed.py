#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nothing is lost or doubled when a writer is killed: killed.py MAKE_STORE [KILLS]

A real process writes reports into one store and is killed (SIGKILL) at a random moment, 200 times; between the kills the
store must be sound, and hold what the process had told to be in. At the end a last process writes what is missing, and
the store must hold the same rows, byte for byte after sorting, as one that was never disturbed.
"""
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

MAKE_STORE = sys.argv[1]
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
REPORTS = 1000 * KILLS  # more than are ever written


def rows(path):
    """All rows of all tables, sorted; numbers of documents, which depend on the order of writing, as ids."""
    store = sqlite3.connect(path)
    ids = dict(store.execute("SELECT document, id FROM documents"))
    sentences = dict(store.execute("SELECT sentence, id || ' ' || ordinal FROM sentences JOIN documents USING (document)"))

    def told(name, value):
        return ids.get(value, value) if name == "document" else sentences.get(value) if name == "sentence_row" else value

    found = []
    for (table,) in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentence_words%' "
                                  "AND name NOT IN ('tallies', 'tally_parts') ORDER BY name").fetchall():
        cursor = store.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            found.append(repr([table] + [told(name, value) for name, value in zip(names, row)
                                         if name != "sentence" or table != "sentences"]))
    found.append(str(store.execute("SELECT count(*) FROM sentence_words WHERE sentence_words MATCH 'shelled'").fetchone()))
    found += [repr(("tallies", *key, sums)) for key, sums in tallies(store).items() if any(sums)]
    store.close()
    return sorted(found)


def tallies(store):
    """What the cells of all rows count, with what is put by for them: how much that is depends on when a writer ended."""
    rows = store.execute("SELECT level, a, b, cells FROM tallies").fetchall()
    for level, part in store.execute("SELECT level, rows FROM tally_parts").fetchall():
        at, texts = 0, []
        while at < len(part):
            length = int.from_bytes(part[at:at + 4], "little")
            texts.append(part[at + 4:at + 4 + length])
            at += 4 + length
        rows += [(level, a.decode(), b.decode(), cells) for a, b, cells in zip(texts[0::3], texts[1::3], texts[2::3])]
    sums = {}
    for level, a, b, cells in rows:
        at = 0
        while at < len(cells):
            key, at = (level, a, b, cells[at:at + 2]), at + 2
            numbers = []
            for _ in range(4):
                number = shift = 0
                while True:
                    number |= (cells[at] & 0x7F) << shift
                    shift, at = shift + 7, at + 1
                    if cells[at - 1] < 0x80:
                        break
                numbers.append(number >> 1 if number % 2 == 0 else -(number >> 1) - 1)
            sums[key] = [x + y for x, y in zip(sums.get(key, [0] * 4), numbers)]
    return sums


def fault_of(path, told):
    """What is wrong with a store whose writer was killed after it had told of so many reports; "" if nothing."""
    store = sqlite3.connect(path)
    try:
        if store.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            return "" if told == 0 else "it is empty"
        sound = store.execute("PRAGMA integrity_check").fetchall()
        if sound != [("ok",)]:
            return f"integrity_check: {sound}"
        broken = store.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            return f"foreign_key_check: {broken}"
        documents = store.execute("SELECT count(*) FROM documents").fetchone()[0]
        if documents < told:
            return f"{told} reports were in, {documents} are"
        events = store.execute("SELECT count(*) FROM events").fetchone()[0]
        return "" if events == 3 * documents else f"{documents} reports have {events} events"
    finally:
        store.close()


def killed_writer(path, first, chance):
    """How many reports the process told to be in before it was killed; None if it was done first."""
    with subprocess.Popen([MAKE_STORE, path, "many", str(first), str(REPORTS)], stdout=subprocess.PIPE) as writer:
        told = 0
        wanted = chance.randrange(0, 4)
        while told < wanted and writer.stdout.readline():
            told += 1
        time.sleep(chance.random() * 0.006)
        done = writer.poll() is not None
        writer.kill()
        told += writer.stdout.read().count(b"\n")
    return None if done else told


def main():
    chance = random.Random()
    with tempfile.TemporaryDirectory() as folder:
        calm, disturbed = pathlib.Path(folder) / "calm.db", pathlib.Path(folder) / "disturbed.db"
        kills = known = 0
        while kills < KILLS:
            # Some that are in are put again, as by a user who does not know how far it came.
            first = max(0, known - 2)
            told = killed_writer(disturbed, first, chance)
            if told is None:
                sys.exit("the writer was done before it was killed; give it more reports")
            kills += 1
            known = max(known, first + told)
            fault = fault_of(disturbed, known) if disturbed.exists() else ""
            if fault:
                sys.exit(f"after kill {kills}: {fault}")
        for store in (disturbed, calm):
            subprocess.run([MAKE_STORE, store, "many", "0", str(known + 20)], stdout=subprocess.DEVNULL, check=True)
        if rows(disturbed) != rows(calm):
            sys.exit("the disturbed store differs from the one that was left in peace")
        print(f"{kills} kills while {known} reports were written: nothing lost, nothing doubled")


if __name__ == "__main__":
    main()
