// Generated from domain::wire by `cargo xtask tidy --fix`. Do not edit.
export type AbuseKind = "insult" | "threat" | "harassment" | "discrimination" | "self_harm" | "profanity_not_at_agent";
export type AbuseView = { message_id: string, kind: AbuseKind, score: number, 
/**
 * The agent said that it is none; can be taken back.
 */
denied: boolean, };
export type AlertReason = "low_mood" | "sharp_fall" | "threat" | "self_harm" | "same_demand";
export type AlertView = { reason: AlertReason, danger: Danger | null, 
/**
 * The danger is the model's reading; no phrase of it was found.
 */
by_model: boolean, 
/**
 * It has reached the server.
 */
shared: boolean, 
/**
 * Name of the supervisor who sees to it.
 */
taken_by: string | null, };
export type Answer = { id: number, result: AnswerResult, };
export type AnswerResult = { "type": "done" } | { "type": "inspection" } & Inspection | { "type": "error", code: ErrorCode, detail: string, };
export type Author = "customer" | "agent" | "bot" | "note" | "system" | "unknown";
export type BoxLocator = { signs: Array<SignShare>, place: BoxPlace, };
export type BoxPlace = "above" | "below" | "inside" | "beside";
export type CareView = { minutes_since_break: number, prompt: RestPromptView | null, pause: PauseView | null, prompts_on: boolean, 
/**
 * Cards after abusive messages are on.
 */
shield_on: boolean, long_day: boolean, 
/**
 * Employee assistance; opening it is never recorded (R3).
 */
help_url: string | null, };
export type Channel = "chat" | "email" | "ticket" | "social" | "phone";
export type Command = { "type": "hello" } | { "type": "insert", suggestion_id: string, } | { "type": "correct_intent", message_id: string, label: string, } | { "type": "name_intent", message_id: string, name: string, } | { "type": "undo_correction", message_id: string, } | { "type": "rename_label", label: string, name: string, } | { "type": "delete_label", label: string, } | { "type": "open_reply_form" } | { "type": "fill", keys: Array<string>, } | { "type": "undo_fill" } | { "type": "join_timeline", other: string, } | { "type": "keep_apart", other: string, } | { "type": "ask_later", other: string, } | { "type": "pause", minutes: number, } | { "type": "end_pause" } | { "type": "snooze_rest" } | { "type": "dismiss_shield" } | { "type": "deny_abuse", message_id: string, } | { "type": "undo_deny_abuse", message_id: string, } | { "type": "set_shield", on: boolean, } | { "type": "dismiss_notice" } | { "type": "set_rest_prompts", on: boolean, } | { "type": "set_locale", locale: Locale, } | { "type": "restart_engine" };
export type ContactKind = "email" | "phone" | "handle";
export type Conversation = { 
/**
 * Stable across reloads of the page; unique within the site.
 */
id: string, url: string, subject: string | null, channel: Channel, requester: Requester, agent_name: string | null, 
/**
 * Addresses of the desk's own people, as far as the page shows them: never a customer's.
 */
agent_emails: Array<string>, };
export type ConversationRef = { 
/**
 * SHA-256 of site and the site's own id, hexadecimal, 32 characters.
 */
id: string, 
/**
 * Host name and port of the helpdesk.
 */
site: string, 
/**
 * The helpdesk's own page, for the supervisor's link back; without a name and password, at most [`MOST_URL_BYTES`].
 */
url: string, channel: Channel, };
export type ConversationView = { id: string, subject: string | null, requester_name: string | null, mood: MoodView, intent: IntentView | null, fields: Array<Field>, 
/**
 * At most three, best first.
 */
suggestions: Array<Suggestion>, alert: AlertView | null, reply_box: ReplyBox, 
/**
 * Messages waiting to be understood.
 */
pending: number, 
/**
 * What could go into the page's form, where there is one.
 */
fill: FillView | null, 
/**
 * The customer's other conversations, where there are any; `mood` is then over all that are joined.
 */
timeline: TimelineView | null, 
/**
 * What the customer's newest turn does beside its class: `complaint`, `human_agent`.
 */
flags: Array<Scored>, 
/**
 * Of the newest turn.
 */
abuse: AbuseView | null, shield: ShieldView | null, };
export type CorrectionRecord = { 
/**
 * Redacted before it was kept (R13).
 */
text: string, lang: Lang, label: string, 
/**
 * Of a label of the team's own.
 */
name: string | null, 
/**
 * Version of the model that was corrected.
 */
model: string, };
export type Danger = "threat" | "self_harm";
export type Emotion = "anger" | "frustration" | "anxiety" | "sadness" | "joy" | "gratitude" | "surprise" | "confusion" | "neutral" | "unknown";
export type EmotionScore = { label: Emotion, score: number, };
export type EngineState = { "state": "loading", progress: number, } | { "state": "ready" } | { "state": "unavailable", code: ErrorCode, } | { "state": "starting" };
export type ErrorCode = "unknown_message" | "no_conversation" | "no_such_suggestion" | "no_such_message" | "no_server" | "not_shareable" | "engine_unavailable" | "model_corrupt" | "storage_unavailable" | "internal";
export type Event = { 
/**
 * UUID; the same event always has the same id.
 */
id: string, 
/**
 * Milliseconds since the Unix epoch.
 */
at_ms: number, conversation: ConversationRef, 
/**
 * How often its device had found the conversation misread before; left out when never.
 */
reading?: number, } & ({ "type": "message_analysed", message_id: string, lang: Lang, intent: Scored, act: Scored | null, sentiment: SentimentScore, emotion: EmotionScore, danger: Danger | null, 
/**
 * What the customer's words do to people; nothing of whom they met (R3).
 */
abuse: AbuseKind | null, model_version: string, } | { "type": "mood_changed", score: number, word: MoodWord, trend: MoodTrend, customer_messages: number, } | { "type": "alert_opened", alert_id: string, reason: AlertReason, message_id: string, score: number, } | { "type": "alert_closed", alert_id: string, } | { "type": "conversation_reread" } | { "type": "intent_corrected", message_id: string, from: string, to: string, } | { "type": "suggestion_shown", suggestion_id: string, source: Source, } | { "type": "suggestion_inserted", suggestion_id: string, source: Source, });
export type Fault = { "code": "not_onnx" } | { "code": "too_large", file: FileKind, most_bytes: number, } | { "code": "operator", operator: string, opset: number, } | { "code": "external_weights", file: string, } | { "code": "no_text_input", inputs: Array<string>, } | { "code": "unknown_input", input: string, } | { "code": "no_scores", outputs: Array<string>, } | { "code": "labels_unreadable" } | { "code": "label_count", labels: number, outputs: number, } | { "code": "tokenizer", detail: string, } | { "code": "vocabulary", tokens: number, rows: number, } | { "code": "graph", detail: string, } | { "code": "stopped" } | { "code": "too_slow" } | { "code": "not_read" } | { "code": "not_fetched" } | { "code": "changed" };
export type Field = { kind: FieldKind, 
/**
 * The words as written; of a masked kind all but the last four letters and digits are `*`.
 */
text: string, 
/**
 * Normalised: dates ISO 8601, amounts `89.00 EUR`, phones digits with `+`, of a masked kind `****1234`. A date that
 * is not whole begins with `--` (see [`Field::is_whole`]).
 */
value: string, 
/**
 * Offset into the message text, UTF-16 code units.
 */
start_utf16: number, end_utf16: number, };
export type FieldKind = "order_number" | "tracking_number" | "date" | "amount" | "phone" | "email" | "url" | "postal_address" | "postcode" | "person_name" | "id_number" | "card_number";
export type FileKind = "model" | "tokenizer" | "labels";
export type FillCaution = "already_filled" | "irreversible" | "unsure";
export type FillDone = { filled: number, refused: number, 
/**
 * It was taken back; `filled` then counts the fields that hold again what they held.
 */
undone: boolean, };
export type FillField = { key: string, 
/**
 * What the agent saw there; a field that holds something else by now is left alone.
 */
before: Array<string>, 
/**
 * In the form of [`FormField::values`].
 */
values: Array<string>, };
export type FillOutcome = "filled" | "not_kept" | "changed" | "gone" | "locked" | "no_such_option" | "would_submit";
export type FillProposal = { key: string, label: string, 
/**
 * What the field holds, as a person reads it; empty: nothing.
 */
old: string, new: string, source: FillSource, 
/**
 * How sure it is, 0–1.
 */
score: number, 
/**
 * Whether the agent need only confirm.
 */
ticked: boolean, 
/**
 * Why it is not ticked.
 */
caution: FillCaution | null, 
/**
 * What became of it when it was last tried, unless it was filled.
 */
refused: FillOutcome | null, };
export type FillResult = { key: string, outcome: FillOutcome, };
export type FillSource = { "type": "message", message_id: string, words: string, } | { "type": "intent", label: string, message_id: string, words: string, } | { "type": "alert", reason: AlertReason, } | { "type": "requester" } | { "type": "elsewhere", channel: Channel, words: string, };
export type FillView = { 
/**
 * In the order of the page.
 */
proposals: Array<FillProposal>, 
/**
 * The page is being filled, or what was filled is being put back.
 */
busy: boolean, 
/**
 * The last fill, for a while.
 */
done: FillDone | null, 
/**
 * The page may keep each change at once.
 */
saves_itself: boolean, };
export type FormField = { 
/**
 * Unique in the form; the same for as long as the field stands.
 */
key: string, 
/**
 * Empty where the page shows none.
 */
label: string, 
/**
 * Placeholder, description and machine name, one a line; weaker evidence than the label.
 */
hint: string, kind: FormFieldKind, 
/**
 * What it holds now: option values of a choice, ISO 8601 of a date that could be read, else the text. Empty: nothing.
 */
values: Array<string>, 
/**
 * Of choices only; empty where the page shows them no sooner than it is opened.
 */
options: Array<FormOption>, required: boolean, 
/**
 * Read-only or disabled.
 */
locked: boolean, 
/**
 * State, owner, closing, merging, deleting, refunding: what is not easily taken back.
 */
irreversible: boolean, };
export type FormFieldKind = "text" | "long_text" | "number" | "date" | "email" | "phone" | "url" | "choice" | "choices" | "tick";
export type FormOption = { value: string, text: string, };
export type FromBrain = { "type": "ready", version: string, } | { "type": "answer" } & Answer | { "type": "told" } & Told;
export type InsertOutcome = "inserted" | "copied" | "not_copied" | "needs_choice" | "no_reply_box" | "note_box_only" | "other_conversation";
export type Inspection = { scene: Scene, conversation: Conversation | null, messages: Array<Message>, 
/**
 * Requests that have not been accepted by the server yet, as they will be sent.
 */
waiting: Array<Event>, 
/**
 * The newest events that were accepted, newest first, at most 50.
 */
sent: Array<Event>, server_url: string | null, 
/**
 * What was proposed to the team, as it is sent, the newest first.
 */
proposals: Array<Proposal>, keeps_words: boolean, 
/**
 * What an export would hold.
 */
corrections: Array<CorrectionRecord>, 
/**
 * Duration of the last encoder pass, from receiving the message to sending the scene, and of the start.
 */
timing: Timing | null, };
export type IntentView = { 
/**
 * The message that carried it.
 */
message_id: string, label: string, score: number, tier: Tier, 
/**
 * The next best labels.
 */
alternatives: Array<Scored>, corrected: boolean, 
/**
 * By what was learned on this device, not by the model alone.
 */
learned: boolean, 
/**
 * By the team's own model.
 */
own_model: boolean, lang: Lang, };
export type LabelView = { id: string, name: string, 
/**
 * That it was learned from here.
 */
examples: number, 
/**
 * Of the team's list: the supervisor names and removes it.
 */
shared: boolean, };
export type Lang = "zh" | "en" | "unknown";
export type Layout = { "type": "resize", width_px: number, height_px: number, open: boolean, } | { "type": "drag_start" } | { "type": "drag_by", dx_px: number, dy_px: number, } | { "type": "drag_end" } | { "type": "return_focus" } | { "type": "teach" };
export type Locale = "en" | "zh";
export type Message = { 
/**
 * Stable across re-reads; unique within the conversation.
 */
id: string, author: Author, author_name: string | null, text: string, 
/**
 * Milliseconds since the Unix epoch; absent when the page shows no exact time.
 */
sent_at_ms: number | null, 
/**
 * Why this author: a short code such as `badge_word` or `author_is_requester`.
 */
evidence: string, };
export type MoodPoint = { message_id: string, score: number, 
/**
 * The first words of the message, at most 120 characters.
 */
excerpt: string, 
/**
 * Why this is a customer's message: [`Message::evidence`]'s code.
 */
why: string, 
/**
 * Where it was written; told only where conversations of several channels are shown as one.
 */
channel: Channel | null, 
/**
 * Its words are covered where it is done to the agent.
 */
abuse: AbuseKind | null, };
export type MoodTrend = "level" | "rising" | "breaking" | "settling";
export type MoodView = { 
/**
 * −1 to 1.
 */
score: number, word: MoodWord, trend: MoodTrend, course: Array<MoodPoint>, customer_messages: number, };
export type MoodWord = "glad" | "calm" | "tense" | "upset" | "unknown";
export type Notice = { "type": "inserted" } | { "type": "copied" } | { "type": "not_copied" } | { "type": "needs_choice" } | { "type": "no_reply_box" } | { "type": "note_box_only" } | { "type": "other_conversation" } | { "type": "corrected" } | { "type": "proposed" };
export type OtherField = { field: Field, channel: Channel, };
export type OtherView = { 
/**
 * `sync::ConversationRef::id`.
 */
id: string, requester_name: string | null, channel: Channel, site: string, 
/**
 * Label of what the customer wants there.
 */
intent: string | null, 
/**
 * Of the customer's newest message there.
 */
last_at_ms: number, 
/**
 * `None` where they are joined by way of a third.
 */
by: ContactKind | null, };
export type OwnModelState = { "state": "loading" } | { "state": "ready" } | { "state": "failed", fault: Fault, };
export type OwnModelView = { name: string, state: OwnModelState, };
export type PageCommand = { "type": "insert", insert_id: number, conversation_id: string, text: string, } | { "type": "open_reply_form" } | { "type": "fill", fill_id: number, conversation_id: string, fields: Array<FillField>, } | { "type": "undo_fill", fill_id: number, } | { "type": "team_taught", 
/**
 * There is a team to propose to.
 */
connected: boolean, 
/**
 * Approved by a supervisor, the newest decision first.
 */
locators: Array<SiteLocator>, };
export type PageEvent = { "type": "hello", site: string, url: string, locale: Locale, } | { "type": "conversation_seen", conversation: Conversation, messages: Array<Message>, 
/**
 * Ids of messages that were there and are gone (deleted by their author).
 */
removed: Array<string>, reply_box: ReplyBox, } | { "type": "conversation_left" } | { "type": "activity", key_presses: number, elapsed_ms: number, visible: boolean, typing: boolean, } | { "type": "insert_finished", insert_id: number, outcome: InsertOutcome, } | { "type": "form_seen", fields: Array<FormField>, 
/**
 * No save button stands near: the page may keep each change at once.
 */
saves_itself: boolean, } | { "type": "fill_finished", fill_id: number, results: Array<FillResult>, undone: boolean, } | { "type": "locator_proposed", locator: SiteLocator, };
export type PauseView = { minutes: number, ends_at_ms: number, };
export type Proposal = { state: ProposalState, locator: SiteLocator, };
export type ProposalState = "waiting" | "not_taken" | "proposed" | "approved" | "rejected" | "withdrawn";
export type Query = { "type": "inspect" } | { "type": "set_locale", locale: Locale, } | { "type": "set_rest_prompts", on: boolean, } | { "type": "pause", minutes: number, } | { "type": "end_pause" } | { "type": "connect", server_url: string, device_token: string, } | { "type": "keep_words", on: boolean, } | { "type": "propose_locator", locator: SiteLocator, };
export type Reason = { "type": "intent", label: string, } | { "type": "words", words: Array<string>, } | { "type": "meaning" } | { "type": "mood" };
export type ReplyBox = "open" | "hidden" | "elsewhere" | "none";
export type Request = { id: number, 
/**
 * The browser tab (or widget frame) it concerns; 0 for none.
 */
tab: number, body: RequestBody, };
export type RequestBody = { "from": "page", "message": PageEvent } | { "from": "overlay", "message": Command } | { "from": "panel", "message": Query } | { "from": "closed" };
export type Requester = { name: string | null, email: string | null, handle: string | null, 
/**
 * As the page writes it.
 */
phone: string | null, };
export type RestPromptView = { firm: boolean, 
/**
 * Minutes that the break should last.
 */
minutes: number, snoozes_left: number, 
/**
 * Buttons stay inert for this long after the prompt appears.
 */
inert_ms: number, 
/**
 * Changes when a new prompt appears.
 */
since_ms: number, };
export type RoleVote = [string, number, number];
export type Scene = { locale: Locale, engine: EngineState, sync: SyncState, conversation: ConversationView | null, care: CareView, notice: Notice | null, 
/**
 * The team's own labels, by name.
 */
labels: Array<LabelView>, 
/**
 * The team's own model, where it has one.
 */
own_model: OwnModelView | null, };
export type Scored = { label: string, score: number, };
export type Sentiment = "negative" | "neutral" | "positive";
export type SentimentScore = { label: Sentiment, 
/**
 * Probability of `label`, 0–1.
 */
score: number, 
/**
 * Expected sentiment, −1 (very negative) to 1 (very positive).
 */
value: number, };
export type ShieldView = { message_id: string, kind: AbuseKind, score: number, 
/**
 * Texts that draw a boundary, in the customer's language; inserted only by the agent (R7).
 */
boundaries: Array<Suggestion>, 
/**
 * Buttons stay inert for this long after the card appears (R6).
 */
inert_ms: number, since_ms: number, };
export type SignShare = [string, number];
export type SiteLocator = { format: number, 
/**
 * Origin of the desk.
 */
site: string, 
/**
 * The first step of the path, the rest as `*`.
 */
path: string, made_at_ms: number, list: Array<SignShare>, 
/**
 * One entry for each kind of row.
 */
rows: Array<Array<SignShare>>, roles: Array<RoleVote>, box: BoxLocator | null, 
/**
 * Rows may be groups of messages.
 */
opens: boolean, 
/**
 * Lines between the rows name writers and times.
 */
headed: boolean, 
/**
 * The names on the taught page already gave the right roles.
 */
page_names: boolean, 
/**
 * How much the taught page looks like a conversation by itself, −100 to 100.
 */
points: number, };
export type Source = "knowledge" | "template";
export type Suggestion = { id: string, source: Source, title: string, 
/**
 * Exactly what would be inserted.
 */
text: string, lang: Lang, reasons: Array<Reason>, 
/**
 * Rank score (K1); higher is better.
 */
score: number, 
/**
 * Subject is money, cancellation, legal, medical, safety or minors: a draft that the agent must read (R11).
 */
draft_only: boolean, 
/**
 * The customer's other conversation from which a value in the text comes.
 */
from: Channel | null, };
export type SyncState = { "state": "local" } | { "state": "synced" } | { "state": "waiting", events: number, } | { "state": "refused", events: number, };
export type Tier = "applied" | "offered" | "silent";
export type TimelineEntry = { 
/**
 * Unique in the timeline.
 */
id: string, channel: Channel, 
/**
 * Of the page's own conversation.
 */
here: boolean, at_ms: number, 
/**
 * Mood after this message, over all conversations; −1 to 1.
 */
score: number, 
/**
 * Label of what this message asks for, when it is at least offered (C1).
 */
intent: string | null, 
/**
 * The first words of the message, at most 120 characters.
 */
excerpt: string, 
/**
 * The words are covered where it is done to the agent.
 */
abuse: AbuseKind | null, };
export type TimelineView = { 
/**
 * The agent is asked of one at a time.
 */
offer: OtherView | null, 
/**
 * Shown as one with the page's conversation, newest first.
 */
joined: Array<OtherView>, 
/**
 * Just kept apart; can be taken back for a while.
 */
apart: OtherView | null, 
/**
 * Customer messages of all joined conversations, oldest first; empty where none is joined.
 */
entries: Array<TimelineEntry>, 
/**
 * Found in the joined conversations and not in the page's own.
 */
fields: Array<OtherField>, };
export type Timing = { inference_ms: number, total_ms: number, 
/**
 * Messages understood since the brain started.
 */
messages: number, 
/**
 * From the start of the brain's Worker until the engine could read for the first time.
 */
ready_ms: number, 
/**
 * What the brain's WebAssembly holds of memory, engine and model included; none where it runs natively.
 */
memory_bytes: number | null, };
export type Told = { tab: number, body: ToldBody, };
export type ToldBody = { "to": "page", "message": PageCommand } | { "to": "overlay", "message": Scene };
