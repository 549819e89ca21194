"""Golden cases for other implementations of the encoder: texts with ids, types and the logits of both ONNX files.

Texts come from our own development corpus (CC0) and from the hand-written list below (CC0).
"""

import json
from pathlib import Path

import numpy as np

from . import data as sources
from . import wide
from .evaluate import HEADS, Session
from .inputs import encode_rows


HAND_WRITTEN: list[tuple[str, list[tuple[str, str]]]] = [
    ("", []),
    (" ", []),
    ("\n\t\n", []),
    ("\u200b\u200d", []),
    ("?", []),
    ("？？？", []),
    ("。", []),
    ("😡😡😡", []),
    ("👍🏽", []),
    ("👨‍👩‍👧‍👦 三张票能退吗", []),
    ("(╯°□°）╯︵ ┻━┻ 又卡住了", []),
    ("1", []),
    ("YT7741908872236", []),
    ("13800138000", []),
    ("user@example.com", []),
    ("https://example.com/order?id=42&x=%E9%80%80", []),
    ("HELLO", []),
    ("ＨＥＬＬＯ，ｗｈｅｒｅ　ｉｓ　ｍｙ　ｏｒｄｅｒ？", []),
    ("Café naïve résumé Zürich", []),
    ("İstanbul ǅ ﬁnance ½ ①", []),
    ("ok", []),
    ("好的", []),
    ("嗯嗯", []),
    ("不用了", []),
    ("谢谢，再见", []),
    ("thx bye", []),
    ("转人工", []),
    ("轉人工", []),
    ("請問我的訂單什麼時候到貨", []),
    ("我的order还没ship呢，please帮我check一下", []),
    ("my 快递 says delivered but 没收到", []),
    ("第三次问了！！！到底退不退钱？？？", []),
    ("i want my money back NOW!!!", []),
    ("don't", []),
    ("it's", []),
    ("e-mail/phone (24/7)?", []),
    ("a" * 101, []),
    ("a" * 100, []),
    ("supercalifragilisticexpialidocious", []),
    ("退" * 126, []),
    ("退" * 127, []),
    ("退款" * 200, []),
    ("refund " * 126, []),
    ("refund " * 127, []),
    ("Where is my parcel? " * 60, []),
    ("很抱歉打扰，" * 30 + "我想取消订单", []),
    ("𠮷野家的优惠券怎么用", []),
    ("龘靐齉爩", []),
    ("ありがとう", []),
    ("안녕하세요 환불", []),
    ("спасибо", []),
    ("مرحبا", []),
    ("\u0000\ufffd control\u0007", []),
    ("<script>alert(1)</script> 退款", []),
    ("'; DROP TABLE users; --", []),
    ("$100 ￥100 €100 £100 ¥100", []),
    ("[CLS] [SEP] [MASK] [UNK] [PAD]", []),
    ("好的", [("agent", "您好，请问您要取消订单吗？")]),
    ("不用", [("agent", "还有什么可以帮您？")]),
    ("yes", [("agent", "Shall I cancel the order for you?")]),
    ("no", [("agent", "Shall I cancel the order for you?")]),
    ("还没到", [("customer", "我的包裹周一就发了"), ("agent", "请稍等，我查一下物流")]),
    ("the blue one", [("customer", "I ordered two jackets"), ("agent", "Which one is faulty?")]),
    ("第三个来回", [("agent", "第一句"), ("customer", "第二句"), ("agent", "第三句")]),
    ("", [("agent", "您好")]),
    ("", [("customer", "")]),
    ("在吗", [("customer", ""), ("agent", "")]),
    ("好", [("agent", "退" * 40)]),
    ("好", [("agent", "退" * 40), ("customer", "款" * 33)]),
    ("退" * 100, [("agent", "您好" * 20), ("customer", "在吗")]),
    ("退" * 92, [("agent", "款" * 32), ("customer", "一")]),
    ("退" * 93, [("agent", "款" * 32), ("customer", "一")]),
    ("退" * 94, [("agent", "款" * 32)]),
    ("退" * 126, [("agent", "一")]),
    ("退" * 124, [("agent", "一"), ("customer", "二")]),
    ("退" * 125, [("agent", "一")]),
    ("refund " * 300, [("customer", "hello"), ("agent", "hi")]),
]


def cases() -> list[tuple[str, list[tuple[str, str]]]]:
    """The hand-written cases, then development texts at fixed strides, some with their context cut to 0-3 turns."""
    out = list(HAND_WRITTEN)
    out += [(s.text, []) for s in sources.authored("dev")[::14]]
    out += [(pair[i % 2].text, []) for i, pair in enumerate(sources.pairs("dev")[::27])]
    turns = [s for s in sources.dialogues("dev") if s.context]
    out += [(s.text, s.context[-(1 + i % 3) :]) for i, s in enumerate(turns[::9])]
    return out


def write(exact: Path, small: Path, tokenizer, target: Path) -> int:
    """Write one JSON line per case, each run alone (batch of one). Returns the number of cases."""
    rows = cases()
    sessions = {"fp32": Session(exact, tokenizer, threads=1), "int8": Session(small, tokenizer, threads=1)}
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "w", encoding="utf-8") as out:
        for row in rows:
            encoded = encode_rows(tokenizer, [row])[0]
            line = {
                "text": row[0],
                "context": [{"author": author, "text": text} for author, text in row[1]],
                "ids": encoded.ids,
                "types": encoded.types,
                "truncated": encoded.truncated,
                "phrase_rows": [rows.tolist() for rows in wide.rows_of(encoded, sessions["int8"].hashes)],
            }
            for name, session in sessions.items():
                result = session.run([row])
                line[name] = {f"{head}_logits": _rounded(result[head][0]) for head in HEADS}
                line[name]["search"] = _rounded(result["search"][0])
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(rows)


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(v), 5) for v in values]
