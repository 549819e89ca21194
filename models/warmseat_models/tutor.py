"""Tutors: all six layers of all-MiniLM-L6-v2 with its own full vocabulary, fine-tuned on English labels.

They are too large for a browser. The general tutor has seen every English label we have; the specialist went on with the
public intents alone. What they think of a message, averaged with what the student with its phrases already thinks, teaches
the student beside the labels (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"). As pairs and dialogues
say the same in two languages, what a tutor thinks of the English side teaches the Chinese side, too.
"""

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


def build(weights: pretrained.Pretrained, head_sizes: dict[str, int]) -> Encoder:
    """The pretrained encoder with mean pooling and fresh heads."""
    body = teacher.build(weights)
    model = Encoder(body.architecture, head_sizes)
    model.load_state_dict(body.state_dict(), strict=False)
    return model


def english(corpus: train.Corpus) -> train.Corpus:
    return replace(corpus, samples=[s for s in corpus.samples if s.lang == "en"])


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
