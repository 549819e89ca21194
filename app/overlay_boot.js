// @ts-check
/** Starts the overlay once the transport is there; a file of its own because the page's CSP forbids inline scripts. */
import init from "./overlay.js";

init({ module_or_path: new URL("overlay_bg.wasm", import.meta.url) });
