"""Measures an ONNX file: every development set, the sets for measuring alone, confidence tiers and calibration.

Prints a table and returns the same as a dictionary. Needs the data folder; never changes a model.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from . import data as sources
from . import search, train, wide
from .batches import token_batches
from .calibrate import chance_calibration_error, doubted, expected_calibration_error, fit_flag_temperature, fit_temperature, group_polarity, sigmoid, softmax
from .data import ABUSE, FLAGS, POLARITIES, SENTIMENT_VALUES, Sample, Taxonomy
from .failures import failures
from .inputs import encode_rows

HEADS = ("intent", "sentiment", "emotion", "abuse", "flags")
TIERS = (0.85, 0.5)
TEMPLATE_SOURCES = {"bitext_cs"}
# What the model is to reach at least.
FLOORS = {
    "authored/zh": {"intent": 0.68, "polarity": 0.85, "emotion_f1": 0.62},
    "authored/en": {"intent": 0.60, "polarity": 0.80, "emotion_f1": 0.60},
    "pairs/zh": {"intent": 0.79, "intent_top3": 0.94, "polarity": 0.84, "emotion_f1": 0.62, "precision_0.85": 0.92, "coverage_0.85": 0.4, "coverage_0.5": 0.7},
    "pairs/en": {"intent": 0.78, "intent_top3": 0.94, "polarity": 0.83, "emotion_f1": 0.60, "precision_0.85": 0.92, "coverage_0.85": 0.4, "coverage_0.5": 0.7},
    "dialogues+context/zh": {"intent": 0.62},
    "dialogues+context/en": {"intent": 0.62},
    "unified_intents/en": {"intent": 0.955},
    "jddc/zh": {"intent": 0.38},
    "jddc+context/zh": {"intent": 0.43},
    "foreign_moods/zh": {"polarity": 0.72},
    "foreign_moods/en": {"polarity": 0.64},
}


class Session:
    """An ONNX file in onnxruntime, run in batches of similar length."""

    def __init__(self, path: Path, tokenizer, threads: int = 2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3  # no node reads `wide.hashes`: that is known
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.tokenizer = tokenizer
        self.hashes = hashes(path)

    def run(self, rows: list[tuple[str, list]], tokens_per_batch: int = 4096) -> dict[str, np.ndarray]:
        """Logits of every head, and `embedding`, in the order of `rows` (text, context)."""
        encoded = encode_rows(self.tokenizer, rows)
        names = [o.name for o in self.session.get_outputs()]
        out: dict[str, np.ndarray] = {}
        for batch in token_batches([len(e.ids) for e in encoded], tokens_per_batch):
            results = self.session.run(names, feeds([encoded[i] for i in batch], self.hashes))
            for name, values in zip(names, results):
                key = name.removesuffix("_logits")
                out.setdefault(key, np.zeros((len(rows), values.shape[1]), np.float32))[batch] = values
        return out


def hashes(path: Path) -> np.ndarray:
    """The hashes of the phrases that a file keeps, uint32 ascending."""
    tensor = next(i for i in onnx.load(path).graph.initializer if i.name == "wide.hashes")
    return numpy_helper.to_array(tensor).view(np.uint32)


def feeds(encoded: list, hashes: np.ndarray) -> dict[str, np.ndarray]:
    """Inputs of a batch, padded with zeros."""
    width = max(len(e.ids) for e in encoded)
    arrays = {n: np.zeros((len(encoded), width), np.int64) for n in ("input_ids", "token_type_ids", "attention_mask")}
    for i, e in enumerate(encoded):
        arrays["input_ids"][i, : len(e.ids)] = e.ids
        arrays["token_type_ids"][i, : len(e.ids)] = e.types
        arrays["attention_mask"][i, : len(e.ids)] = 1
    found = [wide.rows_of(e, hashes) for e in encoded]
    most = max(1, max(len(rows) for parts in found for rows in parts))
    arrays["phrase_rows"] = np.zeros((len(encoded), wide.PARTS, most), np.int64)
    for i, parts in enumerate(found):
        for part, rows in enumerate(parts):
            arrays["phrase_rows"][i, part, : len(rows)] = rows
    return arrays


def development_sets(data: Path) -> dict[str, tuple[list[Sample], bool]]:
    """Samples and whether their context is given to the model. Sets with a language in their name after "/"."""
    sets: dict[str, tuple[list[Sample], bool]] = {}
    authored = sources.authored("dev")
    turns = sources.dialogues("dev")
    for index, lang in enumerate(("zh", "en")):
        sets[f"authored/{lang}"] = ([s for s in authored if s.lang == lang], False)
        sets[f"pairs/{lang}"] = ([pair[index] for pair in sources.pairs("dev")], False)
        sets[f"ways/{lang}"] = ([pair[index] for pair in sources.ways()], False)
        sets[f"dialogues/{lang}"] = ([s for s in turns if s.lang == lang], False)
        sets[f"dialogues+context/{lang}"] = (sets[f"dialogues/{lang}"][0], True)
    sets["unified_intents/en"] = (sources.unified_intents(data, "dev"), False)
    moods = sources.unified_moods(data, "dev")
    for lang in ("zh", "en"):
        sets[f"unified_moods/{lang}"] = ([s for s in moods if s.lang == lang], False)
    return sets


def foreign_sets(data: Path) -> dict[str, tuple[list[Sample], bool]]:
    """As `development_sets`, but of data that are for measuring alone; empty without them."""
    if not (data / "eval_only").exists():
        return {}
    real, moods = sources.jddc(data), sources.foreign_moods(data)
    sets = {"jddc/zh": (real, False), "jddc+context/zh": (real, True)}
    return sets | {f"foreign_moods/{lang}": ([s for s in moods if s.lang == lang], False) for lang in ("zh", "en")}


def rows_of(samples: list[Sample], with_context: bool) -> list[tuple[str, list]]:
    return [(s.text, s.context if with_context else []) for s in samples]


def fit_temperatures(session: Session, taxonomy: Taxonomy) -> dict[str, dict[str, float]]:
    """Temperature by head and setting (see `setting_of`): authored and pairs dev alone, dialogues dev in context. That of
    abuse is fitted on abuse dev, whose messages stand alone, and serves in context, too."""
    out: dict[str, dict[str, float]] = {head: {} for head in HEADS}
    for lang in ("zh", "en"):
        samples = [s for s in sources.abuse("dev") if s.lang == lang]
        labels = np.array([ABUSE.index(s.abuse) for s in samples])
        found = fit_temperature(session.run(rows_of(samples, False))["abuse"], labels, "abuse")
        out["abuse"] |= {lang: found, f"{lang}+context": found}
    pairs, turns = sources.pairs("dev"), [s for s in sources.dialogues("dev") if s.context]
    for index, lang in enumerate(("zh", "en")):
        lone = [s for s in sources.authored("dev") if s.lang == lang] + [pair[index] for pair in pairs]
        for samples, with_context in ((lone, False), ([s for s in turns if s.lang == lang], True)):
            setting = setting_of(samples[0], with_context)
            logits = session.run(rows_of(samples, with_context))
            intents = np.array([taxonomy.intents.index(s.intent) for s in samples])
            polarity = np.array([POLARITIES.index(s.polarity) for s in samples])
            emotions = np.array([taxonomy.emotions.index(s.emotion) for s in samples])
            for head, labels in (("intent", intents), ("sentiment", polarity), ("emotion", emotions)):
                out[head][setting] = fit_temperature(logits[head], labels, head)
            out["flags"][setting] = fit_flag_temperature(logits["flags"], flags_of(samples))
    return out


def flags_of(samples: list[Sample]) -> np.ndarray:
    """[samples, flags] of bool."""
    return np.array([[flag in s.flags() for flag in FLAGS] for s in samples])


def setting_of(sample: Sample, with_context: bool) -> str:
    """What decides the temperature: the language, and whether turns before the message were read with it."""
    return f"{sample.lang}+context" if with_context and sample.context else sample.lang


def probabilities(logits: np.ndarray, temperature: dict, settings: list[str], head: str) -> np.ndarray:
    return doubted(softmax(logits / np.array([temperature[head][setting] for setting in settings])[:, None]), head)


def macro_f1(predicted: np.ndarray, labels: np.ndarray) -> float:
    """Mean F1 over the classes that occur in the labels or the predictions."""
    scores = []
    for c in np.union1d(predicted, labels):
        hit = ((predicted == c) & (labels == c)).sum()
        scores.append(2 * hit / ((predicted == c).sum() + (labels == c).sum()))
    return float(np.mean(scores))


def measure(
    samples: list[Sample], with_context: bool, logits: dict[str, np.ndarray], taxonomy: Taxonomy, temperature: dict
) -> dict:
    """All figures of one set; a figure is absent where the set has no such label."""
    settings = [setting_of(s, with_context) for s in samples]
    out: dict = {"rows": len(samples)}

    def scores(head: str, kept: list[int]) -> np.ndarray:
        return probabilities(logits[head][kept], temperature, [settings[i] for i in kept], head)

    kept = [i for i, s in enumerate(samples) if s.intent]
    if kept:
        labels = np.array([taxonomy.intents.index(samples[i].intent) for i in kept])
        out |= _intent(scores("intent", kept), labels)
    kept = [i for i, s in enumerate(samples) if s.polarity]
    if kept:
        labels = np.array([POLARITIES.index(samples[i].polarity) for i in kept])
        p = group_polarity(scores("sentiment", kept))
        out |= {"polarity": _accuracy(p, labels), "polarity_f1": macro_f1(p.argmax(-1), labels),
                "polarity_ece": expected_calibration_error(p, labels)}
    kept = [i for i, s in enumerate(samples) if s.sentiment is not None]
    if kept:
        values = scores("sentiment", kept) @ np.array(SENTIMENT_VALUES)
        out["sentiment_mae"] = float(np.abs(values - np.array([samples[i].sentiment for i in kept])).mean())
    kept = [i for i, s in enumerate(samples) if s.emotion]
    if kept:
        labels = np.array([taxonomy.emotions.index(samples[i].emotion) for i in kept])
        p = scores("emotion", kept)
        out |= {"emotion": _accuracy(p, labels), "emotion_f1": macro_f1(p.argmax(-1), labels),
                "emotion_ece": expected_calibration_error(p, labels)}
    kept = [i for i, s in enumerate(samples) if s.intent and s.source in train.OWN]
    if kept:
        p = sigmoid(logits["flags"][kept] / np.array([temperature["flags"][settings[i]] for i in kept])[:, None])
        wanted = flags_of([samples[i] for i in kept])
        for column, flag in enumerate(FLAGS):
            out |= {f"{flag}_{name}": value for name, value in found(p[:, column], wanted[:, column]).items()}
        out["abuse_said"] = float((1 - scores("abuse", kept)[:, 0] >= 0.5).mean())
    return {k: v if isinstance(v, int) else round(v, 4) for k, v in out.items()}


def found(scores: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    """Precision and recall at a score of 0.5, and average precision, of what is searched for."""
    said = scores >= 0.5
    hits = float((said & wanted).sum())
    order = np.argsort(-scores, kind="stable")
    right = wanted[order]
    precision_at = np.cumsum(right) / np.arange(1, len(right) + 1)
    return {
        "precision": hits / max(1.0, float(said.sum())),
        "recall": hits / max(1.0, float(wanted.sum())),
        "average_precision": float(precision_at[right].mean()) if right.any() else 0.0,
    }


def abuse_figures(session: Session, temperature: dict) -> dict[str, dict]:
    """How well abuse is found on abuse dev, by language; `kind` is the share of right kinds among what was rightly found.

    Swearing at nobody and self-harm are no abuse of the agent; `at_agent` leaves them out on both sides.
    """
    out = {}
    for lang in ("zh", "en"):
        samples = [s for s in sources.abuse("dev") if s.lang == lang]
        p = probabilities(session.run(rows_of(samples, False))["abuse"], temperature, [lang] * len(samples), "abuse")
        labels = np.array([ABUSE.index(s.abuse) for s in samples])
        kinds = 1 + p[:, 1:].argmax(-1)
        both = (labels > 0) & (p[:, 0] <= 0.5)
        at_agent = [ABUSE.index(kind) for kind in ("insult", "threat", "harassment", "discrimination")]
        figures = found(1 - p[:, 0], labels > 0) | {"kind": float((kinds == labels)[both].mean())}
        aimed = found(np.where(np.isin(kinds, at_agent), 1 - p[:, 0], 0.0), np.isin(labels, at_agent))
        figures |= {f"at_agent_{name}": value for name, value in aimed.items()}
        for kind in ABUSE[1:]:
            rows = labels == ABUSE.index(kind)
            figures[f"{kind}_recall"] = float((p[rows, 0] <= 0.5).mean())
        out[lang] = {"rows": len(samples)} | {name: round(value, 4) for name, value in figures.items()}
    return out


def by_source(samples: list[Sample], logits: dict[str, np.ndarray]) -> dict[str, tuple[list[Sample], dict]]:
    """Samples and logits of each source. Template text says nothing about people's messages and is left out."""
    parts = {}
    for source in sorted({s.source for s in samples} - TEMPLATE_SOURCES):
        kept = [i for i, s in enumerate(samples) if s.source == source]
        parts[source] = ([samples[i] for i in kept], {name: values[kept] for name, values in logits.items()})
    return parts


def _accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float((probabilities.argmax(-1) == labels).mean())


def _intent(p: np.ndarray, labels: np.ndarray) -> dict:
    right = p.argmax(-1) == labels
    top = p.max(-1)
    out = {
        "intent": float(right.mean()),
        "intent_top3": float((np.argsort(-p, -1)[:, :3] == labels[:, None]).any(-1).mean()),
        "intent_f1": macro_f1(p.argmax(-1), labels),
        "intent_ece": expected_calibration_error(p, labels),
        "intent_ece_chance": chance_calibration_error(p),
    }
    for tier in TIERS:
        inside = top >= tier
        out[f"coverage_{tier}"] = float(inside.mean())
        out[f"precision_{tier}"] = float(right[inside].mean()) if inside.any() else 0.0
    return out


def retrieval(session: Session) -> dict[str, float]:
    """R@1 of a message among the other language's sides of pairs dev, by cosine of the search vectors and of their halves."""
    pairs = sources.pairs("dev")
    sides = [session.run([(pair[index].text, []) for pair in pairs])["search"] for index in (0, 1)]
    own, out = np.arange(len(pairs)), {}
    for width in (search.WIDTH, search.WIDTH // 2):
        chinese, english = (side[:, :width] / np.linalg.norm(side[:, :width], axis=-1, keepdims=True) for side in sides)
        similarity = chinese @ english.T
        out[f"zh_to_en_{width}"] = round(float((similarity.argmax(1) == own).mean()), 4)
        out[f"en_to_zh_{width}"] = round(float((similarity.argmax(0) == own).mean()), 4)
    return out


def evaluate(path: Path, tokenizer, data: Path, temperature: dict | None = None) -> dict:
    """All sets of one file. Without `temperature`, temperatures are fitted first."""
    taxonomy = sources.taxonomy(data)
    session = Session(path, tokenizer)
    temperature = temperature or fit_temperatures(session, taxonomy)
    sets, sources_found, lone = {}, {}, []
    for name, (samples, context) in (development_sets(data) | foreign_sets(data)).items():
        logits = session.run(rows_of(samples, context))
        sets[name] = measure(samples, context, logits, taxonomy, temperature)
        if name.startswith(("authored", "pairs")):
            lone.append((samples, logits))
        if name.startswith(("unified", "foreign")):
            for source, (rows, part) in by_source(samples, logits).items():
                sources_found[f"{source}/{samples[0].lang}"] = measure(rows, context, part, taxonomy, temperature)
    return {
        "temperature": temperature,
        "sets": sets,
        "sources": sources_found,
        "abuse": abuse_figures(session, temperature),
        "pairs_retrieval": retrieval(session),
        **failures(
            [s for samples, _ in lone for s in samples],
            {head: np.concatenate([logits[head] for _, logits in lone]) for head in ("intent", "sentiment")},
            tokenizer,
            taxonomy,
        ),
    }


def table(report: dict) -> str:
    """The figures as Markdown; a floor that is missed is marked with "!"."""
    columns = ["rows", "intent", "intent_top3", "precision_0.85", "coverage_0.85", "precision_0.5", "coverage_0.5",
               "intent_ece", "intent_ece_chance", "polarity", "polarity_ece", "emotion", "emotion_f1", "emotion_ece"]
    lines = ["| set | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in (report["sets"] | report.get("sources", {})).items():
        cells = []
        for column in columns:
            value = figures.get(column)
            floor = FLOORS.get(name, {}).get(column)
            text = "–" if value is None else str(value) if column == "rows" else f"{value:.3f}"
            cells.append(text + (" !" if value is not None and floor is not None and value < floor else ""))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    said = report["pairs_retrieval"]
    for width in (search.WIDTH, search.WIDTH // 2):
        there, back = said[f"zh_to_en_{width}"], said[f"en_to_zh_{width}"]
        lines.append(f"\nR@1 on pairs dev, {width} dimensions: zh to en {there:.3f}, en to zh {back:.3f}")
    return "\n".join(lines) + "\n\n" + said_beside(report)


def said_beside(report: dict) -> str:
    """The figures of the abuse and flags heads as Markdown."""
    columns = ("rows", "precision", "recall", "average_precision")
    lines = ["| abuse dev | " + " | ".join(columns) + " | right kind |", "|---" * (len(columns) + 2) + "|"]
    for lang, figures in report["abuse"].items():
        for prefix, name in (("", f"any, {lang}"), ("at_agent_", f"at the agent, {lang}")):
            cells = [figures[prefix + c] if c != "rows" else figures["rows"] for c in columns]
            lines.append(f"| {name} | " + " | ".join(map(str, cells)) + f" | {figures['kind'] if not prefix else '–'} |")
    lines += ["", "| flag | set | precision | recall | average precision |", "|---|---|---|---|---|"]
    for flag in FLAGS:
        for name, figures in report["sets"].items():
            if f"{flag}_precision" in figures:
                cells = [str(figures[f"{flag}_{c}"]) for c in columns[1:]]
                lines.append(f"| {flag} | {name} | " + " | ".join(cells) + " |")
    said = [f"{name} {figures['abuse_said']:.2%}" for name, figures in report["sets"].items() if "abuse_said" in figures]
    return "\n".join(lines) + "\n\nMessages of the other sets in which any abuse is seen: " + ", ".join(said)
