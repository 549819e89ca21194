//! A team's own model, as an administrator of the team shares it: the files, what its labels mean, and what can be wrong with it.
//!
//! Knows neither ONNX nor tokenisers: crate `own-model` reads the files and says a [`Fault`].

use serde::{Deserialize, Serialize};

use crate::intent::CATEGORIES;

/// DistilBERT with weights of 8 bits has 64 MB, BERT 105 MB.
pub const MOST_MODEL_BYTES: u64 = 128 * 1024 * 1024;
pub const MOST_TOKENIZER_BYTES: u64 = 16 * 1024 * 1024;
pub const MOST_LABELS_BYTES: u64 = 1024 * 1024;
pub const MOST_LABELS: usize = 200;
/// Without a word for this long it is given up.
pub const MOST_LOAD_SECONDS: u32 = 60;
pub const MOST_ANSWER_SECONDS: u32 = 5;
/// Of a label's name and of the model's.
pub const MOST_NAME_CHARS: usize = 60;

/// One file by its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// 64 hexadecimal digits in lower case.
    pub sha256: String,
    pub size_bytes: u64,
}

/// What one output of the model means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnLabel {
    /// As the model's label map calls it.
    pub name: String,
    /// A category of the taxonomy; without one it is a label of the team's own, under its name.
    pub class: Option<String>,
}

/// What is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnModel {
    /// For people: the file's name.
    pub name: String,
    pub model: ModelFile,
    pub tokenizer: ModelFile,
    /// In the order of the model's outputs.
    pub labels: Vec<OwnLabel>,
}

/// For devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamModel {
    pub model: Option<VersionedModel>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionedModel {
    /// Changes with every file and every label.
    pub version: String,
    #[serde(flatten)]
    pub own: OwnModel,
}

/// For the dashboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnModelRecord {
    pub model: Option<VersionedModel>,
    pub changed_by: Option<String>,
    pub changed_at_ms: Option<i64>,
}

/// Which of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Model,
    Tokenizer,
    Labels,
}

/// Why a model cannot be used. The message is for logs; surfaces say it in their own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    #[error("this is not an ONNX file, or it is cut short")]
    NotOnnx,
    #[error("the {file:?} file is larger than {most_bytes} bytes")]
    TooLarge {
        file: FileKind,
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        most_bytes: u64,
    },
    #[error("operator {operator} (opset {opset}) is not supported")]
    Operator { operator: String, opset: u32 },
    #[error("the weights are in another file, {file}: export with the weights inside")]
    ExternalWeights { file: String },
    #[error("no input called input_ids; there are {}", inputs.join(", "))]
    NoTextInput { inputs: Vec<String> },
    #[error("input {input} is not known: a text classifier takes input_ids, attention_mask and token_type_ids")]
    UnknownInput { input: String },
    #[error("no output with one score a label; there are {}", outputs.join(", "))]
    NoScores { outputs: Vec<String> },
    #[error("the label map is neither a list of 2 to 200 names nor has it id2label")]
    LabelsUnreadable,
    #[error("{labels} labels for {outputs} outputs")]
    LabelCount { labels: u32, outputs: u32 },
    #[error("the tokeniser cannot be read: {detail}")]
    Tokenizer { detail: String },
    #[error("the tokeniser has {tokens} tokens, the model knows {rows}: they do not belong together")]
    Vocabulary { tokens: u32, rows: u32 },
    #[error("the graph cannot be run: {detail}")]
    Graph { detail: String },
    #[error("reading it made the engine stop")]
    Stopped,
    #[error("it takes too long")]
    TooSlow,
    #[error("a file on this machine could not be read")]
    NotRead,
    #[error("a file could not be fetched")]
    NotFetched,
    #[error("a file is not the one that was shared")]
    Changed,
}

impl OwnModel {
    /// JSON pointers to what cannot be shared.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut check = |pointer: String, holds: bool| {
            if !holds {
                faults.push(pointer);
            }
        };
        check("/name".into(), is_name(&self.name));
        for (pointer, file, most) in
            [("/model", &self.model, MOST_MODEL_BYTES), ("/tokenizer", &self.tokenizer, MOST_TOKENIZER_BYTES)]
        {
            check(format!("{pointer}/sha256"), is_sha256(&file.sha256));
            check(format!("{pointer}/size_bytes"), (1..=most).contains(&file.size_bytes));
        }
        check("/labels".into(), (2..=MOST_LABELS).contains(&self.labels.len()));
        for (nth, label) in self.labels.iter().enumerate() {
            check(format!("/labels/{nth}/name"), is_name(&label.name));
            let is_class = |class: &String| CATEGORIES.iter().any(|known| known.id == class);
            check(format!("/labels/{nth}/class"), label.class.as_ref().is_none_or(is_class));
        }
        faults
    }
}

/// The category that a label's name stands for: by its id or one of its names, whatever their case.
pub fn class_of(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let name = plain(name);
    let known =
        CATEGORIES.iter().find(|known| [known.id, known.en, known.zh].into_iter().any(|own| plain(own) == name));
    known.map(|known| known.id)
}

pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_name(text: &str) -> bool {
    (1..=MOST_NAME_CHARS).contains(&text.chars().count()) && text.trim() == text && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_find_their_category_by_id_and_by_name() {
        let check = |name, class| assert_eq!(class_of(name), class, "{name}");
        check("refund_status", Some("refund_status"));
        check("REFUND-STATUS", Some("refund_status"));
        check("Refund status", Some("refund_status"));
        check(" 退款进度 ", Some("refund_status"));
        check("Return / exchange request or policy", Some("return_exchange"));
        check("LABEL_0", None);
        check("unknown", None);
        check("", None);
    }

    #[test]
    fn every_field_is_checked() {
        let file = |size_bytes| ModelFile { sha256: "0a".repeat(32), size_bytes };
        let label = |name: &str, class: Option<&str>| OwnLabel { name: name.into(), class: class.map(str::to_owned) };
        let good = OwnModel {
            name: "intents.onnx".into(),
            model: file(1),
            tokenizer: file(1),
            labels: vec![label("Bikes", None), label("x", Some("complaint"))],
        };
        assert!(good.faults().is_empty());
        let check = |change: fn(&mut OwnModel), pointer: &str| {
            let mut bad = good.clone();
            change(&mut bad);
            assert_eq!(bad.faults(), [pointer]);
        };
        check(|own| own.name.clear(), "/name");
        check(|own| own.model.size_bytes = MOST_MODEL_BYTES + 1, "/model/size_bytes");
        check(|own| own.tokenizer.size_bytes = 0, "/tokenizer/size_bytes");
        check(|own| own.model.sha256 = "0A".repeat(32), "/model/sha256");
        check(|own| own.labels.truncate(1), "/labels");
        check(|own| own.labels[0].name = "长".repeat(61), "/labels/0/name");
        check(|own| own.labels[1].class = Some("team_x".into()), "/labels/1/class");
    }

    #[test]
    fn faults_cross_the_worker_as_codes() {
        let fault = Fault::Operator { operator: "Einsum2".into(), opset: 17 };
        let text = serde_json::to_string(&fault).unwrap();
        assert_eq!(text, r#"{"code":"operator","operator":"Einsum2","opset":17}"#);
        assert_eq!(serde_json::from_str::<Fault>(&text).unwrap(), fault);
    }
}
