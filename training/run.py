# SPDX-License-Identifier: Apache-2.0
"""All training in one run that fits a budget of seconds on one GPU: a large teacher, the reader that learns from it, grammar.

    run.py --packed packed.pkl.xz --teacher teacher.npz --encoder encoder.npz --out DIR [--seconds 550] [--only STAGE]

1. masked words, teacher and reader side by side; 2. the teacher joint (the reader's masked words go on beside it); 3. the reader
joint, all of it (`first`); 4. its upper layers go on (`student`) while the layers of grammar learn on the lower ones, which stay
(`grammar`). What DIR has of an earlier run is not run again, and a stage that another run.py is at is waited for, so that one with
--only may have begun it. The results are DIR/student/ema.pt and, for add_grammar.py, DIR/grammar/ema.pt.
"""
import argparse
import os
import subprocess
import sys
import time

# Shares of the budget; the rest goes into loading and scoring.
MASKED_TEACHER, TEACHER, MASKED, FIRST = 0.14, 0.27, 0.22, 0.24
SAVING = 12  # seconds at the end
MIX = dict(teacher="gold:24,labelled:36,polnear:8,names:8,ewt:5,gum:6",
           student="gold:20,labelled:24,articles:28,passages:8,polnear:5,names:8,ewt:4,gum:5", grammar="gum:1")
STEPS = 100_000  # more than there is time for
LOWER = 4        # layers that grammar shares with the reader


class Run:
    def __init__(self, a):
        self.a, self.begin = a, time.time()
        self.here = os.path.dirname(os.path.abspath(__file__))

    def elapsed(self):
        return time.time() - self.begin

    def path(self, name, file):
        return os.path.join(self.a.out, name, file)

    def say(self, text):
        print(f"[{self.elapsed():4.0f}] {text}", flush=True)

    def launch(self, name, layers, *args):
        """Starts a stage if nobody did; gives its process number."""
        os.makedirs(self.path(name, ""), exist_ok=True)
        pid_file = self.path(name, "pid")
        if os.path.exists(pid_file):
            with open(pid_file, encoding="utf8") as f:
                pid = int(f.read())
            if self.result(name) or os.path.exists(f"/proc/{pid}"):
                return pid
        command = [sys.executable, os.path.join(self.here, "train.py"), "--packed", self.a.packed, "--single-residual", "--layers", str(layers),
                   "--workers", str(self.a.workers), "--out", self.path(name, ""), "--eval-every", str(STEPS), *map(str, args)]
        with open(self.path(name, "out.txt"), "w", encoding="utf8") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        with open(pid_file, "w", encoding="utf8") as f:
            f.write(str(process.pid))
        self.say(f"{name} begins")
        return process.pid

    def result(self, name):
        return next((p for p in (self.path(name, "ema.pt"), self.path(name, "encoder.pt")) if os.path.exists(p)), None)

    def wait(self, name, pid):
        """The checkpoint of a stage once it is there; None if it failed."""
        while not self.result(name) and alive(pid):
            time.sleep(0.2)
        with open(self.path(name, "out.txt"), encoding="utf8") as log:
            self.say(f"{name}: {self.result(name)} {log.read().strip()[-1500:]}")
        return self.result(name)

    def masked(self, name, layers, encoder, rate, seconds):
        return self.launch(name, layers, "--encoder", encoder, "--steps", 0, "--mlm-steps", 20_000, "--mlm-lr", rate, "--mlm-seconds", seconds, "--tasks", "")

    def joint(self, name, layers, start, mix, rate, head_rate, seconds, *args):
        return self.launch(name, layers, *start, "--mlm-steps", 0, "--steps", STEPS, "--mix", mix, "--lr", rate, "--head-lr", head_rate,
                           "--max-seconds", seconds, "--share", self.a.share, *args)


def alive(pid):
    """Whether a process runs, ours or not."""
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return os.path.exists(f"/proc/{pid}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--teacher", required=True, help="an encoder of pack_encoder.py"), ap.add_argument("--teacher-layers", type=int, default=10)
    ap.add_argument("--encoder", required=True, help="of the reader, likewise"), ap.add_argument("--layers", type=int, default=8)
    ap.add_argument("--seconds", type=float, default=550), ap.add_argument("--workers", type=int, default=5)
    ap.add_argument("--share", type=float, default=1.0, help="batches so many times as large")
    ap.add_argument("--masked-teacher-seconds", type=float, default=0, help="in place of its share of --seconds")
    ap.add_argument("--only", choices=("masked_teacher",), help="begins this stage and waits for it")
    a = ap.parse_args()
    run = Run(a)
    masked_teacher = run.masked("masked_teacher", a.teacher_layers, a.teacher, 2e-4, a.masked_teacher_seconds or MASKED_TEACHER * a.seconds)
    if a.only:
        sys.exit(run.wait("masked_teacher", masked_teacher) is None)
    masked = run.masked("masked", a.layers, a.encoder, 5e-4, MASKED * a.seconds)
    encoder = run.wait("masked_teacher", masked_teacher) or a.teacher
    teacher = run.joint("teacher", a.teacher_layers, ("--encoder", encoder), MIX["teacher"], 1e-4, 7e-4, TEACHER * a.seconds, "--mask", 0.05,
                        "--tasks", "rows:12", "--seed", 1)
    encoder = run.wait("masked", masked) or a.encoder
    checkpoint = run.wait("teacher", teacher)
    taught = ("--teachers", checkpoint) if checkpoint else ()
    first = run.joint("first", a.layers, ("--encoder", encoder), MIX["student"], 3e-4, 1e-3, FIRST * a.seconds, *taught, "--end-rate", 0.4,
                      "--tasks", "rows:8", "--seed", 11)
    start = run.wait("first", first)
    if not start:
        sys.exit("the reader failed")
    left = a.seconds - run.elapsed() - SAVING
    student = run.joint("student", a.layers, ("--start", start), MIX["student"], 1.5e-4, 6e-4, left, *taught, "--frozen", LOWER,
                        "--tasks", "rows:8", "--seed", 12)
    grammar = run.joint("grammar", LOWER + 2, ("--start", start), MIX["grammar"], 4e-4, 1e-3, left, "--frozen", LOWER, "--mask", 0.02,
                        "--tasks", "parse:48,coref:3", "--seed", 13)
    done = [run.wait(name, pid) for name, pid in (("student", student), ("grammar", grammar))]
    sys.exit(None in done)


if __name__ == "__main__":
    main()
