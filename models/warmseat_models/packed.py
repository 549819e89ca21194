"""Everything that teachers and student read, as arrays in one file: made where the data are, read where the GPU is.

The rows are the labelled messages, each as it stands and in a few variants, and texts without labels. A row whose meaning is
also said in English has an anchor: the pretrained teacher's embedding of that English text, which the pack holds as token ids.
"""

import io
import lzma
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import data as sources
from . import evaluate, pretrained, rounding, teacher, train, vocabulary, wide
from .augment import traditional_characters
from .data import POLARITIES, Sample
from .inputs import Encoded, encode_rows

OWN_VARIANTS = 3
PUBLIC_VARIANTS = 2
UNLABELLED = "unlabelled"
LONGEST_TEXT = 300  # characters of a text without labels
TEACHER_TOKENS = 64


@dataclass
class Ragged:
    """Token ids and types of many rows, one after the other."""

    ids: np.ndarray
    types: np.ndarray
    lengths: np.ndarray

    def padded(self, longest: int) -> tuple[np.ndarray, np.ndarray]:
        """ids int16 and types uint8, [rows, longest], padded with zeros."""
        inside = np.arange(longest) < self.lengths[:, None]
        ids, types = np.zeros(inside.shape, np.int16), np.zeros(inside.shape, np.uint8)
        ids[inside], types[inside] = self.ids, self.types
        return ids, types


def ragged(rows: list[Encoded]) -> Ragged:
    return Ragged(
        np.concatenate([r.ids for r in rows]).astype(np.int16),
        np.concatenate([r.types for r in rows]).astype(np.uint8),
        np.array([len(r.ids) for r in rows], np.int16),
    )


def unlabelled(data: Path, seed: int) -> list[Sample]:
    """Texts without labels: parallel text, plain Chinese text, and what agents say in our dialogues."""
    paired = sources.parallel(data, vocabulary.PARALLEL_LIMITS, random.Random(seed))
    customers = {s.text for s in sources.dialogues("train")} | {s.text for zh, en in sources.pairs("train") for s in (zh, en)}
    paired += [(zh, en) for zh, en in sources.dialogue_turns("train") if zh not in customers]
    found = [Sample(text, "zh", UNLABELLED) for text in sources.chinese_texts(data)]
    for zh, en in dict.fromkeys(paired):
        if zh not in customers:
            english = Sample(en, "en", UNLABELLED)
            found += [Sample(zh, "zh", UNLABELLED, twin=english), english]
    return [s for s in found if len(s.text) <= LONGEST_TEXT]


def write(path: Path, data: Path, tokenizer, phrases: wide.Phrases, seed: int) -> None:
    """Write the pack of all training data, of the pretrained weights and of the development sets."""
    rng, corpus = random.Random(seed), train.corpus(data)
    samples = corpus.samples + unlabelled(data, seed)
    rows = [
        (sample_index, row)
        for sample_index, sample in enumerate(samples)
        for row in [(sample.text, sample.context), *variants(sample, corpus, rng)]
    ]
    out = {"row_sample": np.array([index for index, _ in rows], np.int32)}
    out |= prefixed("rows", ragged(encode_rows(tokenizer, [row for _, row in rows])))
    labels = train.targets(corpus.samples, corpus.taxonomy)
    train.balance_emotions(labels, corpus.samples, train.EMOTION_BALANCE)
    out |= {f"labels.{name}": value.astype(np.float16) for name, value in vars(labels).items()}
    names = sorted({s.source for s in samples})
    out["source_names"] = np.array(names)
    out["source"] = np.array([names.index(s.source) for s in samples], np.int8)
    out["chinese"] = np.array([s.lang == "zh" for s in samples])
    twins = {id(s): i for i, s in enumerate(samples)}
    out["twin"] = np.array([twins.get(id(s.twin), -1) if s.twin else -1 for s in samples], np.int32)
    out |= anchors(samples) | initial_rows(tokenizer, data)
    out |= development(data, tokenizer, phrases, corpus.taxonomy)
    found = io.BytesIO()
    np.savez(found, **out)
    path.write_bytes(lzma.compress(found.getvalue(), preset=6))


def variants(sample: Sample, corpus: train.Corpus, rng: random.Random) -> list:
    if sample.source == UNLABELLED:
        return []
    count = OWN_VARIANTS if sample.source in train.OWN else PUBLIC_VARIANTS
    return [train.vary(sample, corpus, rng) for _ in range(count)]


def prefixed(name: str, rows: Ragged) -> dict[str, np.ndarray]:
    return {f"{name}.{key}": value for key, value in vars(rows).items()}


def anchors(samples: list[Sample]) -> dict[str, np.ndarray]:
    """`anchor` of every sample: the number of its English text, -1 without; these texts as the teacher's token ids; and the
    teacher's rows for the ids that occur, numbered anew."""
    weights = pretrained.load()
    sides = [s.english_side() for s in samples]
    texts = list(dict.fromkeys(side[0] for side in sides if side))
    place = {text: i for i, text in enumerate(texts)}
    ids = teacher.encode(weights.tokenizer, texts, TEACHER_TOKENS)
    kept, numbered = np.unique(np.concatenate(ids), return_inverse=True)
    rows = Ragged(numbered.astype(np.int16), np.zeros(len(numbered), np.uint8), np.array([len(i) for i in ids], np.int16))
    out = {"anchor": np.array([place[side[0]] if side else -1 for side in sides], np.int32)}
    out |= prefixed("english", rows) | small("teacher.word", weights.word[kept])
    return out | {f"teacher.{name}": value.astype(np.float16) for name, value in weights.weights.items()}


def initial_rows(tokenizer, data: Path) -> dict[str, np.ndarray]:
    """First embeddings of our own vocabulary."""
    found = vocabulary.first_embeddings(tokenizer, pretrained.load(), sources.glosses(data), traditional_characters())
    return small("first", found)


def small(name: str, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Rows in eight bits."""
    rounded = rounding.nearest(rows, 1, 127)
    return {name: rounded.steps, f"{name}.width": rounded.width}


def development(data: Path, tokenizer, phrases: wide.Phrases, taxonomy: sources.Taxonomy) -> dict[str, np.ndarray]:
    """Rows, labels (-1 where unknown) and the phrases' logits of the development sets."""
    out: dict[str, np.ndarray] = {}
    for name, (samples, with_context) in evaluate.development_sets(data).items():
        encoded = encode_rows(tokenizer, evaluate.rows_of(samples, with_context))
        out |= prefixed(f"dev.{name}", ragged(encoded))
        out[f"dev.{name}.wide"] = np.stack([spoken(e, phrases) for e in encoded]).astype(np.float16)
        for head, order in (("intent", taxonomy.intents), ("polarity", POLARITIES), ("emotion", taxonomy.emotions)):
            known = [getattr(s, head) for s in samples]
            out[f"dev.{name}.{head}"] = np.array([order.index(k) if k else -1 for k in known], np.int16)
    return out


def spoken(encoded: Encoded, phrases: wide.Phrases) -> np.ndarray:
    """What the phrases add to the logits of a row."""
    parts = [phrases.rows[found] for found in wide.rows_of(encoded, phrases.hashes)]
    return sum(part.sum(0) / np.sqrt(max(1, len(part))) for part in parts)


class Pack:
    """The file, read back."""

    def __init__(self, path: Path):
        self.arrays = dict(np.load(io.BytesIO(lzma.decompress(path.read_bytes()))))

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def under(self, prefix: str) -> dict[str, np.ndarray]:
        return {name.removeprefix(prefix): value for name, value in self.arrays.items() if name.startswith(prefix)}

    def ragged(self, name: str) -> Ragged:
        return Ragged(*(self[f"{name}.{key}"] for key in ("ids", "types", "lengths")))

    def small(self, name: str) -> np.ndarray:
        return rounding.Rounded(self[name], self[f"{name}.width"]).values()

    def pretrained(self) -> pretrained.Pretrained:
        """The teacher, knowing only the pieces that occur."""
        weights = {n: v.astype(np.float32) for n, v in self.under("teacher.").items() if not n.startswith("word")}
        layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
        word, inner = self.small("teacher.word"), weights["layers.0.feed_forward.up.bias"].shape[0]
        return pretrained.Pretrained(layers, word.shape[1], pretrained.HEADS, inner, word, weights, None)

    def development_names(self) -> list[str]:
        return [n.removeprefix("dev.").removesuffix(".wide") for n in self.arrays if n.endswith(".wide")]

