"""Tutors: all six layers of all-MiniLM-L6-v2 with its own full vocabulary, fine-tuned on English labels.

They are too large for a browser. The general tutor has seen every English label we have, the specialist the public intents
alone. What a tutor thinks of a message, averaged with what the student with its phrases already thinks, teaches the
student beside the labels (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"). As pairs and dialogues say
the same in two languages, what a tutor thinks of the English side teaches the Chinese side, too. The student knows the
public texts by heart, so it is also taught on variants of them, which have no label (Jiao et al. 2020, "TinyBERT").
"""

import random
from dataclasses import replace

import numpy as np
import torch

from . import pretrained, teacher, train
from .batches import collate, device, token_batches
from .calibrate import softmax
from .data import Sample
from .encoder import Encoder
from .inputs import encode_rows

LEAST = 1e-6
VARIANTS_A_TEXT = 2
SPLICED_SHARE = 0.15
LOST_SHARE = 0.12
REPLACED_SHARE = 0.12


def build(weights: pretrained.Pretrained, heads: dict[str, int]) -> Encoder:
    """The pretrained encoder with mean pooling and fresh heads."""
    body = teacher.build(weights)
    model = Encoder(body.architecture, heads)
    model.load_state_dict(body.state_dict(), strict=False)
    return model


def english(corpus: train.Corpus) -> train.Corpus:
    return replace(corpus, samples=[s for s in corpus.samples if s.lang == "en"])


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


def opinions(model: Encoder, tokenizer, samples: list[Sample], tokens_per_batch: int = 8192) -> np.ndarray:
    """Logits of all heads, one after the other, [samples, classes] as float16; NaN where a sample has no English side."""
    sides = [(row, side) for row, sample in enumerate(samples) if (side := sample.english_side()) is not None]
    encoded = encode_rows(tokenizer, [side for _, side in sides])
    out = np.full((len(samples), sum(head.bias.numel() for head in model.heads.values())), np.nan, np.float16)
    model.to(device()).eval()
    for batch in token_batches([len(e.ids) for e in encoded], tokens_per_batch):
        with torch.inference_mode(), torch.autocast(device(), torch.bfloat16):
            _, logits = model(*collate([encoded[i] for i in batch]))
        out[[sides[i][0] for i in batch]] = torch.cat(list(logits.values()), -1).cpu().numpy().astype(np.float16)
    return out


def joint(own: list[np.ndarray], theirs: np.ndarray, sizes: list[int]) -> np.ndarray:
    """Log of the mean of two opinions, head by head: the student's `own` logits (one array a head) and a tutor's. Where
    the tutor has none, the student's alone."""
    out, start = np.zeros_like(theirs, dtype=np.float32), 0
    for size, logits in zip(sizes, own):
        part = slice(start, start + size)
        known = ~np.isnan(theirs[:, start])
        mean = softmax(logits)
        mean[known] = (mean[known] + softmax(theirs[known, part].astype(np.float32))) / 2
        out[:, part] = np.log(np.maximum(mean, LEAST))
        start += size
    return out.astype(np.float16)
