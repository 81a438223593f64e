#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""./dev where things are wrong or missing, with stand-ins for the system's commands: nothing is installed or built."""
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = re.compile(r"[a-z0-9.+-]+ +# (?:build|web|test|browser|format): \S.*")


class Dev(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = pathlib.Path(folder.name) / "bin"
        self.bin.mkdir()
        # The few real commands that ./dev needs before it builds; what is not here does not exist.
        for name in ("bash", "env", "dirname", "readlink", "nproc", "sed", "grep", "cat", "stat", "chown"):
            (self.bin / name).symlink_to(subprocess.check_output(["which", name], text=True).strip())

    def stand_in(self, name, script):
        (self.bin / name).write_text(f"#!{self.bin}/bash\n{script}\n", encoding="utf8")
        (self.bin / name).chmod(0o755)

    def dev(self, *arguments):
        return subprocess.run([ROOT / "dev", *arguments], env={"PATH": str(self.bin), "LOG": str(self.bin / "log")},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    def test_without_a_verb_it_says_how_to_use_it(self):
        done = self.dev()
        self.assertEqual(done.returncode, 2)
        self.assertIn("usage: ./dev VERB", done.stderr)

    def test_an_unknown_verb_is_wrong_use(self):
        self.assertEqual(self.dev("dance").returncode, 2)
        self.assertEqual(self.dev("demo", "loudly").returncode, 2)

    def test_help_is_no_mistake(self):
        done = self.dev("help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_elsewhere_than_on_debian_it_says_what_to_do(self):
        done = self.dev("build")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no Debian system", done.stderr)

    def test_who_is_not_root_and_has_no_sudo_is_told_what_root_must_do(self):
        self.stand_in("dpkg-query", "echo not-installed")
        self.stand_in("id", "echo 1000")
        done = self.dev("build")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"root must install these first: apt-get install .*\bcmake\b")

    def test_sudo_installs_only_what_is_missing_and_asks_nothing(self):
        self.stand_in("dpkg-query", '[ "${!#}" = ninja-build ] && echo not-installed || echo installed')
        self.stand_in("id", "echo 1000")
        self.stand_in("sudo", 'echo "$@" >> "$LOG"; [[ "$*" != *install* ]]')
        done = self.dev("build")
        self.assertNotEqual(done.returncode, 0)  # the stand-in's install fails, so building must not begin
        self.assertEqual((self.bin / "log").read_text(encoding="utf8").splitlines(), [
            "env DEBIAN_FRONTEND=noninteractive apt-get -q update",
            "env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends ninja-build"])
        self.assertNotIn("lexbor", done.stdout)

    def test_each_package_has_a_purpose_and_a_reason(self):
        lines = (ROOT / "tools/packages.txt").read_text(encoding="utf8").splitlines()
        packages = [line for line in lines if line and not line.startswith("#")]
        self.assertGreater(len(packages), 10)
        self.assertFalse([line for line in packages if not PACKAGE.fullmatch(line)])


if __name__ == "__main__":
    unittest.main()
