#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documents say what there is: docs.py [PROGRAM]. With the program, its commands and options are looked up too."""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else None
OUTSIDE = {".git", "build", ".cache", "node_modules", "shared"}


def pages():
    return [p for p in sorted(ROOT.rglob("*.md")) if not OUTSIDE & set(p.relative_to(ROOT).parts)]


def help_of(*command):
    return subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, check=True).stdout


def commands():
    """The names that stand under "Subcommands:" in --help."""
    listed = re.search(r"(?ms)^Subcommands:\n(.*?)(?:^\S|\Z)", help_of())
    return re.findall(r"(?m)^  (\w[\w-]*)", listed.group(1)) if listed else []


class Pages(unittest.TestCase):
    def test_relative_links_lead_somewhere(self):
        wrong = []
        for page in pages():
            text = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf8"))
            for target in re.findall(r"\]\(([^)\s]+)\)", text):
                if re.match(r"[a-z]+:|#", target):
                    continue
                if not (page.parent / target.partition("#")[0]).exists():
                    wrong.append(f"{page.relative_to(ROOT)}: {target}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_each_folder_of_data_tells_its_format(self):
        folders = [p for p in sorted((ROOT / "data").iterdir()) if p.is_dir()]
        self.assertTrue(folders)
        self.assertFalse([str(p.relative_to(ROOT)) for p in folders if not (p / "FORMAT.md").is_file()])

    def test_each_file_of_data_is_described(self):
        wrong = []
        for page in sorted((ROOT / "data").rglob("FORMAT.md")):
            text = page.read_text(encoding="utf8")
            wrong += [str(f.relative_to(ROOT)) for f in page.parent.iterdir()
                      if f.is_file() and f.name != "FORMAT.md" and f.name not in text]
        self.assertFalse(wrong)

    def test_each_model_names_its_licence(self):
        for manifest in sorted((ROOT / "models").rglob("manifest.json")):
            self.assertIn("CC-BY-SA-4.0", manifest.read_text(encoding="utf8").replace("CC BY-SA 4.0", "CC-BY-SA-4.0"), manifest)

    def test_each_verb_of_dev_is_told(self):
        verbs = re.findall(r"(?m)^verb_(\w+)\(\)", (ROOT / "dev").read_text(encoding="utf8"))
        self.assertGreater(len(verbs), 5)
        text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8") + (ROOT / "README.md").read_text(encoding="utf8")
        self.assertFalse([verb for verb in verbs if f"./dev {verb}" not in text])

    def test_the_overview_stays_two_pages(self):
        self.assertLess(len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf8").split()), 1300)

    def test_each_folder_of_the_engine_is_in_the_overview(self):
        text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf8")
        self.assertFalse([p.name for p in sorted((ROOT / "src").iterdir())
                          if (p / "CMakeLists.txt").exists() and f"`src/{p.name}`" not in text])

    def test_each_sample_page_is_described(self):
        text = (ROOT / "samples" / "README.md").read_text(encoding="utf8")
        self.assertFalse([p.name for p in (ROOT / "samples").glob("*.html") if f"`{p.name}`" not in text])


@unittest.skipUnless(PROGRAM, "no program was given")
class Commands(unittest.TestCase):
    def test_each_command_has_its_page_and_each_page_its_command(self):
        names = commands()
        self.assertGreaterEqual(len(names), 5)
        self.assertEqual(sorted(names), sorted(p.stem for p in (ROOT / "docs/commands").glob("*.md")))

    def test_each_option_is_on_the_page_of_its_command(self):
        wrong = []
        for name in commands():
            page = (ROOT / "docs/commands" / f"{name}.md").read_text(encoding="utf8")
            for option in sorted(set(re.findall(r"(?m)^\s+(?:-\w,\s*)?(--[a-z][a-z-]*)", help_of(name)))):
                if option not in ("--help",) and f"{option}" not in page:
                    wrong.append(f"docs/commands/{name}.md does not tell {option}")
        self.assertFalse(wrong)

    def test_help_has_examples(self):
        for name in commands():
            self.assertRegex(help_of(name), r"(?i)example", name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
