"""The wide part (Cheng et al. 2016, "Wide & Deep Learning"): what single phrases say, added to the encoder's logits.

A phrase is a run of one to four token ids of one author, [CLS] and [SEP] among them; it is known by a 32-bit hash, which is
another one in the message, in what the customer said before, and in what the agent said. Each kept phrase has a row of logits
for the main heads. A message gets the sum of the rows of its phrases, each once, over the root of their number; and the turns
before it, where they are read, add theirs in the same way. Rows are learned apart from the encoder (a linear softmax with
Adagrad), so that neither leans on the other, and then count for a share of what they learned.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import torch
import torch.nn.functional as F

from . import train
from .inputs import Encoded, encode_rows

LONGEST = 4
SEED = 0x9E3779B9
AUTHOR = 0x51ED270B
PARTS = 2
KEPT = 45_000
MIN_MESSAGES = 3
EPOCHS = 8
RATE = 0.5
DROPOUT = 0.2
CONTEXT_LOST = 0.25
ROWS_PER_BATCH = 512
# How much phrases count beside the encoder, by head.
SHARES = {"intent": 0.8, "sentiment": 0.3, "emotion": 0.5}


@dataclass
class Phrases:
    """Hashes uint32 [kept], ascending, and rows float32 [1 + kept, logits of the main heads]; row 0 is zero and means padding."""

    hashes: np.ndarray
    rows: np.ndarray


def hashes_of(encoded: Encoded) -> tuple[set[int], set[int]]:
    """Hashes of all phrases of a message, and of all of the turns before it. The Rust engine computes the same."""
    found: tuple[set[int], set[int]] = (set(), set())
    authors = groupby(zip(encoded.types, encoded.ids), key=itemgetter(0))
    for kind, ids in ((kind, [token for _, token in turn]) for kind, turn in authors):
        for start in range(len(ids)):
            value = SEED ^ (kind * AUTHOR & 0xFFFFFFFF)
            for token in ids[start : start + LONGEST]:
                value = ((value ^ (token + 1)) * 0x85EBCA6B) & 0xFFFFFFFF
                value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
                value ^= value >> 16
                found[kind > 0].add(value)
    return found


def rows_of(encoded: Encoded, hashes: np.ndarray) -> list[np.ndarray]:
    """Row numbers of the kept phrases, ascending: those of the message, and those of the turns before it."""
    return [_rows(found, hashes) for found in hashes_of(encoded)]


def _rows(found: set[int], hashes: np.ndarray) -> np.ndarray:
    sought = np.array(sorted(found), np.uint32)
    places = np.minimum(np.searchsorted(hashes, sought), len(hashes) - 1)
    return places[hashes[places] == sought].astype(np.int64) + 1


def learn(tokenizer, corpus: train.Corpus, heads: dict[str, int], seed: int, scale: float = 1.0) -> Phrases:
    """Learn rows for every phrase that some messages share, keep the weightiest, and learn those again alone."""
    encoded = encode_rows(tokenizer, [(s.text, s.context) for s in corpus.samples])
    counts = Counter(h for e in encoded for found in hashes_of(e) for h in found)
    hashes = np.array(sorted(h for h, n in counts.items() if n >= MIN_MESSAGES), np.uint32)
    rows = _fit(hashes, encoded, corpus, heads, seed, scale)
    weight = np.linalg.norm(rows[1:], axis=1) * np.sqrt([counts[h] for h in hashes.tolist()])
    kept = np.sort(np.argsort(-weight, kind="stable")[:KEPT])
    print(f"  {len(kept)} of {len(hashes)} phrases kept", flush=True)
    shares = np.repeat([SHARES[head] for head in heads], list(heads.values())).astype(np.float32)
    return Phrases(hashes[kept], _fit(hashes[kept], encoded, corpus, heads, seed, scale) * shares)


def _fit(hashes, encoded: list[Encoded], corpus: train.Corpus, heads: dict[str, int], seed: int, scale: float) -> np.ndarray:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    found = [rows_of(e, hashes) for e in encoded]
    labels = train.targets(corpus.samples, corpus.taxonomy)
    table = torch.nn.EmbeddingBag(1 + len(hashes), sum(heads.values()), mode="sum", sparse=True)
    torch.nn.init.zeros_(table.weight)
    adagrad = torch.optim.Adagrad(table.parameters(), lr=RATE)
    epochs = max(1, round(EPOCHS * scale))
    parts = -(-len(found) // ROWS_PER_BATCH)
    public = [i for i, sample in enumerate(corpus.samples) if sample.intent and sample.source not in train.OWN]
    drawn = np.concatenate([np.arange(len(found)), public]).astype(np.int64)  # public intents twice
    batches = [part.tolist() for _ in range(epochs) for part in np.array_split(rng.permutation(drawn), parts)]
    for step, batch in enumerate(batches):
        adagrad.param_groups[0]["lr"] = RATE * (1 - step / len(batches))
        alone = rng.random(len(batch)) < CONTEXT_LOST
        read = [found[i][: 1 if lost else PARTS] for i, lost in zip(batch, alone)]
        loss = train.hard_loss(dict(zip(heads, _logits(table, read, heads))), labels, batch).mean()
        adagrad.zero_grad()
        loss.backward()
        adagrad.step()
    return table.weight.detach().numpy()


def _logits(table, found: list[list[np.ndarray]], heads: dict[str, int]):
    lengths = [sum(map(len, parts)) for parts in found]
    ids = torch.from_numpy(np.concatenate([rows for parts in found for rows in parts]))
    offsets = torch.from_numpy(np.cumsum([0, *lengths[:-1]]))
    counts = np.array([len(rows) for parts in found for rows in parts])
    weights = torch.from_numpy(np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32))
    weights = F.dropout(weights, DROPOUT)
    return table(ids, offsets, per_sample_weights=weights).split(list(heads.values()), 1)
