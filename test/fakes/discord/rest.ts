import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { messageLimits, type Upload } from "./check-message.ts";
import { DiscordError, refuse } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { Rates } from "./rates.ts";
import type { Call } from "./types.ts";
import type { World } from "./world.ts";

export type Request = {
  world: World;
  params: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a body is whatever somebody sent; the handlers check it.
  body: any;
  uploads: Upload[];
  query: URLSearchParams;
};
export type Handler = (request: Request) => unknown;
type Route = { method: string; path: string; pattern: RegExp; handler: Handler };

/** A route such as `/channels/:channel/messages`; what it returns is the answer, nothing means 204. */
export function route(method: string, path: string, handler: Handler): Route {
  return { method, path, pattern: new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`), handler };
}

const acting = ["POST", "PUT", "PATCH"];

/** REST v10 and the CDN on one loopback port, with Discord's limits, headers and refusals. */
export class Rest {
  readonly server: Server;
  readonly rates: Rates;
  private readonly world: World;
  private readonly routes: Route[];
  private readonly faults: Faults;

  constructor(world: World, routes: Route[], faults: Faults) {
    this.world = world;
    this.routes = routes;
    this.faults = faults;
    this.rates = new Rates(world);
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        world.note("crash", String((error as Error)?.stack ?? error));
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    this.server.keepAliveTimeout = 60_000;
  }

  private async serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", this.world.base);
    const path = decodeURIComponent(url.pathname);
    const file = this.world.files.get(path);
    const method = request.method ?? "GET";
    const call: Call = {
      at: this.world.now(),
      method,
      path: path.replace(/^\/api(\/v\d+)?/, ""),
      route: undefined,
      body: undefined,
      files: [],
      authorized: false,
      status: 0,
    };
    if (file && method === "GET") return this.download(call, request, response);
    const raw = await read(request);
    // Whoever asked died over it; nothing was asked then.
    if (raw === undefined) return;
    this.world.calls.push(call);
    await this.answer({
      call,
      request,
      response,
      raw,
      query: url.searchParams,
      version: /^\/api\/v(\d+)\//.exec(path)?.[1],
    });
    this.world.changed();
  }

  private async download(call: Call, request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", this.world.base);
    const fault = this.faults.match(call);
    const finish = (status: number) => response.writeHead(status).end();
    if (fault && (await this.faults.before(fault, request, finish))) return;
    const expires = Number.parseInt(url.searchParams.get("ex") ?? "0", 16) * 1_000;
    if (expires < this.world.now()) {
      response.writeHead(404, { "content-type": "text/plain" });
      return response.end("This content is no longer available.");
    }
    const file = this.world.files.get(call.path)!;
    response.writeHead(200, { "content-type": file.type, "content-length": file.data.length });
    response.end(file.data);
  }

  private async answer({
    call,
    request,
    response,
    raw,
    query,
    version,
  }: {
    call: Call;
    request: IncomingMessage;
    response: ServerResponse;
    raw: Buffer;
    query: URLSearchParams;
    version: string | undefined;
  }) {
    const found = this.routes.find((one) => one.method === call.method && one.pattern.test(call.path));
    call.route = found?.path;
    const fault = this.faults.match(call);
    const finish = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      call.status = status;
      if (status === 401 || status === 403 || (status === 429 && headers["x-ratelimit-scope"] !== "shared"))
        this.rates.invalid();
      if (body === undefined || body === null) return response.writeHead(status, headers).end();
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    };
    let limits: Record<string, string> = {};
    try {
      if (fault && (await this.faults.before(fault, request, finish))) return;
      if (this.rates.banned()) return finish(429, undefined, { "retry-after": "600" });
      if (version !== "10") throw refuse("notFound");
      if (!found)
        throw refuse(
          this.routes.some((one) => one.pattern.test(call.path)) ? "methodNotAllowed" : "notFound",
        );
      const { body, uploads } = await parse(request, raw);
      call.body = body;
      call.files = uploads.map(({ name }) => name);
      call.authorized = request.headers.authorization === `Bot ${this.world.token}`;
      const open = /^\/(interactions|webhooks)\//.test(call.path);
      if (!open && !call.authorized) throw refuse("unauthorized");
      const params = found.pattern.exec(call.path)?.groups ?? {};
      limits = this.rates.take(call, found.path, params);
      const result = await found.handler({ world: this.world, params, body, uploads, query });
      if (fault && (await this.faults.after(fault, request, finish))) return;
      if (result === undefined || result === null) return finish(204, undefined, limits);
      return finish(200, result, limits);
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      call.code = error.code;
      this.complain(call, error);
      return finish(error.status, error.body(), { ...limits, ...error.headers });
    }
  }

  private complain(call: Call, error: DiscordError) {
    const kind = error.status === 429 ? "rate" : call.route === undefined ? "unknown-route" : "refused";
    this.world.note(kind, error.message, {
      status: error.status,
      code: error.code,
      method: call.method,
      path: call.path,
      ...(error.errors ? { errors: error.errors } : {}),
    });
  }
}

/** The body of a request; undefined where the line broke before its end. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch (error) {
    if (request.complete) throw error;
    return undefined;
  }
  return Buffer.concat(chunks);
}

async function parse(request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; uploads: Upload[] }> {
  const type = request.headers["content-type"] ?? "";
  if (raw.length > messageLimits.requestBytes) throw refuse("tooLarge");
  if (type.startsWith("multipart/")) return form(raw, type);
  if (!raw.length) return { body: acting.includes(request.method ?? "") ? {} : undefined, uploads: [] };
  try {
    return { body: JSON.parse(raw.toString()) as unknown, uploads: [] };
  } catch {
    throw refuse("invalidJson");
  }
}

async function form(raw: Buffer, type: string) {
  const uploads: Upload[] = [];
  let body: unknown = {};
  const parts = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  for (const [key, value] of parts) {
    if (typeof value === "string") {
      if (key === "payload_json") body = JSON.parse(value);
      continue;
    }
    const data = Buffer.from(await value.arrayBuffer());
    uploads.push({ key: /\[(\d+)\]/.exec(key)?.[1] ?? key, name: value.name, type: value.type, data });
  }
  return { body, uploads };
}
