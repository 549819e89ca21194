"""The student: four of the teacher's layers under our own vocabulary, and cross-lingual distillation.

The target of a text, Chinese or English, is the teacher's embedding of its English side, standardised per dimension
over the corpus.
"""

import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from .augment import augment
from .batches import collate, device, optimiser, token_batches
from .encoder import Architecture, Encoder
from .inputs import encode_rows
from .pretrained import Pretrained
from .vocabulary import factorise

LAYERS_TAKEN = (0, 1, 3, 5)
EMBEDDING = 160
ENGLISH_SHARE = 0.4


def build(tokenizer, weights: Pretrained, word_rows: np.ndarray, head_sizes: dict[str, int], layers=LAYERS_TAKEN) -> Encoder:
    """A student initialised from the teacher: word rows reduced by SVD, positions, and the chosen layers."""
    architecture = Architecture(
        vocabulary=tokenizer.get_vocab_size(),
        layers=len(layers),
        hidden=weights.hidden,
        heads=weights.heads,
        intermediate=weights.intermediate,
        embedding=EMBEDDING,
    )
    model = Encoder(architecture, head_sizes)
    word, projection, bias, kept = factorise(word_rows, EMBEDDING)
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


def standardised(embeddings: np.ndarray) -> np.ndarray:
    """Zero mean and unit variance per dimension, as float16. The teacher has dimensions that never vary: they become 0."""
    values = embeddings.astype(np.float32)
    return ((values - values.mean(0)) / np.maximum(values.std(0), 1e-3)).astype(np.float16)


def distil(
    model: Encoder,
    tokenizer,
    paired: list[tuple[str, str]],
    english: list[str],
    wanted: np.ndarray,
    traditional: dict[str, str],
    epochs: float,
    rate: float,
    seed: int,
    tokens_per_batch: int = 3072,
    limit_steps: int | None = None,
) -> None:
    """Train `model` in place so that its embedding of a text is its row of `wanted` (pairs first, then `english`).

    An epoch has the Chinese side of every pair, and a share of all English texts.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    model.to(device())
    dropout, model.dropout = model.dropout, 0.0
    started, step, total, recent = time.time(), 0, None, []
    sides = [(i, en, "en") for i, en in enumerate([en for _, en in paired] + english)]
    for _ in range(int(np.ceil(epochs))):
        drawn = [(i, zh, "zh") for i, (zh, _) in enumerate(paired)] + rng.sample(sides, int(len(sides) * ENGLISH_SHARE))
        rows = encode_rows(tokenizer, [(augment(text, lang, rng, traditional), []) for _, text, lang in drawn])
        batches = token_batches([len(r.ids) for r in rows], tokens_per_batch, rng)
        if total is None:
            total = limit_steps or int(len(batches) * epochs)
            adam, schedule = optimiser(model, rate, rate, total)
        model.train()
        for batch in batches:
            if step >= total:
                break
            with torch.autocast(device(), torch.bfloat16):
                embedding = model.embed(*collate([rows[i] for i in batch]))
            target = torch.from_numpy(wanted[[drawn[i][0] for i in batch]].astype(np.float32)).to(device())
            loss = F.mse_loss(embedding, target) + (1 - F.cosine_similarity(embedding, target).mean())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad(set_to_none=True)
            recent.append(loss.item())
            step += 1
            if step % 50 == 0:
                mean = sum(recent[-50:]) / 50
                print(f"  step {step}/{total} loss {mean:.4f} {time.time() - started:.0f} s", flush=True)
    model.dropout = dropout
    model.to("cpu").eval()
