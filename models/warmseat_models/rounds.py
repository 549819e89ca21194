"""Settings of a round from the weights that ship, when there is more to learn from: corrections, or another round of writing.
Chosen on the development data."""

from .train import EMOTION_BALANCE, VARIANTS, Settings

# The public English intents: nearly all there is.
PUBLIC = {"clinc150": 13000, "multidogo_turn": 11000, "banking77": 9000, "hint3": 2000}
GO_ON = Settings(
    epochs=1.0,
    rate=1.5e-4,
    heads_rate=5e-4,
    tokens_per_batch=2048,
    emotion_balance=EMOTION_BALANCE,
    opinions_weight=1.0,
    labels_weight=0.3,
    quotas={
        **PUBLIC,
        VARIANTS: 8000,
        "pairs": 32000,
        "bitext_cs": 2500,
        "goemotions": 30000,
        "xed": 18000,
        "vader_groundtruth": 17000,
        "empathetic_personas": 1800,
        "cped": 8000,
        "meituan_asap_sample": 100,
    },
    untouched=(*PUBLIC, "bitext_cs", VARIANTS),
)
GONE_ON = 3
