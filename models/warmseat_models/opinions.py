"""What the model that ships thinks of every support message, to go on from it without forgetting (Li & Hoiem 2016, "Learning
without Forgetting").

It knows the public texts by heart, so it is also asked about variants of them, which have no label (Jiao et al. 2020,
"TinyBERT").
"""

import random

import numpy as np
import torch

from . import train
from .batches import read_frozen
from .data import Sample
from .encoder import Encoder
from .inputs import encode_rows

VARIANTS_A_TEXT = 2
SPLICED_SHARE = 0.15
LOST_SHARE = 0.12
REPLACED_SHARE = 0.12


def public(samples: list[Sample]) -> list[Sample]:
    return [s for s in samples if s.intent and s.source not in train.OWN]


def variants(samples: list[Sample], seed: int) -> list[Sample]:
    """Unlabelled texts near those of `samples`: words lost, or replaced by others of the same source; or the first half of
    one text and the second of another."""
    rng, words, texts = random.Random(seed), {}, {}
    for sample in samples:
        words.setdefault(sample.source, []).extend(sample.text.split())
        texts.setdefault(sample.source, []).append(sample.text.split())
    out = []
    for sample in samples:
        for _ in range(VARIANTS_A_TEXT):
            own = sample.text.split()
            if rng.random() < SPLICED_SHARE:
                other = rng.choice(texts[sample.source])
                found = own[: (len(own) + 1) // 2] + other[len(other) // 2 :]
            else:
                kept = [word for word in own if rng.random() >= LOST_SHARE]
                found = [rng.choice(words[sample.source]) if rng.random() < REPLACED_SHARE else word for word in kept]
            if found and found != own:
                out.append(Sample(" ".join(found), sample.lang, train.VARIANTS))
    return out


def asked(samples: list[Sample], model: Encoder, tokenizer, sizes: dict[str, int]) -> np.ndarray:
    """Logits of the heads `sizes`, one after the other, [samples, classes] as float16; NaN where nobody asks a customer service
    anything, and where a message is so new that its labels alone are to be learned."""
    out = np.full((len(samples), sum(sizes.values())), np.nan, np.float16)
    known = [i for i, s in enumerate(samples) if train.is_support(s) and not s.newest]

    def read(*batch: torch.Tensor) -> torch.Tensor:
        _, logits = model(*batch)
        return torch.cat([logits[head] for head in sizes], -1).float()

    rows = encode_rows(tokenizer, [(samples[i].text, samples[i].context) for i in known])
    out[known] = read_frozen(model, rows, read, out.shape[1], np.float16)
    return out
