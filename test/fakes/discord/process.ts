import { createServer } from "node:http";
import { startCore } from "./core.ts";
import type { FakeOptions } from "./types.ts";
import { pack, unpack } from "./wire.ts";

// A fake Discord in its own process: options as JSON in the first argument, one line of JSON out once it
// listens, then every method by `POST /<method>` with its arguments as a JSON list.
const options = unpack(process.argv[2] ?? "{}") as FakeOptions;
const core = await startCore(options);
const methods = core.methods as unknown as Record<string, ((...given: unknown[]) => unknown) | undefined>;

const control = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const name = (request.url ?? "/").slice(1);
  try {
    const method = methods[name];
    if (!method) throw new Error(`a fake Discord has no "${name}"`);
    const result = await method(...(unpack(Buffer.concat(chunks).toString()) as unknown[]));
    response.writeHead(200, { "content-type": "application/json" }).end(pack({ result }));
  } catch (error) {
    response
      .writeHead(500, { "content-type": "application/json" })
      .end(pack({ error: (error as Error).message }));
  }
  if (name === "close") process.exit(0);
});
control.requestTimeout = 0;
control.listen(0, "127.0.0.1", () => {
  const address = control.address();
  if (!address || typeof address === "string") throw new Error("no control port");
  const { api, cdn, token } = core;
  process.stdout.write(
    `${JSON.stringify({ control: `http://127.0.0.1:${address.port}`, api, cdn, token })}\n`,
  );
});

// Whoever started it is gone: so is it.
process.stdin.on("end", () => process.exit(0)).resume();
