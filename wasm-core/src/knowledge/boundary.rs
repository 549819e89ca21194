//! Texts that draw a boundary after abuse, zh and en: one calm warning, and the service goes on.

use std::sync::LazyLock;

use domain::Lang;
use domain::abuse::AbuseKind;
use domain::suggestion::{Reason, Source, Suggestion};
use serde::Deserialize;

use super::Words;

#[derive(Debug, Deserialize)]
struct Boundary {
    id: String,
    kinds: Vec<AbuseKind>,
    zh: Words,
    en: Words,
}

static BOUNDARIES: LazyLock<Vec<Boundary>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../knowledge/boundaries.json")).unwrap_or_default());

/// Whether a suggestion is one of these texts.
pub fn has(id: &str) -> bool {
    BOUNDARIES.iter().any(|boundary| boundary.id == id)
}

/// What fits this kind; nothing in an unknown language.
pub fn texts(kind: AbuseKind, lang: Lang) -> Vec<Suggestion> {
    let fitting = BOUNDARIES.iter().filter(|boundary| boundary.kinds.contains(&kind));
    let texts = fitting.filter_map(|boundary| {
        let words = match lang {
            Lang::Zh => &boundary.zh,
            Lang::En => &boundary.en,
            Lang::Unknown => return None,
        };
        Some(Suggestion {
            id: boundary.id.clone(),
            source: Source::Template,
            title: words.title.clone(),
            text: words.text.clone(),
            lang,
            reasons: vec![Reason::Mood],
            score: 1.0,
            draft_only: false,
            from: None,
        })
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_done_to_the_agent_has_two_texts_in_both_languages() {
        use AbuseKind::*;
        for lang in [Lang::Zh, Lang::En] {
            for kind in [Insult, Threat, Harassment, Discrimination] {
                let texts = texts(kind, lang);
                assert!((2..=3).contains(&texts.len()), "{kind:?} {lang:?}");
                for text in texts {
                    assert!(text.text.is_ascii() == (lang == Lang::En), "{}", text.text);
                    assert!(!text.text.contains(['!', '！', '亲', '{']), "{}", text.text);
                    assert!(text.id.starts_with("boundary-"), "{}", text.id);
                }
            }
            assert!(texts(SelfHarm, lang).is_empty() && texts(ProfanityNotAtAgent, lang).is_empty());
        }
        assert!(texts(Insult, Lang::Unknown).is_empty());
    }
}
