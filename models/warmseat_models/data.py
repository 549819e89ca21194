"""Reads our own corpus and the data folder into samples. Owns the file formats; knows nothing of tokens or weights.

`eval_only/` is read by `jddc` and `foreign_moods` alone, which only the evaluation calls.
"""

import gzip
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
# Rounds of writing.
ROUNDS = ("", "second.", "third.", "fourth.", "fifth.", "sixth.", "seventh.", "eighth.", "ninth.", "tenth.", "eleventh.", "twelfth.", "thirteenth.", "fourteenth.", "fifteenth.")
POLARITIES = ["negative", "neutral", "positive"]
SENTIMENT_VALUES = [-2, -1, 0, 1, 2]
VALENCE_CUT = 1.0
# The polarity that feelings heard in a line of XED have; surprise and anticipation have none.
FELT = {
    **dict.fromkeys(("anger", "disgust", "fear", "sadness"), "negative"),
    "neutral": "neutral",
    **dict.fromkeys(("joy", "trust"), "positive"),
}
ABUSE = ["none", "insult", "threat", "harassment", "discrimination", "self_harm", "profanity_not_at_agent"]
# Said beside any intent; each is a class of the taxonomy, too.
FLAGS = ["complaint", "human_agent"]


@dataclass
class Sample:
    """One message with whatever labels its source has. `sentiment` is -2..2; `polarity` is the 3-class label."""

    text: str
    lang: str
    source: str
    context: list[tuple[str, str]] = field(default_factory=list)
    intent: str | None = None
    also: list[str] = field(default_factory=list)
    sentiment: int | None = None
    polarity: str | None = None
    emotion: str | None = None
    abuse: str | None = None
    channel: str | None = None
    sector: str | None = None
    valence: float | None = None
    """Mean of twenty readers' ratings, -4..4, where there are such; the polarity is a cut through it at VALENCE_CUT on either side."""
    twin: "Sample | None" = None
    newest: bool = False
    """Of the newest round of writing, or a correction: the model that ships has not learned it."""

    def flags(self) -> list[str]:
        return [flag for flag in FLAGS if flag == self.intent or flag in self.also]

    def english_side(self) -> tuple[str, list[tuple[str, str]]] | None:
        """(text, context) of the same message in English; None where nobody wrote it."""
        side = self if self.lang == "en" else self.twin
        return side and (side.text, side.context)


@dataclass
class Taxonomy:
    intents: list[str]
    tickets: list[str]
    acts: list[str]
    emotions: list[str]


def read_jsonl(path: Path) -> list[dict]:
    """Rows of `path`, or of `path` + ".gz" where only that exists."""
    if not path.exists():
        path = path.with_name(path.name + ".gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def taxonomy(data: Path) -> Taxonomy:
    categories = json.loads((data / "taxonomy/intent_taxonomy.json").read_text("utf-8"))["categories"]
    emotions = json.loads((data / "taxonomy/emotion_sentiment.json").read_text("utf-8"))["emotion"]
    return Taxonomy(
        intents=[c["id"] for c in categories],
        tickets=[c["id"] for c in categories if c["kind"] == "ticket"],
        acts=[c["id"] for c in categories if c["kind"] == "dialogue_act"],
        emotions=emotions,
    )


def polarity_of(sentiment: int) -> str:
    return POLARITIES[(sentiment > 0) - (sentiment < 0) + 1]


def corrections(intents: list[str], folder: Path = CORPUS / "corrections") -> list[Sample]:
    """What agents corrected, as their devices export it: `*.jsonl` of redacted text, lang and label.

    Only classes of the taxonomy are taken: a team's own labels (`team_…`) are learned on its devices. The newest word of a
    text counts; files are read in the order of their names.
    """
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in read_jsonl(path)]
    newest = {row["text"]: row for row in rows if row["label"] in intents and row["lang"] in ("zh", "en")}
    return [Sample(row["text"], row["lang"], "corrections", intent=row["label"], newest=True) for row in newest.values()]


def _own(name: str, split: str) -> list[dict]:
    """Rows of our own corpus; only the first round has them of every kind and for every split."""
    found = []
    for one in ROUNDS:
        path = CORPUS / f"{one}{name}{split}.jsonl"
        rows = _with_abuse(read_jsonl(path)) if path.exists() else []
        for part in _labelled(rows):
            part["newest"] = one == ROUNDS[-1]
        found += rows
    return found


def _labelled(rows: list[dict]) -> list[dict]:
    """What has labels: rows, or the turns in them."""
    return [part for row in rows for part in row.get("turns", [row])]


def _with_abuse(rows: list[dict]) -> list[dict]:
    """A file that names abuse anywhere means "none" where it is silent; another does not know."""
    labelled = _labelled(rows)
    if any("abuse" in part for part in labelled):
        for part in labelled:
            part.setdefault("abuse", "none")
    return rows


def _labels(row: dict) -> dict:
    return {
        "intent": row.get("intent"),
        "also": row.get("also", []),
        "sentiment": row["sentiment"],
        "polarity": polarity_of(row["sentiment"]),
        "emotion": row["emotion"],
        "abuse": row.get("abuse"),
        "channel": row.get("channel"),
        "sector": row.get("sector"),
        "newest": row["newest"],
    }


def authored(split: str) -> list[Sample]:
    rows = _own("", split)
    return [Sample(r["text"], r["lang"][:2], "authored", **_labels(r)) for r in rows]


def pairs(split: str) -> list[tuple[Sample, Sample]]:
    """(Chinese, English) samples of the same message."""
    return _bilingual("pairs", split)


def ways() -> list[tuple[Sample, Sample]]:
    """(Chinese, English) samples of messages with emoji, and of such whose Chinese side is Cantonese or Taiwanese; for development
    alone."""
    return _bilingual("ways", "dev")


def posts(split: str) -> list[Sample]:
    """Both sides of reviews, posts and talk outside support, which have moods alone."""
    return [side for both in _bilingual("posts", split) for side in both]


def _bilingual(name: str, split: str) -> list[tuple[Sample, Sample]]:
    found = []
    for r in _own(f"{name}.", split):
        english = Sample(r["en"], "en", name, **_labels(r))
        found.append((Sample(r["zh"], "zh", name, **_labels(r), twin=english), english))
    return found


def dialogues(split: str) -> list[Sample]:
    """Customer turns in both languages, each with all the turns before it as context."""
    samples = []
    for row in _own("dialogues.", split):
        turns = {lang: _customer_turns(row["turns"], lang) for lang in ("zh", "en")}
        for chinese, english in zip(turns["zh"], turns["en"]):
            chinese.twin = english
        samples += turns["zh"] + turns["en"]
    return samples


def _customer_turns(turns: list[dict], lang: str) -> list[Sample]:
    samples, context = [], []
    for turn in turns:
        if turn["author"] == "customer":
            samples.append(Sample(turn[lang], lang, "dialogues", list(context), **_labels(turn)))
        if turn["author"] in ("customer", "agent"):
            context.append((turn["author"], turn[lang]))
    return samples


def dialogue_turns(split: str) -> list[tuple[str, str]]:
    """(Chinese, English) texts of every turn."""
    rows = _own("dialogues.", split)
    return [(turn["zh"], turn["en"]) for row in rows for turn in row["turns"]]


def spoken(split: str, lang: str) -> list[tuple[str, str]]:
    """(Text, author) of every turn that a customer or an agent says."""
    rows = _own("dialogues.", split)
    return [(turn[lang], turn["author"]) for row in rows for turn in row["turns"] if turn["author"] in ("customer", "agent")]


def abuse(split: str) -> list[Sample]:
    """Both sides of messages written around abuse, by an author who wrote nothing to train on."""
    rows = read_jsonl(CORPUS / f"abuse.{split}.jsonl")
    return [Sample(r[lang], lang, "abuse", abuse=r["abuse"]) for r in rows for lang in ("zh", "en")]


def agent_openings() -> dict[str, list[str]]:
    """The first agent turn of every training dialogue, by language: plausible context for single messages."""
    openings = {"zh": [], "en": []}
    for row in _own("dialogues.", "train"):
        first = next((t for t in row["turns"] if t["author"] == "agent"), None)
        if first:
            openings["zh"].append(first["zh"])
            openings["en"].append(first["en"])
    return openings


def unified_intents(data: Path, split: str) -> list[Sample]:
    rows = read_jsonl(data / f"unified_intents_en/{split}.jsonl")
    return [Sample(r["text"], "en", r["source"], intent=r["label"]) for r in rows]


def unified_moods(data: Path, split: str) -> list[Sample]:
    """unified_sentiment and unified_emotion, rows of the same text and source merged into one sample; with XED's polarities and
    the ratings of the VADER ground truth, which they leave out."""
    samples: dict[tuple[str, str], Sample] = {}

    def of(row: dict, source: str) -> Sample:
        return samples.setdefault((source, row["text"]), Sample(row["text"], row["lang"][:2], source))

    for name, attribute in (("unified_sentiment", "polarity"), ("unified_emotion", "emotion")):
        for r in read_jsonl(data / f"{name}/{split}.jsonl"):
            setattr(of(r, r["source"]), attribute, r["label"])
    for r in read_jsonl(data / f"xed/{split}.jsonl"):
        if felt := felt_polarity(r["label"]):
            of(r, "xed").polarity = felt
    for r in read_jsonl(data / f"vader_groundtruth/{split}.jsonl"):
        if known := samples.get(("vader_groundtruth", r["text"])):
            known.valence = r["valence"]
    return list(samples.values())


def felt_polarity(feelings: list[str]) -> str | None:
    """The polarity of a line in which these feelings are heard; None where they have none or contradict each other."""
    found = {FELT[feeling] for feeling in feelings if feeling in FELT}
    return found.pop() if len(found) == 1 else None


def foreign_moods(data: Path) -> list[Sample]:
    """Reviews, posts and lines of a comedy, with their polarity; evaluation only."""
    rows = read_jsonl(data / "eval_only/unified_sentiment_restricted/dev.jsonl")
    return [Sample(r["text"], r["lang"][:2], r["source"], polarity=r["label"]) for r in rows]


def jddc(data: Path) -> list[Sample]:
    """Real Chinese turns; evaluation only."""
    rows = read_jsonl(data / "eval_only/unified_intents_zh_jddc/dev.jsonl")
    authors = {"user": "customer", "agent": "agent"}
    return [
        Sample(r["text"], "zh", "jddc", [(authors[a], t) for a, t in r["context"]], intent=r["label"]) for r in rows
    ]


def parallel(data: Path, limits: dict[str, int], rng: random.Random) -> list[tuple[str, str]]:
    """(Chinese, English) texts with permissive licences; `limits` caps the rows drawn from a source."""
    by_source: dict[str, list[tuple[str, str]]] = {}
    for r in read_jsonl(data / "parallel/parallel_zh_en.jsonl"):
        by_source.setdefault(r["source"], []).append((r["zh"], r["en"]))
    chosen = []
    for source, texts in sorted(by_source.items()):
        limit = limits.get(source, len(texts))
        chosen += texts if limit >= len(texts) else rng.sample(texts, limit)
    return chosen


def glosses(data: Path) -> list[tuple[str, str]]:
    """(Chinese word, English glosses) of the dictionary in the parallel text."""
    rows = read_jsonl(data / "parallel/parallel_zh_en.jsonl")
    return [(r["zh"], r["en"]) for r in rows if r["source"] == "cc-cedict"]


def chinese_texts(data: Path) -> list[str]:
    return [r["text"] for r in read_jsonl(data / "parallel/zh_text.jsonl")]
