"""How a message and its context become model input. The Rust engine implements the same contract.

1. `m` = token ids of the message, without special tokens. If `len(m) > 126`, keep the first 94 and the last 32 ids and
   set `truncated`.
2. `ids = [CLS] m [SEP]`, all of type 0.
3. Up to two context turns follow, most recent first. `t` = token ids of the turn; if `len(t) > 32`, keep the LAST 32.
   If `len(ids) + len(t) + 1 > 128`, stop. Otherwise append `t [SEP]`, all of type 1 when the author is the customer and
   type 2 when it is the agent.
4. At most 128 tokens. Padding (id 0, type 0, mask 0) only inside a batch, to the batch's longest row.

An empty message gives `[CLS] [SEP]`. An empty turn gives a lone `[SEP]` of its type.
"""

from dataclasses import dataclass

MAX_TOKENS = 128
MESSAGE_HEAD_TOKENS = 94
MESSAGE_TAIL_TOKENS = 32
CONTEXT_TURNS = 2
CONTEXT_TURN_TOKENS = 32

TYPE_MESSAGE = 0
TYPE_OF_AUTHOR = {"customer": 1, "agent": 2}


@dataclass
class Encoded:
    """Token ids and type ids of one row (equal lengths), and whether the message was cut."""

    ids: list[int]
    types: list[int]
    truncated: bool


def assemble(message: list[int], turns: list[tuple[str, list[int]]], cls: int, sep: int) -> Encoded:
    """Lay out token ids by the contract above. `turns` are (author, ids), in the order they happened."""
    limit = MESSAGE_HEAD_TOKENS + MESSAGE_TAIL_TOKENS
    truncated = len(message) > limit
    if truncated:
        message = message[:MESSAGE_HEAD_TOKENS] + message[-MESSAGE_TAIL_TOKENS:]
    ids = [cls, *message, sep]
    types = [TYPE_MESSAGE] * len(ids)
    for author, turn in reversed(turns[-CONTEXT_TURNS:]):
        turn = turn[-CONTEXT_TURN_TOKENS:]
        if len(ids) + len(turn) + 1 > MAX_TOKENS:
            break
        ids += [*turn, sep]
        types += [TYPE_OF_AUTHOR[author]] * (len(turn) + 1)
    return Encoded(ids, types, truncated)


def encode_rows(tokenizer, rows: list[tuple[str, list[tuple[str, str]]]]) -> list[Encoded]:
    """Encode (text, context) rows; a context is a list of (author, text), in the order the turns happened."""
    texts = []
    for text, context in rows:
        texts.append(text)
        texts.extend(turn for _, turn in context[-CONTEXT_TURNS:])
    encodings = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    out = []
    for _, context in rows:
        message = next(encodings).ids
        turns = [(author, next(encodings).ids) for author, _ in context[-CONTEXT_TURNS:]]
        out.append(assemble(message, turns, cls, sep))
    return out
