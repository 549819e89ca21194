/** What wasm-bindgen makes of wasm-core, as far as worker.js uses it. */
import type { FromBrain, Request } from "../wire";

export default function init(options: { module_or_path: URL }): Promise<unknown>;

export class Brain {
  constructor(say: (message: FromBrain) => void, config: BrainConfig);
  receive(request: Request): unknown;
}

export interface BrainConfig {
  /** Absolute URL of the model bundle's folder. */
  bundle_url: string;
  server_url?: string;
  device_token?: string;
  help_url?: string;
  storage: "indexeddb" | "memory";
  version: string;
}
