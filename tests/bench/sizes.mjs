// Raw and compressed size of every file that is shipped.
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { DIST, EXTENSION_CHROMIUM, WEB } from "../harness/paths.mjs";

const compress = promisify(brotliCompress);

/** As small as brotli gets.  @param {Buffer} bytes @returns {Promise<Buffer>} */
export const compressed = (bytes) =>
  compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** @returns {Promise<{file: string, rawBytes: number, brotliBytes: number}[]>} largest first, the same file in two places once */
export async function sizes() {
  /** @type {Map<string, {file: string, rawBytes: number, brotliBytes: number}>} */
  const seen = new Map();
  for (const folder of [EXTENSION_CHROMIUM, WEB]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = await readFile(path);
      const key = `${entry.name} ${bytes.length}`;
      if (seen.has(key)) continue;
      seen.set(key, { file: relative(DIST, path), rawBytes: bytes.length, brotliBytes: (await compressed(bytes)).length });
    }
  }
  return [...seen.values()].sort((a, b) => b.rawBytes - a.rawBytes);
}
