"""`python -m warmseat_models.few_shot --data DIR`: MiniLM with logistic regression on a few examples a class.

The peer of tests/bench/few_shot.mjs, on the same draws: of each label the `k` training texts whose SHA-256 of
"seed:text" is smallest. Writes goldens/few_shot.json: by set and k, the dev accuracy of each seed. Two settings of the
regression are measured: scikit-learn's default (C = 1), and C = 30, the best of 1, 3, 10, 30, 100 on banking77.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from . import pretrained, teacher

SETS = ("banking77", "hint3")
SHOTS = (1, 5, 10, 20)
SEEDS = (0, 1, 2)
TRUST = {"default": 1.0, "tuned": 30.0}


def rows(data: Path, name: str, split: str) -> list[dict]:
    with open(data / name / f"{split}.jsonl") as lines:
        return [json.loads(line) for line in lines]


def draw(train: list[dict], shots: int, seed: int) -> list[dict]:
    """The examples of every label, in the order of labels; the bench in JavaScript draws the same."""
    by_label: dict[str, dict[str, dict]] = {}
    for row in train:
        by_label.setdefault(row["label"], {})[row["text"]] = row
    key = lambda text: hashlib.sha256(f"{seed}:{text}".encode()).hexdigest()
    return [texts[t] for _, texts in sorted(by_label.items()) for t in sorted(texts, key=key)[:shots]]


def parts(data: Path, name: str) -> list[tuple[list[dict], list[dict]]]:
    """Training and dev rows; hint3 is three bots with labels of their own."""
    train, dev = rows(data, name, "train"), rows(data, name, "dev")
    bots = sorted({row.get("bot", "") for row in train})
    return [tuple([row for row in half if row.get("bot", "") == bot] for half in (train, dev)) for bot in bots]


def measure(data: Path) -> dict:
    weights = pretrained.load()
    model = teacher.build(weights)
    report: dict = {}
    for name in SETS:
        drawn = {(shots, seed): [(draw(train, shots, seed), dev) for train, dev in parts(data, name)]
                 for shots in SHOTS for seed in SEEDS}
        texts = sorted({row["text"] for halves in drawn.values() for pair in halves for half in pair for row in half})
        place = {text: i for i, text in enumerate(texts)}
        vectors = teacher.embed(model, weights.tokenizer, texts).astype(np.float32)
        for (shots, seed), halves in drawn.items():
            for setting, trust in TRUST.items():
                hits = []
                for train, dev in halves:
                    regression = LogisticRegression(C=trust, max_iter=300)
                    regression.fit(vectors[[place[r["text"]] for r in train]], [r["label"] for r in train])
                    said = regression.predict(vectors[[place[r["text"]] for r in dev]])
                    hits += [a == r["label"] for a, r in zip(said, dev)]
                figures = report.setdefault(name, {}).setdefault(str(shots), {}).setdefault(setting, [])
                figures.append(round(float(np.mean(hits)), 4))
            print(name, shots, seed, report[name][str(shots)], flush=True)
    size = sum(array.size for array in weights.weights.values()) + weights.word.size
    return {"accuracy": report, "parameters": int(size)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "goldens/few_shot.json")
    arguments = parser.parse_args()
    arguments.out.write_text(json.dumps(measure(arguments.data), indent=1) + "\n")


if __name__ == "__main__":
    main()
