"""Several large teachers, and a small student that learns to say what they say together. For a GPU; minutes there.

1. `bodies`: the pretrained English teacher's six layers, under our own vocabulary, learn to embed Chinese and English alike as
   that teacher embeds the English side; four of these layers learn the same once more, under a narrower word table.
2. `teachers`: several copies of the large body learn the labels, each with another seed and without another fold of them.
3. `pool`: what they say together, the mean of their logits, about millions of rows: the labelled messages as they stand, in
   variants and with words lost or exchanged, and texts that nobody labelled. As teachers know by heart what they learned, the
   one that never saw a message counts as much as all others.
4. `student`: the small body learns what they say for long, on ever other rows (Beyer et al. 2022, "Knowledge distillation: A
   good teacher is patient and consistent"), and a little of the labels; its lower layers learn beside it that both sides of
   a message are alike. The learning rate is held, then several branches with other seeds let it fall. What ships is the mean
   of the branches.

Every phase has a budget of seconds, so that a GPU of any speed uses the time it is lent.
"""

import argparse
import copy
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import packed, student, teacher, train
from .batches import device
from .calibrate import group_polarity, softmax
from .data import ABUSE, FLAGS, SENTIMENT_VALUES
from .encoder import Encoder
from .inputs import MAX_TOKENS
from .pretrained import Pretrained
from .reader import FOLDS, Batch, Reader, on_device
from .search import SPREAD, WIDTH, contrast

UNLABELLED_DRAWN = 0.25
ROWS_PER_DRAW = 400_000
UNSEEN_SHARE = 0.5
BRANCHES = 3
SECONDS = {"teacher_body": 60, "student_body": 25, "teacher": 35, "pool": 35, "student": 173, "branch": 46}
POOL_ROWS = 2_500_000
BODY_RATE = 5e-4
TEACHER_RATE = 2e-4
STUDENT_RATE = 5e-4
HEADS_RATE = 1e-3
WARM = 0.05
LABELS_WEIGHT = 0.3
LIKENESS_WEIGHT = 0.1
HEAD_WEIGHTS = {"intent": 1.0, "sentiment": 0.5, "emotion": 0.5, "abuse": 0.5}
FLAGS_WEIGHT = 0.3
TEACHER_VARIED = 0.4
POOL_VARIED = 0.5


def forever(make: Callable[[], Iterator]) -> Iterator:
    return itertools.chain.from_iterable(make() for _ in itertools.count())


def learn(
    model: torch.nn.Module,
    heads: list[torch.nn.Parameter],
    batches: Iterator,
    loss_of: Callable,
    seconds: float,
    rate: float,
    name: str,
    warm: float = WARM,
    falls: bool = True,
) -> None:
    """Train in place for so long; the rate rises over the first share `warm` of the time, then falls to 0 or is held."""
    known = {id(p) for p in heads}
    groups = [{"params": [p for p in model.parameters() if id(p) not in known], "top": rate}]
    groups += [{"params": heads, "top": max(rate, HEADS_RATE)}] if heads else []
    adam = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-8, fused=True)
    model.train()
    started, tokens, losses = time.time(), 0, []
    for step in itertools.count():
        progress = (time.time() - started) / seconds
        if progress >= 1:
            break
        factor = min(1.0, (progress + 1e-3) / warm) if warm else 1.0
        for group in adam.param_groups:
            group["lr"] = group["top"] * (min(factor, (1 - progress) / (1 - warm)) if falls else factor)
        batch = next(batches)
        with torch.autocast(device(), torch.bfloat16):
            loss = loss_of(batch, step)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        adam.zero_grad(set_to_none=True)
        losses.append(loss.detach())
        tokens += (batch[0] if isinstance(batch, tuple) else batch).ids.numel()
        if step % 20 == 0:
            loss.item()  # so that the clock and the device agree
    model.eval()
    fifth = max(1, len(losses) // 5)
    trend = " ".join(f"{torch.stack(losses[i : i + fifth]).mean():.3f}" for i in range(0, fifth * 5, fifth) if losses[i : i + fifth])
    print(f"{name}: {step} steps, {tokens / 1e6:.1f} M tokens, {time.time() - started:.0f} s, loss {trend}", flush=True)


def english_embeddings(pack: packed.Pack) -> torch.Tensor:
    """What the pretrained teacher makes of every English text, standardised per dimension, [texts, hidden]."""
    texts, model = pack.ragged("english"), teacher.build(pack.pretrained()).to(device())
    ids, lengths = on_device(texts.padded(packed.TEACHER_TOKENS)[0]), on_device(texts.lengths.astype(np.int64))
    out = torch.zeros(len(ids), model.architecture.hidden, device=device())
    for rows in lengths.argsort().split(2048):
        mask = torch.arange(int(lengths[rows[-1]]) + 7 & ~7, device=device()) < lengths[rows, None]
        found = ids[rows, : mask.shape[1]].long() * mask
        with torch.inference_mode(), torch.autocast(device(), torch.bfloat16):
            out[rows] = F.normalize(model.embed(found, torch.zeros_like(found), mask.long()), dim=-1)
    return (out - out.mean(0)) / out.std(0).clamp(min=1e-3)


def distil_body(model: Encoder, reader: Reader, wanted: torch.Tensor, seconds: float, name: str) -> None:
    """Teach `model` to embed every text that has an English side as the teacher embeds that."""
    weights = (reader.anchor >= 0).float()

    def loss(batch: Batch, _: int) -> torch.Tensor:
        embedding = model.embed(*batch.inputs())
        target = wanted[reader.anchor[batch.samples]]
        return F.mse_loss(embedding, target) + 1 - F.cosine_similarity(embedding, target).mean()

    dropout, model.dropout = model.dropout, 0.0
    model.to(device())
    batches = forever(lambda: reader.draw(weights, ROWS_PER_DRAW, 0.2, messages_alone=True))
    learn(model, [], batches, loss, seconds, BODY_RATE, name)
    model.dropout = dropout


def large_body(pack: packed.Pack, heads: dict[str, int]) -> Encoder:
    """All layers of the pretrained teacher under our vocabulary."""
    weights = pack.pretrained()
    weights.word = pack.small("first")
    body = teacher.build(weights)
    model = Encoder(body.architecture, heads)
    model.load_state_dict(body.state_dict(), strict=False)
    return model


def small_body(large: Encoder, heads: dict[str, int]) -> Encoder:
    """Some layers of the large body under a narrower word table."""
    state = {name: value.cpu().numpy() for name, value in large.state_dict().items()}
    body = {name: value for name, value in state.items() if not name.startswith("heads.")}
    word, a = body.pop("embeddings.word"), large.architecture
    return student.build(Pretrained(a.layers, a.hidden, a.heads, a.intermediate, word, body, None), heads)


def head_sizes(pack: packed.Pack) -> dict[str, int]:
    return {
        "intent": pack["labels.intent"].shape[1],
        "sentiment": len(SENTIMENT_VALUES),
        "emotion": pack["labels.emotion"].shape[1],
        "abuse": len(ABUSE),
        "flags": len(FLAGS),
    }


def train_teacher(model: Encoder, reader: Reader, fold: int, seconds: float) -> None:
    """Learn the labels of all messages outside the fold."""
    weights = reader.drawn * (reader.fold != fold)

    def loss(batch: Batch, _: int) -> torch.Tensor:
        _, logits = model(*batch.inputs())
        return train.hard_loss(logits, reader.labels, batch.samples).mean()

    batches = forever(lambda: reader.draw(weights, ROWS_PER_DRAW, TEACHER_VARIED))
    learn(model, list(model.heads.parameters()), batches, loss, seconds, TEACHER_RATE, f"teacher {fold}")


def said(models: list[Encoder], batch: Batch, shares: torch.Tensor | None = None) -> torch.Tensor:
    """The mean of several models' logits, all heads one after the other, [rows, outputs]; by `shares` [models, rows]."""
    with torch.no_grad(), torch.autocast(device(), torch.bfloat16):
        found = [torch.cat(list(model(*batch.inputs())[1].values()), -1) for model in models]
    return torch.stack(found).mean(0) if shares is None else (torch.stack(found) * shares[:, :, None]).sum(0)


def shares_of(reader: Reader, samples: torch.Tensor) -> torch.Tensor:
    """How much each teacher counts, [teachers, rows]: half for the one that never saw a labelled message, else the same."""
    unseen = F.one_hot(reader.fold[samples], FOLDS).t().float()
    learned = unseen * UNSEEN_SHARE + (1 - unseen) * (1 - UNSEEN_SHARE) / (FOLDS - 1)
    return torch.where(reader.unlabelled[samples], 1 / FOLDS, learned)


def make_pool(teachers: list[Encoder], reader: Reader, seconds: float) -> list[tuple[Batch, torch.Tensor]]:
    """Rows in batches, and what the teachers together say of them; as many as the time allows."""
    weights = reader.drawn + UNLABELLED_DRAWN * reader.unlabelled
    started, pool, rows = time.time(), [], 0
    for batch in forever(lambda: reader.draw(weights, ROWS_PER_DRAW, POOL_VARIED)):
        pool.append((batch, said(teachers, batch, shares_of(reader, batch.samples)).half()))
        rows += len(batch.ids)
        if len(pool) % 20 == 0:
            pool[-1][1].sum().item()  # so that the clock and the device agree
        if rows >= POOL_ROWS or time.time() - started > seconds:
            break
    print(f"pool: {rows} rows in {len(pool)} batches, {time.time() - started:.0f} s", flush=True)
    return pool


def agreement(logits: dict[str, torch.Tensor], wanted: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
    """How far the student is from what the teachers say, head by head; intents count where somebody asks for something."""
    total = 0.0
    for (name, own), theirs in zip(logits.items(), wanted.float().split([l.shape[1] for l in logits.values()], 1)):
        if name == "flags":
            total = total + FLAGS_WEIGHT * F.binary_cross_entropy_with_logits(own, theirs.sigmoid(), reduction="none").sum(-1)
            continue
        total = total + HEAD_WEIGHTS[name] * train.softened_divergence(own, theirs) * (asked if name == "intent" else 1)
    return total.mean()


def likeness(model: Encoder, projection: torch.nn.Linear, sides: list[Batch]) -> torch.Tensor:
    """How far apart the search vectors of both sides of messages are."""
    return contrast(*(projection(model.layer_means(*side.inputs()) * SPREAD).float() for side in sides))


def train_student(
    model: Encoder,
    projection: torch.nn.Linear,
    reader: Reader,
    pool: list[tuple[Batch, torch.Tensor]],
    seconds: float,
    name: str,
    warm: float,
    falls: bool,
) -> None:
    both = torch.nn.ModuleDict({"model": model, "projection": projection})

    def loss(drawn: tuple[Batch, torch.Tensor], step: int) -> torch.Tensor:
        batch, wanted = drawn
        _, logits = model(*batch.inputs())
        asked = torch.where(reader.intents_known | reader.unlabelled, 1.0, 0.2)[batch.samples]
        total = agreement(logits, wanted, asked)
        rows = torch.where(batch.whole, batch.samples, len(reader.labels.intent) - 1)  # the last sample has no labels
        total = total + LABELS_WEIGHT * train.hard_loss(logits, reader.labels, rows).mean()
        if step % 2 == 0:
            total = total + 2 * LIKENESS_WEIGHT * likeness(model, projection, reader.sides_drawn())
        return total

    batches = forever(lambda: (pool[i] for i in torch.randperm(len(pool)).tolist()))
    heads = [*model.heads.parameters(), *projection.parameters()]
    learn(both, heads, batches, loss, seconds, STUDENT_RATE, name, warm, falls)


def measured(models: list[Encoder], pack: packed.Pack, sizes: dict[str, int], name: str) -> None:
    """Print what several models together reach on the development sets, alone and with the phrases' logits added."""
    for kind in pack.development_names():
        rows = pack.ragged(f"dev.{kind}")
        ids, types = (on_device(a) for a in rows.padded(MAX_TOKENS))
        lengths = on_device(rows.lengths.astype(np.int64))
        logits = []
        for part in torch.arange(len(lengths), device=device()).split(2048):
            mask = torch.arange(MAX_TOKENS, device=device()) < lengths[part, None]
            logits.append(said(models, Batch(ids[part], types[part], mask, part, part >= 0)).float().cpu().numpy())
        own, phrases = np.concatenate(logits), pack[f"dev.{kind}.wide"].astype(np.float32)
        found = []
        for share in (0.0, 1.0):
            total = own.copy()
            total[:, : phrases.shape[1]] += share * phrases
            found.append(" ".join(f"{head} {value:.3f}" for head, value in accuracies(total, pack, kind, sizes).items()))
        print(f"{name} {kind}: " + " | ".join(found), flush=True)


def accuracies(logits: np.ndarray, pack: packed.Pack, kind: str, sizes: dict[str, int]) -> dict[str, float]:
    starts = dict(zip(sizes, itertools.accumulate(sizes.values(), initial=0)))
    intent, sentiment, emotion = (logits[:, starts[h] : starts[h] + sizes[h]] for h in ("intent", "sentiment", "emotion"))
    scores = {"intent": intent, "polarity": group_polarity(softmax(sentiment)), "emotion": emotion}
    out = {}
    for head, values in scores.items():
        known = pack[f"dev.{kind}.{head}"] >= 0
        if known.any():
            out[head] = float((values[known].argmax(-1) == pack[f"dev.{kind}.{head}"][known]).mean())
    return out


def run(pack_file: Path, out: Path, scale: float) -> None:
    """All phases, each for a share `scale` of its seconds; leaves the bodies and the branches in `out`, in half precision."""
    started = time.time()
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = True
    pack, seconds = packed.Pack(pack_file), {name: value * scale for name, value in SECONDS.items()}
    reader, sizes = Reader(pack), head_sizes(pack)
    print(f"{reader.samples} samples, {len(reader.ids)} rows, {device()}, {time.time() - started:.0f} s", flush=True)
    large, small = bodies(pack, reader, sizes, out, seconds)
    print(f"bodies after {time.time() - started:.0f} s", flush=True)
    teachers = []
    for fold in range(FOLDS):
        torch.manual_seed(fold)
        model = fresh_heads(large)
        train_teacher(model, reader, fold, seconds["teacher"])
        teachers.append(model)
    measured(teachers[:1], pack, sizes, "one teacher")
    measured(teachers, pack, sizes, "teachers")
    pool = make_pool(teachers, reader, seconds["pool"])
    del teachers
    projection = torch.nn.Linear((len(small.layers) - 1) * small.architecture.hidden, WIDTH).to(device())
    train_student(small, projection, reader, pool, seconds["student"], "student", WARM, falls=False)
    for branch, name in enumerate(branches()):
        torch.manual_seed(100 + branch)
        model = copy.deepcopy(small)
        train_student(model, copy.deepcopy(projection), reader, pool, seconds["branch"], name, 0.0, falls=True)
        measured([model], pack, sizes, name)
        save(model, out / f"{name}.pt")
    print(f"all after {time.time() - started:.0f} s", flush=True)


def branches() -> list[str]:
    return [f"branch_{i}" for i in range(BRANCHES)]


def save(model: Encoder, path: Path) -> None:
    torch.save({name: value.half().cpu() for name, value in model.state_dict().items()}, path)


def fresh_heads(body: Encoder) -> Encoder:
    model = copy.deepcopy(body)
    for head in model.heads.values():
        torch.nn.init.normal_(head.weight, std=0.02)
    return model


def bodies(
    pack: packed.Pack, reader: Reader, sizes: dict[str, int], kept: Path, seconds: dict[str, float]
) -> tuple[Encoder, Encoder]:
    """The large and the small body; learned, or read where that was done before."""
    large, files = large_body(pack, sizes).to(device()), (kept / "large.pt", kept / "small.pt")
    if all(file.exists() for file in files):
        small = small_body(large, sizes).to(device())
        for model, file in zip((large, small), files):
            model.load_state_dict(torch.load(file, map_location=device()))
        return large, small
    wanted = english_embeddings(pack)
    distil_body(large, reader, wanted, seconds["teacher_body"], "large body")
    small = small_body(large, sizes).to(device())
    distil_body(small, reader, wanted, seconds["student_body"], "small body")
    for model, file in zip((large, small), files):
        save(model, file)
    return large, small


def main() -> None:
    parser = argparse.ArgumentParser(prog="warmseat_models.distillation", description=__doc__.splitlines()[0])
    parser.add_argument("pack", type=Path, help="what `pack` wrote")
    parser.add_argument("out", type=Path, help="where bodies and branches are left")
    parser.add_argument("--scale", type=float, default=1.0, help="share of each phase's seconds to take")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    run(arguments.pack, arguments.out, arguments.scale)


if __name__ == "__main__":
    main()
