"""The heads of abuse and flags, learned once more on the finished encoder.

The encoder learned them with everything else; the mean of several rounds' weights moves it under them, so that their scores
no longer mean what they say. Here the encoder is frozen and only these two linear heads move.
"""

import random

import torch

from . import train
from .batches import device, read_frozen
from .encoder import Encoder
from .inputs import encode_rows

HEADS = ("abuse", "flags")
EPOCHS = 6
RATE = 1e-3
ROWS_PER_BATCH = 512


def learn(model: Encoder, tokenizer, corpus: train.Corpus, seed: int) -> None:
    """Move the two heads of `model` in place, on our own messages, half of them without their context."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    samples = [s for s in corpus.samples if s.source in train.OWN]
    labels = train.targets(samples, corpus.taxonomy)
    rows = [(s.text, s.context if rng.random() < 0.5 else []) for s in samples]
    found = embeddings(model, tokenizer, rows)
    heads = {name: model.heads[name].to(device()) for name in HEADS}
    steps = EPOCHS * -(-len(samples) // ROWS_PER_BATCH)
    adam = torch.optim.AdamW([p for head in heads.values() for p in head.parameters()], RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(samples)).split(ROWS_PER_BATCH):
            indices = batch.tolist()
            x = torch.nn.functional.dropout(found[batch].to(device()), model.dropout)
            train.beside_loss({name: head(x) for name, head in heads.items()}, labels, indices).mean().backward()
            adam.step()
            schedule.step()
            adam.zero_grad()
    model.to("cpu").eval()


def embeddings(model: Encoder, tokenizer, rows: list) -> torch.Tensor:
    """The row that the heads read, of every (text, context), float32."""
    return torch.from_numpy(read_frozen(model, encode_rows(tokenizer, rows), model.embed, model.architecture.hidden))
