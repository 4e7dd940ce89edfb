import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { performance } from "node:perf_hooks";
import type { Sockets, Taken } from "./sockets.ts";
import type { Delivery, DeliveryKind, DeliveryRules, Json } from "./types.ts";
import type { World } from "./world.ts";

const ackDeadlineMs = 3_000; // docs.slack.dev/interactivity/handling-user-interaction
/** Waits before the three retries of an event: docs.slack.dev/apis/events-api */
const retryWaitsMs = [0, 60_000, 300_000];

type Retry = { attempt: number; reason: string };
export type Attempt = Taken & { elapsedMs: number; status?: number; noRetry?: boolean };

/** Brings events, commands and clicks to the app, over HTTP or a socket, and tries events again as Slack does. */
export class Courier {
  urls: string[] = [];
  rules: DeliveryRules = {};
  readonly #world: World;
  readonly #sockets: Sockets;
  underway = 0;
  /** Events that will be tried again. */
  waiting = 0;

  constructor(world: World, sockets: Sockets) {
    this.#world = world;
    this.#sockets = sockets;
    world.emit = (event, more) => this.event(event, more);
  }

  /** An event, if the app subscribed to it and may see it; waits for the first attempt. */
  async event(event: Json, more: Json = {}): Promise<Delivery | undefined> {
    if (!this.#wanted(event)) return undefined;
    const { team, bot, clock } = this.#world;
    const body = {
      token: "fake-verification-token",
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: bot.app_id,
      event,
      type: "event_callback",
      event_id: this.#world.id("Ev"),
      event_time: Math.floor(clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.user_id,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: this.#world.channel(event.channel)?.is_ext_shared ?? false,
      event_context: `4-${Buffer.from(JSON.stringify({ et: event.type, tid: team.id })).toString("base64url")}`,
      ...more,
    };
    const delivery = this.#open("events_api", body.event_id, event.subtype ?? event.type, body);
    const [least, most] = this.rules.times ?? [1, 1];
    const times = least + Math.floor(this.#world.chance() * (most - least + 1));
    const copies = Array.from({ length: times }, (_, copy) => this.#deliver(delivery, copy));
    await Promise.all(copies);
    return delivery;
  }

  /** A command, a click or a submission: one attempt, and what came back. */
  async once(kind: DeliveryKind, id: string, what: string, body: Json): Promise<Attempt> {
    const delivery = this.#open(kind, id, what, body);
    const attempt = await this.#attempt(delivery);
    delivery.over = true;
    return attempt;
  }

  #open(kind: DeliveryKind, id: string, what: string, body: Json): Delivery {
    const delivery: Delivery = { kind, id, what, body, attempts: [], acked: false, over: false };
    this.#world.deliveries.push(delivery);
    return delivery;
  }

  async #deliver(delivery: Delivery, copy: number): Promise<void> {
    const { spreadMs = 0 } = this.rules;
    if (spreadMs) {
      this.underway += 1;
      await this.#world.clock.sleep(this.#world.chance() * spreadMs);
      this.underway -= 1;
    }
    const repeated = copy > 0 ? { attempt: copy, reason: this.#lateReason() } : undefined;
    const first = await this.#attempt(delivery, repeated);
    if (first.acked || first.noRetry || copy > 0) {
      delivery.over ||= copy === 0;
      return;
    }
    void this.#retry(delivery, first);
  }

  async #retry(delivery: Delivery, first: Attempt): Promise<void> {
    let last = first;
    this.waiting += 1;
    for (const [index, wait] of (this.rules.retryWaitsMs ?? retryWaitsMs).entries()) {
      await this.#world.clock.sleep(wait);
      const reason = last.status === undefined ? this.#lateReason(last.reason) : "http_error";
      last = await this.#attempt(delivery, { attempt: index + 1, reason });
      if (last.acked || last.noRetry) break;
    }
    this.waiting -= 1;
    delivery.over = true;
  }

  /** Why it comes again, in the words of each transport. */
  #lateReason(reason = "timeout"): string {
    if (this.urls.length === 0) return "timeout";
    return reason === "timeout" ? "http_timeout" : "connection_failed";
  }

  async #attempt(delivery: Delivery, retry?: Retry): Promise<Attempt> {
    const world = this.#world;
    this.underway += 1;
    world.activity += 1;
    const start = performance.now();
    const taken: Taken & { status?: number; noRetry?: boolean } =
      this.urls.length > 0
        ? await this.#post(delivery, retry)
        : await this.#sockets.send(delivery.kind, delivery.body, retry, ackDeadlineMs);
    const elapsedMs = performance.now() - start;
    this.underway -= 1;
    world.activity += 1;
    delivery.attempts.push({
      at: world.clock.now(),
      acked: taken.acked,
      elapsedMs,
      ...(taken.reason ? { reason: taken.reason } : {}),
    });
    delivery.acked ||= taken.acked;
    return { ...taken, elapsedMs };
  }

  /** Whether the app subscribed to such events, has the scope for them and is where they happen. */
  #wanted(event: Json): boolean {
    const { subscriptions, scopes } = this.#world;
    const channel = this.#world.channel(event.channel ?? event.channel_id ?? event.item?.channel);
    if (channel && !this.#world.isMember(channel)) return false;
    const kinds = { channel: "channels", group: "groups", im: "im", mpim: "mpim" };
    if (event.type === "message") {
      const kind = kinds[channel?.type ?? "channel"];
      return subscriptions.has(`message.${kind}`) && scopes.has(`${kind}:history`);
    }
    const needed: Record<string, string> = {
      app_mention: "app_mentions:read",
      reaction_added: "reactions:read",
      reaction_removed: "reactions:read",
      file_shared: "files:read",
      agent_session_stopped: "assistant:write",
      agent_session_title_changed: "assistant:write",
    };
    const scope = needed[event.type];
    return subscriptions.has(event.type) && (!scope || scopes.has(scope));
  }

  async #post(delivery: Delivery, retry?: Retry): Promise<Taken & { status?: number; noRetry?: boolean }> {
    const url = this.urls[Math.floor(this.#world.chance() * this.urls.length)]!;
    const { text, type } = encode(delivery.kind, delivery.body);
    const headers = {
      ...signature(this.#world.tokens.signingSecret, text),
      "content-type": type,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      ...(retry ? { "x-slack-retry-num": String(retry.attempt), "x-slack-retry-reason": retry.reason } : {}),
    };
    const answer = await post(url, { text, headers, world: this.#world });
    if ("reason" in answer) return { acked: false, reason: answer.reason };
    const acked = answer.status >= 200 && answer.status < 300;
    const noRetry = !acked && answer.headers["x-slack-no-retry"] === "1";
    return {
      acked,
      status: answer.status,
      body: parse(answer.text),
      noRetry,
      ...(acked ? {} : { reason: `http_${answer.status}` }),
    };
  }

  /** What Slack does when the request address is saved. */
  async verify(url: string): Promise<boolean> {
    const challenge = this.#world.secret();
    const text = JSON.stringify({ token: "fake-verification-token", challenge, type: "url_verification" });
    const headers = {
      ...signature(this.#world.tokens.signingSecret, text),
      "content-type": "application/json",
    };
    const answer = await post(url, { text, headers, world: this.#world });
    return "text" in answer && answer.text.includes(challenge);
  }
}

function encode(kind: DeliveryKind, body: Json): { text: string; type: string } {
  if (kind === "events_api") return { text: JSON.stringify(body), type: "application/json" };
  const form = kind === "slash_commands" ? body : { payload: JSON.stringify(body) };
  return { text: new URLSearchParams(form).toString(), type: "application/x-www-form-urlencoded" };
}

/** Signed with the machine's time, not the fake's: the app compares it with its own clock. */
export function signature(secret: string, text: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${text}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hash}` };
}

type Reply = { status: number; text: string; headers: Record<string, unknown> } | { reason: string };
type Outgoing = { text: string; headers: Record<string, string>; world: World };

/** One request on a connection of its own, so that a restarted app is never met through a dead one. */
function post(url: string, { text, headers, world }: Outgoing): Promise<Reply> {
  return new Promise((resolve) => {
    const request = httpRequest(url, {
      method: "POST",
      agent: false,
      headers: { ...headers, "content-length": Buffer.byteLength(text) },
    });
    const cancel = world.clock.after(ackDeadlineMs, () => {
      resolve({ reason: "timeout" });
      request.destroy();
    });
    request.on("response", async (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", () => resolve({ reason: "connection_failed" }));
      response.on("end", () => {
        cancel();
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          headers: response.headers,
        });
      });
    });
    request.on("error", () => {
      cancel();
      resolve({ reason: "connection_failed" });
    });
    request.end(text);
  });
}

function parse(text: string): Json {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
