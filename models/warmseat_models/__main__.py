"""`python -m warmseat_models run --data DIR --work DIR`: every stage from data to bundle; finished stages are skipped.
`continue` instead of `run` goes on from the bundle that ships."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

# On glibc, handing large buffers back to the kernel after every step costs more than the step itself; and threads that
# spin while they wait make training ten times slower on a machine that is busy with something else.
ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "MALLOC_MMAP_THRESHOLD_": "4000000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "MALLOC_TOP_PAD_": "268435456",
}


def main() -> None:
    if sys.platform == "linux" and any(os.environ.get(k) != v for k, v in ENVIRONMENT.items()):
        os.environ.update(ENVIRONMENT)
        os.execv(sys.executable, [sys.executable, "-m", "warmseat_models", *sys.argv[1:]])
    arguments = parse()
    import torch

    from .pipeline import CONTINUED, STAGES, Run

    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    run = Run(arguments.data, arguments.work, arguments.out, arguments.seed, arguments.scale)
    stages = CONTINUED if arguments.command == "continue" else STAGES
    for name in arguments.stages or stages:
        stage = stages[name]
        outputs = [run.work / o for o in stage.outputs]
        if outputs and all(o.exists() for o in outputs) and not arguments.stages:
            print(f"{name}: done before", flush=True)
            continue
        started = time.time()
        print(f"{name}: {stage.run.__doc__.splitlines()[0]}", flush=True)
        stage.run(run)
        log_time(run.work, name, time.time() - started)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="warmseat_models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (("run", "make the bundle"), ("continue", "go on from the bundle that ships, with what is new in the corpus")):
        add_arguments(commands.add_parser(name, help=purpose))
    return parser.parse_args()


def add_arguments(run: argparse.ArgumentParser) -> None:
    here = Path(__file__).resolve().parent.parent
    run.add_argument("--data", type=Path, required=True, help="the data folder")
    run.add_argument("--work", type=Path, required=True, help="where stages keep what they made")
    run.add_argument("--out", type=Path, default=here, help="where bundle/ and goldens/ are written")
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--threads", type=int, default=os.cpu_count())
    run.add_argument("--scale", type=float, default=1.0, help="share of the training steps to make (for trials)")
    run.add_argument("--stages", nargs="*", help="only these stages, even if done before")


def log_time(work: Path, name: str, seconds: float) -> None:
    path = work / "times.json"
    times = json.loads(path.read_text()) if path.exists() else {}
    times[name] = round(seconds)
    path.write_text(json.dumps(times, indent=1) + "\n")
    print(f"{name}: {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
