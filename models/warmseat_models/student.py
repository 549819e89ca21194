"""The student: some of the teachers' layers under a narrower word table."""

import numpy as np
import torch

from .encoder import Architecture, Encoder
from .pretrained import Pretrained
from .vocabulary import factorise

LAYERS_TAKEN = (0, 1, 3, 5)
EMBEDDING = 160


def build(weights: Pretrained, head_sizes: dict[str, int], layers=LAYERS_TAKEN) -> Encoder:
    """A student initialised from larger weights: word rows reduced by SVD, positions, and the chosen layers."""
    architecture = Architecture(
        vocabulary=len(weights.word),
        layers=len(layers),
        hidden=weights.hidden,
        heads=weights.heads,
        intermediate=weights.intermediate,
        embedding=EMBEDDING,
    )
    model = Encoder(architecture, head_sizes)
    word, projection, bias, kept = factorise(weights.word, EMBEDDING)
    print(f"  word table: {word.shape[0]} x {word.shape[1]}, {kept:.1%} of the variance kept", flush=True)
    state = {
        "embeddings.word": word,
        "embeddings.projection.weight": projection,
        "embeddings.projection.bias": bias,
        "embeddings.position": weights.weights["embeddings.position"][: architecture.positions],
        "embeddings.type": np.repeat(weights.weights["embeddings.type"][:1], 3, axis=0),
        "embeddings.norm.gamma": weights.weights["embeddings.norm.gamma"],
        "embeddings.norm.beta": weights.weights["embeddings.norm.beta"],
    }
    for target, source in enumerate(layers):
        prefix = f"layers.{source}."
        for name, value in weights.weights.items():
            if name.startswith(prefix):
                state[f"layers.{target}.{name.removeprefix(prefix)}"] = value
    model.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state.items()}, strict=False)
    return model
