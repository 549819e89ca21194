"""Writes the measured tables of MODEL_CARD.md, each between its own pair of markers `<!-- name -->` and `<!-- /name -->`."""

import re
from pathlib import Path
from statistics import mean, stdev

from .evaluate import FLOORS, HEADS, table

COMPARED = ("intent", "polarity", "emotion", "emotion_f1")


def write(card: Path, exact: dict, small: dict, alone: list[dict], manifest: dict) -> None:
    """Replace the title and every table of `card` from the manifest, the reports of the fp32 and the int8 file, and the sets'
    figures of each last round alone. ValueError when a marker is missing."""
    text = re.sub("^# .*", f"# Model card: {manifest['name']} {manifest['version']}", card.read_text("utf-8"))
    sets = {key: small[key] for key in ("sets", "abuse", "pairs_retrieval")}
    parts = {
        "figures": table(sets).replace(" !", " (below floor)"),
        "floors": floors(small),
        "int8": comparison(exact, small),
        "spread": spread(alone, small),
        "sources": by_source(small),
        "slices": slices(small["slices"]),
        "confusions": confusions(small["confusions"]),
        "training": training(manifest["training_data"]),
        "temperatures": "; ".join(
            f"{head} " + ", ".join(f"{lang} {value}" for lang, value in small["temperature"][head].items()) for head in HEADS
        ),
    }
    for name, part in parts.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if start not in text or end not in text:
            raise ValueError(f"{card.name} lacks the markers {start} and {end}")
        text = re.sub(f"{start}.*?{end}", lambda _: f"{start}\n{part}\n{end}", text, flags=re.DOTALL)
    card.write_text(text, "utf-8")


def floors(report: dict) -> str:
    rows = [
        f"| {name} {figure} | {floor:.3f} | {report['sets'][name][figure]:.3f} |"
        for name, wanted in FLOORS.items()
        for figure, floor in wanted.items()
        if report["sets"].get(name, {}).get(figure, floor) < floor
    ]
    return "\n".join(["| set, figure | floor | int8 |", "|---|--:|--:|", *rows]) if rows else "None."


def comparison(exact: dict, small: dict) -> str:
    lines = ["| set | " + " | ".join(f"{c} fp32 → int8" for c in COMPARED) + " |", "|---" * (len(COMPARED) + 1) + "|"]
    for name, before in exact["sets"].items():
        after = small["sets"][name]
        cells = [f"{before[c]:.3f} → {after[c]:.3f}" if c in before else "–" for c in COMPARED]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def spread(alone: list[dict], small: dict) -> str:
    """Mean and standard deviation over rounds with other seeds, and the shipped mean of their weights beside them."""
    lines = ["| set | " + " | ".join(COMPARED) + " |", "|---" * (len(COMPARED) + 1) + "|"]
    for name, shipped in small["sets"].items():
        cells = []
        for c in COMPARED:
            values = [one[name][c] for one in alone if c in one[name]]
            cells.append(f"{mean(values):.3f} ± {stdev(values):.3f} → {shipped[c]:.3f}" if len(values) > 1 else "–")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def by_source(report: dict) -> str:
    lines = ["| source | rows | " + " | ".join(COMPARED) + " |", "|---|--:" + "|--:" * len(COMPARED) + "|"]
    for name, figures in report["sources"].items():
        cells = [f"{figures[c]:.3f}" if c in figures else "–" for c in COMPARED]
        lines.append(f"| {name} | {figures['rows']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def slices(found: dict[str, dict]) -> str:
    columns = ("intent", "intent_top3", "polarity")
    lines = ["| slice | rows | " + " | ".join(columns) + " |", "|---|--:" + "|--:" * len(columns) + "|"]
    for name, figures in found.items():
        lines.append(f"| {name} | {figures['rows']} | " + " | ".join(f"{figures[c]:.3f}" for c in columns) + " |")
    return "\n".join(lines)


def confusions(found: list[dict]) -> str:
    rows = [f"| {one['wanted']} | {one['said']} | {one['rows']} | {one['example'].replace('|', '/')} |" for one in found]
    return "\n".join(["| wanted | said | times | for example |", "|---|---|--:|---|", *rows])


def training(seen: list[dict]) -> str:
    rows = [f"| {one['source']} | {one['licence']} | {one['rows'] or '–'} |" for one in seen]
    return "\n".join(["| source | licence | rows |", "|---|---|--:|", *rows])
