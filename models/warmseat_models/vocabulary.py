"""The student's vocabulary and tokenizer.json, and first embeddings for its pieces.

English word pieces are those of the teacher that the training texts use most. Chinese characters come from the character standards (GB 2312
level 1, Big5 level 1) and from the training texts, so simplified and traditional script both have rows of their own.
"""

import random
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from . import data as sources
from .pretrained import Pretrained

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ENGLISH_PIECES = 7500
MIN_CHARACTER_COUNT = 3
PARALLEL_LIMITS = {"cc-cedict": 20000, "python-docs": 8000}
ASCII = [chr(c) for c in range(0x21, 0x7F) if not chr(c).isupper()]
PUNCTUATION = list("、。《》〈〉【】「」『』〔〕—–―‖…·•‥′″‘’“”～〜￥¥€£₩₹¢°℃×÷±−→←↑↓★☆●○■□◆▲△▼▽√✓✔✗✘❤♥♪♫※№⋯")
EMOJI = list(
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙😚🙂🤗🤩🤔🤨😐😑😶🙄😏😣😥😮🤐😯😪😫😴😌😛😜😝🤤😒😓😔😕🙃🤑😲☹🙁😖😞😟😤😢😭😦😧😨😩🤯😬😰😱"
    "🥵🥶😳🤪😵😡😠🤬😷🤒🤕🤢🤮🤧😇🥳🥺🤠🤡🤥🤫🤭🧐😈👿💀👻👽🤖💩👋✋👌✌🤞👍👎✊👊👏🙌👐🙏💪🖕👀💔💕💖💗💙💚💛💜🧡🖤💯💢💥💦💤"
    "🎉🎊🎁🎂🌹🌸🌞🌈⭐✨🔥⚡❄☀☔⏰⏳📦🚚🚗✈🏠🏦💰💳💵📱💻📧📞📷🔒🔑❌✅❓❗⚠🆗🆘"
    "🥹🥲🫠🫡🫣🫢🫤🥸🙈🙉🙊🤦🤷🙋🙆🙅🙇💁🤝🤟🤙🤘🤏🖐👆👇👉👈☝✍💅🫶🫂💋👁👅👄🦷💓💞💘💝💟❣🤎🤍👶👦👧👨👩👴👵👮👷🧑👪💃🕺🏃🚶"
    "🐶🐱🐭🐰🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🦆🐴🦄🐝🐛🦋🐌🐢🐍🐙🐟🐬🐳🐘🐾🌵🎄🌲🌳🌴🌱🌿☘🍀🍁🍂🍃💐🌷🥀🌺🌻🌼🌕🌙🌚🌝🌟💫☁🌧🌊💧☂🌪"
    "🍎🍊🍋🍌🍉🍇🍓🍑🍒🥭🍍🍅🥑🌽🥕🥔🍞🥐🧀🍳🥚🥩🍗🍖🌭🍔🍟🍕🥪🌮🥗🍝🍜🍲🍛🍣🍱🥟🍤🍙🍚🍦🍰🧁🍭🍬🍫🍿🍩🍪☕🍵🥤🧋🍺🍻🥂🍷🍸🍾"
    "⚽🏀🏈⚾🎾🏆🥇🏅🎯🎮🎲🎤🎧🎵🎶🎸🎹🥁🎬🎨🎭🎫🚕🚌🚇🚆🚄🚢🚲🛵🚑🚒🚓🚨🚧⛽🏖🏝🏔🏡🏢🏥🏨🏫🏪🏬🛏🛋🚪🚿🛁🚽🧹🧺🧻🧼🛒🛍"
    "💡🔦🔋🔌🖥🖨💾📀📺📹🎥☎⌚⏱🔧🔨🔩⚙🔗📎✂📌📍📝✏📄📃📊📈📉📅📆📋📁📚📖🗑🔍🔎🔔🔕📣📢💬💭🎈🎀🧧🎆🎃👑💍💎👗👕👖👟👠👜🎒🧳🎓"
    "💊💉🩹🩺🌍🌎🌏🪙💸💴💶💷📮📬📨📩📤📥📜🔐🔓🆕🆓🔴🟢🟡🔵⚪⚫⬆⬇⬅➡↩🔄🔁▶➕➖✖♻🚫⛔🛑⭕☑"
)
# Characters of written Cantonese that no standard's first level has, each with a Mandarin one that means much the same.
CANTONESE = dict(
    "喺在 佢他 哋们 啲些 嘢事 嚟来 睇看 搵找 畀给 㗎的 喎哦 啩吧 攞拿 瞓睡 諗想 嬲气 攰累 掟扔 揸开 嘥费 嗱这 嗌叫 噉那 噏说 唞休 唥冷 啱对 啫而 喐动 嗮完 "
    "嚿块 揦抓 枱桌 燶焦 睺看 腍软 踎蹲 靚好 髧垂 㩒按 𠮶那 𨋢梯 𢱢推 嗲撒 嘜牌 嚡粗 埞地 孭背 孖双 屙拉 悭省 慳省 揼丢 揾找 焫烫 罨捂 誒哎 囯国".split()
)
# What BERT takes for letters, so that a word with an emoji stuck to it would be unknown: signs of money, arrows, stars, emoji.
SYMBOLS = "[¡-¿×÷‐-⯿🀀-🯿]"
# As telephones write them, and as nearly everybody wrote who is learned from.
QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"'}


def normalizer():
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            *(normalizers.Replace(curly, straight) for curly, straight in QUOTES.items()),
            normalizers.BertNormalizer(
                clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True
            ),
        ]
    )


def is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def standard_characters() -> list[str]:
    """GB 2312 level 1 (3,755 simplified) and Big5 level 1 (5,401 traditional), in code order."""
    found = dict.fromkeys(
        bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
    )
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            found[bytes([lead, trail]).decode("big5", "ignore")] = None
    return [c for c in found if len(c) == 1 and is_chinese(c)]


def training_texts(data: Path, seed: int) -> tuple[list[str], list[str]]:
    """(Chinese, English) training texts, split by script; the dictionary and the technical docs count less."""
    texts = [t for pair in sources.parallel(data, PARALLEL_LIMITS, random.Random(seed)) for t in pair]
    texts += sources.chinese_texts(data)
    labelled = sources.authored("train") + [s for pair in sources.pairs("train") for s in pair]
    labelled += sources.dialogues("train")
    labelled += sources.unified_intents(data, "train") + sources.unified_moods(data, "train")
    texts += [sample.text for sample in labelled]
    texts += [turn for turns in sources.agent_openings().values() for turn in turns]
    texts = list(dict.fromkeys(texts))
    chinese = [t for t in texts if any(is_chinese(c) for c in t)]
    english = [t for t in texts if not any(is_chinese(c) for c in t)]
    return chinese, english


def build(chinese: list[str], english: list[str], teacher: Tokenizer) -> Tokenizer:
    """Choose the vocabulary. Deterministic for the same texts."""
    clean = normalizer()
    counts = Counter(c for text in chinese + english for c in clean.normalize_str(text))
    characters = [*standard_characters(), *frequent_characters(counts), *CANTONESE]
    symbols = sorted(c for c, n in counts.items() if n >= 10 and not is_chinese(c) and not c.isspace() and ord(c) > 0x7E)
    pieces = [*SPECIALS, *ASCII, *(f"##{c}" for c in ASCII if c.isalnum()), *PUNCTUATION, *EMOJI, *symbols, *characters]
    pieces += _english_pieces(english, teacher)
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}
    return assemble(vocabulary)


def frequent_characters(counts: Counter) -> list[str]:
    """The Chinese characters that texts have several times, in code order."""
    return sorted(c for c, n in counts.items() if n >= MIN_CHARACTER_COUNT and is_chinese(c))


def assemble(vocabulary: dict[str, int]) -> Tokenizer:
    """The tokenizer of the input contract: no post-processor, no truncation, no padding."""
    tokenizer = Tokenizer(
        models.WordPiece(vocabulary, unk_token="[UNK]", continuing_subword_prefix="##", max_input_chars_per_word=100)
    )
    tokenizer.normalizer = normalizer()
    apart = pre_tokenizers.Split(Regex(SYMBOLS), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([apart, pre_tokenizers.BertPreTokenizer()])
    return tokenizer


def extended(tokenizer: Tokenizer, texts: list[str]) -> Tokenizer:
    """The same pieces, and after them what they lack of PUNCTUATION, EMOJI, CANTONESE and the Chinese characters that these texts
    have several times."""
    clean, known = normalizer(), tokenizer.get_vocab()
    counts = Counter(c for text in texts for c in clean.normalize_str(text))
    wanted = dict.fromkeys([*PUNCTUATION, *EMOJI, *CANTONESE, *frequent_characters(counts)])
    lacking = [piece for piece in wanted if piece not in known]
    return assemble(known | {piece: len(known) + i for i, piece in enumerate(lacking)})


def with_lacking_rows(rows: np.ndarray, tokenizer: Tokenizer, glosses: list[tuple[str, str]]) -> np.ndarray:
    """`rows` [pieces, width] of a smaller vocabulary, and after them first rows for the pieces that `tokenizer` has more: each the
    mean of the rows of the pieces that say what it means."""
    meanings = {word: gloss for word, gloss in reversed(glosses)}
    added = []
    for index in range(len(rows), tokenizer.get_vocab_size()):
        piece = tokenizer.id_to_token(index)
        said = CANTONESE.get(piece) or meanings.get(piece) or unicodedata.name(piece, "").lower()
        known = [i for i in tokenizer.encode(said, add_special_tokens=False).ids if i < len(rows)]
        added.append(rows[known].mean(0) if known else rows.mean(0))
    return np.concatenate([rows, np.array(added, rows.dtype).reshape(-1, rows.shape[1])])


def _english_pieces(english: list[str], teacher: Tokenizer) -> list[str]:
    """The teacher's pieces that the training texts use most, ties in order of id."""
    counts = Counter(i for encoding in teacher.encode_batch(english, add_special_tokens=False) for i in encoding.ids)
    pieces = [(-n, i, teacher.id_to_token(i)) for i, n in counts.items()]
    return [p for _, _, p in sorted(pieces) if p.isascii() and p not in SPECIALS][:ENGLISH_PIECES]


def first_embeddings(
    tokenizer: Tokenizer, teacher: Pretrained, glosses: list[tuple[str, str]], traditional: dict[str, str]
) -> np.ndarray:
    """Rows [vocabulary, teacher hidden] for our pieces.

    A piece the teacher knows takes its row. A Chinese character takes the mean of the rows of the English glosses of
    the words it is in, rare pieces and short words counting more; a traditional character without glosses takes the
    row of its simplified form. What is left starts at the mean row with a little noise.
    """
    known = teacher.tokenizer.get_vocab()
    mean = teacher.word[1000:].mean(0)
    spread = np.linalg.norm(teacher.word[1000:] - mean, axis=-1).mean()
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(tokenizer.get_vocab_size(), len(mean)))
    rows = (mean + 0.2 * spread * noise / np.linalg.norm(noise, axis=-1, keepdims=True)).astype(np.float32)
    meanings = _gloss_rows(glosses, teacher, mean, spread)
    for simplified, form in traditional.items():
        if form not in meanings and simplified in meanings:
            meanings[form] = meanings[simplified]
    for piece, index in tokenizer.get_vocab().items():
        if piece in meanings:
            rows[index] = meanings[piece] + 0.2 * (rows[index] - mean)
        elif piece in known:
            rows[index] = teacher.word[known[piece]]
    return rows


def _gloss_rows(glosses: list[tuple[str, str]], teacher: Pretrained, mean: np.ndarray, spread: float) -> dict[str, np.ndarray]:
    encodings = [e.ids for e in teacher.tokenizer.encode_batch([en for _, en in glosses], add_special_tokens=False)]
    counts = np.bincount([i for ids in encodings for i in ids], minlength=len(teacher.word))
    rarity = 1 / np.sqrt(counts + 10.0)
    totals: dict[str, np.ndarray] = {}
    for (word, _), ids in zip(glosses, encodings):
        weights = rarity[ids]
        meaning = (weights[:, None] * (teacher.word[ids] - mean)).sum(0) / weights.sum()
        for character in set(word):
            totals[character] = totals.get(character, 0) + meaning / len(word) ** 2
    return {
        c: (mean + spread * total / np.linalg.norm(total)).astype(np.float32) for c, total in totals.items() if is_chinese(c)
    }


def factorise(rows: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Table [V, width], projection [width, H], bias [H], and the share of variance kept, by a centred SVD."""
    mean = rows.mean(0)
    u, s, vt = torch.linalg.svd(torch.from_numpy(rows - mean), full_matrices=False)
    kept = float((s[:width] ** 2).sum() / (s**2).sum())
    spread = s[:width].sqrt()
    return (u[:, :width] * spread).numpy(), (spread[:, None] * vt[:width]).numpy(), mean, kept
