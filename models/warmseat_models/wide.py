"""The wide part (Cheng et al. 2016, "Wide & Deep Learning"): what single phrases say, added to the encoder's logits.

A phrase is a run of one to four token ids of the message, [CLS] and [SEP] among them; it is known by a 32-bit hash. Each kept
phrase has a row of logits for the main heads. A message gets the sum of the rows of its phrases, each once, over the root of
their number. Rows are learned apart from the encoder (a linear softmax with Adagrad), so that neither leans on the other.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from . import train
from .inputs import Encoded, encode_rows

LONGEST = 4
SEED = 0x9E3779B9
KEPT = 27_500
MIN_MESSAGES = 3
SHARE = 0.75  # of the rows' logits that is added to the encoder's; by dev, flat between 0.5 and 1
EPOCHS = 8
RATE = 0.5
DROPOUT = 0.2
ROWS_PER_BATCH = 512


@dataclass
class Phrases:
    """Hashes uint32 [kept], ascending, and rows float32 [kept, logits of the main heads]."""

    hashes: np.ndarray
    rows: np.ndarray


def hashes_of(encoded: Encoded) -> set[int]:
    """Hashes of all phrases of a message. The Rust engine computes the same."""
    ids = encoded.ids[: encoded.types.count(0)]
    found = set()
    for start in range(len(ids)):
        value = SEED
        for token in ids[start : start + LONGEST]:
            value = ((value ^ (token + 1)) * 0x85EBCA6B) & 0xFFFFFFFF
            value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
            value ^= value >> 16
            found.add(value)
    return found


def rows_of(encoded: Encoded, hashes: np.ndarray) -> np.ndarray:
    """Row numbers of the kept phrases of a message, ascending."""
    found = np.array(sorted(hashes_of(encoded)), np.uint32)
    places = np.minimum(np.searchsorted(hashes, found), len(hashes) - 1)
    return places[hashes[places] == found].astype(np.int64)


def learn(tokenizer, corpus: train.Corpus, heads: dict[str, int], seed: int, scale: float = 1.0) -> Phrases:
    """Learn rows for every phrase that some messages share, keep the weightiest, and learn those again alone."""
    encoded = encode_rows(tokenizer, [(s.text, []) for s in corpus.samples])
    counts = Counter(h for e in encoded for h in hashes_of(e))
    hashes = np.array(sorted(h for h, n in counts.items() if n >= MIN_MESSAGES), np.uint32)
    rows = _fit(hashes, encoded, corpus, heads, seed, scale)
    weight = np.linalg.norm(rows, axis=1) * np.sqrt([counts[h] for h in hashes.tolist()])
    kept = np.sort(np.argsort(-weight, kind="stable")[:KEPT])
    print(f"  {len(kept)} of {len(hashes)} phrases kept", flush=True)
    return Phrases(hashes[kept], _fit(hashes[kept], encoded, corpus, heads, seed, scale))


def _fit(hashes, encoded: list[Encoded], corpus: train.Corpus, heads: dict[str, int], seed: int, scale: float) -> np.ndarray:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    found = [rows_of(e, hashes) for e in encoded]
    labels = train.targets(corpus.samples, corpus.taxonomy)
    table = torch.nn.EmbeddingBag(len(hashes), sum(heads.values()), mode="sum", sparse=True)
    torch.nn.init.zeros_(table.weight)
    adagrad = torch.optim.Adagrad(table.parameters(), lr=RATE)
    epochs = max(1, round(EPOCHS * scale))
    parts = -(-len(found) // ROWS_PER_BATCH)
    public = [i for i, sample in enumerate(corpus.samples) if sample.intent and sample.source not in train.OWN]
    drawn = np.concatenate([np.arange(len(found)), public]).astype(np.int64)  # public intents twice
    batches = [part.tolist() for _ in range(epochs) for part in np.array_split(rng.permutation(drawn), parts)]
    for step, batch in enumerate(batches):
        adagrad.param_groups[0]["lr"] = RATE * (1 - step / len(batches))
        loss = train.hard_loss(dict(zip(heads, _logits(table, [found[i] for i in batch], heads))), labels, batch)
        adagrad.zero_grad()
        loss.backward()
        adagrad.step()
    return table.weight.detach().numpy()


def _logits(table, found: list[np.ndarray], heads: dict[str, int]):
    lengths = [len(rows) for rows in found]
    ids = torch.from_numpy(np.concatenate(found))
    offsets = torch.from_numpy(np.cumsum([0, *lengths[:-1]]))
    weights = torch.from_numpy(np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32))
    weights = F.dropout(weights, DROPOUT)
    return table(ids, offsets, per_sample_weights=weights).split(list(heads.values()), 1)
