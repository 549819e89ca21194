// Free ports of 127.0.0.1.
import { createServer } from "node:net";

/** @param {number} port 0: any @returns {Promise<number | undefined>} the port, if it is free */
const tryPort = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });

/**
 * A port that is free together with others at fixed distances.
 * @param {{from?: number, with?: number[]}} [options] from: the first to try; 0: any
 */
export async function freePort({ from = 0, with: distances = [] } = {}) {
  for (let round = 0; round < 50; round += 1) {
    const port = await tryPort(from === 0 ? 0 : from + round * 10);
    if (port === undefined) continue;
    const others = await Promise.all(distances.map((distance) => tryPort(port + distance)));
    if (others.every((other) => other !== undefined)) return port;
  }
  throw new Error("no free port");
}
