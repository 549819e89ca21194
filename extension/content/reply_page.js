// @ts-check
/**
 * Owns pages that hold the reply form and no messages: whether they belong to a conversation, and to which.
 * Reads no messages and writes nothing.
 */
import { findBoxes, replyControls } from "./boxes.js";
import { readFacts } from "./context.js";
import { queryDeep } from "./dom.js";
import { answeredId, conversationId, subjectOf } from "./identity.js";
import { parsePerson } from "./people.js";
import { agentEmails } from "./reach.js";

/**
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 * @typedef {import("./reader.js").PageReading} PageReading
 * @typedef {import("./reader.js").ReplyBoxState} ReplyBoxState
 */

const ANSWER_SUBJECT = /^(?:re|aw|sv|回复|答复|回覆)\s*[:：]\s*\S/i;

/** @param {ReplyBox[]} boxes @param {ReturnType<typeof replyControls>} controls @returns {ReplyBoxState} */
export function boxState(boxes, controls) {
  const open = boxes.filter((box) => box.audience !== "internal");
  if (open.some((box) => box.visible)) return "open";
  if (open.length > 0 || controls.buttons.length > 0) return "hidden";
  return controls.links.length > 0 || controls.menu ? "elsewhere" : "none";
}

/**
 * A page that only holds a reply form: of a numbered ticket, with the desk's own switch between reply and note on it; or of a mail, with
 * its "Re: …" filled in, reached from the mail. No messages.
 * @param {Document} doc
 * @returns {PageReading | null}
 */
export function replyPage(doc) {
  const boxes = findBoxes(doc, null).filter((box) => box.visible);
  const numbered = [doc.title, ...[...doc.querySelectorAll("h1, h2")].map((heading) => heading.textContent ?? "")].some((text) => /#\s?\d+|\b(?:ticket|case|工单)\s*(?:no\.?|号)?\s*\d+/i.test(text));
  const moded = numbered ? boxes.find((box) => box.moded && box.score >= 2) : undefined;
  const mail = moded ? null : answerForm(doc);
  const answered = mail ? answeredId(doc) : null;
  const box = moded ?? (answered !== null ? boxes.find((candidate) => candidate.audience !== "internal") : undefined);
  if (!box) return null;
  const facts = readFacts(doc, null);
  const asker = mail?.to ?? facts.labelled[0] ?? null;
  return {
    conversation: {
      id: answered ?? conversationId(doc, box.shown, null), url: doc.location?.href ?? "", subject: mail?.subject ?? subjectOf(doc, facts, facts.headings, null), channel: mail ? "email" : "ticket",
      requester: { name: asker?.name ?? null, email: asker?.email ?? null, handle: null, phone: null },
      agent_name: facts.accounts.find((account) => account.name !== null && /\s|[\u3400-\u9fff]/.test(account.name))?.name ?? null,
      agent_emails: agentEmails(facts, asker),
    },
    messages: [],
    reply_box: boxState(boxes, replyControls(doc)),
  };
}

/** A mail's form with an answer's subject filled in, and who it goes to. @param {Document} doc */
function answerForm(doc) {
  const values = queryDeep(doc, "input").map((input) => /** @type {HTMLInputElement} */ (input).value.trim());
  const subject = values.find((value) => ANSWER_SUBJECT.test(value));
  const to = values.find((value) => /^[^@\s].{0,80}@[\w-]+(?:\.[\w-]+)+>?$/.test(value));
  return subject === undefined || to === undefined ? null : { subject: subject.replace(ANSWER_SUBJECT, (lead) => lead.slice(-1)), to: parsePerson(to) };
}
