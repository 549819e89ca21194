"""Exports of agents' devices become training samples."""

import json

from warmseat_models import data


def test_corrections_are_taken_as_devices_export_them(tmp_path):
    row = lambda text, label, lang="en", name=None: {"text": text, "lang": lang, "label": label, "name": name, "model": "1.4.0"}
    write = lambda file, rows: (tmp_path / file).write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    write("1.jsonl", [row("where is [order]", "complaint"), row("my bike", "team_0a", name="Bikes"), row("退我 [amount]", "refund_request", "zh")])
    write("2.jsonl", [row("where is [order]", "order_status"), row("hm", "complaint", "unknown")])
    samples = data.corrections(["complaint", "order_status", "refund_request"], tmp_path)
    assert [(s.text, s.lang, s.intent, s.source) for s in samples] == [
        ("where is [order]", "en", "order_status", "corrections"),
        ("退我 [amount]", "zh", "refund_request", "corrections"),
    ]
    assert data.corrections(["complaint"], tmp_path / "none") == []
