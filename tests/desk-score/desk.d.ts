import type { Page } from "playwright-core";

/** What a desk file exports. Only the first four are needed. */
export interface DeskFile {
  name: string;
  /** Path of the seed: the truth about the conversations, in the form of tests/desks/seed/conversations.json. */
  seed: string;
  /** Signs the agent in; the page is blank before. */
  login(page: Page): Promise<void>;
  conversations: DeskConversation[];

  /** Starts the desk's own servers; they end with `stop`. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
  /** Sends a live message of the customer of the first conversation, which is open. A desk without it has no live updates. */
  say?(text: string): Promise<void>;
  /** False: the desk cannot hold internal notes, so those of the seed are left out. */
  notes?: boolean;
  /** True: bots' lines of the seed stand on the page, as the desk's own side. */
  bots?: boolean;
  /** True: files of the seed stand on the page by name; "pictures": pictures are drawn, other files named. */
  attachments?: boolean | "pictures";
  /** True: the page's class names are other ones at every load, so they say nothing of what was added. */
  classesVary?: boolean;
  /** How many messages the desk's server holds. Without it, sends are told by the requests that leave the page. */
  countMessages?(): Promise<number>;
  /** Pages of the desk that hold no conversation: the extension must stay quiet there. */
  quiet?: { name: string; open(page: Page): Promise<void> }[];
}

export interface DeskConversation {
  /** Of the seed. */
  key: string;
  /** Shows the conversation; resolves when the desk itself shows all its messages. */
  open(page: Page): Promise<void>;
  /** Shows the public reply box, where it is not part of what `open` shows. */
  openReply?(page: Page): Promise<void>;
}
