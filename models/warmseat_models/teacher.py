"""The pretrained teacher: all-MiniLM-L6-v2 as it is. It embeds English; our bodies learn to embed both languages alike."""

import numpy as np
import torch

from . import pretrained
from .batches import collate, device, token_batches
from .encoder import Architecture, Encoder
from .inputs import Encoded


def build(weights: pretrained.Pretrained) -> Encoder:
    """The pretrained encoder with mean pooling, its own recipe, and no heads."""
    architecture = Architecture(
        vocabulary=len(weights.word),
        layers=weights.layers,
        hidden=weights.hidden,
        heads=weights.heads,
        intermediate=weights.intermediate,
        embedding=weights.hidden,
        pool="mean",
    )
    model = Encoder(architecture, {})
    state = dict(weights.weights)
    state["embeddings.type"] = np.repeat(state["embeddings.type"][:1], 3, axis=0)
    state["embeddings.word"] = weights.word
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return model.eval()


def encode(tokenizer, texts: list[str], longest: int) -> list[list[int]]:
    """Token ids as the teacher reads them; of a text that is too long the first ones, and the closing one."""
    return [e.ids[: longest - 1] + e.ids[longest - 1 :][-1:] for e in tokenizer.encode_batch(texts)]


def embed(model: Encoder, tokenizer, texts: list[str], tokens_per_batch: int = 8192) -> np.ndarray:
    """Normalised sentence embeddings [texts, hidden] as float16."""
    rows = [Encoded(ids, [0] * len(ids), False) for ids in encode(tokenizer, texts, pretrained.POSITIONS)]
    out = np.zeros((len(texts), model.architecture.hidden), dtype=np.float16)
    model.to(device())
    for batch in token_batches([len(r.ids) for r in rows], tokens_per_batch):
        with torch.inference_mode(), torch.autocast(device(), torch.bfloat16):
            embedding = model.embed(*collate([rows[i] for i in batch]))
        out[batch] = torch.nn.functional.normalize(embedding, dim=-1).cpu().numpy().astype(np.float16)
    return out
