//! From a message and the turns before it to an [`Analysis`]: language, one encoder pass over plain words, fields, danger.
//!
//! Text can never make this fail; what cannot be understood is `unknown`.

use domain::abuse::{AbuseKind, AbuseScore};
use domain::{Analysis, Lang};

#[cfg(not(target_arch = "wasm32"))]
use crate::bundle::MANIFEST;
use crate::bundle::{BundleError, Found, MODEL, Manifest, TOKENIZER};
use crate::engine::Encoder;
use crate::heads::Setting;
use crate::learn::Features;
use crate::tokens::{Encoded, Speaker, Tokeniser, Turn};
use crate::{curses, danger, fields, lang};

/// What a curse to the agent's face is, where the model does not say what is done to them.
const CURSED: AbuseScore = AbuseScore { kind: AbuseKind::Insult, score: 0.9 };

/// A loaded bundle.
pub struct Analyser {
    manifest: Manifest,
    tokeniser: Tokeniser,
    encoder: Encoder,
}

impl Analyser {
    /// Loads a bundle from a folder; the error names the file.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn open(dir: &std::path::Path) -> Result<Self, Box<dyn std::error::Error>> {
        let read = |name: &str| {
            let path = dir.join(name);
            std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let manifest = Manifest::parse(&read(MANIFEST)?)?;
        Ok(Self::load(manifest, &Found::new(&read(MODEL)?), &Found::new(&read(TOKENIZER)?))?)
    }

    /// Checks both files against the manifest and loads them.
    pub fn load(manifest: Manifest, model: &Found<'_>, tokenizer: &Found<'_>) -> Result<Self, BundleError> {
        manifest.check(MODEL, model)?;
        manifest.check(TOKENIZER, tokenizer)?;
        let encoder = Encoder::load(model.bytes, manifest.architecture.heads)?;
        let tokeniser = Tokeniser::load(tokenizer.bytes)?;
        let heads = &manifest.heads;
        let listed = [
            ("intent", heads.intent.labels.len()),
            ("sentiment", heads.sentiment.values.len()),
            ("emotion", heads.emotion.labels.len()),
            ("abuse", heads.abuse.labels.len()),
            ("flags", heads.flags.labels.len()),
        ];
        for ((head, expected), found) in listed.into_iter().zip(encoder.head_sizes()) {
            if expected != found {
                return Err(BundleError::Head { head, expected, found });
            }
        }
        if tokeniser.len() > encoder.vocabulary() {
            return Err(BundleError::Vocabulary { tokens: tokeniser.len(), rows: encoder.vocabulary() });
        }
        Ok(Self { manifest, tokeniser, encoder })
    }

    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    pub fn tokeniser(&self) -> &Tokeniser {
        &self.tokeniser
    }

    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// `context` are the turns before the message, oldest first; the last two are read.
    pub fn analyse(&self, text: &str, context: &[Turn<'_>]) -> Analysis {
        self.read(text, context).0
    }

    /// The analysis of a message, and its search vector as read after the turns before it; `None` where it was not read.
    pub fn read(&self, text: &str, context: &[Turn<'_>]) -> (Analysis, Option<Vec<f32>>) {
        let plain = curses::plain(text);
        let lang = lang::detect(&plain, lang_of(context));
        let mut analysis = fields_and_danger(text, context, lang);
        if text.trim().is_empty() {
            return (analysis, None);
        }
        let read_as = match lang {
            // "👍" and "???" say something in every language.
            Lang::Unknown if lang::is_wordless(text) => Lang::En,
            Lang::Unknown => return (analysis, None),
            known => known,
        };
        let Encoded { ids, types, truncated } = self.tokeniser.encode(&plain, context);
        analysis.truncated = truncated;
        let setting = Setting { lang: read_as, in_context: types.iter().any(|&kind| kind != 0) };
        let outputs = self.encoder.run(&ids, &types);
        if let Some(reading) = self.manifest.heads.read(&outputs, setting) {
            analysis.intent = reading.intent;
            analysis.intents = reading.intents;
            analysis.act = reading.act;
            analysis.sentiment = reading.sentiment;
            analysis.emotion = reading.emotion;
            analysis.abuse = abuse(&plain, reading.abuse);
            analysis.flags = reading.flags;
            if analysis.danger.is_none() {
                analysis.danger = reading.danger;
                analysis.danger_by_model = analysis.danger.is_some();
            }
        }
        (analysis, Some(outputs.search))
    }

    /// What can be learned from a text alone; `None` for text in a language that is not understood, or without words.
    pub fn features(&self, text: &str) -> Option<Features> {
        if lang::detect(text, None) == Lang::Unknown {
            return None;
        }
        let Encoded { ids, types, .. } = self.tokeniser.encode(text, &[]);
        Some(Features::of(text, &self.encoder.run(&ids, &types)))
    }

    /// The search vector of a text alone, of length 1: like vectors mean like messages, across both languages.
    pub fn embed(&self, text: &str) -> Vec<f32> {
        let Encoded { ids, types, .. } = self.tokeniser.encode(text, &[]);
        self.encoder.run(&ids, &types).search
    }
}

/// What can be said of a message without a model: its language, fields, danger.
pub fn without_model(text: &str, context: &[Turn<'_>]) -> Analysis {
    fields_and_danger(text, context, lang::detect(text, lang_of(context)))
}

/// The language of the newest turn that has one.
fn lang_of(context: &[Turn<'_>]) -> Option<Lang> {
    context.iter().rev().map(|turn| lang::detect(turn.text, None)).find(|&lang| lang != Lang::Unknown)
}

/// What was read of abuse, or a curse to the agent's face where nothing was read of the agent.
fn abuse(plain: &str, read: Option<AbuseScore>) -> Option<AbuseScore> {
    let of_nobody = read.as_ref().is_none_or(|abuse| abuse.kind == AbuseKind::ProfanityNotAtAgent);
    if of_nobody && curses::is_at_agent(plain) { Some(CURSED) } else { read }
}

fn fields_and_danger(text: &str, context: &[Turn<'_>], lang: Lang) -> Analysis {
    let asked = context.iter().rev().find(|turn| turn.speaker == Speaker::Agent).map(|turn| turn.text);
    Analysis { fields: fields::extract(text, asked), danger: danger::find(text), ..Analysis::unknown(lang) }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::engine::fixture::{self, Sizes};

    /// A small random model: its labels mean nothing, but the same text always gets the same ones.
    pub fn random_analyser() -> Analyser {
        let (model, tokenizer) = (fixture::encoder(&Sizes::default(), 11, true), crate::tokens::tests::small_json());
        let manifest = crate::bundle::tests::manifest_for(&model, tokenizer.as_bytes());
        Analyser::load(manifest, &Found::new(&model), &Found::new(tokenizer.as_bytes())).unwrap()
    }

    /// The same for all tests that only read it.
    pub fn shared_analyser() -> &'static Analyser {
        static ANALYSER: std::sync::LazyLock<Analyser> = std::sync::LazyLock::new(random_analyser);
        &ANALYSER
    }

    #[test]
    fn unknown_languages_are_not_guessed() {
        let analysis = shared_analyser().analyse("Où est ma commande ? Écrivez à a@b.fr", &[]);
        assert_eq!(
            (analysis.lang, analysis.intent.label.as_str(), analysis.intent.score),
            (Lang::Unknown, "unknown", 0.0)
        );
        assert_eq!(analysis.fields.len(), 1, "fields do not depend on the language");
    }

    #[test]
    fn a_curse_in_disguise_is_read_in_its_language() {
        for (text, lang) in [("nmsl", Lang::Zh), ("傻X客服", Lang::Zh), ("f*ck you", Lang::En)] {
            assert_eq!(shared_analyser().analyse(text, &[]).lang, lang, "{text}");
        }
    }

    #[test]
    fn a_curse_to_the_agents_face_is_an_insult_unless_it_was_read_as_worse() {
        let read = |kind| Some(AbuseScore { kind, score: 0.6 });
        assert_eq!(abuse("fuck you", None), Some(CURSED));
        assert_eq!(abuse("fuck you", read(AbuseKind::ProfanityNotAtAgent)), Some(CURSED));
        for kind in [AbuseKind::Threat, AbuseKind::SelfHarm] {
            assert_eq!(abuse("fuck you", read(kind)), read(kind));
        }
        assert_eq!(abuse("thank you", None), None);
    }

    #[test]
    fn what_has_no_words_is_understood_in_no_language() {
        for text in ["👍", "???", "48213"] {
            let analysis = shared_analyser().analyse(text, &[]);
            assert_eq!(analysis.lang, Lang::Unknown, "{text}");
            assert!(analysis.intent.score > 0.0, "{text}");
        }
        assert_eq!(shared_analyser().analyse(" \n ", &[]).intent.score, 0.0, "nothing at all");
    }

    #[test]
    fn codes_follow_the_conversation() {
        let context = [Turn { speaker: Speaker::Agent, text: "麻烦发一下订单号" }];
        let analysis = shared_analyser().analyse("TB88210394", &context);
        assert_eq!(analysis.lang, Lang::Zh);
        assert_eq!(analysis.fields[0].value, "TB88210394");
    }

    #[test]
    fn a_changed_model_is_refused() {
        let (mut model, tokenizer) =
            (fixture::encoder(&Sizes::default(), 11, true), crate::tokens::tests::small_json());
        let manifest = crate::bundle::tests::manifest_for(&model, tokenizer.as_bytes());
        *model.last_mut().unwrap() ^= 1;
        assert!(matches!(
            Analyser::load(manifest, &Found::new(&model), &Found::new(tokenizer.as_bytes())),
            Err(BundleError::Hash(MODEL))
        ));
    }

    proptest::proptest! {
        #[test]
        fn text_never_makes_analysis_fail(text in ".{0,200}", turn in ".{0,40}") {
            let context = [Turn { speaker: Speaker::Customer, text: &turn }];
            let analysis = shared_analyser().analyse(&text, &context);
            for score in [analysis.intent.score, analysis.sentiment.score, analysis.emotion.score] {
                proptest::prop_assert!((0.0..=1.0).contains(&score));
            }
            proptest::prop_assert!((-1.0..=1.0).contains(&analysis.sentiment.value));
        }
    }
}
