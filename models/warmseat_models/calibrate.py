"""Temperatures, and how far scores can be trusted.

A temperature divides the logits of a head before the softmax; it is fitted on the development data, per head, language
and whether turns before the message are read with it. Of the intents' scores a share is spread over all classes alike, for labels
are one reader's and no message is sure to another (Zhang, Kailkhura & Han 2020, "Mix-n-Match": ensemble temperature scaling).
"""

import numpy as np

# The share of a head's scores that is spread.
DOUBT = {"intent": 0.03}
BINS = 10
DRAWS = 200
GRID = np.exp(np.linspace(np.log(0.25), np.log(4.0), 241))


def softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)


def group_polarity(probabilities: np.ndarray) -> np.ndarray:
    """Probabilities of -2..2 to those of negative, neutral, positive."""
    return np.stack([probabilities[:, :2].sum(-1), probabilities[:, 2], probabilities[:, 3:].sum(-1)], axis=-1)


def doubted(probabilities: np.ndarray, head: str) -> np.ndarray:
    share = DOUBT.get(head, 0.0)
    return (1 - share) * probabilities + share / probabilities.shape[-1]


def fit_temperature(logits: np.ndarray, labels: np.ndarray, head: str) -> float:
    """The temperature at which the top score says best whether the top class is right, by a search on a log grid (0.25 to 4).

    The loss is the log loss of that one question: the score of the top class is what is shown and what tiers are cut by.
    """

    def loss(temperature: float) -> float:
        p = doubted(softmax(logits / temperature), head)
        p = group_polarity(p) if head == "sentiment" else p
        top, right = p.max(-1), p.argmax(-1) == labels
        return float(-np.log(np.maximum(np.where(right, top, 1 - top), 1e-12)).mean())

    return round(float(min(GRID, key=loss)), 4)


def fit_flag_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature at which the flags' probabilities, one sigmoid each, have the least log loss."""

    def loss(temperature: float) -> float:
        p = np.clip(sigmoid(logits / temperature), 1e-12, 1 - 1e-12)
        return float(-np.where(labels, np.log(p), np.log(1 - p)).mean())

    return round(float(min(GRID, key=loss)), 4)


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean gap between the top score and its accuracy, over ten equal-width bins, weighted by their size."""
    return _gap(probabilities.max(-1), probabilities.argmax(-1) == labels)


def chance_calibration_error(probabilities: np.ndarray, seed: int = 0) -> float:
    """What the calibration error would be by chance alone: its mean over draws in which the top class is right exactly as often
    as its score says. On a few hundred rows it is far from zero."""
    top, rng = probabilities.max(-1), np.random.default_rng(seed)
    return float(np.mean([_gap(top, rng.random(len(top)) < top) for _ in range(DRAWS)]))


def _gap(top: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((top * BINS).astype(int), BINS - 1)
    gaps = [abs(top[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in range(BINS) if (bins == b).any()]
    return float(sum(gaps))
