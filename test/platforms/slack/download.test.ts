import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { download } from "../../../src/platforms/slack/download.ts";
import { quiet } from "../../fakes/bot.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function origin(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const options = (...origins: string[]) => ({
  token: "xoxb-secret",
  origins: new Set(origins),
  signal: new AbortController().signal,
  log: quiet,
});

test("a file comes with its text, fetched with the token", async () => {
  const seen: unknown[] = [];
  const slack = await origin((request, response) => {
    seen.push(request.headers.authorization);
    response.end("kind: Pod\n");
  });
  const files = await download([{ name: "pod.yaml", bytes: 10, url: `${slack}/pod.yaml` }], options(slack));
  expect(files).toMatchObject([{ name: "pod.yaml", bytes: 10, text: "kind: Pod\n" }]);
  expect(seen).toEqual(["Bearer xoxb-secret"]);
});

test("the token goes to no other host, not by a redirect either", async () => {
  const seen: unknown[] = [];
  const evil = await origin((request, response) => {
    seen.push(request.headers.authorization);
    response.end("kind: Pod\n");
  });
  const slack = await origin((_, response) =>
    response.writeHead(302, { location: `${evil}/pod.yaml` }).end(),
  );
  const urls = [`${evil}/a`, `${slack}/b`, "file:///etc/passwd", "not an address"];
  const files = await download(
    urls.map((url) => ({ name: "x.yaml", bytes: 1, url })),
    options(slack),
  );
  expect(files).toEqual(urls.map(() => ({ name: "x.yaml", bytes: 1 })));
  expect(seen).toEqual([]);
});

test("the token does not travel unencrypted where Slack is spoken to over TLS", async () => {
  const seen: unknown[] = [];
  const slack = await origin((request, response) => {
    seen.push(request.headers.authorization);
    response.end("kind: Pod\n");
  });
  const files = [{ name: "x.yaml", bytes: 1, url: `${slack}/x` }];
  expect(await download(files, options(slack.replace("http:", "https:")))).toEqual([
    { name: "x.yaml", bytes: 1 },
  ]);
  expect(seen).toEqual([]);
});

test("what is too large, a sign-in page or no text keeps its name alone", async () => {
  const slack = await origin(({ url }, response) => {
    if (url === "/large") response.end(Buffer.alloc(3_000_000, "a"));
    else if (url === "/page")
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>");
    else if (url === "/image") response.end(Buffer.from([0x89, 0x50, 0xff, 0xfe]));
    else response.writeHead(500).end();
  });
  const names = ["large", "page", "image", "gone"];
  const files = await download(
    names.map((name) => ({ name, bytes: 1, url: `${slack}/${name}` })),
    options(slack),
  );
  expect(files.map(({ name, text, content }) => [name, text, content?.length])).toEqual([
    ["large", undefined, undefined],
    ["page", undefined, undefined],
    ["image", undefined, 4],
    ["gone", undefined, undefined],
  ]);
});
