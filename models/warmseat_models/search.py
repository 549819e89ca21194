"""The search vector: by it a message finds others that mean the same, in its own language and the other.

The last layer knows little but classes; the layers below still know what a message is about. The vector is a linear
projection of their mean rows, learned on messages in both languages with the encoder frozen: each side ought to find its
other side among the batch (InfoNCE both ways), with all of the vector and with its first half alone (Kusupati et al. 2022,
"Matryoshka").
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from . import data as sources, rounding
from .batches import device, read_frozen
from .encoder import Architecture, Encoder
from .inputs import encode_rows

WIDTH = 128
# A turn such as "好的" has too many equals to be found again.
SHORTEST = 5
PAIRS_PER_BATCH = 1024
STEPS = 3000
RATE = 2e-3
TEMPERATURE = 0.05
DROPOUT = 0.1
SPREAD = 10.0  # the features have length 1; at this length the projection learns at a common rate


@dataclass
class Projection:
    """weight [features, WIDTH] and bias [WIDTH], float32; the weight in few values: whole steps, int8, and each column's width."""

    weight: np.ndarray
    bias: np.ndarray
    steps: np.ndarray
    width: np.ndarray


def unlearned(a: Architecture) -> Projection:
    """For a file whose search vector nobody reads."""
    features = (a.layers - 1) * a.hidden
    return Projection(
        np.ones((features, WIDTH), np.float32),
        np.zeros(WIDTH, np.float32),
        np.ones((features, WIDTH), np.int8),
        np.ones((1, WIDTH), np.float32),
    )


def bilingual() -> list[tuple[str, str]]:
    """(Chinese, English) sides of the same message, training data alone. Sentences of other kinds made it worse."""
    own = [(zh.text, en.text) for zh, en in sources.pairs("train")]
    own += [(s.text, s.twin.text) for s in sources.dialogues("train") if s.twin and len(s.text) > SHORTEST]
    return own


def features(model: Encoder, tokenizer, texts: list[str]) -> np.ndarray:
    """`Encoder.layer_means` of every text, as float16."""
    rows, a = encode_rows(tokenizer, [(text, []) for text in texts]), model.architecture
    return read_frozen(model, rows, model.layer_means, (a.layers - 1) * a.hidden, np.float16)


def contrast(chinese: torch.Tensor, english: torch.Tensor) -> torch.Tensor:
    """InfoNCE both ways; row i of both sides is the same message."""
    similar = F.normalize(chinese, dim=-1) @ F.normalize(english, dim=-1).t() / TEMPERATURE
    own = torch.arange(len(similar), device=similar.device)
    return (F.cross_entropy(similar, own) + F.cross_entropy(similar.t(), own)) / 2


def learn(chinese: np.ndarray, english: np.ndarray, seed: int, steps: int = STEPS) -> Projection:
    """Row i of both sides is the same message."""
    torch.manual_seed(seed)
    linear = torch.nn.Linear(chinese.shape[1], WIDTH).to(device())
    adam = torch.optim.AdamW(linear.parameters(), RATE, weight_decay=0.01)
    count = min(PAIRS_PER_BATCH, len(chinese))
    for step in range(steps):
        adam.param_groups[0]["lr"] = RATE * (1 - step / steps)
        drawn = torch.randperm(len(chinese))[:count].numpy()
        zh, en = (
            linear(F.dropout(torch.from_numpy(side[drawn].astype(np.float32)).to(device()) * SPREAD, DROPOUT))
            for side in (chinese, english)
        )
        loss = 0.0
        for width in (WIDTH, WIDTH // 2):
            loss = loss + 2 * contrast(zh[:, :width], en[:, :width])
        adam.zero_grad()
        loss.backward()
        adam.step()
        if (step + 1) % 200 == 0:
            print(f"  step {step + 1}/{steps} loss {loss.item() / 4:.3f}", flush=True)
    weight, bias = (p.detach().cpu().numpy() for p in (linear.weight, linear.bias))
    weight = np.ascontiguousarray(weight.T) * np.float32(SPREAD)
    moments = sum(side.T @ side for side in (chinese.astype(np.float32), english.astype(np.float32)))
    rounded = rounding.compensated(weight, moments, rounding.STEPS)
    return Projection(weight, bias, rounded.steps, rounded.width)
