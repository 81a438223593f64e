#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/module_graph on this tree, and on small invented trees that break a rule each."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(root, *options):
    done = subprocess.run([sys.executable, ROOT / "tools/module_graph", "--root", root, *options],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


class ModuleGraph(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.tree = pathlib.Path(self.folder.name)

    def write(self, name, text):
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")

    def refused(self, *words):
        code, out = run(self.tree, "--check")
        self.assertEqual(code, 1, out)
        for word in words:
            self.assertIn(word, out)

    def test_this_tree_keeps_the_rules(self):
        code, out = run(ROOT, "--check")
        self.assertEqual((code, out), (0, ""))

    def test_this_tree_is_drawn(self):
        code, out = run(ROOT)
        self.assertEqual(code, 0)
        self.assertRegex(out, r"(?m)^document +base values$")
        self.assertIn('"document" -> "base"', run(ROOT, "--dot")[1])

    def test_stages_do_not_meet(self):
        self.write("src/linking/a.cc", '#include "coding/b.h"\n')
        self.refused("a.cc:1: linking must not include coding")

    def test_apps_know_the_doors_alone(self):
        self.write("apps/dragoman/main.cc", '#include "dragoman/engine.h"\n#include "neural/kernel.h"\n')
        self.refused("main.cc:2: apps must not include neural")

    def test_a_circle(self):
        self.write("src/document/a.h", '#include "base/b.h"\n')
        self.write("src/base/b.h", '#include "document/a.h"\n')
        self.refused("a circle: base -> document -> base")

    def test_an_unknown_folder(self):
        self.write("src/magic/a.cc", "int a;\n")
        self.refused("a folder that")

    def test_a_folder_that_does_not_name_what_it_uses(self):
        self.write("src/document/a.cc", '#include "base/b.h"\n')
        self.write("src/document/CMakeLists.txt", "dragoman_library(document SOURCES a.cc)\n")
        self.refused("document includes base but does not name it")

    def test_a_folder_that_names_what_it_does_not_use(self):
        self.write("src/html/a.cc", "int a;\n")
        self.write("src/html/CMakeLists.txt", "dragoman_library(html SOURCES a.cc USES dragoman::base)\n")
        self.refused("html names base but includes nothing of it")

    def test_a_test_that_leans_on_what_nobody_names(self):
        self.write("src/html/a_test.cc", '#include "base/b.h"\n')
        self.write("src/html/CMakeLists.txt", "dragoman_test(html SOURCES a_test.cc USES dragoman::html)\n")
        self.refused("the tests of html include base")

    def test_values_need_the_library_that_holds_their_functions(self):
        self.write("src/ingest/a.cc", '#include "dragoman/article.h"\n')
        self.write("src/ingest/CMakeLists.txt", "dragoman_library(ingest SOURCES a.cc USES dragoman::document)\n")
        self.assertEqual(run(self.tree, "--check"), (0, ""))


if __name__ == "__main__":
    unittest.main()
