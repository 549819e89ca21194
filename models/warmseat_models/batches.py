"""Batches of similar length under a token budget."""

import random
from collections.abc import Callable

import numpy as np
import torch

from .inputs import Encoded

FROZEN_TOKENS = 8192


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def token_batches(lengths: list[int], tokens_per_batch: int, rng: random.Random | None = None) -> list[list[int]]:
    """Indices grouped so that rows of a batch have similar lengths and padded size stays under the budget.

    With `rng`, ties and batch order are shuffled; without it, batches go from short to long.
    """
    order = list(range(len(lengths)))
    if rng:
        rng.shuffle(order)
    order.sort(key=lengths.__getitem__)
    batches, current = [], []
    for index in order:
        if current and (len(current) + 1) * lengths[index] > tokens_per_batch:
            batches.append(current)
            current = []
        current.append(index)
    if current:
        batches.append(current)
    if rng:
        rng.shuffle(batches)
    return batches


def collate(rows: list[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids, types, mask as int64 [batch, longest row], padded with zeros, on the device in use."""
    width = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.int64)
    types = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        types[i, : len(row.types)] = torch.tensor(row.types)
        mask[i, : len(row.ids)] = 1
    return ids.to(device()), types.to(device()), mask.to(device())


def read_frozen(model, rows: list[Encoded], read: Callable, width: int, kind=np.float32) -> np.ndarray:
    """What `read(ids, types, mask)` of a model that does not learn says of every row, [rows, width] of `kind`."""
    out = np.zeros((len(rows), width), kind)
    model.to(device()).eval()
    for batch in token_batches([len(row.ids) for row in rows], FROZEN_TOKENS):
        with torch.inference_mode(), torch.autocast(device(), torch.bfloat16):
            out[batch] = read(*collate([rows[i] for i in batch])).cpu().numpy().astype(kind)
    return out


def optimiser(model: torch.nn.Module, rate: float, heads_rate: float, steps: int):
    """AdamW with warm-up over the first 6 % of `steps` and linear decay; heads learn at their own rate."""
    heads = list(model.heads.parameters())
    known = {id(p) for p in heads}
    body = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": heads_rate}]
    adam = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-8, fused=True)
    warm = max(1, int(steps * 0.06))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return adam, torch.optim.lr_scheduler.LambdaLR(adam, factor)
