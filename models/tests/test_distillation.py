"""The pack that a GPU reads, and the phases of the distillation on a few made-up rows."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from warmseat_models import distillation, packed, reader as rows_of_pack, train
from warmseat_models.data import ABUSE, FLAGS, SENTIMENT_VALUES, Taxonomy
from warmseat_models.encoder import Architecture, Encoder
from warmseat_models.inputs import Encoded

CLS, SEP = 2, 3
TAXONOMY = Taxonomy(["refund_request", "order_status", "thanks_goodbye"], [], [], ["anger", "neutral"])
VOCABULARY = 40


def row(words: list[int], turn: list[int] = []) -> Encoded:
    ids = [CLS, *words, SEP, *turn, *([SEP] if turn else [])]
    return Encoded(ids, [0] * (len(words) + 2) + [2] * (len(ids) - len(words) - 2), False)


@pytest.fixture(scope="module")
def pack():
    """Forty messages in Chinese (words 5 to 19) and English (20 to 39), each with a variant, and four without labels; what is
    wanted hangs on the first word."""
    rng, rows, samples = np.random.default_rng(0), [], []
    for sample in range(44):
        first = 5 if sample % 2 == 0 else 20
        words = [first + sample % 3, *rng.integers(first + 3, first + 15, 5).tolist()]
        for _ in range(2 if sample < 40 else 1):
            rows.append(row(words, [30, 31] if sample % 5 == 0 else []))
            samples.append(sample)
    arrays = {f"rows.{name}": value for name, value in vars(packed.ragged(rows)).items()}
    arrays |= {"row_sample": np.array(samples, np.int32), "source_names": np.array(["pairs", packed.UNLABELLED])}
    arrays |= {"source": np.array([0] * 40 + [1] * 4, np.int8), "chinese": np.arange(44) % 2 == 0, "anchor": np.full(44, -1, np.int32)}
    arrays["twin"] = np.array([i + 1 if i % 2 == 0 and i < 40 else -1 for i in range(44)], np.int32)
    labels = {
        "intent": np.eye(3)[np.arange(40) % 3],
        "sentiment": np.eye(5)[np.full(40, 2)],
        "polarity": np.eye(3)[np.full(40, 1)],
        "emotion": np.eye(2)[np.full(40, 1)],
        "abuse": np.eye(len(ABUSE))[np.zeros(40, int)],
        "flags": np.zeros((40, len(FLAGS))),
    }
    arrays |= {f"labels.{name}": value.astype(np.float16) for name, value in labels.items()}
    found = packed.Pack.__new__(packed.Pack)
    found.arrays = arrays
    return found


@pytest.fixture(scope="module")
def reader(pack):
    return rows_of_pack.Reader(pack)


def test_rows_come_back_as_they_were_packed(pack):
    ids, types = pack.ragged("rows").padded(16)
    assert ids[0].tolist()[:8] == [CLS, 5, *ids[0, 2:7], SEP] and (types[0, 8:11] == 2).all() and ids[0, 11:].sum() == 0
    few = packed.small("word", np.array([[1.0, -2.0], [0.5, 0.25]]))
    assert np.allclose(few["word"] * few["word.width"], [[1, -2], [0.5, 0.25]], atol=0.01)


def test_batches_hold_similar_rows_under_the_budget(monkeypatch):
    monkeypatch.setattr(rows_of_pack, "TOKENS_PER_BATCH", 64)
    lengths = sorted(np.random.default_rng(1).integers(2, 30, 200).tolist())
    parts = rows_of_pack.spans(lengths)
    assert [start for start, _ in parts] == [0, *(end for _, end in parts[:-1])] and parts[-1][1] == 200
    assert all((end - start) * lengths[end - 1] <= 64 for start, end in parts)


def test_varied_rows_keep_their_frame_and_their_language(reader):
    torch.manual_seed(0)
    for batch in reader.draw(reader.drawn, 200, 1.0):
        assert not batch.whole.any() and (batch.ids[:, 0] == CLS).all()
        assert ((batch.ids == SEP).sum(1) == 1 + (batch.types > 0).any(1).int()).all()
        assert (batch.ids[~batch.mask] == 0).all() and (batch.mask.sum(1) >= 2).all()
        words = batch.mask & (batch.types == 0) & (batch.ids > SEP)
        chinese = reader.chinese[batch.samples][:, None].expand_as(words)
        kept = (batch.ids >= 20) != chinese
        # What the agent said stands in the rows' own words, from which Chinese rows may draw, too.
        assert kept[words & ~chinese].all() and kept[words & chinese].float().mean() > 0.8
    whole = next(reader.draw(reader.drawn, 50, 0.0, messages_alone=True))
    assert whole.whole.all() and (whole.types == 0).all()


def test_both_sides_of_a_message_are_in_one_fold(reader):
    assert (reader.fold[0:40:2] == reader.fold[1:40:2]).all() and len(reader.fold[:40].unique()) > 2
    shares = distillation.shares_of(reader, torch.arange(44))
    assert torch.allclose(shares.sum(0), torch.ones(44))
    assert shares[reader.fold[0], 0] == distillation.UNSEEN_SHARE and (shares[:, 43] == 1 / rows_of_pack.FOLDS).all()


def test_a_student_learns_what_teachers_say_together(reader, pack, monkeypatch):
    sizes = {**train.main_heads(TAXONOMY), "abuse": len(ABUSE), "flags": len(FLAGS)}
    assert distillation.head_sizes(pack) == sizes and len(SENTIMENT_VALUES) == sizes["sentiment"]
    for module, name, count in ((distillation, "ROWS_PER_DRAW", 400), (rows_of_pack, "LIKE_PAIRS", 8), (rows_of_pack, "TOKENS_PER_BATCH", 512)):
        monkeypatch.setattr(module, name, count)
    # A clock on which every look takes a hundredth, so that steps are counted and no machine is too slow.
    ticks = itertools.count()
    monkeypatch.setattr(distillation, "time", SimpleNamespace(time=lambda: next(ticks) / 100))
    for name, rate in (("TEACHER_RATE", 5e-3), ("STUDENT_RATE", 5e-3), ("HEADS_RATE", 1e-2)):
        monkeypatch.setattr(distillation, name, rate)
    torch.manual_seed(0)

    def fresh(pool: str) -> Encoder:
        return Encoder(Architecture(VOCABULARY, layers=2, hidden=32, heads=4, intermediate=64, embedding=32, pool=pool), sizes)

    teachers = [fresh("mean") for _ in range(rows_of_pack.FOLDS)]
    for fold, model in enumerate(teachers):
        distillation.train_teacher(model, reader, fold, 0.7)
    pool = distillation.make_pool(teachers, reader, 0.5)
    small, projection = fresh("cls"), torch.nn.Linear(32, 16)
    distillation.train_student(small, projection, reader, pool, 2.0, "student", 0.05, falls=True)
    plain = reader.batch(reader.first[:40], torch.arange(40), reader.lengths[reader.first[:40]], 11)
    wanted = reader.labels.intent[:40].argmax(1)
    for models in (teachers, [small]):
        found = distillation.said(models, plain)[:, : sizes["intent"]].argmax(1)
        assert (found == wanted).float().mean() > 0.9
    agreed = distillation.agreement(dict(zip(sizes, distillation.said([small], plain).split(list(sizes.values()), 1))),
                                    distillation.said(teachers, plain), torch.ones(40))  # fmt: skip
    assert agreed < 1.0
