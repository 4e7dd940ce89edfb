import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Call, type Dialect, dialectOf, type End } from "./model-server/dialects.ts";

/** What the server does with a call; the first of a list goes to the first call, the last to all that follow. */
export type Act =
  /** `bytes`: every piece is written in parts of so many bytes, whatever characters they cut. */
  | { answer: string; end?: End; pieceChars?: number; pieceMs?: number; bytes?: number }
  /** The model asks for tools; what they gave comes with the next call. */
  | { calls: Call[] }
  | { status: number; code?: string; message?: string; headers?: Record<string, string> }
  /** Where it breaks: before anything, after the headers, or after some pieces of the answer. */
  | { break: "hang" | "headers" | "reset" | "stall" | "cut" | "clean-end" | "error"; answer?: string }
  /** Gemini's way to refuse a prompt: no candidate at all. */
  | { blockedPrompt: true }
  /** Whatever the provider does when its filter steps in. */
  | { filter: true; answer: string };

export type Received = {
  path: string;
  body: Record<string, unknown>;
  /** When the client closed the socket before the answer was whole, ms since the epoch. */
  closedAt?: number;
};
export type ModelServer = {
  /** Base address of a scenario: what is received there is kept apart. */
  scenario: (name: string, ...acts: Act[]) => { url: string; received: Received[] };
  close: () => void;
};

const piecesBeforeBreak = 4;

/** Speaks OpenAI (chat and responses), Anthropic, Gemini and Ollama on 127.0.0.1, and fails as it is told. */
export async function startModelServer(): Promise<ModelServer> {
  const scenarios = new Map<string, { acts: Act[]; received: Received[] }>();
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const scenario = scenarios.get(request.url!.split("/")[1]!);
    if (!scenario) throw new Error(`no scenario for ${request.url}`);
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    const received: Received = { path: request.url!, body };
    scenario.received.push(received);
    response.on("close", () => {
      if (!response.writableFinished) received.closedAt = Date.now();
    });
    const act = scenario.acts[Math.min(scenario.received.length, scenario.acts.length) - 1]!;
    await perform(act, { dialect: dialectOf(request), response, model: body.model ?? "m" });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    scenario(name, ...acts) {
      const received: Received[] = [];
      scenarios.set(name, { acts, received });
      return { url: `http://127.0.0.1:${port}/${name}`, received };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Stage = { dialect: Dialect; response: ServerResponse; model: string };

async function perform(act: Act, stage: Stage): Promise<void> {
  const { dialect, response, model } = stage;
  if ("status" in act) return fail(act, stage);
  if ("calls" in act) {
    response.writeHead(200, { "content-type": dialect.mime });
    response.end(dialect.calls(act.calls, model));
    return;
  }
  if ("filter" in act) {
    if (dialect.filter !== "stream") return fail(dialect.filter, stage);
    return stream({ ...stage, act: { answer: act.answer.slice(0, 40), end: "filter" } });
  }
  if ("blockedPrompt" in act) {
    response.writeHead(200, { "content-type": dialect.mime });
    response.end(`data: ${JSON.stringify({ promptFeedback: { blockReason: "SAFETY" } })}\r\n\r\n`);
    return;
  }
  if ("answer" in act && !("break" in act)) return stream({ ...stage, act });
  if (act.break === "hang") return;
  if (act.break === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(200, { "content-type": dialect.mime });
  response.flushHeaders();
  if (act.break === "headers") return;
  response.write(dialect.begin(model));
  const pieces = (act.answer ?? "").match(/[\s\S]{1,12}/g)?.slice(0, piecesBeforeBreak) ?? [];
  for (const [at, piece] of pieces.entries()) response.write(dialect.piece(piece, at));
  await sleep(20); // so that the pieces are read before it breaks
  if (act.break === "error") response.end(dialect.error());
  if (act.break === "clean-end") response.end();
  if (act.break === "cut") response.destroy();
}

function fail(
  { status, code = "invalid_request_error", message = "no", headers = {} }: Extract<Act, { status: number }>,
  { dialect, response }: Stage,
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(dialect.body(status, code, message));
}

type Answered = Extract<Act, { pieceChars?: number }>;

async function stream({ dialect, response, model, act }: Stage & { act: Answered }): Promise<void> {
  const { answer, end = "stop", pieceChars = 12, pieceMs = 0, bytes } = act;
  response.writeHead(200, { "content-type": dialect.mime });
  response.write(dialect.begin(model));
  const text = end === "refusal" ? "" : answer;
  for (let at = 0; at < text.length; at += pieceChars) {
    const piece = dialect.piece(text.slice(at, at + pieceChars), at / pieceChars);
    const sent = bytes ? await writeParts(response, piece, bytes) : response.write(piece);
    if (pieceMs > 0) await sleep(pieceMs);
    else if (!sent) await drained(response);
    if (response.destroyed) return;
  }
  response.end(dialect.end(end, text, model));
}

async function writeParts(response: ServerResponse, piece: string, bytes: number): Promise<boolean> {
  const whole = Buffer.from(piece);
  for (let at = 0; at < whole.length; at += bytes) {
    response.write(whole.subarray(at, at + bytes));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return true;
}

/** Resolves when more can be written, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
