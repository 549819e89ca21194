"""The pack's rows on the device that trains, drawn in batches; and words lost or exchanged in them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from . import packed, train
from .batches import device
from .inputs import MAX_TOKENS

# How often a message of a source is drawn beside one of another.
DRAWN = {
    "authored": 2.0,
    "corrections": 2.0,
    "pairs": 1.0,
    "dialogues": 1.0,
    "posts": 1.0,
    "clinc150": 2.0,
    "multidogo_turn": 2.0,
    "banking77": 2.0,
    "hint3": 3.0,
    "bitext_cs": 0.6,
    "goemotions": 0.15,
    "vader_groundtruth": 0.1,
    "xed": 0.15,
    "cped": 0.25,
    "empathetic_personas": 1.0,
    "meituan_asap_sample": 1.0,
}
TOKENS_PER_BATCH = 65536
# Parts of the messages, both sides of one in the same.
FOLDS = 5
LIKE_PAIRS = 384
LIKE_TOKENS = 32
# Of the rows with words lost or exchanged, how many of their tokens at most.
LOST = 0.25
EXCHANGED = 0.2


@dataclass
class Batch:
    """ids, types, mask [rows, tokens]; the sample of each row; and whether its words are as somebody wrote them."""

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    samples: torch.Tensor
    whole: torch.Tensor

    def inputs(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return self.ids.long(), self.types.long(), self.mask.long()


class Reader:
    """The pack's rows and labels, on the device in use."""

    def __init__(self, pack: packed.Pack):
        rows = pack.ragged("rows")
        ids, types = rows.padded(MAX_TOKENS)
        self.ids, self.types = on_device(ids), on_device(types)
        self.lengths = on_device(rows.lengths.astype(np.int64))
        inside = torch.arange(MAX_TOKENS, device=device()) < self.lengths[:, None]
        self.message_lengths = (inside & (self.types == 0)).sum(1)
        sample_of_row, self.samples = pack["row_sample"], len(pack["source"])
        self.first = on_device(np.searchsorted(sample_of_row, np.arange(self.samples)))
        self.count = on_device(np.bincount(sample_of_row, minlength=self.samples))
        self.chinese = on_device(pack["chinese"])
        twin = pack["twin"].astype(np.uint64)
        message = np.where(pack["twin"] >= 0, twin, np.arange(self.samples, dtype=np.uint64))
        self.fold = on_device(((message * np.uint64(2654435761) >> np.uint64(9)) % np.uint64(FOLDS)).astype(np.int64))
        self.labels = labels(pack, self.samples)
        self.intents_known = self.labels.intent.sum(1) > 0
        names = pack["source_names"].tolist()
        self.drawn = on_device(np.array([DRAWN.get(n, 0.0) for n in names], np.float32)[pack["source"]])
        self.unlabelled = on_device(pack["source"] == names.index(packed.UNLABELLED))
        self.anchor = on_device(pack["anchor"].astype(np.int64))
        own = np.isin(pack["source"], [names.index(n) for n in train.OWN if n in names])
        chinese = np.flatnonzero(own & pack["chinese"] & (pack["twin"] >= 0))
        sides = on_device(np.stack([chinese, pack["twin"][chinese]], 1).astype(np.int64))
        self.sides = sides[(self.message_lengths[self.first[sides]] <= LIKE_TOKENS).all(1)]
        self.special = torch.unique(torch.stack([self.ids[0, 0], self.ids[0, self.message_lengths[0] - 1]]))
        self.words = [self.ids[self.first[chosen]] for chosen in (~self.chinese, self.chinese)]
        self.words = [found[found > self.special.max()] for found in self.words]

    def draw(self, weights: torch.Tensor, count: int, varied: float, messages_alone: bool = False) -> Iterator[Batch]:
        """`count` rows of samples drawn by their weights, in batches of similar length; of a share `varied` words are lost
        or exchanged."""
        samples = torch.multinomial(weights, count, replacement=True)
        rows = self.first[samples]
        if not messages_alone:
            rows = rows + (torch.rand(count, device=device()) * self.count[samples]).long()
        lengths = (self.message_lengths if messages_alone else self.lengths)[rows]
        order = (lengths + torch.rand(count, device=device())).argsort()
        rows, lengths = rows[order], lengths[order]
        listed = lengths.tolist()
        parts = spans(listed)
        for start, end in (parts[i] for i in torch.randperm(len(parts)).tolist()):
            found = self.batch(rows[start:end], samples[order[start:end]], lengths[start:end], listed[end - 1])
            yield self.vary(found, varied) if varied else found

    def batch(self, rows: torch.Tensor, samples: torch.Tensor, lengths: torch.Tensor, longest: int) -> Batch:
        width = -(-longest // 8) * 8
        mask = torch.arange(width, device=device()) < lengths[:, None]
        return Batch(self.ids[rows, :width] * mask, self.types[rows, :width] * mask, mask, samples, samples >= 0)

    def vary(self, batch: Batch, share: float) -> Batch:
        """Of a share of the rows, words are exchanged for others of the same language or lost."""
        shape, where = batch.ids.shape, batch.ids.device
        chosen = torch.rand(shape[0], 1, device=where) < share
        inner = batch.mask & chosen & ~torch.isin(batch.ids, self.special)
        exchanged = inner & (torch.rand(shape, device=where) < torch.rand(shape[0], 1, device=where) * EXCHANGED)
        english, chinese = (words[torch.randint(len(words), shape, device=where)] for words in self.words)
        ids = torch.where(exchanged, torch.where(self.chinese[batch.samples][:, None], chinese, english), batch.ids)
        lost = inner & (torch.rand(shape, device=where) < torch.rand(shape[0], 1, device=where) * LOST)
        stays = batch.mask & ~lost
        order = (torch.arange(shape[1], device=where) + ~stays * shape[1]).argsort(1)
        mask = stays.gather(1, order)
        return Batch(ids.gather(1, order) * mask, batch.types.gather(1, order) * mask, mask, batch.samples, ~chosen[:, 0])

    def sides_drawn(self) -> list[Batch]:
        """Both sides of some messages of ours, row by row."""
        drawn = self.sides[torch.randint(len(self.sides), (LIKE_PAIRS,), device=device())]
        rows = [(self.first[samples], samples) for samples in drawn.unbind(1)]
        return [self.batch(found, samples, self.message_lengths[found], LIKE_TOKENS) for found, samples in rows]


def on_device(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(array).to(device())


def labels(pack: packed.Pack, samples: int) -> train.Targets:
    """The labels of every sample, those of unlabelled ones empty."""
    found = {}
    for name, values in pack.under("labels.").items():
        empty = np.nan if name == "flags" else 0
        missing = np.full((samples - len(values), *values.shape[1:]), empty, np.float16)
        found[name] = on_device(np.concatenate([values, missing]))
    return train.Targets(**found)


def spans(lengths: list[int]) -> list[tuple[int, int]]:
    """Where to cut rows of ascending length so that each part stays under the budget of tokens."""
    found, start = [], 0
    while start < len(lengths):
        end = min(len(lengths), start + max(1, TOKENS_PER_BATCH // lengths[start]))
        while end > start + 1 and (end - start) * lengths[end - 1] > TOKENS_PER_BATCH:
            end = start + max(1, min(end - start - 1, TOKENS_PER_BATCH // lengths[end - 1]))
        found.append((start, end))
        start = end
    return found
