// Brings the peers: npm packages, and the Rust engines as wasm modules.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT, RUN, TESTS } from "../../harness/paths.mjs";

export const FOLDER = join(TESTS, "bench/peers");
export const PACKAGES = join(FOLDER, "node_modules");
export const BUILT = join(RUN, "peers");

const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target/peers");
const FEATURES = ["simd", "bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

/** @param {(line: string) => void} say */
export function prepare(say) {
  if (!existsSync(join(PACKAGES, "onnxruntime-web"))) {
    say("npm packages into tests/bench/peers/node_modules");
    run("npm", ["ci", "--ignore-scripts"], FOLDER);
  }
  say("tract and rten for wasm32 (minutes, the first time)");
  const engines = join(FOLDER, "engines");
  // SIMD is switched on by the repository's .cargo/config.toml, as for what ships.
  run("cargo", ["build", "--locked", "--release", "--target", "wasm32-unknown-unknown", "-p", "peer-tract", "-p", "peer-rten"], engines);
  run("cargo", ["build", "--locked", "-p", "bind"], engines);
  mkdirSync(BUILT, { recursive: true });
  for (const name of ["tract", "rten"]) bind(name, say);
}

/** As xtask does it for what ships, but for speed.  @param {string} name @param {(line: string) => void} say */
function bind(name, say) {
  const artefact = join(TARGET, `wasm32-unknown-unknown/release/peer_${name}.wasm`);
  const wasm = join(BUILT, `${name}_bg.wasm`);
  if (existsSync(wasm) && statSync(wasm).mtimeMs > statSync(artefact).mtimeMs) return;
  run(join(TARGET, "debug/bind"), [artefact, BUILT, name]);
  const { error, status } = spawnSync("wasm-opt", ["-O3", ...FEATURES.map((feature) => `--enable-${feature}`), wasm, "-o", wasm], { stdio: "inherit" });
  if (error) say(`wasm-opt not found: ${name} is measured as the compiler left it`);
  else if (status !== 0) throw new Error(`wasm-opt failed on ${wasm}`);
}

/** Name → version as installed or locked. */
export function versions() {
  /** @param {string} name @returns {string} */
  const npm = (name) => JSON.parse(readFileSync(join(PACKAGES, name, "package.json"), "utf8")).version;
  const lock = readFileSync(join(FOLDER, "engines/Cargo.lock"), "utf8");
  /** @param {string} name */
  const crate = (name) => new RegExp(`name = "${name}"\nversion = "(.+)"`).exec(lock)?.[1] ?? "";
  return { ort: npm("onnxruntime-web"), transformers: npm("@huggingface/transformers"), tract: crate("tract-onnx"), rten: crate("rten") };
}

/** @param {string} program @param {string[]} args @param {string} [cwd] */
function run(program, args, cwd = ROOT) {
  execFileSync(program, args, { cwd, stdio: ["ignore", 2, "inherit"], env: { ...process.env, CARGO_TARGET_DIR: TARGET } });
}
