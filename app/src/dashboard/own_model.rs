//! "Own model": the team's classifier. What is chosen is checked here, in this browser, before anything is uploaded; then it is tried
//! out, its labels are given their classes, and the team's devices get it.

use domain::own_model::{
    Fault, FileKind, MOST_LABELS_BYTES, MOST_MODEL_BYTES, MOST_NAME_CHARS, MOST_TOKENIZER_BYTES, ModelFile, OwnLabel,
    OwnModel, OwnModelRecord, class_of,
};
use futures_util::FutureExt;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::api;
use super::errand::{AskFirst, Errand, Trouble, use_told};
use super::fetched::{Fetched, loaded};
use super::moment::Moment;
use super::parts::{Empty, FileButton, Heading, focus_heading};
use super::prefs::{say, use_prefs};
use super::sentence;
use super::trial::{Files, Loaded, Trial};
use super::words::Words;
use crate::shared::own_model::own_model_fault;

mod labels;
mod try_it;

use labels::Mapping;
use try_it::TryIt;

#[component]
pub fn OwnModelPage() -> impl IntoView {
    let prefs = use_prefs();
    let shelf = Fetched::start(api::own_model);
    let changed = move || shelf.again();
    view! {
        <Heading text=Signal::derive(move || prefs.words().own_model.to_string())>{say(|w| w.own_model_lead)}</Heading>
        {loaded(shelf, move |record| view! {
            <InUse record=record changed=changed />
            <Chooser record=record changed=changed />
        })}
    }
}

/// The model that the team's devices have, or what is needed for one.
#[component]
fn InUse(record: Signal<OwnModelRecord>, changed: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let prefs = use_prefs();
    let asked = RwSignal::new(None::<String>);
    let remove = move || async move { api::remove_own_model().await.map(drop) }.boxed_local();
    move || {
        let OwnModelRecord { model, changed_by, changed_at_ms } = record.get();
        let Some(model) = model else {
            return view! {
                <Empty
                    title=Signal::derive(say(|w| w.own_model_empty_title))
                    body=Signal::derive(say(|w| w.own_model_empty_body))
                />
            }
            .into_any();
        };
        let size_bytes = model.own.model.size_bytes;
        let count = model.own.labels.len();
        let name = model.own.name.clone();
        view! {
            <section aria-labelledby="own-model-in-use">
                <h2 id="own-model-in-use">{say(|w| w.in_use)}</h2>
                <ul class="taught-list">
                    <li class="taught">
                        <div class="taught-words">
                            <h3>{name.clone()}</h3>
                            <p class="facts">
                                <span>{sentence::file_size(size_bytes)}</span>
                                <span>{changed_by} " · " {changed_at_ms.map(|ms| view! { <Moment ms=ms /> })}</span>
                            </p>
                            <details>
                                <summary>{move || sentence::labels(prefs.locale(), count)}</summary>
                                <dl class="taught-how">
                                    {model.own.labels.into_iter().map(|label| {
                                        let OwnLabel { name, class } = label;
                                        let class = move || labels::class_words(prefs.locale(), class.as_deref());
                                        view! { <dt>{name}</dt><dd>{class}</dd> }
                                    }).collect_view()}
                                </dl>
                            </details>
                        </div>
                        <div class="taught-act">
                            <AskFirst
                                key="own-model".into()
                                asked=asked
                                word=|w| w.remove
                                question=|w| w.own_model_remove_question
                                about=name
                                act=remove
                                done=changed
                            />
                        </div>
                    </li>
                </ul>
            </section>
        }
        .into_any()
    }
}

/// The three files, as far as they are chosen.
#[derive(Clone, Debug, Default, PartialEq)]
struct Chosen {
    model: Option<File>,
    tokenizer: Option<File>,
    labels: Option<File>,
}

impl Chosen {
    /// Takes files for what their names say, and returns the names of the others.
    fn take(&mut self, files: Vec<File>) -> Vec<String> {
        let mut others = Vec::new();
        for file in files {
            match part_of(&file.name()) {
                Some(Part::Model) => self.model = Some(file),
                Some(Part::Tokenizer) => self.tokenizer = Some(file),
                Some(Part::Labels) => self.labels = Some(file),
                None => others.push(file.name()),
            }
        }
        others
    }

    fn all(&self) -> Option<[File; 3]> {
        Some([self.model.clone()?, self.tokenizer.clone()?, self.labels.clone()?])
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Model,
    Tokenizer,
    Labels,
}

fn part_of(name: &str) -> Option<Part> {
    let name = name.to_lowercase();
    match name.as_str() {
        name if name.ends_with(".onnx") => Some(Part::Model),
        "tokenizer.json" => Some(Part::Tokenizer),
        "config.json" => Some(Part::Labels),
        name if name.ends_with(".json") && name.contains("label") => Some(Part::Labels),
        _ => None,
    }
}

/// How far what was chosen has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// With the names of files that were of no use.
    Choosing(Vec<String>),
    Checking,
    Faulty(Fault),
    Good(Loaded),
}

#[component]
fn Chooser(record: Signal<OwnModelRecord>, changed: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let prefs = use_prefs();
    let chosen = RwSignal::new_local(Chosen::default());
    let stage = RwSignal::new(Stage::Choosing(Vec::new()));
    let trial = StoredValue::new_local(None::<Trial>);
    let bytes = StoredValue::new_local(None::<Files>);
    // Of checks that overtake each other the last one counts.
    let number = StoredValue::new(0_u32);
    let check = move |files: [File; 3]| {
        number.update_value(|number| *number += 1);
        let mine = number.get_value();
        stage.set(Stage::Checking);
        trial.set_value(None);
        spawn_local(async move {
            let result = async {
                let [model, tokenizer, labels] = files;
                let files = Files {
                    model: read(&model, FileKind::Model, MOST_MODEL_BYTES).await?,
                    tokenizer: read(&tokenizer, FileKind::Tokenizer, MOST_TOKENIZER_BYTES).await?,
                    labels: read(&labels, FileKind::Labels, MOST_LABELS_BYTES).await?,
                };
                let mut started = Trial::start()?;
                let loaded = started.load(&files).loaded().await?;
                Ok((started, files, loaded))
            };
            let result = result.await;
            if number.try_get_value() != Some(mine) {
                return;
            }
            match result {
                Ok((started, files, loaded)) => {
                    trial.set_value(Some(started));
                    bytes.set_value(Some(files));
                    stage.set(Stage::Good(loaded));
                }
                Err(fault) => stage.set(Stage::Faulty(fault)),
            }
        });
    };
    let choose = move |files: Vec<File>| {
        let others = chosen.try_update(|chosen| chosen.take(files)).unwrap_or_default();
        match chosen.get_untracked().all() {
            Some(files) => check(files),
            None => stage.set(Stage::Choosing(others)),
        }
    };
    let reset = move || {
        chosen.set(Chosen::default());
        stage.set(Stage::Choosing(Vec::new()));
        trial.set_value(None);
        bytes.set_value(None);
        changed();
    };
    let part = move |word: fn(&'static Words) -> &'static str, file: fn(&Chosen) -> &Option<File>| {
        let told = move || match file(&chosen.read()) {
            Some(file) => format!("{} · {}", file.name(), sentence::file_size(file.size() as u64)),
            None => prefs.words().own_model_missing.into(),
        };
        let is_missing = move || file(&chosen.read()).is_none();
        view! { <dt>{say(word)}</dt><dd class:meta=is_missing>{told}</dd> }
    };
    let heading = move || match record.read().model {
        Some(_) => prefs.words().own_model_replace,
        None => prefs.words().own_model_choose,
    };
    let progress = move || {
        match stage.get() {
        Stage::Choosing(others) if others.is_empty() => ().into_any(),
        Stage::Choosing(others) => view! { <p>{move || sentence::not_of_a_model(prefs.locale(), &others)}</p> }.into_any(),
        Stage::Checking => view! { <p>{say(|w| w.own_model_checking)}</p><progress aria-label=say(|w| w.own_model_checking)></progress> }.into_any(),
        Stage::Faulty(fault) => view! { <p class="trouble">{move || own_model_fault(&fault, prefs.locale())}</p> }.into_any(),
        Stage::Good(loaded) => {
            let count = loaded.labels.len();
            view! { <p>{move || sentence::own_model_works(prefs.locale(), count)}</p> }.into_any()
        }
    }
    };
    view! {
        <section class="card own-model" aria-labelledby="own-model-choose">
            <h2 id="own-model-choose">{heading}</h2>
            <details open=move || record.read_untracked().model.is_none()>
                <summary>{say(|w| w.own_model_how)}</summary>
                <pre tabindex="0">"pip install optimum-onnx[onnxruntime]\noptimum-cli export onnx -m MODEL --task text-classification EXPORT\noptimum-cli onnxruntime quantize --avx2 --onnx_model EXPORT -o SMALLER"</pre>
                <p class="hint">{say(|w| w.own_model_how_body)}</p>
            </details>
            <p class="hint" id="own-model-files">{say(|w| w.own_model_files)}</p>
            <FileButton
                word=|w| w.own_model_choose_files
                accept=".onnx,.json"
                multiple=true
                described_by="own-model-files"
                chosen=choose
            />
            <dl class="taught-how">
                {part(|w| w.own_model_part_model, |chosen| &chosen.model)}
                {part(|w| w.own_model_part_tokenizer, |chosen| &chosen.tokenizer)}
                {part(|w| w.own_model_part_labels, |chosen| &chosen.labels)}
            </dl>
            <div role="status" class="own-model-state">{progress}</div>
            {move || match stage.get() {
                Stage::Good(loaded) => view! {
                    <TryIt trial=trial names=loaded.labels.clone() />
                    <Share chosen=chosen bytes=bytes loaded=loaded done=reset />
                }.into_any(),
                _ => ().into_any(),
            }}
        </section>
    }
}

async fn read(file: &File, kind: FileKind, most_bytes: u64) -> Result<Uint8Array, Fault> {
    if file.size() as u64 > most_bytes {
        return Err(Fault::TooLarge { file: kind, most_bytes });
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Fault::NotRead)?;
    Ok(Uint8Array::new(&buffer))
}

/// What the labels mean, and the way to the team.
#[component]
fn Share(
    chosen: RwSignal<Chosen, LocalStorage>,
    bytes: StoredValue<Option<Files>, LocalStorage>,
    loaded: Loaded,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (told, errand) = (use_told(), Errand::new());
    let labels: Vec<OwnLabel> = loaded
        .labels
        .iter()
        .map(|name| OwnLabel { name: name.clone(), class: class_of(name).map(str::to_owned) })
        .collect();
    let labels = RwSignal::new(labels);
    let [model_sha256, tokenizer_sha256] = loaded.sha256;
    let share = move |_| {
        let files =
            bytes.with_value(|files| files.as_ref().map(|files| (files.model.clone(), files.tokenizer.clone())));
        let Some((model, tokenizer)) = files else { return };
        let file = |sha256: &String, bytes: &Uint8Array| ModelFile {
            sha256: sha256.clone(),
            size_bytes: u64::from(bytes.length()),
        };
        let name = chosen.read_untracked().model.as_ref().map(File::name).unwrap_or_default();
        let own = OwnModel {
            name: name.chars().take(MOST_NAME_CHARS).collect::<String>().trim().into(),
            model: file(&model_sha256, &model),
            tokenizer: file(&tokenizer_sha256, &tokenizer),
            labels: labels.get_untracked(),
        };
        let request = async move {
            api::put_model_file(&own.tokenizer.sha256, &tokenizer).await?;
            api::put_model_file(&own.model.sha256, &model).await?;
            api::share_own_model(&own).await
        };
        errand.run(request, move |_| {
            told.say(|w| w.own_model_shared, None);
            done();
            focus_heading();
        });
    };
    view! {
        <Mapping labels=labels />
        <button type="button" class="button primary" aria-disabled=move || errand.busy() on:click=share>
            {errand.word(|w| w.own_model_share, |w| w.own_model_uploading)}
        </button>
        <Trouble errand=errand entered=true known=("body_too_large", |w| w.own_model_too_large) />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names() {
        let check = |name: &str, part: Option<Part>| assert_eq!(part_of(name), part, "{name}");
        check("model.onnx", Some(Part::Model));
        check("Intents-V3.ONNX", Some(Part::Model));
        check("tokenizer.json", Some(Part::Tokenizer));
        check("config.json", Some(Part::Labels));
        check("labels.json", Some(Part::Labels));
        check("id2label.json", Some(Part::Labels));
        for other in
            ["tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "ort_config.json", "model.onnx.data"]
        {
            check(other, None);
        }
    }
}
