import type { AnswerResult, Command, Layout, Scene } from "../wire";

declare global {
  /** What the overlay's wasm binds to; made by transport.js before it starts. */
  interface WarmseatTransport {
    start(onScene: (scene: Scene) => void, onGone: (reason: "engine" | "extension") => void, onAnswer: (command: Command, result: AnswerResult) => void): void;
    send(command: Command): void;
    layout(message: Layout): void;
    /** Widget only: memory where the browser denies storage to a frame of another site. */
    storage?: "indexeddb" | "memory";
  }
  var warmseatTransport: WarmseatTransport;
}
