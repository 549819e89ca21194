//! Why a team's own model cannot be used, and what to do about it, in words for whoever put it there.

use domain::own_model::{Fault, FileKind};
use domain::wire::Locale;

/// One or two sentences.
pub fn own_model_fault(fault: &Fault, locale: Locale) -> String {
    match locale {
        Locale::En => in_english(fault),
        Locale::Zh => in_chinese(fault),
    }
}

fn in_english(fault: &Fault) -> String {
    match fault {
        Fault::NotOnnx => "This is not a whole ONNX file. Export the model again, or choose the .onnx file.".into(),
        Fault::TooLarge { file, most_bytes } => format!(
            "The {} is larger than {} MB. {}",
            match file {
                FileKind::Model => "model",
                FileKind::Tokenizer => "tokeniser",
                FileKind::Labels => "label map",
            },
            most_bytes >> 20,
            if *file == FileKind::Model { "Quantise it, or take a smaller one." } else { "Choose the right file." }
        ),
        Fault::Operator { operator, opset } => format!(
            "The model uses the operator {operator} (opset {opset}), which is not supported. Export it without \
             optimisation or fused operators, opset 17."
        ),
        Fault::ExternalWeights { file } => {
            format!("The weights are in a second file, {file}. Export the model as one file (external_data=False).")
        }
        Fault::NoTextInput { inputs } => format!(
            "The model takes no input_ids (it takes: {}). Export it as a text classifier with its tokeniser's names.",
            inputs.join(", ")
        ),
        Fault::UnknownInput { input } => format!(
            "The model wants an input {input}. A text classifier takes input_ids, attention_mask and token_type_ids."
        ),
        Fault::NoScores { outputs } => format!(
            "None of the outputs has one score for each label ({}). Export it for text classification.",
            outputs.join(", ")
        ),
        Fault::LabelsUnreadable => {
            "The label map cannot be read. Take the model's config.json, or a JSON list of 2 to 200 names of at most 60 \
             characters."
                .into()
        }
        Fault::LabelCount { labels, outputs } => format!(
            "The label map has {labels} labels, the model has {outputs} outputs. Take the config.json of this very model."
        ),
        Fault::Tokenizer { detail } => {
            format!("The tokeniser cannot be read ({detail}). Take the tokenizer.json of a fast tokeniser.")
        }
        Fault::Vocabulary { tokens, rows } => format!(
            "The tokeniser has {tokens} tokens, the model knows {rows}. Take the tokenizer.json of this very model."
        ),
        Fault::Graph { detail } => {
            format!("The model cannot be run ({detail}). Export it again as a text classifier, opset 17.")
        }
        Fault::Stopped => "Reading the model stopped the engine. Export it again; if it stays so, choose another.".into(),
        Fault::TooSlow => "The model takes too long on this device. Choose a smaller one.".into(),
        Fault::NotRead => "A file could not be read. It may have been changed or moved; choose it again.".into(),
        Fault::NotFetched => "The model could not be fetched from the server. It is tried again in a minute.".into(),
        Fault::Changed => "The model's files are not those that were shared. They are fetched again in a minute.".into(),
    }
}

fn in_chinese(fault: &Fault) -> String {
    match fault {
        Fault::NotOnnx => "这不是完整的 ONNX 文件，请重新导出，或选择 .onnx 文件。".into(),
        Fault::TooLarge { file, most_bytes } => format!(
            "{}超过 {} MB，{}",
            match file {
                FileKind::Model => "模型",
                FileKind::Tokenizer => "分词器",
                FileKind::Labels => "标签表",
            },
            most_bytes >> 20,
            if *file == FileKind::Model {
                "请量化，或换一个小一些的。"
            } else {
                "请选择正确的文件。"
            }
        ),
        Fault::Operator { operator, opset } => {
            format!("模型用到的算子 {operator}（opset {opset}）不受支持。请不做优化和融合，用 opset 17 重新导出。")
        }
        Fault::ExternalWeights { file } => {
            format!("权重在另一个文件 {file} 里，请导出成单个文件（external_data=False）。")
        }
        Fault::NoTextInput { inputs } => {
            format!("模型没有 input_ids 输入（现有：{}）。请按文本分类导出，保留分词器的输入名。", inputs.join("、"))
        }
        Fault::UnknownInput { input } => {
            format!("模型需要输入 {input}。文本分类模型只用 input_ids、attention_mask 和 token_type_ids。")
        }
        Fault::NoScores { outputs } => {
            format!("没有一个输出为每个标签给出分数（现有：{}）。请按文本分类导出。", outputs.join("、"))
        }
        Fault::LabelsUnreadable => {
            "标签表无法读取。请用模型的 config.json，或一个 JSON 列表：2 到 200 个名称，每个不超过 60 个字。".into()
        }
        Fault::LabelCount { labels, outputs } => {
            format!("标签表有 {labels} 个标签，模型有 {outputs} 个输出。请用这个模型自己的 config.json。")
        }
        Fault::Tokenizer { detail } => format!("分词器无法读取（{detail}）。请用快速分词器的 tokenizer.json。"),
        Fault::Vocabulary { tokens, rows } => {
            format!("分词器有 {tokens} 个词元，模型只认识 {rows} 个。请用这个模型自己的 tokenizer.json。")
        }
        Fault::Graph { detail } => format!("模型无法运行（{detail}）。请按文本分类、opset 17 重新导出。"),
        Fault::Stopped => "读取模型时引擎停止了。请重新导出；仍然如此就换一个模型。".into(),
        Fault::TooSlow => "模型在这台设备上太慢，请换一个小一些的。".into(),
        Fault::NotRead => "有文件无法读取，可能已被改动或移走，请重新选择。".into(),
        Fault::NotFetched => "没能从服务器取到模型，一分钟后再试。".into(),
        Fault::Changed => "取到的文件与分享的不一致，一分钟后重新获取。".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_and_what_to_do() {
        let faults = [
            Fault::NotOnnx,
            Fault::TooLarge { file: FileKind::Model, most_bytes: 128 << 20 },
            Fault::Operator { operator: "com.example.Fused".into(), opset: 3 },
            Fault::ExternalWeights { file: "weights.bin".into() },
            Fault::NoTextInput { inputs: vec!["pixel_values".into()] },
            Fault::UnknownInput { input: "bbox".into() },
            Fault::NoScores { outputs: vec!["hidden".into()] },
            Fault::LabelsUnreadable,
            Fault::LabelCount { labels: 2, outputs: 6 },
            Fault::Tokenizer { detail: "eof".into() },
            Fault::Vocabulary { tokens: 9, rows: 8 },
            Fault::Graph { detail: "shape".into() },
            Fault::Stopped,
            Fault::TooSlow,
            Fault::NotRead,
            Fault::NotFetched,
            Fault::Changed,
        ];
        for fault in faults {
            let (en, zh) = (own_model_fault(&fault, Locale::En), own_model_fault(&fault, Locale::Zh));
            assert!(en.ends_with('.') && en.len() > 40 && !en.contains("  "), "{en}");
            assert!(zh.ends_with('。') && !zh.contains('！'), "{zh}");
        }
        let large = own_model_fault(&Fault::TooLarge { file: FileKind::Model, most_bytes: 128 << 20 }, Locale::En);
        assert!(large.contains("128 MB"), "{large}");
    }
}
