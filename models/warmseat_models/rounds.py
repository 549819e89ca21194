"""Settings of every training round: how long, how fast, how much of which source. Chosen on the development data."""

from .train import OWN, QUOTAS, VARIANTS, Settings

# The public English intents: nearly all there is.
PUBLIC = {"clinc150": 15000, "multidogo_turn": 13000, "banking77": 9000, "hint3": 2000}

STUDENT = Settings(epochs=6.0, rate=2.5e-4, heads_rate=1e-3, tokens_per_batch=2048, embedding_weight=0.1)
REFINE = Settings(
    epochs=2.1,
    rate=2e-4,
    heads_rate=5e-4,
    tokens_per_batch=2048,
    embedding_weight=0.05,
    emotion_balance=0.2,
    quotas={source: quota // 4 for source, quota in QUOTAS.items()},
)
BROADEN = Settings(
    epochs=2.0,
    rate=2e-4,
    heads_rate=5e-4,
    tokens_per_batch=2048,
    embedding_weight=0.05,
    emotion_balance=0.2,
    quotas={**QUOTAS, "clinc150": 15000, "multidogo_turn": 9000},
)
SETTLE = Settings(
    epochs=1.0,
    rate=1e-4,
    heads_rate=3e-4,
    tokens_per_batch=2048,
    embedding_weight=0.05,
    quotas={**QUOTAS, "clinc150": 15000, "multidogo_turn": 13000, "goemotions": 2000},
)
# All of the public English intents, and as much of ours as keeps it in mind.
REHEARSE = Settings(
    epochs=1.5,
    rate=2e-4,
    heads_rate=5e-4,
    tokens_per_batch=2048,
    embedding_weight=0.05,
    quotas={
        "clinc150": 20000,
        "multidogo_turn": 20000,
        "banking77": 12000,
        "bitext_cs": 3000,
        "hint3": 2000,
        "goemotions": 1000,
        "xed": 300,
        "vader_groundtruth": 300,
        "empathetic_personas": 600,
        "cped": 800,
        "meituan_asap_sample": 100,
        "pairs": 9000,
        "authored": 2000,
        "dialogues": 2500,
    },
)
# Once more, a little faster.
REHEARSE_AGAIN = Settings(**{**vars(REHEARSE), "epochs": 1.6, "rate": 2.5e-4})
# The tutors learn English alone.
TUTOR = Settings(
    epochs=3.0,
    rate=1.5e-4,
    heads_rate=1e-3,
    tokens_per_batch=2048,
    quotas={
        **PUBLIC,
        "bitext_cs": 3000,
        "goemotions": 5000,
        "xed": 1500,
        "vader_groundtruth": 1500,
        "empathetic_personas": 600,
    },
)
SPECIALIST = Settings(
    epochs=3.0,
    rate=1e-4,
    heads_rate=1e-3,
    tokens_per_batch=1024,
    quotas={**PUBLIC, "bitext_cs": 7000, **dict.fromkeys(OWN, 0)},
    untouched=(*PUBLIC, "bitext_cs"),
)
# Everything again beside the tutors' opinions.
STUDY = Settings(
    epochs=2.3,
    rate=2.5e-4,
    heads_rate=5e-4,
    tokens_per_batch=2048,
    emotion_balance=0.1,
    tutor_weight=0.5,
    quotas={
        **PUBLIC,
        VARIANTS: 20000,
        "bitext_cs": 2500,
        "goemotions": 2000,
        "xed": 700,
        "vader_groundtruth": 700,
        "empathetic_personas": 500,
        "cped": 1000,
        "meituan_asap_sample": 100,
    },
    untouched=(*PUBLIC, "bitext_cs", VARIANTS),
)
STUDY_AGAIN = Settings(**{**vars(STUDY), "epochs": 1.0, "rate": 2e-4})
STUDIES = 3
# A round from the weights that ship, when there is more to learn from: corrections, or another round of writing.
GO_ON = Settings(
    **{
        **vars(STUDY_AGAIN),
        "rate": 1.5e-4,
        "quotas": {
            **STUDY_AGAIN.quotas,
            "pairs": 32000,
            "clinc150": 13000,
            "multidogo_turn": 11000,
            VARIANTS: 8000,
        },
    }
)
GONE_ON = 3
GONE_ON_SHARE = 0.7
DISTILLED_SHARE = 0.1
SETTLED_SHARE = 0.6
REHEARSED_SHARES = (0.25, 0.25, 0.5)
DISTIL_EPOCHS = 2.0
DISTIL_RATE = 5e-4
