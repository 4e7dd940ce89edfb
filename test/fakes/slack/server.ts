import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Faults } from "./faults.ts";
import { agents } from "./methods/agents.ts";
import type { Args, Method, Methods } from "./methods/base.ts";
import { chat } from "./methods/chat.ts";
import { conversations } from "./methods/conversations.ts";
import { files } from "./methods/files.ts";
import { people } from "./methods/people.ts";
import { streams } from "./methods/streams.ts";
import { views } from "./methods/views.ts";
import type { Rates } from "./rates.ts";
import { respond } from "./response-url.ts";
import type { Call, Fault, Json } from "./types.ts";
import { missingScope, Refusal, type World } from "./world.ts";

const methods: Methods = {
  ...chat,
  ...streams,
  ...agents,
  ...conversations,
  ...files,
  ...views,
  ...people,
};

type Answer = { status: number; body: Json; headers?: Record<string, string> };
type Parts = {
  world: World;
  faults: Faults;
  rates: Rates;
  more: Methods;
  control?: (body: Json) => Promise<Json>;
};

/** The HTTP side of the fake: Web API, uploads, files and response addresses on 127.0.0.1. */
export async function listen(parts: Parts): Promise<Server> {
  const server = createServer((request, response) => {
    void handle(request, response, parts).catch((error) => {
      // A fault of the fake itself must not pass for one of Slack's.
      const messages = [String(error?.stack ?? error)];
      parts.world.violations.push({
        method: request.url!,
        error: "the fake broke",
        messages,
        at: Date.now(),
      });
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(messages[0]);
    });
  });
  // Longer than any pause of a test, so that no client meets a connection that is just closing.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  parts.world.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { world } = parts;
  const url = new URL(request.url!, world.base);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const [, room, ...rest] = url.pathname.split("/");
  if (room === "_control" && parts.control) {
    const answer = await parts.control(JSON.parse(body.toString() || "{}"));
    return send(response, { status: answer.error === undefined ? 200 : 400, body: answer });
  }
  if (room === "files-pri") return download(request, response, { world, path: rest });
  const method = room === "api" ? rest.join("/") : room === "upload" ? "upload" : "response_url";
  const args = room === "api" ? argsOf(request, url, body) : {};
  const call: Call = { method, args, at: world.clock.now(), status: 0, acted: false };
  world.calls.push(call);
  world.activity += 1;
  const run = async (): Promise<Answer> => {
    if (room === "api") return answerApi(call, { request, ...parts });
    if (room === "upload") return answerUpload(rest.at(-1)!, body, request, world);
    if (room === "commands" || room === "actions") return respond(world, rest.join("/"), body, call);
    return { status: 404, body: { ok: false, error: "not_found" } };
  };
  const fault = parts.faults.next(method, args.channel ?? args.channel_id);
  const answer = fault ? await perform(fault, run, { world, response, call }) : await run();
  if (!answer) return;
  call.status = answer.status;
  if (answer.body?.ok === false) call.error = answer.body.error;
  else if (answer.status < 300 && !fault?.status) call.acted = true;
  world.activity += 1;
  send(response, answer);
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = typeof body === "string";
  response.writeHead(status, {
    "content-type": text ? "text/plain" : "application/json; charset=utf-8",
    ...headers,
  });
  response.end(text ? body : JSON.stringify(body));
}

type Stage = { world: World; response: ServerResponse; call: Call };

/** Carries a fault out; nothing comes back where the reply is lost or never sent. */
async function perform(fault: Fault, run: () => Promise<Answer>, stage: Stage): Promise<Answer | undefined> {
  const { world, response, call } = stage;
  if (fault.delayMs) await world.clock.sleep(fault.delayMs);
  const acted = fault.after ? await run() : undefined;
  if (acted) call.acted = acted.body?.ok !== false && acted.status < 300;
  if (fault.hang) return undefined;
  if (fault.retryAfter !== undefined)
    return {
      status: 429,
      body: { ok: false, error: "ratelimited" },
      headers: { "retry-after": String(fault.retryAfter) },
    };
  if (fault.error)
    return {
      status: fault.status ?? 200,
      body: {
        ok: false,
        error: fault.error,
        ...(fault.messages ? { response_metadata: { messages: fault.messages } } : {}),
      },
    };
  if (fault.status) return { status: fault.status, body: "something went wrong" };
  if (fault.after) {
    call.error = "reply lost";
    response.destroy();
    return undefined;
  }
  return fault.delayMs ? run() : cut(response, call);
}

function cut(response: ServerResponse, call: Call): undefined {
  call.error = "connection cut";
  response.destroy();
  return undefined;
}

async function answerApi(
  call: Call,
  { request, world, rates, more }: Parts & { request: IncomingMessage },
): Promise<Answer> {
  const method: Method | undefined = methods[call.method] ?? more[call.method];
  const scopes = { "x-oauth-scopes": [...world.scopes].join(",") };
  try {
    if (!method || (method.notInGov && world.options.gov))
      throw new Refusal("unknown_method", { req_method: call.method });
    authorize(request, call.args, method, world);
    for (const scope of method.scopes ?? []) missingScope(world, scope);
    const seconds = rates.wait(call.method, method.tier, call.args.channel ?? "");
    if (seconds > 0)
      return {
        status: 429,
        body: { ok: false, error: "ratelimited" },
        headers: { ...scopes, "retry-after": String(seconds) },
      };
    const result = await method.run(call.args, world);
    return { status: 200, body: { ok: true, ...result }, headers: scopes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(world, call.method, error);
    return { status: 200, body: { ok: false, error: error.error, ...error.extra }, headers: scopes };
  }
}

/** Refusals an app could have foreseen: what it sent was too long, too much or not in the right form. */
const foreseeable = new Set(
  [
    "invalid_arguments missing_argument no_text msg_too_long markdown_text_conflict snippet_too_large view_too_large",
    "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_blocks_too_many invalid_attachments",
    "too_many_attachments invalid_metadata_format metadata_too_large invalid_chunks streaming_mode_mismatch",
    "cannot_provide_both_markdown_text_and_chunks markdown_text_or_chunks_required missing_recipient_team_id",
    "missing_recipient_user_id streaming_state_conflict invalid_status thread_ts_required",
  ]
    .join(" ")
    .split(" "),
);

/** Remembers what a limit refused, so that a test can say there was none. */
export function note(world: World, method: string, { error, extra }: Refusal): void {
  if (!foreseeable.has(error)) return;
  const messages = extra.response_metadata?.messages ?? [];
  world.violations.push({ method, error, messages, at: world.clock.now() });
}

function authorize(request: IncomingMessage, args: Args, method: Method, world: World): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? args.token;
  if (!token) throw new Refusal("not_authed");
  const wanted = world.tokens[method.token ?? "bot"];
  if (token === wanted) return;
  if (token === world.tokens.bot || token === world.tokens.app) throw new Refusal("not_allowed_token_type");
  throw new Refusal("invalid_auth");
}

const jsonNames = new Set(
  "blocks,attachments,metadata,chunks,view,files,prompts,loading_messages,document_content,changes,unfurls".split(
    ",",
  ),
);

function argsOf(request: IncomingMessage, url: URL, body: Buffer): Args {
  const fromUrl = Object.fromEntries(url.searchParams);
  const type = request.headers["content-type"] ?? "";
  const sent = type.includes("application/json")
    ? (JSON.parse(body.toString() || "{}") as Args)
    : Object.fromEntries(new URLSearchParams(body.toString()));
  const args: Args = { ...fromUrl, ...sent };
  for (const [name, value] of Object.entries(args)) args[name] = parsed(name, value);
  delete args.token;
  return args;
}

function parsed(name: string, value: Json): Json {
  if (value === "true") return true;
  if (value === "false") return false;
  if (typeof value !== "string" || !jsonNames.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function answerUpload(id: string, body: Buffer, request: IncomingMessage, world: World): Answer {
  const upload = world.uploads.get(id);
  if (!upload) return { status: 404, body: "not found" };
  const content = partOf(body, request.headers["content-type"] ?? "");
  if (content.length !== upload.length)
    return { status: 400, body: `expected ${upload.length} bytes, got ${content.length}` };
  upload.content = content;
  return { status: 200, body: `OK - ${content.length}` };
}

/** The file in a form upload, or the body as it is. */
function partOf(body: Buffer, type: string): Buffer {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (!boundary) return body;
  const start = body.indexOf("\r\n\r\n") + 4;
  return body.subarray(start, body.lastIndexOf(`\r\n--${boundary}`));
}

/** Files need the token; without it Slack answers 200 with its sign-in page. */
function download(
  request: IncomingMessage,
  response: ServerResponse,
  { world, path }: { world: World; path: string[] },
): void {
  const file = world.files.get(path[0]!.split("-").at(-1)!);
  const signedIn = request.headers.authorization === `Bearer ${world.tokens.bot}`;
  if (!signedIn || !world.scopes.has("files:read")) {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    return void response.end("<!DOCTYPE html><html><title>Sign in | Slack</title></html>");
  }
  response.writeHead(file ? 200 : 404, { "content-type": file?.mimetype ?? "text/plain" });
  response.end(file ? Buffer.from(file.base64, "base64") : "not found");
}
