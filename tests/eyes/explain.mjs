// Why a page reads as it does: `node eyes/explain.mjs PAGE… [--runs]` prints, for each saved page or address, what the reader makes of it, the evidence
// of every role, the gate's weights, the boxes, and what the page says of people. `--runs` adds the pieces of text each row was read from.
import { readFileSync } from "node:fs";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

const asked = process.argv.slice(2), pages = asked.filter((word) => !word.startsWith("--")), runs = asked.includes("--runs");
if (pages.length === 0) {
  console.error("usage: node eyes/explain.mjs PAGE.html|http://… [--runs]");
  process.exit(2);
}
const bundle = await bundleEyes(["context"]), browser = await openBrowser();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
const serve = await servePage(page);

/** Runs in the page, beside the eyes; what it returns is printed as it is. @param {any} eyes @param {boolean} withRuns */
function look(eyes, withRuns) {
  const reader = eyes.createReader(document), reading = reader.read(), list = reader.list(), facts = eyes.readFacts(document, list);
  const names = (/** @type {any[]} */ people) => people.map((person) => person.name ?? person.email ?? person.handle).join(", ");
  const cut = (/** @type {string} */ text, length = 90) => (text.length > length ? `${text.slice(0, length)}… (${text.length})` : text).replaceAll("\n", "⏎");
  const { rows, points } = reader.insight();
  return [
    reading ? `${reading.conversation.channel} ${reading.conversation.id}, subject ${reading.conversation.subject}, reply box ${reading.reply_box}` : "silent",
    ...(reading ? [`requester ${JSON.stringify(reading.conversation.requester)}, agent ${reading.conversation.agent_name}`] : []),
    ...(reading?.messages ?? []).map((/** @type {any} */ { author, evidence, author_name, sent_at_ms, text }) => `  ${author} (${evidence}) ${author_name ?? "–"} ${sent_at_ms ? new Date(sent_at_ms).toISOString().slice(0, 16) : "–"} | ${cut(text)}`),
    `gate ${points?.toFixed(1) ?? "–"}:`, ...reader.reasons().map((/** @type {string} */ reason) => `  ${reason}`),
    `facts: requesters [${names(facts.requesters)}] accounts [${names(facts.accounts)}] menus [${names(facts.menus)}] faces [${names(facts.faces)}] owners [${names(facts.owners)}] sections [${names(facts.sections)}] ticket labels ${facts.ticketLabels}, headings ${JSON.stringify(facts.headings.map((/** @type {string} */ text) => cut(text, 40)))}`,
    ...eyes.findBoxes(document, list).map((/** @type {any} */ box) => `box ${box.kind} ${box.audience} ${box.score.toFixed(1)}${box.visible ? "" : " hidden"}${box.moded ? " moded" : ""}${box.doubtful ? " doubtful" : ""} | ${cut(box.words)}`),
    ...(withRuns ? rows.flatMap((/** @type {any} */ { draft }) => [`row ${draft.unit.element.tagName.toLowerCase()}.${draft.unit.element.className}`, ...draft.unit.runs.map((/** @type {any} */ run) => `  ${run.kind}${run.heading ? " heading" : ""}${run.link ? " link" : ""} ${run.path} | ${cut(run.text)}`)]) : []),
  ].join("\n");
}

try {
  for (const name of pages) {
    if (/^https?:/.test(name)) await page.goto(name);
    else await serve(readFileSync(name, "utf8"), "http://desk.test/tickets/1");
    const { evaluate } = await eyesIn(page, bundle);
    console.log(`# ${name}\n${await evaluate(`(${look})(eyes, ${runs})`)}\n`);
  }
} finally {
  await browser.close();
}
