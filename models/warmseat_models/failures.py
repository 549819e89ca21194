"""Where a model errs on the lone messages of our development sets: by channel, sector and length, and between which intents."""

from collections import defaultdict

import numpy as np

from .calibrate import group_polarity, softmax
from .data import POLARITIES, Sample, Taxonomy
from .inputs import encode_rows

# Tokens of the message, [CLS] and [SEP] among them, at most.
LENGTHS = (8, 16, 32, 128)
CONFUSIONS = 15
LONGEST_EXAMPLE = 90
TOP = 3


def failures(samples: list[Sample], logits: dict[str, np.ndarray], tokenizer, taxonomy: Taxonomy) -> dict:
    """`slices`: figures by "kind: name/language"; `confusions`: the pairs of intents most often taken for each other, each with
    the shortest message that was."""
    wanted = np.array([taxonomy.intents.index(s.intent) for s in samples])
    order = np.argsort(-logits["intent"], axis=-1, kind="stable")
    moods = group_polarity(softmax(logits["sentiment"])).argmax(-1) == [POLARITIES.index(s.polarity) for s in samples]
    groups = defaultdict(list)
    for i, (sample, row) in enumerate(zip(samples, encode_rows(tokenizer, [(s.text, []) for s in samples]))):
        for kind, name in (("channel", sample.channel), ("sector", sample.sector), ("tokens", length(len(row.ids)))):
            groups[f"{kind}: {name}/{sample.lang}"].append(i)
    slices = {}
    for name, rows in sorted(groups.items()):
        found = {"intent": order[rows, 0] == wanted[rows], "polarity": moods[rows]}
        found["intent_top3"] = (order[rows, :TOP] == wanted[rows, None]).any(-1)
        slices[name] = {"rows": len(rows)} | {figure: round(float(right.mean()), 4) for figure, right in found.items()}
    return {"slices": slices, "confusions": confusions(samples, [taxonomy.intents[i] for i in order[:, 0]])}


def length(tokens: int) -> str:
    """The span of lengths that a message is in."""
    index = next(i for i, most in enumerate(LENGTHS) if tokens <= most)
    return f"{LENGTHS[index - 1] + 1 if index else 2}–{LENGTHS[index]}"


def confusions(samples: list[Sample], said: list[str]) -> list[dict]:
    taken = defaultdict(list)
    for sample, label in zip(samples, said):
        if label != sample.intent and label not in sample.also:
            taken[sample.intent, label].append(sample.text)
    most = sorted(taken.items(), key=lambda item: (-len(item[1]), item[0]))[:CONFUSIONS]
    return [
        {"wanted": wanted, "said": label, "rows": len(texts), "example": min(texts, key=len)[:LONGEST_EXAMPLE]}
        for (wanted, label), texts in most
    ]
