"""Multi-task fine-tuning: intent, sentiment and emotion at once.

A source contributes at most its quota of rows to an epoch; a fresh draw is made each epoch.
"""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import data as sources
from .augment import augment, traditional_characters
from .batches import collate, device, optimiser, token_batches
from .data import ABUSE, FLAGS, POLARITIES, SENTIMENT_VALUES, VALENCE_CUT, Sample, Taxonomy
from .encoder import Encoder
from .inputs import encode_rows

OWN = ("authored", "pairs", "dialogues", "posts", "corrections")
VARIANTS = "variants"
SMOOTHING = 0.05
ALSO_SHARE = 0.15
# How gradually a rating near the cut between two polarities passes from one to the other.
VALENCE_SOFTNESS = 0.35
OPINION_TEMPERATURE = 2.0
ABUSE_WEIGHT = 0.5
# See `balance_emotions`.
EMOTION_BALANCE = 0.1
# Abuse is rare in the corpus as in life; a row with some weighs so many without.
ABUSIVE_ROW_WEIGHT = 3.0
FLAGS_WEIGHT = 0.3
OPENING_SHARE = 0.1


@dataclass
class Settings:
    epochs: float
    rate: float
    heads_rate: float = 1e-3
    tokens_per_batch: int = 1536
    opinions_weight: float = 0.0
    labels_weight: float = 1.0
    """What labels count where there is an opinion, too."""
    emotion_balance: float = 0.0
    seed: int = 0
    quotas: dict[str, int] = field(default_factory=dict)
    """Rows an epoch has of a source at most; without one, every row of ours and none of another."""
    untouched: tuple[str, ...] = ()
    """Sources whose texts are not varied."""


@dataclass
class Corpus:
    samples: list[Sample]
    taxonomy: Taxonomy
    openings: dict[str, list[str]]
    traditional: dict[str, str]


def corpus(data: Path) -> Corpus:
    samples = sources.authored("train")
    samples += [s for pair in sources.pairs("train") for s in pair]
    samples += sources.dialogues("train")
    samples += sources.posts("train")
    samples += sources.unified_intents(data, "train")
    samples += sources.unified_moods(data, "train")
    taxonomy = sources.taxonomy(data)
    samples += sources.corrections(taxonomy.intents)
    return Corpus(samples, taxonomy, sources.agent_openings(), traditional_characters())


def is_support(sample: Sample) -> bool:
    """Whether a sample is a message to a customer service."""
    return sample.intent is not None or sample.source == VARIANTS


def main_heads(taxonomy: Taxonomy) -> dict[str, int]:
    """Outputs of the heads that public data and phrases know."""
    return {"intent": len(taxonomy.intents), "sentiment": len(SENTIMENT_VALUES), "emotion": len(taxonomy.emotions)}


def head_sizes(taxonomy: Taxonomy) -> dict[str, int]:
    """Outputs of every head."""
    return {**main_heads(taxonomy), "abuse": len(ABUSE), "flags": len(FLAGS)}


def draw(corpus: Corpus, quotas: dict[str, int], rng: random.Random) -> list[int]:
    """Indices of one epoch: what is newest; and of each source up to its quota, without one every row of ours and none of another."""
    by_source: dict[str, list[int]] = {}
    chosen = [index for index, sample in enumerate(corpus.samples) if sample.newest]
    for index, sample in enumerate(corpus.samples):
        if not sample.newest:
            by_source.setdefault(sample.source, []).append(index)
    for source, indices in sorted(by_source.items()):
        limit = quotas.get(source, len(indices) if source in OWN else 0)
        chosen += indices if limit >= len(indices) else rng.sample(indices, limit)
    return chosen


def vary(
    sample: Sample, corpus: Corpus, rng: random.Random, untouched: tuple[str, ...] = ()
) -> tuple[str, list[tuple[str, str]]]:
    """(text, context) for this epoch: augmented text; context dropped, or an agent's opening put before a lone line."""
    context = sample.context
    if sample.source in untouched:
        return sample.text, context
    if context and rng.random() < 0.25:
        context = []
    elif not context and sample.source in OWN and rng.random() < OPENING_SHARE:
        context = [("agent", rng.choice(corpus.openings[sample.lang]))]
    return augment(sample.text, sample.lang, rng, corpus.traditional), context


@dataclass
class Targets:
    """Label distributions, as arrays or as tensors on the device in use. They are all-zero where a row has no such label.
    `abuse` rows sum to their weight; `flags` are 0 or 1 each, NaN where unknown."""

    intent: np.ndarray
    sentiment: np.ndarray
    polarity: np.ndarray
    emotion: np.ndarray
    abuse: np.ndarray
    flags: np.ndarray


def targets(samples: list[Sample], taxonomy: Taxonomy) -> Targets:
    count = len(samples)
    out = Targets(
        intent=np.zeros((count, len(taxonomy.intents)), np.float32),
        sentiment=np.zeros((count, len(SENTIMENT_VALUES)), np.float32),
        polarity=np.zeros((count, len(POLARITIES)), np.float32),
        emotion=np.zeros((count, len(taxonomy.emotions)), np.float32),
        abuse=np.zeros((count, len(ABUSE)), np.float32),
        flags=np.full((count, len(FLAGS)), np.nan, np.float32),
    )
    for row, sample in enumerate(samples):
        if sample.intent:
            out.intent[row] = SMOOTHING / len(taxonomy.intents)
            share = ALSO_SHARE if sample.also else 0.0
            out.intent[row, taxonomy.intents.index(sample.intent)] += 1 - SMOOTHING - share
            for other in sample.also:
                out.intent[row, taxonomy.intents.index(other)] += share / len(sample.also)
        if sample.sentiment is not None:
            value = SENTIMENT_VALUES.index(sample.sentiment)
            neighbours = [v for v in (value - 1, value + 1) if 0 <= v < len(SENTIMENT_VALUES)]
            out.sentiment[row, value] = 1 - SMOOTHING
            out.sentiment[row, neighbours] = SMOOTHING / len(neighbours)
        if sample.polarity:
            out.polarity[row] = SMOOTHING / len(POLARITIES) + (1 - SMOOTHING) * polarity_shares(sample)
        if sample.emotion:
            out.emotion[row] = SMOOTHING / len(taxonomy.emotions)
            out.emotion[row, taxonomy.emotions.index(sample.emotion)] += 1 - SMOOTHING
        if sample.abuse:
            out.abuse[row, ABUSE.index(sample.abuse)] = 1 if sample.abuse == "none" else ABUSIVE_ROW_WEIGHT
        if sample.source in OWN and sample.intent:
            out.flags[row] = [flag in sample.flags() for flag in FLAGS]
    return out


def polarity_shares(sample: Sample) -> np.ndarray:
    """Of the polarities: all of it to the one that is named, or what a rating near the border gives to either side."""
    if sample.valence is None:
        return np.eye(len(POLARITIES))[POLARITIES.index(sample.polarity)]
    negative, positive = (1 / (1 + np.exp((VALENCE_CUT - v) / VALENCE_SOFTNESS)) for v in (-sample.valence, sample.valence))
    return np.array([negative, 1 - negative - positive, positive])


def balance_emotions(labels: Targets, samples: list[Sample], power: float) -> None:
    """Weigh our own rows' emotion by (most frequent / own frequency) ** power, in place."""
    own = [i for i, s in enumerate(samples) if s.source in OWN and s.emotion]
    classes = labels.emotion[own].argmax(-1)
    counts = np.maximum(np.bincount(classes, minlength=labels.emotion.shape[1]), 1)
    labels.emotion[own] *= ((counts.max() / counts) ** power)[classes][:, None].astype(np.float32)


def polarity_logits(sentiment: torch.Tensor) -> torch.Tensor:
    """Five ordinal logits to three: log-sum-exp over {-2,-1}, {0}, {1,2}."""
    return torch.stack(
        [sentiment[:, :2].logsumexp(-1), sentiment[:, 2], sentiment[:, 3:].logsumexp(-1)], dim=-1
    )


def cross_entropy(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Per row; zero where the target row is all zero."""
    return -(target * F.log_softmax(logits, -1)).sum(-1)


def at_rows(values: np.ndarray | torch.Tensor, rows) -> torch.Tensor:
    return values[rows].float() if isinstance(values, torch.Tensor) else torch.from_numpy(values[rows]).to(device())


def hard_loss(logits: dict[str, torch.Tensor], t: Targets, rows: list[int]) -> torch.Tensor:
    """What the labels cost each row."""

    def at(array: np.ndarray) -> torch.Tensor:
        return at_rows(array, rows)

    mood = cross_entropy(polarity_logits(logits["sentiment"]), at(t.polarity)) * 0.7
    mood = mood + cross_entropy(logits["sentiment"], at(t.sentiment)) * 0.3
    mood = mood + cross_entropy(logits["emotion"], at(t.emotion))
    loss = cross_entropy(logits["intent"], at(t.intent)) + mood
    if "abuse" in logits:
        loss = loss + beside_loss(logits, t, rows)
    return loss


def beside_loss(logits: dict[str, torch.Tensor], t: Targets, rows: list[int]) -> torch.Tensor:
    """What abuse and flags cost each row."""
    flags = at_rows(t.flags, rows)
    said = F.binary_cross_entropy_with_logits(logits["flags"], flags.nan_to_num(), reduction="none")
    abuse = ABUSE_WEIGHT * cross_entropy(logits["abuse"], at_rows(t.abuse, rows))
    return abuse + FLAGS_WEIGHT * (said * ~flags.isnan()).sum(-1)


def softened_divergence(own: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
    """How far the distribution of `own` logits is from that of `theirs`, both softened, per row (Hinton et al. 2015)."""
    soft = F.softmax(theirs / OPINION_TEMPERATURE, -1)
    return F.kl_div(F.log_softmax(own / OPINION_TEMPERATURE, -1), soft, reduction="none").sum(-1) * OPINION_TEMPERATURE**2


def opinions_loss(logits: dict[str, torch.Tensor], opinions: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Which rows have an opinion, and how far each is from it, head by head; zero where there is none."""
    wanted = torch.from_numpy(opinions.astype(np.float32)).to(device())
    known, loss = ~wanted[:, 0].isnan(), torch.zeros(len(wanted), device=device())
    asked = {name: logits[name] for name in ("intent", "sentiment", "emotion")}
    for (name, own), theirs in zip(asked.items(), wanted.nan_to_num().split([l.shape[1] for l in asked.values()], 1)):
        loss = loss + softened_divergence(own, theirs) * (1.0 if name == "intent" else 0.5)
    return known, loss * known


def fine_tune(
    model: Encoder,
    tokenizer,
    corpus: Corpus,
    settings: Settings,
    opinions: np.ndarray | None = None,
) -> None:
    """Train in place. `opinions` are aligned with the samples, NaN where there is none."""
    rng = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    labels = targets(corpus.samples, corpus.taxonomy)
    balance_emotions(labels, corpus.samples, settings.emotion_balance)
    model.to(device())
    started, step, total = time.time(), 0, None
    whole = int(np.ceil(settings.epochs))
    for epoch in range(whole):
        chosen = draw(corpus, settings.quotas, rng)
        rows = encode_rows(tokenizer, [vary(corpus.samples[i], corpus, rng, settings.untouched) for i in chosen])
        batches = token_batches([len(r.ids) for r in rows], settings.tokens_per_batch, rng)
        if total is None:
            total = int(len(batches) * settings.epochs)
            adam, schedule = optimiser(model, settings.rate, settings.heads_rate, total)
        model.train()
        for batch in batches:
            if step >= total:
                break
            indices = [chosen[i] for i in batch]
            with torch.autocast(device(), torch.bfloat16):
                _, logits = model(*collate([rows[i] for i in batch]))
            loss = hard_loss(logits, labels, indices)
            if opinions is not None:
                told, differs = opinions_loss(logits, opinions[indices])
                loss = torch.where(told, settings.labels_weight, 1.0) * loss + settings.opinions_weight * differs
            loss = loss.mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad(set_to_none=True)
            step += 1
            if step % 100 == 0:
                print(f"  step {step}/{total} epoch {epoch + 1} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
    model.to("cpu").eval()
