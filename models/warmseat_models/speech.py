"""`python -m warmseat_models.speech`: which phrases the desk says and which its customers, from our own dialogues.

A linear model over runs of words (English) or characters (Chinese), kept to the few hundred that tell most. The page reader
asks it where a page shows nowhere who of those who write is the desk (`extension/content/speech.js`). Writes the table
that it reads, `extension/content/speech_table.js`, and prints how well the table tells authors of dialogues it never saw.
Learns from `corpus/*dialogues.train.jsonl` and, as more of customers, the single messages; needs scikit-learn, minutes on a core.
"""

import argparse
import json
import random
import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from . import augment, data

TABLE = Path(__file__).resolve().parents[2] / "extension/content/speech_table.js"
RUNS = {"en": 4, "zh": 5}
# Single messages are many and all of customers.
ALONE = 0.3
LEAST_ROWS = 10
# Of the first fit's phrases those with the largest weights stay.
KEPT = {"en": 1200, "zh": 1000}
SPARSITY, TRUST = 0.15, 0.1
# Weights are whole hundredths, so that JavaScript and Python add up the same.
UNIT = 100
# Tickets begin and end like letters, whoever writes them; our single messages seldom do.
OPENINGS = {"en": ["Hello, ", "Hi, ", "Hi there, ", "Dear team, ", "Good morning, ", "Dear Sir or Madam, "], "zh": ["您好，", "你好，", "你好 ", "您好！", "客服您好，"]}
CLOSINGS = {"en": [" Thanks", " Thank you", " Best regards", " Kind regards", " Many thanks in advance"], "zh": ["谢谢", "，谢谢！", " 谢谢您", "，麻烦了"]}

Row = tuple[str, bool, float]
"""Text, whether the desk says it, how much the row counts."""


def normalize(text: str, lang: str) -> str:
    """What both sides of the comparison read: no addresses, no punctuation, one digit for a number."""
    text = re.sub(r"https?://\S+|\S+@\S+", " ", text.lower().replace("’", "'"))
    text = re.sub(r"[0-9]+", "0", text)
    return re.sub(r"[^\u4e00-\u9fff0a-z]", "", text) if lang == "zh" else re.sub(r"[^a-z0']+", " ", text).strip()


def phrases(lang: str) -> CountVectorizer:
    """Which phrases a text has, each once."""
    units = {"analyzer": "char"} if lang == "zh" else {"token_pattern": r"[a-z0']+"}
    return CountVectorizer(ngram_range=(1, RUNS[lang]), preprocessor=lambda text: normalize(text, lang), binary=True, min_df=LEAST_ROWS, **units)


def turns(lang: str, split: str) -> list[tuple[str, bool]]:
    """Text, and whether the desk says it."""
    return [(text, author == "agent") for text, author in data.spoken(split, lang)]


def training_rows(lang: str, rng: random.Random) -> list[Row]:
    rows = [(text, desk, 1.0) for text, desk in turns(lang, "train")]
    alone = [side.text for both in data.pairs("train") for side in both if side.lang == lang]
    alone += [sample.text for sample in data.authored("train") if sample.lang == lang]
    for text in alone:
        if rng.random() < 0.3:
            text = rng.choice(OPENINGS[lang]) + text
        if rng.random() < 0.2:
            text += rng.choice(CLOSINGS[lang])
        rows.append((text, False, ALONE))
    if lang == "zh":
        # Which script somebody writes says nothing of their side; our desks write simplified characters alone.
        traditional = augment.traditional_characters()
        rows += [("".join(traditional.get(c, c) for c in text), desk, weight * 0.3) for text, desk, weight in rows]
    return rows


def learn(lang: str, seed: int = 0) -> tuple[dict[str, int], int]:
    """Phrases with their weights, positive where the desk says them, and what is added to their sum, in hundredths of log-odds."""
    rows = training_rows(lang, random.Random(seed))
    said, desk, weights = [row[0] for row in rows], np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    vectorizer = phrases(lang)
    found = vectorizer.fit_transform(said)
    regression = lambda strength, sparse: LogisticRegression(C=strength, l1_ratio=float(sparse), solver="liblinear", class_weight="balanced", max_iter=300, random_state=seed)
    first = regression(SPARSITY, True).fit(found, desk, sample_weight=weights).coef_[0]
    kept = np.argsort(-np.abs(first), kind="stable")[: KEPT[lang]]
    kept = kept[first[kept] != 0]
    second = regression(TRUST, False).fit(found[:, kept], desk, sample_weight=weights)
    names = vectorizer.get_feature_names_out()[kept]
    table = {str(name): int(round(weight * UNIT)) for name, weight in zip(names, second.coef_[0])}
    return {name: weight for name, weight in sorted(table.items()) if weight != 0}, int(round(float(second.intercept_[0]) * UNIT))


def likeness(text: str, lang: str, table: dict[str, int], bias: int) -> float:
    """Log-odds that the desk says it; speech.js has the same sum, within bounds, and none for other languages."""
    units = list(normalize(text, lang)) if lang == "zh" else normalize(text, lang).split()
    glue = "" if lang == "zh" else " "
    found = {glue.join(units[at : at + size]) for at in range(len(units)) for size in range(1, RUNS[lang] + 1) if at + size <= len(units)}
    hits = [table[phrase] for phrase in found if phrase in table]
    return (sum(hits) + bias) / UNIT if hits else 0.0


def figures(rows: list[tuple[str, bool]], lang: str, table: dict[str, int], bias: int) -> dict[str, float]:
    scores = np.array([likeness(text, lang, table, bias) for text, _ in rows])
    desk = np.array([of_desk for _, of_desk in rows])
    return {
        "messages": len(rows),
        "right": round(float(np.mean((scores > 0) == desk)), 3),
        "desk above 2: precision": round(float(np.mean(desk[scores > 2])), 3),
        "desk above 2: recall": round(float(np.mean(scores[desk] > 2)), 3),
        "customer below -2: precision": round(float(np.mean(~desk[scores < -2])), 3),
        "customer below -2: recall": round(float(np.mean(scores[~desk] < -2)), 3),
    }


def write(tables: dict[str, tuple[dict[str, int], int]], path: Path = TABLE) -> None:
    """By language: what is added to a text's sum, and the phrases by their weights, largest first: short, and one line a weight."""
    lines = ["// @ts-check", "// Written by `python -m warmseat_models.speech`; see there and speech.js.", ""]
    for lang, (table, bias) in tables.items():
        by_weight: dict[int, list[str]] = {}
        for phrase, weight in table.items():
            by_weight.setdefault(weight, []).append(phrase)
        packed = ";".join(f"{weight}:{','.join(by_weight[weight])}" for weight in sorted(by_weight, reverse=True))
        lines.append(f"export const SPEECH_{lang.upper()} = {json.dumps({'bias': bias, 'phrases': packed}, ensure_ascii=False)};")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    tables = {lang: learn(lang) for lang in RUNS}
    write(tables)
    for lang, (table, bias) in tables.items():
        print(lang, len(table), "phrases;", figures(turns(lang, "dev"), lang, table, bias))


if __name__ == "__main__":
    main()
