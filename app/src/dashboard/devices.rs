//! "Devices": browsers that may send, their tokens, and how to connect one.

use domain::record::AgentRecord;
use futures_util::FutureExt;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, DeviceRecord, NewDevice};
use super::collate::collator;
use super::errand::{AskFirst, Errand, Trouble};
use super::fetched::{Fetched, loaded};
use super::moment::Moment;
use super::parts::{Empty, Heading, focus_on};
use super::prefs::{say, use_prefs};
use super::sentence;
use crate::shared::focus::take_focus;
use crate::shared::icons::{Icon, IconView};

#[component]
pub fn Devices() -> impl IntoView {
    let prefs = use_prefs();
    let shelf = Fetched::start(|| async {
        let (devices, agents) = futures_util::join!(api::devices(), api::agents());
        Ok((devices?, agents?))
    });
    view! {
        <Heading text=Signal::derive(move || prefs.words().devices.to_string())>{say(|w| w.devices_lead)}</Heading>
        {loaded(shelf, move |value| view! {
            <Create agents=Signal::derive(move || value.read().1.clone()) created=move || shelf.again() />
            <List devices=Signal::derive(move || value.read().0.clone()) changed=move || shelf.again() />
        })}
        <How />
    }
}

/// A form for a new token, and the token once it is made.
#[component]
fn Create(agents: Signal<Vec<AgentRecord>>, created: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (prefs, errand) = (use_prefs(), Errand::new());
    let (label, agent) = (NodeRef::<html::Input>::new(), NodeRef::<html::Select>::new());
    let missing = RwSignal::new(false);
    let token = RwSignal::new(None::<String>);
    let options = move || {
        let compare = collator(prefs.locale());
        let mut agents = agents.get();
        agents.sort_by(|a, b| compare(&a.name, &b.name));
        agents.into_iter().map(|agent| view! { <option value=agent.id>{agent.name}</option> }).collect_view()
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(label), Some(agent)) = (label.get_untracked(), agent.get_untracked()) else { return };
        let device = NewDevice { label: label.value().trim().to_string(), agent_id: agent.value() };
        missing.set(device.label.is_empty());
        if device.label.is_empty() {
            // Without focus the message beside the field still says what is missing.
            let _ = label.focus();
            return;
        }
        let request = async move { api::create_device(&device).await };
        errand.run(request, move |made| {
            label.set_value("");
            token.try_set(Some(made.token));
            created();
        });
    };
    let done = move || {
        token.set(None);
        focus_on("#device-label");
    };
    view! {
        <section class="card" aria-labelledby="add-device">
            <h2 id="add-device">{say(|w| w.add_device)}</h2>
            <form class="row-form" novalidate on:submit=submit>
                <div class="field">
                    <label for="device-label">{say(|w| w.device_label)}</label>
                    <input
                        id="device-label"
                        type="text"
                        maxlength="80"
                        autocomplete="off"
                        required
                        aria-invalid=move || missing.get().then_some("true")
                        aria-describedby="device-label-hint"
                        node_ref=label
                    />
                    <p class="hint" id="device-label-hint">
                        {move || if missing.get() { prefs.words().needs_label } else { prefs.words().device_label_hint }}
                    </p>
                </div>
                <div class="field">
                    <label for="device-agent">{say(|w| w.device_agent)}</label>
                    <select id="device-agent" node_ref=agent>{options}</select>
                </div>
                <button type="submit" class="button primary" aria-disabled=move || errand.busy()>
                    {errand.word(|w| w.create_token, |w| w.creating)}
                </button>
            </form>
            <Trouble errand=errand entered=true />
            {move || token.get().map(|text| view! { <Token text=text done=done /> })}
        </section>
    }
}

/// The new token, for this once.
#[component]
fn Token(text: String, done: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    let prefs = use_prefs();
    let field = NodeRef::<html::Input>::new();
    // `None` until tried.
    let copied = RwSignal::new(None::<bool>);
    take_focus(field);
    let value = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let written =
                wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            copied.try_set(Some(written.is_ok()));
        });
    };
    let told = move || match copied.get() {
        None => "",
        Some(true) => prefs.words().copied,
        Some(false) => prefs.words().copy_failed,
    };
    view! {
        <div class="token">
            <h3>{say(|w| w.token_title)}</h3>
            <p>{say(|w| w.token_body)}</p>
            <div class="with-button">
                <input type="text" readonly aria-label=say(|w| w.token) value=value node_ref=field on:focus:target=|event| event.target().select() />
                <button type="button" class="button" on:click=copy>
                    <IconView icon=Icon::Copy />
                    {say(|w| w.copy)}
                </button>
            </div>
            <p class="hint" role="status">{told}</p>
            <button type="button" class="button" on:click=move |_| done()>{say(|w| w.done)}</button>
        </div>
    }
}

#[component]
fn List(devices: Signal<Vec<DeviceRecord>>, changed: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let is_empty = Memo::new(move |_| devices.read().is_empty());
    // The device whose revocation waits for a yes.
    let asked = RwSignal::new(None::<String>);
    let rows = Memo::new(move |_| {
        let mut devices = devices.get();
        devices.sort_by_key(|device| (device.revoked_at_ms.is_some(), device.agent_name.clone(), device.created_at_ms));
        devices
    });
    view! {
        <section aria-labelledby="device-list">
            <h2 id="device-list">{say(|w| w.devices)}</h2>
            <Show
                when=move || !is_empty.get()
                fallback=|| view! {
                    <Empty
                        title=Signal::derive(say(|w| w.devices_empty_title))
                        body=Signal::derive(say(|w| w.devices_empty_body))
                    />
                }
            >
                <table class="page-table">
                    <caption class="sr-only">{say(|w| w.devices)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{say(|w| w.device)}</th>
                            <th scope="col" class="wide-only">{say(|w| w.created)}</th>
                            <th scope="col">{say(|w| w.last_seen)}</th>
                            <th scope="col"><span class="sr-only">{say(|w| w.revoke)}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=|device| (device.id.clone(), device.revoked_at_ms) let:device>
                            <Row seen=seen(rows, device.id.clone()) device=device asked=asked changed=changed />
                        </For>
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

/// When a device last sent; its row stays as it is, with the focus in it.
fn seen(rows: Memo<Vec<DeviceRecord>>, id: String) -> Memo<Option<i64>> {
    Memo::new(move |_| rows.read().iter().find(|device| device.id == id).and_then(|device| device.last_event_at_ms))
}

#[component]
fn Row(
    device: DeviceRecord,
    seen: Memo<Option<i64>>,
    asked: RwSignal<Option<String>>,
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let seen = move || match seen.get() {
        Some(ms) => view! { <Moment ms=ms /> }.into_any(),
        None => view! { <span class="meta">{say(|w| w.never_seen)}</span> }.into_any(),
    };
    let label = device.label.clone();
    let revoked = device.revoked_at_ms.is_some();
    let act = match device.revoked_at_ms {
        Some(_) => view! { <span class="meta">{say(|w| w.revoked)}</span> }.into_any(),
        None => view! { <Revoke device=device.clone() asked=asked changed=changed /> }.into_any(),
    };
    view! {
        <tr class:faded=revoked>
            <th scope="row"><span class="row-title">{label}</span> <span class="meta">{device.agent_name}</span></th>
            <td class="wide-only"><Moment ms=device.created_at_ms /></td>
            <td>{seen}</td>
            <td>{act}</td>
        </tr>
    }
}

#[component]
fn Revoke(
    device: DeviceRecord,
    asked: RwSignal<Option<String>>,
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = StoredValue::new(device.id.clone());
    let revoke = move || async move { api::revoke_device(&id.get_value()).await }.boxed_local();
    view! {
        <AskFirst
            key=device.id
            asked=asked
            word=|w| w.revoke
            question=|w| w.revoke_question
            about=format!("{}, {}", device.label, device.agent_name)
            act=revoke
            done=changed
        />
    }
}

#[component]
fn How() -> impl IntoView {
    let prefs = use_prefs();
    let address = window().location().origin().unwrap_or_default();
    view! {
        <section class="how" aria-labelledby="how">
            <h2 id="how">{say(|w| w.how_title)}</h2>
            <ol>
                <li>{say(|w| w.how_1)}</li>
                <li>{say(|w| w.how_2)}</li>
                <li>{say(|w| w.how_3)}</li>
                <li>{say(|w| w.how_4)}</li>
            </ol>
            <p class="meta">{move || sentence::lead_in(prefs.locale(), prefs.words().server_address)} <code>{address}</code></p>
        </section>
    }
}
