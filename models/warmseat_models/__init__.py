"""Training and export of the Warmseat encoder: one bilingual model with heads for intent, sentiment and emotion."""
