#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What every file of the repository keeps to: usage: hygiene.py [unittest options]."""
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {".h", ".cc", ".cpp", ".c", ".py", ".cmake", ".sh", ".js", ".svelte", ".css"}
TEXT = CODE | {".txt", ".md", ".json", ".tsv", ".cff", ".in", ".html", ".toml", ""}
# Paths that exist on one machine only (a test may make scratch files of the name dragoman…).
MACHINE_PATH = re.compile(r"(?<![\w.~}])/(?:work|home|root|Users|tmp(?!/dragoman))/\w")
LOOSE_END = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
LONGEST_LINE = 140  # clang-format breaks at 120; a table or a string may stand out a little
LARGEST_FILE = 32 << 20  # a version of the weights may have 30 MB


def files():
    """Files that are, or would be, part of the repository; all files where this is no clone."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        outside = {".git", "build", ".cache", "__pycache__", "node_modules", "shared"}
        paths = [p for p in ROOT.rglob("*") if not outside & set(p.relative_to(ROOT).parts)]
    return sorted(p for p in paths if p.is_file() and not p.is_symlink())


def text_of(path):
    return path.read_text(encoding="utf8", errors="replace")


def is_code(path):
    return path.suffix in CODE or path.name == "CMakeLists.txt" or (
        path.suffix == "" and path.read_bytes()[:2] == b"#!")


class Hygiene(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.all = files()
        cls.code = [p for p in cls.all if is_code(p)]
        cls.text = [p for p in cls.all if p.suffix in TEXT and b"\0" not in p.read_bytes()[:4096]]

    def none(self, wrong):
        if wrong:
            self.fail("\n".join([f"{len(wrong)} found", *wrong[:40]]))

    def places(self, paths, pattern):
        return [f"{p.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
                for p in paths for number, line in enumerate(text_of(p).splitlines(), 1) if pattern.search(line)]

    def test_there_is_something_to_look_at(self):
        self.assertGreater(len(self.code), 20)

    def test_each_source_names_its_licence_on_top(self):
        self.none([f"{p.relative_to(ROOT)}: no SPDX line among the first three" for p in self.code
                   if not any("SPDX-License-Identifier:" in line for line in text_of(p).splitlines()[:3])])

    def test_no_path_of_one_machine(self):
        self.none(self.places(self.text, MACHINE_PATH))

    def test_no_loose_ends(self):
        self.none(self.places(self.code, LOOSE_END))

    def test_lines_are_short_and_without_tabs(self):
        cpp = [p for p in self.code if p.suffix in (".h", ".cc", ".cpp")]
        self.none([f"{p.relative_to(ROOT)}:{number}: {'a tab' if chr(9) in line else f'{len(line)} characters'}"
                   for p in cpp for number, line in enumerate(text_of(p).splitlines(), 1)
                   if len(line) > LONGEST_LINE or "\t" in line])

    def test_sources_end_in_one_newline(self):
        self.none([str(p.relative_to(ROOT)) for p in self.code
                   if not text_of(p).endswith("\n") or text_of(p).endswith("\n\n")])

    def test_headers_are_guarded_by_pragma_once(self):
        self.none([str(p.relative_to(ROOT)) for p in self.code if p.suffix == ".h" and "#pragma once" not in text_of(p)])

    def test_names_are_snake_case(self):
        self.none([str(p.relative_to(ROOT)) for p in self.code
                   if p.suffix in (".h", ".cc", ".py") and not re.fullmatch(r"[a-z0-9_]+", p.stem)])

    def test_scripts_can_be_run(self):
        self.none([f"{p.relative_to(ROOT)} begins with #! but is not executable" for p in self.code
                   if p.read_bytes()[:2] == b"#!" and not p.stat().st_mode & 0o111])

    def test_no_file_is_huge(self):
        self.none([f"{p.relative_to(ROOT)}: {p.stat().st_size >> 20} MB" for p in self.all if p.stat().st_size > LARGEST_FILE])


if __name__ == "__main__":
    unittest.main()
