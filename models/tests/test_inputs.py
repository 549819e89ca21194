"""The input contract, case by case."""

import pytest

from warmseat_models.inputs import assemble

CLS, SEP = 2, 3


def check(message_tokens, turns, expected_length, expected_types, truncated):
    message = list(range(1000, 1000 + message_tokens))
    encoded = assemble(message, [(author, [7] * count) for author, count in turns], CLS, SEP)
    assert len(encoded.ids) == expected_length == len(encoded.types) <= 128
    assert {t: encoded.types.count(t) for t in set(encoded.types)} == expected_types
    assert encoded.truncated == truncated
    assert encoded.ids[0] == CLS and encoded.ids[-1] == SEP
    return encoded


@pytest.mark.parametrize(
    "message_tokens, turns, length, types, truncated",
    [
        (0, [], 2, {0: 2}, False),
        (126, [], 128, {0: 128}, False),
        (127, [], 128, {0: 128}, True),
        (3, [("agent", 4)], 10, {0: 5, 2: 5}, False),
        (3, [("customer", 4), ("agent", 2)], 13, {0: 5, 1: 5, 2: 3}, False),
        (3, [("customer", 9), ("customer", 4), ("agent", 2)], 13, {0: 5, 1: 5, 2: 3}, False),
        (3, [("agent", 40)], 38, {0: 5, 2: 33}, False),
        (3, [("agent", 0)], 6, {0: 5, 2: 1}, False),
        (94, [("agent", 31)], 128, {0: 96, 2: 32}, False),
        (94, [("agent", 32)], 96, {0: 96}, False),
        (94, [("customer", 1), ("agent", 32)], 96, {0: 96}, False),
        (124, [("agent", 1)], 128, {0: 126, 2: 2}, False),
    ],
)
def test_layout(message_tokens, turns, length, types, truncated):
    check(message_tokens, turns, length, types, truncated)


def test_cut_message_keeps_head_and_tail():
    encoded = check(200, [("agent", 3)], 128, {0: 128}, True)
    assert encoded.ids[1:95] == list(range(1000, 1094))
    assert encoded.ids[95:127] == list(range(1168, 1200))


def test_turns_are_most_recent_first_and_keep_their_end():
    long_turn = list(range(500, 540))
    encoded = assemble([9], [("customer", [8]), ("agent", long_turn)], CLS, SEP)
    assert encoded.ids == [CLS, 9, SEP, *long_turn[-32:], SEP, 8, SEP]
