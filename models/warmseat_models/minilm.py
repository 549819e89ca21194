"""What all-MiniLM-L6-v2 itself reaches on the public English intents, fine-tuned on their training rows alone, with its own
vocabulary: six layers that need to know neither Chinese nor moods. `python -m warmseat_models.minilm --data DIR`."""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import data as sources
from . import pretrained, teacher, train
from .batches import collate, device, optimiser, read_frozen, token_batches
from .encoder import Encoder
from .inputs import MAX_TOKENS, Encoded

EPOCHS = 5
RATE = 1e-4
HEADS_RATE = 1e-3
TOKENS_PER_BATCH = 2048


def main() -> None:
    parser = argparse.ArgumentParser(prog="warmseat_models.minilm", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    data = parser.parse_args().data
    torch.manual_seed(0)
    intents, weights = sources.taxonomy(data).intents, pretrained.load()
    body = teacher.build(weights)
    model = Encoder(body.architecture, {"intent": len(intents)}).to(device())
    model.load_state_dict(body.state_dict(), strict=False)

    def read(split: str) -> tuple[list[sources.Sample], list[Encoded], np.ndarray]:
        samples = sources.unified_intents(data, split)
        ids = teacher.encode(weights.tokenizer, [s.text for s in samples], MAX_TOKENS)
        rows = [Encoded(found, [0] * len(found), False) for found in ids]
        return samples, rows, np.array([intents.index(s.intent) for s in samples])

    _, rows, labels = read("train")
    developed, seen, wanted = read("dev")
    fit(model, rows, torch.from_numpy(labels).to(device()))
    said = read_frozen(model, seen, lambda *batch: model(*batch)[1]["intent"], len(intents)).argmax(-1)
    right = said == wanted
    print(f"unified_intents_en dev: {right.mean():.3f}")
    for source in sorted({s.source for s in developed}):
        kept = np.array([s.source == source for s in developed])
        print(f"  {source}: {right[kept].mean():.3f} of {kept.sum()}")


def fit(model: Encoder, rows: list[Encoded], labels: torch.Tensor) -> None:
    rng, lengths = random.Random(0), [len(row.ids) for row in rows]
    epochs = [token_batches(lengths, TOKENS_PER_BATCH, rng) for _ in range(EPOCHS)]
    adam, schedule = optimiser(model, RATE, HEADS_RATE, sum(map(len, epochs)))
    model.train()
    for batch in (batch for epoch in epochs for batch in epoch):
        with torch.autocast(device(), torch.bfloat16):
            _, logits = model(*collate([rows[i] for i in batch]))
        F.cross_entropy(logits["intent"].float(), labels[batch], label_smoothing=train.SMOOTHING).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        schedule.step()
        adam.zero_grad(set_to_none=True)


if __name__ == "__main__":
    main()
