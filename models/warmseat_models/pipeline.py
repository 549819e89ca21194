"""The stages, in order, and the files each leaves in the work folder. Stages speak to each other only through files."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from . import beside, bundle, card, distillation, evaluate, export, goldens, opinions, packed, pretrained, rounding, rounds, search, student, train, vocabulary, wide
from . import data as sources
from .batches import device
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
        model.load_state_dict(torch.load(self.work / name, map_location="cpu"))
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


def pack(run: Run) -> None:
    """Pack what teachers and student read, for the machine that has a GPU."""
    packed.write(run.work / "pack.xz", run.data, run.tokenizer(), read_phrases(run), run.seed)


def distil(run: Run) -> None:
    """Several teachers, and a student that learns what they say together."""
    if device() == "cpu":
        raise SystemExit(
            f"this takes days without a GPU. Where there is one, `python -m warmseat_models.distillation pack.xz OUT` does it in ten "
            f"minutes: it reads {run.work}/pack.xz alone. Put OUT's files into {run.work} and run this again."
        )
    distillation.run(run.work / "pack.xz", run.work, run.scale)


def gather(run: Run) -> None:
    """The mean of the student's branches."""
    mix(run, branches(), "mean.pt")


def branches() -> list[str]:
    return [f"{branch}.pt" for branch in distillation.branches()]


def studied_corpus(run: Run) -> train.Corpus:
    """All labels, and the variants of the public texts after them."""
    corpus = train.corpus(run.data)
    return replace(corpus, samples=corpus.samples + opinions.variants(opinions.public(corpus.samples), run.seed))


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
    """Read the weights that ship back from bundle/ as floats, to go on from them; with rows for what the vocabulary lacks."""
    state, _, _ = export.recover(run.out / "bundle/model.onnx")
    texts = [s.text for s in train.corpus(run.data).samples if s.source in train.OWN]
    tokenizer = vocabulary.extended(Tokenizer.from_file(str(run.out / "bundle/tokenizer.json")), texts)
    words = np.array(state["embeddings.word"])
    state["embeddings.word"] = vocabulary.with_lacking_rows(words, tokenizer, sources.glosses(run.data))
    torch.save({name: torch.from_numpy(np.array(value)) for name, value in state.items()}, run.work / "shipped.pt")
    tokenizer.save(str(run.work / "tokenizer.json"), pretty=False)


def consult(run: Run) -> None:
    """What the encoder that ships thinks of every support message."""
    corpus = studied_corpus(run)
    found = opinions.asked(corpus.samples, run.student("shipped.pt"), run.tokenizer(), train.main_heads(corpus.taxonomy))
    np.save(run.work / "opinions.npy", found)


def go_on(run: Run) -> None:
    """Rounds over everything from the weights that ship, each with another seed, and their mean."""
    found, corpus = np.load(run.work / "opinions.npy"), studied_corpus(run)
    ends = gone_on()
    for draw, end in enumerate(ends):
        model = run.student("shipped.pt")
        train.fine_tune(model, run.tokenizer(), corpus, run.settings(rounds.GO_ON, draw), found)
        torch.save(model.state_dict(), run.work / end)
    mix(run, ends, "mean.pt")


def gone_on() -> list[str]:
    return [f"gone_on_{i}.pt" for i in range(rounds.GONE_ON)]


def measure_spread(run: Run) -> None:
    """What each of the last rounds reaches by itself, in int8: how much of a figure is the seed's."""
    ends = [end for end in (*gone_on(), *branches()) if (run.work / end).exists()]
    reports = []
    for end in ends:
        model = run.student(end)
        _, parts = student_parts(run, model, search.unlearned(run.architecture()))
        small = export.write_small(rounded(run, model), parts, run.work / "alone")
        reports.append(evaluate.evaluate(small, run.tokenizer(), run.data)["sets"])
    (run.work / "spread.json").write_text(json.dumps(reports, indent=1) + "\n")


def mix(run: Run, ends: list[str], mean: str) -> None:
    """The mean of several rounds' weights."""
    states = [torch.load(run.work / end, map_location="cpu") for end in ends]
    torch.save({name: sum(state[name].float() for state in states) / len(states) for name in states[0]}, run.work / mean)


def learn_phrases(run: Run) -> None:
    """Learn the wide part: what single phrases say."""
    corpus = train.corpus(run.data)
    found = wide.learn(run.tokenizer(), corpus, train.main_heads(corpus.taxonomy), run.seed, run.scale)
    np.savez(run.work / "phrases.npz", **vars(found))


def read_phrases(run: Run) -> wide.Phrases:
    return wide.Phrases(**np.load(run.work / "phrases.npz"))


def write_onnx(run: Run) -> None:
    """Write the fp32 and the int8 ONNX file."""
    model = run.student("student.pt")
    state, parts = student_parts(run, model, search.Projection(**np.load(run.work / "search.npz")))
    export.write_exact(state, parts, run.work)
    export.write_small(rounded(run, model), parts, run.work)


def student_parts(run: Run, model: Encoder, projection: search.Projection) -> tuple[dict[str, np.ndarray], export.Parts]:
    """The model's weights, and what a file is made of beside them."""
    phrases, taxonomy = read_phrases(run), sources.taxonomy(run.data)
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
        bundle.training_data(run.data, samples, vocabulary.PARALLEL_LIMITS),
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
    "phrases": Stage(learn_phrases, ["phrases.npz"]),
    "pack": Stage(pack, ["pack.xz"]),
    "distil": Stage(distil, branches()),
    "gather": Stage(gather, ["mean.pt"]),
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
