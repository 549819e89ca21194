"""The pipeline's parts on tiny data, in seconds: vocabulary, training, export, goldens. Needs no pretrained weights."""

import copy
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from warmseat_models import beside, bundle, calibrate, card, data, evaluate, export, failures, goldens, opinions, rounding, search, train, vocabulary, wide
from warmseat_models.encoder import Architecture, Encoder
from warmseat_models.inputs import Encoded, encode_rows
from warmseat_models.pretrained import Pretrained

MODELS = Path(__file__).resolve().parent.parent
CHINESE = ["我要退款", "快递还没到，怎么办", "謝謝，再見", "发票开错了"] * 5
ENGLISH = ["I want a refund", "where is my parcel?", "thanks, bye", "the invoice is wrong"] * 5
TAXONOMY = data.Taxonomy(["refund_request", "order_status", "thanks_goodbye", "invoice_receipt", "complaint"], [], [], ["joy", "neutral"])


@pytest.fixture(scope="module")
def pretrained_tokenizer():
    """Stands for the teacher's tokenizer: whole words, with its special tokens first."""
    words = sorted({w for text in ENGLISH for w in text.lower().replace("?", " ?").replace(",", " ,").split()})
    pieces = [*vocabulary.SPECIALS, *words]
    return vocabulary.assemble({piece: i for i, piece in enumerate(pieces)})


@pytest.fixture(scope="module")
def tokenizer(pretrained_tokenizer):
    return vocabulary.build(CHINESE, ENGLISH, pretrained_tokenizer)


@pytest.fixture(scope="module")
def corpus():
    samples = []
    for texts, lang in ((CHINESE, "zh"), (ENGLISH, "en")):
        for i, text in enumerate(texts):
            intent = TAXONOMY.intents[i % 4]
            value = (-1, -1, 2, 0)[i % 4]
            context = [("agent", "您好")] if i % 2 else []
            sample = data.Sample(text, lang, "authored", context, intent, [], value, data.polarity_of(value), "neutral")
            # As if asking where it is were an insult and wanting it back a complaint; what is said of invoices is not known.
            sample.abuse = ("none", "insult", "none", None)[i % 4]
            sample.also = ["complaint"] if i % 4 == 0 else []
            samples.append(sample)
    return train.Corpus(samples, TAXONOMY, {"zh": ["您好"], "en": ["hello"]}, {"发": "發"})


@pytest.fixture(scope="module")
def trained(tokenizer, corpus):
    a = Architecture(tokenizer.get_vocab_size(), layers=2, hidden=32, heads=4, intermediate=64, embedding=16)
    torch.manual_seed(0)
    model = Encoder(a, train.head_sizes(TAXONOMY))
    settings = train.Settings(epochs=80, rate=4e-3, heads_rate=1e-2, tokens_per_batch=256)
    train.fine_tune(model, tokenizer, corpus, settings)
    return model, a


@pytest.fixture(scope="module")
def phrases(tokenizer, corpus):
    return wide.learn(tokenizer, corpus, train.main_heads(TAXONOMY), seed=0, scale=20)


@pytest.fixture(scope="module")
def projection(trained, tokenizer):
    sides = [search.features(trained[0], tokenizer, texts[:4]) for texts in (CHINESE, ENGLISH)]
    return search.learn(*sides, seed=0, steps=200)


@pytest.fixture(scope="module")
def files(trained, phrases, projection, tokenizer, tmp_path_factory):
    model, a = trained
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    heads = train.head_sizes(TAXONOMY), train.main_heads(TAXONOMY)
    rounded = rounding.rounded(model, encode_rows(tokenizer, [(text, []) for text in CHINESE + ENGLISH]))
    parts, work = export.Parts(phrases, projection, a, *heads), tmp_path_factory.mktemp("onnx")
    return export.write_exact(state, parts, work), export.write_small(rounded, parts, work)


def test_vocabulary_has_both_scripts_and_no_post_processing(tokenizer):
    encoded = tokenizer.encode("ＲＥＦＵＮＤ 發票退款😡", add_special_tokens=True)
    assert encoded.tokens == ["refund", "發", "票", "退", "款", "😡"]


def test_a_word_survives_what_is_stuck_to_it(tokenizer):
    def pieces(text: str) -> list[str]:
        return tokenizer.encode(text).tokens

    assert pieces("thanks😡😡") == ["thanks", "😡", "😡"] and pieces("→refund£") == ["→", "refund", "£"]
    assert pieces("“where’s”") == pieces('"where\'s"')


def test_a_vocabulary_grows_after_its_own_pieces(tokenizer):
    known = {piece: place for piece, place in tokenizer.get_vocab().items() if piece not in ("😭", "佢")}
    less = vocabulary.assemble({piece: i for i, piece in enumerate(sorted(known, key=known.get))})
    grown = vocabulary.extended(less, ["𠀀𠀀甴甴甴甴"])
    assert all(grown.token_to_id(piece) == place for piece, place in less.get_vocab().items())
    assert {"😭", "佢", "甴"} <= set(grown.get_vocab()) and grown.encode("佢甴😭").tokens == ["佢", "甴", "😭"]
    assert vocabulary.extended(grown, []).get_vocab() == grown.get_vocab()
    rows = np.random.default_rng(0).normal(size=(less.get_vocab_size(), 4)).astype(np.float32)
    more = vocabulary.with_lacking_rows(rows, grown, [("甴", "refund"), ("甴曱", "parcel")])
    assert more.shape == (grown.get_vocab_size(), 4) and np.array_equal(more[: len(rows)], rows)
    assert np.allclose(more[grown.token_to_id("佢")], rows[less.token_to_id("他")])
    assert np.allclose(more[grown.token_to_id("甴")], rows[less.token_to_id("refund")])


def test_first_embeddings_read_characters_from_glosses(tokenizer, pretrained_tokenizer):
    rng = np.random.default_rng(0)
    word = rng.normal(size=(1200, 8)).astype(np.float32)
    start = Pretrained(1, 8, 1, 8, word, {}, pretrained_tokenizer)
    rows = vocabulary.first_embeddings(tokenizer, start, [("票", "invoice"), ("发", "where is")], {"发": "發"})
    place = tokenizer.get_vocab()
    mean = word[1000:].mean(0)

    def likeness(piece, other):
        a, b = rows[place[piece]] - mean, word[pretrained_tokenizer.token_to_id(other)] - mean
        return a @ b / np.linalg.norm(a) / np.linalg.norm(b)

    assert np.array_equal(rows[place["invoice"]], word[pretrained_tokenizer.token_to_id("invoice")])
    assert likeness("票", "invoice") > 0.9
    assert likeness("發", "where") > 0.3 and likeness("發", "is") > 0.3


def test_training_learns_the_tiny_corpus(trained, tokenizer, corpus):
    model, _ = trained
    rows = [(s.text, s.context) for s in corpus.samples]
    found = []
    for encoded in encode_rows(tokenizer, rows):
        ids = torch.tensor([encoded.ids])
        with torch.no_grad():
            _, logits = model(ids, torch.tensor([encoded.types]), torch.ones_like(ids))
        found.append(TAXONOMY.intents[int(logits["intent"].argmax())])
    assert np.mean([f == s.intent for f, s in zip(found, corpus.samples)]) > 0.9


def test_abuse_and_flags_are_learned_where_they_are_known(trained, tokenizer, corpus):
    labels = train.targets(corpus.samples, TAXONOMY)
    assert labels.abuse[:4].sum(-1).tolist() == [1, train.ABUSIVE_ROW_WEIGHT, 1, 0]
    assert labels.flags[:4].tolist() == [[1, 0], [0, 0], [0, 0], [0, 0]]
    public = train.targets([data.Sample("hi", "en", "clinc150", intent="order_status")], TAXONOMY)
    assert public.abuse.sum() == 0 and np.isnan(public.flags).all()
    for encoded, sample in zip(encode_rows(tokenizer, [(s.text, s.context) for s in corpus.samples[:4]]), corpus.samples):
        ids = torch.tensor([encoded.ids])
        with torch.no_grad():
            _, logits = trained[0](ids, torch.tensor([encoded.types]), torch.ones_like(ids))
        if sample.abuse:
            assert data.ABUSE[int(logits["abuse"].argmax())] == sample.abuse
        assert (logits["flags"][0] > 0).tolist() == [flag in sample.flags() for flag in data.FLAGS]


def test_the_heads_beside_find_their_way_back_on_a_frozen_encoder(trained, tokenizer, corpus):
    moved = copy.deepcopy(trained[0])
    with torch.no_grad():
        for name in beside.HEADS:
            moved.heads[name].weight.zero_()
            moved.heads[name].bias.zero_()
    many = replace(corpus, samples=corpus.samples * 200)
    beside.learn(moved, tokenizer, many, seed=0)
    rows = [(s.text, []) for s in corpus.samples[:4]]
    found = moved.heads["abuse"](beside.embeddings(moved, tokenizer, rows)).argmax(-1)
    assert found[:3].tolist() == [0, 1, 0]
    frozen = {name: value for name, value in moved.state_dict().items() if not name.startswith(("heads.abuse", "heads.flags"))}
    assert all(torch.equal(value, trained[0].state_dict()[name]) for name, value in frozen.items())


def test_a_file_that_names_abuse_says_none_where_it_is_silent():
    silent, named = [{"text": "a"}, {"text": "b"}], [{"turns": [{"abuse": "insult"}, {}]}, {"turns": [{}]}]
    assert data._with_abuse(silent) == [{"text": "a"}, {"text": "b"}]
    assert [turn["abuse"] for row in data._with_abuse(named) for turn in row["turns"]] == ["insult", "none", "none"]


def test_what_is_searched_for_is_counted():
    figures = evaluate.found(np.array([0.9, 0.8, 0.4, 0.1]), np.array([True, False, True, False]))
    assert figures == {"precision": 0.5, "recall": 0.5, "average_precision": pytest.approx((1 + 2 / 3) / 2)}
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(8000, 2)) * 2
    labels = rng.random(logits.shape) < calibrate.sigmoid(logits)
    assert calibrate.fit_flag_temperature(logits * 2, labels) == pytest.approx(2, rel=0.1)


def added_by_phrases(encoded, phrases):
    parts = wide.rows_of(encoded, phrases.hashes)
    return sum(phrases.rows[rows].sum(0) / np.sqrt(max(1, len(rows))) for rows in parts)


def test_hashes_are_those_of_the_engine():
    message, before = wide.hashes_of(Encoded([2], [0], False))
    assert message == {0x3C0F0328} and not before
    message, before = wide.hashes_of(Encoded([2, 100, 3, 9, 2, 100], [0, 0, 0, 1, 2, 2], False))
    assert message >= {0x3C0F0328, 0x093C3A3A, 0xA0445B34} and len(message) == 6
    assert before == {0xB938916E, 0xFFF60C21, 0xA2067D74, 0xDE228E9D}


def test_phrases_alone_learn_the_tiny_corpus(phrases, tokenizer, corpus):
    intents = len(TAXONOMY.intents)
    rows = encode_rows(tokenizer, [(s.text, []) for s in corpus.samples])
    found = [TAXONOMY.intents[int(added_by_phrases(e, phrases)[:intents].argmax())] for e in rows]
    assert found == [s.intent for s in corpus.samples]
    assert (np.diff(phrases.hashes.astype(np.int64)) > 0).all()


def test_onnx_files_agree_with_torch(trained, phrases, projection, files, tokenizer):
    model, _ = trained
    intents = len(TAXONOMY.intents)
    rows = [("我要退款", []), ("", []), ("where is my parcel?", [("customer", "hello"), ("agent", "您好")])]
    for path, tolerance in zip(files, (1e-4, 0.5)):
        results = evaluate.Session(path, tokenizer).run(rows)
        for i, encoded in enumerate(encode_rows(tokenizer, rows)):
            ids = torch.tensor([encoded.ids])
            with torch.no_grad():
                whole = ids, torch.tensor([encoded.types]), torch.ones_like(ids)
                embedding, logits = model(*whole)
                means = model.layer_means(*whole)[0].numpy()
            wanted = logits["intent"][0].numpy() + added_by_phrases(encoded, phrases)[:intents]
            assert np.abs(results["intent"][i] - wanted).max() < tolerance
            for head in ("abuse", "flags"):
                assert np.abs(results[head][i] - logits[head][0].numpy()).max() < tolerance
            assert np.abs(results["embedding"][i] - embedding[0].numpy()).max() < tolerance
            vector = means @ projection.weight + projection.bias
            assert results["search"][i] @ vector > (1 - tolerance / 10) * np.linalg.norm(vector)
            assert abs(np.linalg.norm(results["search"][i]) - 1) < 1e-4


def test_variants_are_near_their_texts_and_have_no_label():
    texts = ["please cancel my order from last monday", "where is the parcel you sent me on friday"]
    samples = [data.Sample(text, "en", source, intent="order_cancel") for text in texts for source in ("hint3", "clinc150")]
    found = opinions.variants(samples * 10, seed=0)
    known = {word for text in texts for word in text.split()}
    assert found == opinions.variants(samples * 10, seed=0) and len(found) > 60
    assert all(s.intent is None and s.source == train.VARIANTS and set(s.text.split()) <= known for s in found)
    assert not {s.text for s in found} & set(texts)
    shared = [max(len(set(s.text.split()) & set(text.split())) for text in texts) for s in found]
    assert np.mean(shared) > 5


def test_untouched_sources_come_as_they_are(corpus):
    rng = train.random.Random(0)
    sample = data.Sample("Where is it?!", "en", "clinc150")
    assert all(train.vary(sample, corpus, rng, ("clinc150",)) == (sample.text, []) for _ in range(50))
    assert len({train.vary(sample, corpus, rng)[0] for _ in range(50)}) > 1


def test_posts_teach_moods_alone():
    posts = data.posts("train")
    assert len(posts) > 4000 and {s.lang for s in posts} == {"zh", "en"}
    assert all(s.intent is None and s.polarity and s.emotion and not train.is_support(s) for s in posts)
    assert all(s.twin.lang == "en" for s in posts if s.lang == "zh")


def test_public_moods_have_the_polarity_that_readers_heard():
    assert data.felt_polarity(["anger", "disgust", "surprise"]) == "negative"
    assert data.felt_polarity(["joy", "anticipation"]) == "positive"
    assert data.felt_polarity(["neutral"]) == "neutral"
    assert data.felt_polarity(["trust", "fear"]) is None and data.felt_polarity(["surprise"]) is None


def test_a_rating_near_the_cut_counts_for_both_sides():
    def shares(valence: float) -> np.ndarray:
        polarity = "positive" if valence >= 1 else "negative" if valence <= -1 else "neutral"
        return train.polarity_shares(data.Sample("so so", "en", "vader_groundtruth", polarity=polarity, valence=valence))

    assert np.allclose(shares(1.0), [0, 0.5, 0.5], atol=0.01)
    assert np.allclose(shares(-1.0), [0.5, 0.5, 0], atol=0.01)
    assert shares(3.0)[2] > 0.99 and shares(0.0)[1] > 0.85
    for valence in np.linspace(-4, 4, 33):
        assert np.isclose(shares(valence).sum(), 1) and (shares(valence) >= 0).all()
    assert shares(1.1).argmax() == 2 and shares(0.9).argmax() == 1


def test_what_is_newest_is_in_every_epoch(corpus):
    samples = [data.Sample(str(i), "en", "clinc150", newest=i % 2 == 0) for i in range(10)]
    drawn = train.draw(replace(corpus, samples=samples), {"clinc150": 1}, train.random.Random(0))
    assert set(drawn) > {0, 2, 4, 6, 8} and len(drawn) == 6


def test_what_ships_is_asked_about_the_support_messages_that_it_knows(trained, tokenizer):
    samples = [
        data.Sample("我要退款", "zh", "authored", intent="refund_request"),
        data.Sample("nice film", "en", "xed", polarity="positive"),
        data.Sample("我要退款", "zh", "pairs", intent="refund_request", newest=True),
    ]
    model, _ = trained
    sizes = train.main_heads(TAXONOMY)
    found = opinions.asked(samples, model, tokenizer, sizes).astype(np.float32)
    assert found.shape == (3, sum(sizes.values())) and np.isnan(found[1:]).all()
    [row] = encode_rows(tokenizer, [("我要退款", [])])
    with torch.no_grad():
        _, logits = model(torch.tensor([row.ids]), torch.tensor([row.types]), torch.ones(1, len(row.ids), dtype=torch.int64))
    assert np.abs(found[0] - torch.cat([logits[head] for head in sizes], -1)[0].numpy()).max() < 0.1


def test_opinions_cost_only_where_there_are_any():
    logits = {"intent": torch.tensor([[2.0, 0.0], [2.0, 0.0]]), "sentiment": torch.zeros(2, 5), "emotion": torch.zeros(2, 3)}
    agreed = np.concatenate([logits[head].numpy() for head in logits], 1)
    agreed[1] = np.nan
    told, differs = train.opinions_loss(logits, agreed)
    assert told.tolist() == [True, False] and torch.allclose(differs, torch.zeros(2), atol=1e-6)
    agreed[0, :2] = (0.0, 2.0)
    assert (train.opinions_loss(logits, agreed)[1] > 0).tolist() == [True, False]


def test_search_vectors_find_the_other_side(trained, tokenizer, files):
    rows = [[(text, []) for text in texts[:4]] for texts in (CHINESE, ENGLISH)]
    chinese, english = (evaluate.Session(files[0], tokenizer).run(side)["search"] for side in rows)
    assert ((chinese @ english.T).argmax(1) == np.arange(4)).all()
    assert ((chinese[:, :64] @ english[:, :64].T).argmax(1) == np.arange(4)).all()


def test_the_search_vector_reads_the_message_alone(trained, tokenizer):
    model, _ = trained
    alone, led = encode_rows(tokenizer, [("我要退款", []), ("我要退款", [("agent", "hello")])])
    assert led.types[len(alone.ids)] != 0 and led.ids[: len(alone.ids)] == alone.ids
    ids, types = torch.tensor([led.ids]), torch.tensor([led.types])
    with torch.no_grad():
        first, *_ = model.rows(ids, types, torch.ones_like(ids))
        wanted = first[0, : len(alone.ids)].mean(0)
        means = model.layer_means(ids, types, torch.ones_like(ids))[0]
    assert torch.allclose(means, wanted / wanted.norm(), atol=1e-5)


def test_every_weight_keeps_its_name(trained, files):
    model, _ = trained
    exact, small = ({name for name, _, _ in export.tensors(path)} for path in files)
    names = set(model.state_dict())
    assert names <= exact
    for name in names:
        quantised = f"{name}_quantized" in small and f"{name}_scale" in small
        assert quantised != (name in small), name


def test_what_ships_can_be_gone_on_from(trained, files, tokenizer):
    model, _ = trained
    state, phrases, projection = export.recover(files[1])
    wanted = rounding.rounded(model, encode_rows(tokenizer, [(text, []) for text in CHINESE + ENGLISH]))
    assert state.keys() == wanted.keys()
    for name, value in wanted.items():
        if isinstance(value, rounding.Rounded):
            assert (state[name] == value.values()).all(), name
        else:
            assert state[name].shape == value.shape
            assert np.abs(state[name] - value).max() <= np.abs(value).max() / 127, name
    exact = onnx_tensor(files[0], "wide.rows")
    assert np.abs(phrases.rows - exact).max() <= np.abs(exact).max() / rounding.PHRASE_STEPS
    assert (phrases.hashes[1:] > phrases.hashes[:-1]).all() and projection.weight.shape[1] == search.WIDTH


def onnx_tensor(path, name):
    return next(numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer if i.name == name)


def test_weights_ship_with_few_values_each_close_to_its_own():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(64, 384)).astype(np.float32)
    weights[:, 0], weights[3] = 0, 0
    for axis in (0, 1):
        coarse = rounding.nearest(weights, axis, rounding.STEPS).values()
        lines = coarse.T if axis == 0 else coarse
        assert max(len(np.unique(line)) for line in lines) <= 2 * rounding.STEPS + 1
        # On normal weights the best uniform quantiser of 16 levels reaches a signal-to-noise ratio of 19.4 dB (Max 1960), and ours
        # has 21.
        assert 10 * np.log10((weights**2).sum() / ((coarse - weights) ** 2).sum()) > 20
        assert (coarse[weights == 0] == 0).all()


def test_rounding_is_made_up_for_where_inputs_go_together():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(48, 32)).astype(np.float32)
    inputs = rng.normal(size=(2000, 8)) @ rng.normal(size=(8, 48)) + 0.3 * rng.normal(size=(2000, 48))
    moments = (inputs.T @ inputs).astype(np.float32)
    simple, better = rounding.nearest(weights, 0, 3).values(), rounding.compensated(weights, moments, 3).values()
    error = [(((inputs @ (found - weights)) ** 2).mean()) for found in (simple, better)]
    assert error[1] < error[0] / 2
    assert all(len(np.unique(column)) <= 7 for column in better.T)
    alike = rounding.compensated(weights, np.eye(48, dtype=np.float32), 3).values()
    assert np.allclose(alike, simple, atol=1e-5), "nothing to make up for among inputs that are independent"


def test_bundle_hashes_are_of_the_files_written(files, tokenizer, trained, tmp_path):
    temperature = {head: dict.fromkeys(("zh", "en", "zh+context", "en+context"), 1.0) for head in evaluate.HEADS}
    bundle.write(tmp_path, files[1], tokenizer, trained[1], TAXONOMY, temperature, [], {})
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    for name, entry in manifest["files"].items():
        assert bundle.file_entry(tmp_path / name) == entry


def test_card_tables_are_replaced_and_the_rest_is_kept(tmp_path):
    figures = {"rows": 2, "intent": 0.5, "polarity": 0.5, "emotion": 0.5, "emotion_f1": 0.5}
    temperature = {head: {"zh": 1.0, "en": 1.1, "zh+context": 1.2, "en+context": 1.3} for head in evaluate.HEADS}
    kinds = {f"{prefix}{c}": 0.5 for prefix in ("", "at_agent_") for c in ("precision", "recall", "average_precision")}
    report = {"sets": {"pairs/zh": figures}, "abuse": {"zh": {"rows": 1, "kind": 0.5} | kinds}, "sources": {"hint3/en": {"rows": 1, "intent": 0.7}},
              "pairs_retrieval": {f"{way}_{width}": 0.5 for way in ("zh_to_en", "en_to_zh") for width in (128, 64)},
              "temperature": temperature, "slices": {"tokens: 2–8/zh": figures | {"intent_top3": 0.9}},
              "confusions": [{"wanted": "order_status", "said": "delivery_info", "rows": 3, "example": "when | where"}]}
    path = tmp_path / "MODEL_CARD.md"
    manifest = {"name": "encoder", "version": "9", "training_data": [{"source": "pairs", "licence": "CC0-1.0", "rows": 7}]}
    path.write_text("# old\nkept " + " ".join(f"<!-- {n} -->old<!-- /{n} -->" for n in ("figures", "floors", "int8", "spread", "sources", "slices", "confusions", "temperatures", "training")))
    card.write(path, report, report, [report["sets"]] * 3, manifest)
    once = path.read_text("utf-8")
    assert once.startswith("# Model card: encoder 9\nkept ") and "old" not in once and "| pairs | CC0-1.0 | 7 |" in once and "| pairs/zh intent | 0.790 | 0.500 |" in once
    card.write(path, report, report, [report["sets"]] * 3, manifest)
    assert path.read_text("utf-8") == once
    path.write_text("no markers")
    with pytest.raises(ValueError):
        card.write(path, report, report, [report["sets"]] * 3, manifest)


def test_failures_are_counted_by_intent_and_length():
    assert [failures.length(tokens) for tokens in (2, 8, 9, 128)] == ["2–8", "2–8", "9–16", "33–128"]
    samples = [data.Sample(text, "en", "pairs", intent="order_status", also=also) for text, also in (("where is it", []), ("where", []), ("late", ["complaint"]))]
    found = failures.confusions(samples, ["refund_request", "refund_request", "complaint"])
    assert found == [{"wanted": "order_status", "said": "refund_request", "rows": 2, "example": "where"}]


def test_golden_cases_cover_the_hard_inputs():
    texts = [text for text, _ in goldens.HAND_WRITTEN]
    assert "" in texts and any(len(t) > 1000 for t in texts)
    assert {min(len(context), 2) for _, context in goldens.HAND_WRITTEN} == {0, 1, 2}


def test_temperature_recovers_a_known_scale():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 5)) * 2
    labels = np.array([rng.choice(5, p=p) for p in calibrate.softmax(logits)])
    assert calibrate.fit_temperature(logits * 3, labels, "abuse") == pytest.approx(3, rel=0.1)
    doubted = calibrate.doubted(calibrate.softmax(logits), "intent")
    assert np.allclose(doubted.sum(-1), 1) and doubted.max() < 1 - calibrate.DOUBT["intent"] * 0.8
    assert calibrate.expected_calibration_error(calibrate.softmax(logits), labels) < 0.03
    few = calibrate.chance_calibration_error(calibrate.softmax(logits[:200]))
    assert 0.03 < few < 0.1 and calibrate.chance_calibration_error(calibrate.softmax(logits)) < few / 3


@pytest.mark.skipif(not (MODELS / "bundle/model.onnx").exists(), reason="no bundle in this checkout")
def test_shipped_bundle_is_whole():
    manifest = json.loads((MODELS / "bundle/manifest.json").read_text("utf-8"))
    for name, entry in manifest["files"].items():
        assert bundle.file_entry(MODELS / "bundle" / name) == entry
    assert len(gzip.compress((MODELS / "bundle/model.onnx").read_bytes())) <= 8_000_000, "as it is fetched"
    assert len(manifest["heads"]["intent"]["labels"]) == 40
    lines = (MODELS / "goldens/encoder.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= 200
