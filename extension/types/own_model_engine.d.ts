/** What wasm-bindgen makes of own-model, as far as own_model.js uses it. Calls throw domain::own_model::Fault as JSON text. */
export default function init(options: { module_or_path: URL }): Promise<unknown>;

export class OwnClassifier {
  constructor(model: Uint8Array, tokenizer: Uint8Array, labels: Uint8Array);
  labels_json(): string;
  classify(text: string): Float32Array;
}

export function sha256(bytes: Uint8Array): string;
