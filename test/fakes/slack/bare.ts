import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { FakeSlack } from "./types.ts";

type Heard = { headers: IncomingMessage["headers"]; body: string };

/** An app of our own behind an address, which answers as it is told. */
export async function bareApp(
  fake: FakeSlack,
  answer: (response: ServerResponse, heard: Heard[]) => void,
): Promise<Heard[]> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    answer(response, heard);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await fake.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return heard;
}

/** A client that connects and never acknowledges. */
export async function silentSocket(fake: FakeSlack): Promise<{ held: () => number; cut: () => void }> {
  const response = await fetch(`${fake.apiUrl}apps.connections.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${fake.tokens.app}` },
  });
  const socket = new WebSocket(((await response.json()) as { url: string }).url);
  let held = -1;
  socket.onmessage = () => {
    held += 1;
  };
  await fake.waitFor(async () => held === 0);
  return { held: () => held, cut: () => socket.close() };
}
