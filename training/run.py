# SPDX-License-Identifier: Apache-2.0
"""A whole training run within a budget of seconds: masked words, teachers side by side, the student they teach.

    run.py --packed packed.pkl.xz --encoder encoder.npz --out DIR [--seconds 560] [--layers 10] [--teachers 2] [--curve 0.4]

Leaves DIR/student/ema.pt and the logs and scores of every step. `--curve SHARE` trains one more teacher-like reader on a
share of the gold, for the learning curve. Steps that are done already (their ema.pt or encoder.pt is there) are left out,
so a run that was cut off goes on.
"""
import argparse
import os
import subprocess
import sys
import time

MASKED, TEACHERS, STUDENT = 0.19, 0.27, 0.42  # shares of the budget; the rest goes into loading and scoring
PROBE_SECONDS = 12


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--encoder", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--seconds", type=float, default=560), ap.add_argument("--layers", type=int, default=10)
    ap.add_argument("--teachers", type=int, default=2), ap.add_argument("--curve", type=float, default=0.0)
    ap.add_argument("--workers", type=int, default=4)
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    start = time.time()
    here = os.path.dirname(os.path.abspath(__file__))
    common = ["--packed", a.packed, "--layers", str(a.layers), "--workers", str(a.workers)]

    def launch(name, *args):
        """Starts one training; None where it is done."""
        out = os.path.join(a.out, name)
        if any(os.path.exists(os.path.join(out, f)) for f in ("ema.pt", "encoder.pt")):
            return None
        with open(os.path.join(a.out, name + ".out"), "w", encoding="utf8") as log:
            command = [sys.executable, os.path.join(here, "train.py"), *common, "--out", out, *map(str, args)]
            return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def finish(name, process):
        code = process.wait() if process else 0
        with open(os.path.join(a.out, name + ".out"), encoding="utf8") as log:
            print(f"[{time.time() - start:4.0f}] {name} code {code}: {log.read().strip().splitlines()[-1][:600]}", flush=True)
        return code

    masked = ("--encoder", a.encoder, "--steps", 0, "--mlm-steps", 6000)
    if finish("probe", launch("probe", *masked, "--mlm-seconds", PROBE_SECONDS)):
        common.append("--single-residual")
    if finish("masked", launch("masked", *masked, "--mlm-seconds", MASKED * a.seconds)):
        sys.exit("masked words failed")
    joint = ("--encoder", os.path.join(a.out, "masked", "encoder.pt"), "--mlm-steps", 0, "--steps", 4000, "--eval-every", 1000)
    side = {f"teacher{i}": ("--seed", i, "--mask", 0.03 * i) for i in range(1, a.teachers + 1)}
    if a.curve:
        side["curve"] = ("--seed", 9, "--gold-share", a.curve)
    running = {name: launch(name, *joint, "--tasks", "", "--max-seconds", TEACHERS * a.seconds, *args) for name, args in side.items()}
    good = [name for name, process in running.items() if finish(name, process) == 0 and name != "curve"]
    teachers = ",".join(os.path.join(a.out, name, "ema.pt") for name in good)
    left = a.seconds - (time.time() - start)
    seconds = min(STUDENT * a.seconds, left - 35)
    sys.exit(finish("student", launch("student", *joint, "--seed", 11, "--teachers", teachers, "--max-seconds", seconds)))


if __name__ == "__main__":
    main()
