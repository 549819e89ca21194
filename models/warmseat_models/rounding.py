"""Rounds weights to few values so that what they make of real messages changes least.

Each value of a matrix takes one of a few equal steps. Rounding each to its nearest is best only where inputs are alike and
independent; they are not. So inputs are gone through one by one, and what rounding one of them did to the output is made up
for by those that follow (Frantar et al. 2022, "GPTQ"), as far as the inputs of real messages go together.
"""

from dataclasses import dataclass

import numpy as np
import torch

from .batches import collate, device
from .encoder import Encoder, Linear
from .inputs import Encoded

# Steps on either side of zero that a weight may take; of a phrase, whose errors go lost in the sum of many, fewer. With up to ten,
# an engine can add six quads of products with bytes in 16 bits.
STEPS = 10
PHRASE_STEPS = 4
# Share of the mean second moment that is added to all, so that rare inputs are not bent at will.
DAMPING = 0.01
SHARES = np.linspace(0.4, 1, 13)
ROWS_PER_BATCH = 256
MESSAGES = 4000


@dataclass
class Grid:
    """`steps` equal steps on either side of zero; `width` of one step, one for every line."""

    width: np.ndarray
    steps: int

    def nearest(self, values: np.ndarray) -> np.ndarray:
        return np.clip(np.rint(values / self.width), -self.steps, self.steps)


@dataclass
class Rounded:
    """Weights as whole `steps`, int8, each of a `width` that all of its line share."""

    steps: np.ndarray
    width: np.ndarray

    def values(self) -> np.ndarray:
        return self.steps.astype(np.float32) * self.width


def grid(weights: np.ndarray, axis: int, steps: int) -> Grid:
    """The steps' width that brings the least squared error to all that lie along the axis."""
    most, best, least = np.abs(weights).max(axis, keepdims=True), None, np.inf
    for share in SHARES:
        tried = Grid((np.maximum(most * share, 1e-8) / steps).astype(np.float32), steps)
        error = ((tried.nearest(weights) * tried.width - weights) ** 2).sum(axis, keepdims=True)
        best = tried.width if best is None else np.where(error < least, tried.width, best)
        least = np.minimum(error, least)
    return Grid(best, steps)


def nearest(weights: np.ndarray, axis: int, steps: int) -> Rounded:
    """Every weight rounded by itself."""
    lines = grid(weights, axis, steps)
    return Rounded(lines.nearest(weights).astype(np.int8), lines.width)


def compensated(weights: np.ndarray, moments: np.ndarray, steps: int) -> Rounded:
    """Weights [inputs, outputs] rounded column by column; `moments` [inputs, inputs] are second moments of the inputs."""
    columns, left = grid(weights, 0, steps), weights.astype(np.float64)
    damped = moments.astype(np.float64) + DAMPING * moments.diagonal().mean() * np.eye(len(moments))
    order = np.argsort(-damped.diagonal(), kind="stable")  # the strongest first
    upper = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    left, out = left[order], np.zeros(weights.shape, np.int8)
    for i, place in enumerate(order):
        out[place] = columns.nearest(left[i])[0]
        left[i:] -= np.outer(upper[i, i:], (left[i] - out[place] * columns.width[0]) / upper[i, i])
    return Rounded(out, columns.width)


def rounded(model: Encoder, rows: list[Encoded]) -> dict[str, np.ndarray | Rounded]:
    """The model's weights: matrices column by column, as suits these rows; the word table row by row, as suits its projection;
    biases, norms, positions and heads as they are."""
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    moments = input_moments(model, rows)
    out = {name: compensated(value, moments[name], STEPS) if name in moments else value for name, value in state.items()}
    words, projection = state["embeddings.word"], state.get("embeddings.projection.weight")
    if projection is None:
        return out | {"embeddings.word": nearest(words, 1, STEPS).values()}
    columns = compensated(words.T, projection @ projection.T, STEPS)
    return out | {"embeddings.word": np.ascontiguousarray(columns.values().T)}


def input_moments(model: Encoder, rows: list[Encoded]) -> dict[str, np.ndarray]:
    """Second moments of what every matrix of the model is multiplied with, by the name of its weight."""
    found: dict[str, np.ndarray] = {}
    hooks = []
    for name, module in model.named_modules():
        if isinstance(module, Linear) and not name.startswith("heads."):
            hooks.append(module.register_forward_pre_hook(_adding_to(found, f"{name}.weight")))
    by_length: dict[int, list[Encoded]] = {}
    for row in rows:
        by_length.setdefault(len(row.ids), []).append(row)
    model.to(device()).eval()
    with torch.inference_mode():
        for alike in by_length.values():  # of one length: no padding is counted
            for start in range(0, len(alike), ROWS_PER_BATCH):
                model.embed(*collate(alike[start : start + ROWS_PER_BATCH]))
    for hook in hooks:
        hook.remove()
    model.to("cpu")
    return found


def _adding_to(found: dict[str, np.ndarray], name: str):
    def add(_, inputs) -> None:
        x = inputs[0].reshape(-1, inputs[0].shape[-1]).float()
        found[name] = found.get(name, 0) + (x.T @ x).cpu().numpy()

    return add
