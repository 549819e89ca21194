"""The stages, in order, and the files each leaves in the work folder. Stages speak to each other only through files."""

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from . import beside, bundle, card, evaluate, export, goldens, pretrained, rounding, rounds, search, student, teacher, train, tutor, vocabulary, wide
from . import data as sources
from .augment import traditional_characters
from .encoder import Architecture, Encoder
from .inputs import encode_rows

@dataclass
class Run:
    data: Path
    work: Path
    out: Path
    seed: int = 0
    scale: float = 1.0

    def tokenizer(self) -> Tokenizer:
        return Tokenizer.from_file(str(self.work / "tokenizer.json"))

    def student(self, name: str) -> Encoder:
        """The student with the weights of a stage."""
        heads = train.head_sizes(sources.taxonomy(self.data))
        model = Encoder(self.architecture(), heads)
        model.load_state_dict(torch.load(self.work / name))
        return model.eval()

    def architecture(self) -> Architecture:
        return Architecture(
            vocabulary=self.tokenizer().get_vocab_size(), layers=len(student.LAYERS_TAKEN), embedding=student.EMBEDDING
        )

    def settings(self, base: train.Settings, draw: int) -> train.Settings:
        return train.Settings(**{**vars(base), "epochs": base.epochs * self.scale, "seed": self.seed + draw})


@dataclass
class Stage:
    run: Callable[[Run], None]
    outputs: list[str]


def make_vocabulary(run: Run) -> None:
    """Learn the vocabulary from the training texts."""
    chinese, english = vocabulary.training_texts(run.data, run.seed)
    vocabulary.build(chinese, english, pretrained.load().tokenizer).save(str(run.work / "tokenizer.json"), pretty=False)


def embed(run: Run) -> None:
    """The teacher's embeddings of the English texts to distil on."""
    paired, english = teacher.corpus(run.data, run.seed)
    weights = pretrained.load()
    texts = [en for _, en in paired] + english
    np.save(run.work / "embeddings.npy", teacher.embed(teacher.build(weights), weights.tokenizer, texts))


def distil(run: Run) -> None:
    """Teach the student to embed both languages as the teacher embeds English."""
    paired, english = teacher.corpus(run.data, run.seed)
    wanted = student.standardised(np.load(run.work / "embeddings.npy"))
    tokenizer, weights, traditional = run.tokenizer(), pretrained.load(), traditional_characters()
    rows = vocabulary.first_embeddings(tokenizer, weights, sources.glosses(run.data), traditional)
    model = student.build(tokenizer, weights, rows, train.head_sizes(sources.taxonomy(run.data)))
    epochs = rounds.DISTIL_EPOCHS * run.scale
    student.distil(model, tokenizer, paired, english, wanted, traditional, epochs, rounds.DISTIL_RATE, run.seed)
    torch.save(model.state_dict(), run.work / "distilled.pt")


def train_student(run: Run) -> None:
    """Fine-tune the distilled student on the labels, its embedding still held near the teacher's."""
    fine_tune(run, "distilled.pt", "trained.pt", rounds.STUDENT)


def refine_student(run: Run) -> None:
    """Fine-tune once more, mostly on our own corpus, rare emotions weighing more."""
    fine_tune(run, "trained.pt", "refined.pt", rounds.REFINE)


def broaden_student(run: Run) -> None:
    """Fine-tune the first round's student once more in another way: with more of the public sets, in another order."""
    fine_tune(run, "trained.pt", "broadened.pt", rounds.BROADEN, draw=1)


def average_students(run: Run) -> None:
    """The mean of the three rounds' weights, with a little of the distilled body.

    The mean (Wortsman et al. 2022, "Model soups") keeps most of what each round is better at; a share of the weights from
    before fine-tuning (Wortsman et al. 2022, "Robust fine-tuning") helps on messages unlike the training data.
    """
    states = [torch.load(run.work / name) for name in ("trained.pt", "refined.pt", "broadened.pt")]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    for name, value in torch.load(run.work / "distilled.pt").items():
        if not name.startswith("heads."):
            mean[name] += rounds.DISTILLED_SHARE / (1 + rounds.DISTILLED_SHARE) * (value - mean[name])
    torch.save(mean, run.work / "averaged.pt")


def settle_student(run: Run) -> None:
    """One gentle round over everything from the averaged weights, and the weighted mean of before and after."""
    fine_tune(run, "averaged.pt", "settled.pt", rounds.SETTLE, draw=2)
    mix(run, {"averaged.pt": 1 - rounds.SETTLED_SHARE, "settled.pt": rounds.SETTLED_SHARE}, "mixed.pt")


def rehearse_student(run: Run) -> None:
    """Two last rounds mostly on the public English intents, which our own larger corpus crowds out, and the mean."""
    fine_tune(run, "mixed.pt", "rehearsed.pt", rounds.REHEARSE, draw=3)
    fine_tune(run, "rehearsed.pt", "rehearsed_again.pt", rounds.REHEARSE_AGAIN, draw=4)
    mix(run, dict(zip(("mixed.pt", "rehearsed.pt", "rehearsed_again.pt"), rounds.REHEARSED_SHARES)), "practised.pt")


def train_tutors(run: Run) -> None:
    """The general tutor, and the specialist on the public intents (see tutor.py)."""
    corpus, weights = tutor.english(train.corpus(run.data)), pretrained.load()
    for settings, draw, name in ((rounds.TUTOR, 0, "tutor.pt"), (rounds.SPECIALIST, 5, "specialist.pt")):
        model = tutor.build(weights, train.main_heads(corpus.taxonomy))
        train.fine_tune(model, weights.tokenizer, corpus, run.settings(settings, draw))
        torch.save(model.state_dict(), run.work / name)


def studied_corpus(run: Run) -> train.Corpus:
    """All labels, and the variants of the public texts after them."""
    corpus = train.corpus(run.data)
    return replace(corpus, samples=corpus.samples + tutor.variants(tutor.public(corpus.samples), run.seed))


def ask_tutors(run: Run) -> None:
    """What tutors and student together think of every support message: the specialist of public texts and their variants,
    else the general tutor."""
    corpus, weights = studied_corpus(run), pretrained.load()
    samples, heads = corpus.samples, train.main_heads(corpus.taxonomy)
    model = tutor.build(weights, heads)
    model.load_state_dict(torch.load(run.work / "tutor.pt"))
    opinions = tutor.opinions(model, weights.tokenizer, samples)
    model.load_state_dict(torch.load(run.work / "specialist.pt"))
    special = [i for i, s in enumerate(samples) if train.is_support(s) and s.source not in train.OWN]
    found = tutor.opinions(model, weights.tokenizer, [samples[i] for i in special])
    opinions[special, : heads["intent"]] = found[:, : heads["intent"]]
    np.save(run.work / "opinions.npy", joined(run, "practised.pt", corpus, opinions))


def joined(run: Run, name: str, corpus: train.Corpus, opinions: np.ndarray) -> np.ndarray:
    """The opinions of tutors on every support message, each with that of the student of a stage and its phrases; NaN on
    other messages."""
    samples, heads = corpus.samples, train.main_heads(corpus.taxonomy)
    asked = [i for i, s in enumerate(samples) if train.is_support(s)]
    state, parts = student_parts(run, run.student(name), search.unlearned(run.architecture()))
    exact = export.write_exact(state, parts, run.work / "asked")
    own = evaluate.Session(exact, run.tokenizer()).run([(samples[i].text, samples[i].context) for i in asked])
    out = opinions.copy()
    out[asked] = tutor.joint([own[head] for head in heads], opinions[asked], list(heads.values()))
    return out


def study(run: Run) -> None:
    """Rounds of labels and the tutors' opinions at once: one from the mixed weights, then several from there, each in
    another order; and the mean of those."""
    corpus, opinions = studied_corpus(run), np.load(run.work / "opinions.npy")
    starts = [("mixed.pt", rounds.STUDY, "studied.pt")]
    starts += [("studied.pt", rounds.STUDY_AGAIN, end) for end in studied()]
    for draw, (start, settings, end) in enumerate(starts, 5):
        model = run.student(start)
        train.fine_tune(model, run.tokenizer(), corpus, run.settings(settings, draw), opinions=opinions)
        torch.save(model.state_dict(), run.work / end)
    mix(run, {end: 1 / rounds.STUDIES for _, _, end in starts[1:]}, "mean.pt")


def learn_beside(run: Run) -> None:
    """Learn the heads of abuse and flags once more on the finished encoder."""
    model = run.student("mean.pt")
    beside.learn(model, run.tokenizer(), train.corpus(run.data), run.seed)
    torch.save(model.state_dict(), run.work / "student.pt")


def learn_search(run: Run) -> None:
    """Learn the search vector on the finished encoder."""
    model, sides = run.student("student.pt"), zip(*search.bilingual())
    chinese, english = (search.features(model, run.tokenizer(), list(texts)) for texts in sides)
    found = search.learn(chinese, english, run.seed, round(search.STEPS * run.scale))
    np.savez(run.work / "search.npz", **vars(found))


def recover(run: Run) -> None:
    """Read the weights that ship back from bundle/ as floats, to go on from them."""
    state, _, _ = export.recover(run.out / "bundle/model.onnx")
    torch.save({name: torch.from_numpy(np.array(value)) for name, value in state.items()}, run.work / "shipped.pt")
    shutil.copy(run.out / "bundle/tokenizer.json", run.work / "tokenizer.json")


def consult(run: Run) -> None:
    """What the weights that ship think of every support message, with the phrases as they were learned anew."""
    corpus = studied_corpus(run)
    nobody = np.full((len(corpus.samples), sum(train.main_heads(corpus.taxonomy).values())), np.nan, np.float16)
    np.save(run.work / "opinions.npy", joined(run, "shipped.pt", corpus, nobody))


def go_on(run: Run) -> None:
    """Rounds over everything from the weights that ship, each with another seed, and the weighted mean of these and of
    what ships."""
    opinions, corpus = np.load(run.work / "opinions.npy"), studied_corpus(run)
    ends = gone_on()
    for draw, end in enumerate(ends):
        model = run.student("shipped.pt")
        train.fine_tune(model, run.tokenizer(), corpus, run.settings(rounds.GO_ON, draw), opinions=opinions)
        torch.save(model.state_dict(), run.work / end)
    shares = dict.fromkeys(ends, rounds.GONE_ON_SHARE / len(ends))
    mix(run, {**shares, "shipped.pt": 1 - rounds.GONE_ON_SHARE}, "mean.pt")


def gone_on() -> list[str]:
    return [f"gone_on_{i}.pt" for i in range(rounds.GONE_ON)]


def studied() -> list[str]:
    return [f"studied_{i}.pt" for i in range(rounds.STUDIES)]


def measure_spread(run: Run) -> None:
    """What each of the last rounds reaches by itself, in int8: how much of a figure is the seed's."""
    ends = [end for end in (*gone_on(), *studied()) if (run.work / end).exists()]
    reports = []
    for end in ends:
        model = run.student(end)
        _, parts = student_parts(run, model, search.unlearned(run.architecture()))
        small = export.write_small(rounded(run, model), parts, run.work / "alone")
        reports.append(evaluate.evaluate(small, run.tokenizer(), run.data)["sets"])
    (run.work / "spread.json").write_text(json.dumps(reports, indent=1) + "\n")


def mix(run: Run, shares: dict[str, float], end: str) -> None:
    """The weighted mean of several rounds' weights."""
    states = [(torch.load(run.work / name), share) for name, share in shares.items()]
    torch.save({name: sum(state[name] * share for state, share in states) for name in states[0][0]}, run.work / end)


def fine_tune(run: Run, start: str, end: str, settings: train.Settings, draw: int = 0) -> None:
    """Train the weights of `start` on the labels into `end`. Another `draw` is another order and augmentation."""
    corpus = train.corpus(run.data)
    paired, english = teacher.corpus(run.data, run.seed)
    wanted = student.standardised(np.load(run.work / "embeddings.npy"))
    place = {text: i for i, (zh, en) in enumerate(paired) for text in (zh, en)}
    place |= {text: len(paired) + i for i, text in enumerate(english)}
    embeddings = np.full((len(corpus.samples), wanted.shape[1]), np.nan, np.float16)
    for row, sample in enumerate(corpus.samples):
        if sample.text in place:
            embeddings[row] = wanted[place[sample.text]]
    model = run.student(start)
    train.fine_tune(model, run.tokenizer(), corpus, run.settings(settings, draw), embeddings)
    torch.save(model.state_dict(), run.work / end)


def learn_phrases(run: Run) -> None:
    """Learn the wide part: what single phrases say."""
    corpus = train.corpus(run.data)
    found = wide.learn(run.tokenizer(), corpus, train.main_heads(corpus.taxonomy), run.seed, run.scale)
    np.savez(run.work / "phrases.npz", **vars(found))


def write_onnx(run: Run) -> None:
    """Write the fp32 and the int8 ONNX file."""
    model = run.student("student.pt")
    state, parts = student_parts(run, model, search.Projection(**np.load(run.work / "search.npz")))
    export.write_exact(state, parts, run.work)
    export.write_small(rounded(run, model), parts, run.work)


def student_parts(run: Run, model: Encoder, projection: search.Projection) -> tuple[dict[str, np.ndarray], export.Parts]:
    """The model's weights, and what a file is made of beside them."""
    phrases, taxonomy = wide.Phrases(**np.load(run.work / "phrases.npz")), sources.taxonomy(run.data)
    heads = train.head_sizes(taxonomy), train.main_heads(taxonomy)
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    return state, export.Parts(phrases, projection, run.architecture(), *heads)


def rounded(run: Run, model: Encoder) -> dict[str, np.ndarray]:
    return rounding.rounded(model, encode_rows(run.tokenizer(), ordinary_messages(run)))


def ordinary_messages(run: Run) -> list[tuple[str, list[tuple[str, str]]]]:
    """Messages to train on for which the rounded weights are to say what the exact ones say; half of them without context."""
    rng = random.Random(run.seed)
    asked = [s for s in train.corpus(run.data).samples if train.is_support(s)]
    drawn = rng.sample(asked, min(rounding.MESSAGES, len(asked)))
    return [(s.text, s.context if rng.random() < 0.5 else []) for s in drawn]


def measure(run: Run) -> None:
    """Measure both files on every development set, with the int8 file's temperatures."""
    tokenizer = run.tokenizer()
    small = evaluate.evaluate(run.work / "encoder.int8.onnx", tokenizer, run.data)
    exact = evaluate.evaluate(run.work / "encoder.fp32.onnx", tokenizer, run.data, small["temperature"])
    for name, report in (("fp32", exact), ("int8", small)):
        (run.work / f"report.{name}.json").write_text(json.dumps(report, indent=1) + "\n")
        print(f"\n{name}\n{evaluate.table(report)}", flush=True)


def make_bundle(run: Run) -> None:
    """Write bundle/, goldens/ and the tables of the model card."""
    full, report = (json.loads((run.work / f"report.{name}.json").read_text()) for name in ("fp32", "int8"))
    samples = train.corpus(run.data).samples
    bundle.write(
        run.out / "bundle",
        run.work / "encoder.int8.onnx",
        run.tokenizer(),
        run.architecture(),
        sources.taxonomy(run.data),
        report["temperature"],
        bundle.training_data(run.data, samples, teacher.PARALLEL_LIMITS),
        {part: report[part] for part in ("sets", "sources", "abuse", "pairs_retrieval")},
    )
    (run.out / "goldens/fp32.json").write_text(json.dumps(full["sets"], indent=1) + "\n")
    manifest = json.loads((run.out / "bundle/manifest.json").read_text("utf-8"))
    spread = json.loads((run.work / "spread.json").read_text())
    card.write(run.out / "MODEL_CARD.md", full, report, spread, manifest)
    rounded, small = run.work / "encoder.rounded.onnx", run.out / "bundle/model.onnx"
    goldens.write(rounded, small, run.tokenizer(), run.out / "goldens/encoder.jsonl")


STAGES = {
    "vocabulary": Stage(make_vocabulary, ["tokenizer.json"]),
    "embed": Stage(embed, ["embeddings.npy"]),
    "distil": Stage(distil, ["distilled.pt"]),
    "train": Stage(train_student, ["trained.pt"]),
    "refine": Stage(refine_student, ["refined.pt"]),
    "broaden": Stage(broaden_student, ["broadened.pt"]),
    "average": Stage(average_students, ["averaged.pt"]),
    "settle": Stage(settle_student, ["settled.pt", "mixed.pt"]),
    "rehearse": Stage(rehearse_student, ["rehearsed.pt", "rehearsed_again.pt", "practised.pt"]),
    "phrases": Stage(learn_phrases, ["phrases.npz"]),
    "tutor": Stage(train_tutors, ["tutor.pt", "specialist.pt"]),
    "ask": Stage(ask_tutors, ["opinions.npy"]),
    "study": Stage(study, ["studied.pt", *studied(), "mean.pt"]),
    "spread": Stage(measure_spread, ["spread.json"]),
    "beside": Stage(learn_beside, ["student.pt"]),
    "search": Stage(learn_search, ["search.npz"]),
    "export": Stage(write_onnx, ["encoder.fp32.onnx", "encoder.rounded.onnx", "encoder.int8.onnx"]),
    "evaluate": Stage(measure, ["report.fp32.json", "report.int8.json"]),
    "bundle": Stage(make_bundle, []),
}
# From the weights that ship instead of from the beginning.
CONTINUED = {
    "recover": Stage(recover, ["shipped.pt", "tokenizer.json"]),
    "phrases": STAGES["phrases"],
    "consult": Stage(consult, ["opinions.npy"]),
    "go_on": Stage(go_on, [*gone_on(), "mean.pt"]),
    **{name: STAGES[name] for name in ("spread", "beside", "search", "export", "evaluate", "bundle")},
}
