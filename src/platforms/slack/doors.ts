import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import { UsageError } from "#model/errors.ts";
import type { Log } from "#model/platform.ts";
import { loggerOf } from "./client.ts";
import type { Clock } from "./scheduler.ts";

/** How Slack reaches us: over sockets that we open, or over HTTP requests that it signs. */
export type Door = Receiver & {
  /** Open sockets, or 1 while the server listens. */
  live: () => number;
};

type Take = (event: ReceiverEvent) => Promise<void>;

/**
 * Bolt acknowledges events before anybody has handled them. Here the acknowledgement waits for the handler, and comes for
 * everything, also for what nobody listens to.
 */
function held(app: App): Take {
  return async (event) => {
    let isAcknowledged = false;
    const isEvent = (event.body as { type?: string }).type === "event_callback";
    const ack: ReceiverEvent["ack"] = async (answer) => {
      if (isEvent) return;
      isAcknowledged = true;
      await event.ack(answer);
    };
    await app.processEvent({ ...event, ack });
    if (!isAcknowledged) await event.ack();
  };
}

/** What a receiver of Bolt's calls of an app. */
const asApp = (take: Take): App => ({ processEvent: take }) as unknown as App;

// --- Socket Mode -----------------------------------------------------------------------------------------------------

const FAREWELL = /"type"\s*:\s*"disconnect"/;
const sockets = 2; // one stays while Slack refreshes the other
const connectMs = 10_000;
const pauseMs = { first: 250, most: 30_000 };
const closeMs = 1_000;
/** No waiting helps: the token or the app's settings have to be mended. */
const hopeless = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "no_permission",
  "missing_scope",
  "not_allowed_token_type",
  "socket_mode_disabled",
  "user_removed_from_team",
  "team_disabled",
];

/** A socket: when it is none any more, when Slack wants it replaced, and how to let go of it then. */
type Opened = { closed: Promise<void>; unwanted: Promise<void>; leave: () => void };

type SocketOptions = {
  appToken: string;
  apiUrl?: string | undefined;
  log: Log;
  clock: Clock;
  onLost: (reason: string) => void;
};

/** Two sockets; each is replaced before it goes, and opened anew as soon as it closes. */
export function socketDoor({ appToken, apiUrl, log, clock, onLost }: SocketOptions): Door {
  const open = new Set<SocketModeReceiver>();
  const ending = new AbortController();
  let take: Take;

  function fresh(): SocketModeReceiver {
    const receiver = new SocketModeReceiver({
      appToken,
      logger: loggerOf(log),
      // Its own way back waits five seconds, and ends the process where that fails.
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          ...(apiUrl && { slackApiUrl: apiUrl }),
          timeout: connectMs,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
        },
      },
    } as ConstructorParameters<typeof SocketModeReceiver>[0]);
    receiver.init(asApp(take));
    return receiver;
  }

  async function connect(): Promise<Opened> {
    const receiver = fresh();
    const { client } = receiver;
    const closed = new Promise<void>((resolve) => client.on("disconnected", () => resolve()));
    const farewell = heldFarewell(receiver, () => open.has(receiver));
    await receiver.start();
    if (ending.signal.aborted) void client.disconnect();
    open.add(receiver);
    log.debug({ sockets: open.size }, "a socket to slack is open");
    return { closed: closed.then(() => void open.delete(receiver)), ...farewell };
  }

  /** Keeps one socket open for as long as it is wanted. */
  async function keep(first: Opened | undefined): Promise<void> {
    for (let current = first; ; ) {
      if (current) await Promise.race([current.closed, current.unwanted]);
      if (ending.signal.aborted) return;
      if (current) log.info({ sockets: open.size }, "a socket to slack goes, another one is opened");
      const next = await insist();
      if (!next) return;
      current?.leave();
      current = next;
    }
  }

  /** Opens a socket however long it takes; none where no waiting helps. */
  async function insist(): Promise<Opened | undefined> {
    for (let failures = 0; !ending.signal.aborted; failures++) {
      try {
        return await connect();
      } catch (err) {
        if (ending.signal.aborted) return undefined;
        const code = codeOf(err);
        if (code && hopeless.includes(code)) {
          onLost(sentence(code));
          return undefined;
        }
        const ms = Math.min(pauseMs.most, pauseMs.first * 2 ** failures);
        log.warn({ err, ms, sockets: open.size }, "a socket to slack could not be opened, tried again");
        await clock.sleep(ms, ending.signal).catch(() => {});
      }
    }
    return undefined;
  }

  return {
    init(app) {
      take = held(app);
    },
    async start() {
      const first = await connect().catch((cause) => {
        const code = codeOf(cause);
        if (code && hopeless.includes(code)) throw new UsageError(sentence(code), { cause });
        throw cause;
      });
      void keep(first);
      // The others are not waited for: one is enough to be there.
      for (let n = 1; n < sockets; n++) void keep(undefined);
    },
    async stop() {
      ending.abort(new Error("ending"));
      const all = [...open].map((receiver) => Promise.resolve(receiver.client.disconnect()).catch(() => {}));
      await Promise.race([Promise.all(all), clock.sleep(closeMs)]);
    },
    live: () => open.size,
  };
}

/**
 * Slack asks for a socket to be replaced and goes on sending over it for some seconds; the client closes it at once, and
 * what is under way then is lost. The request is held back until the replacement is there.
 */
function heldFarewell(
  { client }: SocketModeReceiver,
  isOpen: () => boolean,
): Pick<Opened, "unwanted" | "leave"> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const [handle] = client.listeners("ws_message") as ((data: unknown, isBinary: boolean) => void)[];
  let frame: unknown;
  if (handle) {
    client.removeAllListeners("ws_message");
    client.on("ws_message", (data: unknown, isBinary: boolean) => {
      if (!isOpen() || !isFarewell(String(data))) return handle(data, isBinary);
      frame = data;
      resolve();
    });
  }
  return {
    unwanted: promise,
    leave: () => {
      if (frame !== undefined) handle?.(frame, false);
    },
  };
}

/** Told without reading every envelope twice. */
function isFarewell(frame: string): boolean {
  return FAREWELL.test(frame) && (JSON.parse(frame) as { type?: string }).type === "disconnect";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

function sentence(code: string): string {
  if (code === "missing_scope" || code === "no_permission")
    return `SLACK_APP_TOKEN: the token lacks the scope connections:write (${code}). Make an app-level token with it: Basic Information, App-Level Tokens`;
  if (code === "socket_mode_disabled")
    return `SLACK_APP_TOKEN: Socket Mode is switched off for this app (${code}). Switch it on under Socket Mode, or set SLACK_SIGNING_SECRET instead`;
  return `SLACK_APP_TOKEN: Slack does not accept it (${code}). Copy an app-level token (xapp-…): Basic Information, App-Level Tokens`;
}

// --- HTTP ------------------------------------------------------------------------------------------------------------

const path = "/slack/events";
const futureSeconds = 60; // clocks differ a little; Bolt refuses only what is old
const replayMs = 10 * 60_000; // Bolt takes nothing older than five minutes
const mostSeen = 100_000;

type HttpOptions = { signingSecret: string; port: number; host: string; log: Log; clock: Clock };

/** One path for everything Slack sends, signed; what comes from the future or a second time is refused. */
export function httpDoor({ signingSecret, port, host, log, clock }: HttpOptions): Door {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: path, logger: loggerOf(log) });
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    const verdict = judge(request);
    if (verdict !== undefined) return void response.writeHead(verdict).end();
    remember(request, response);
    try {
      receiver.requestListener(request, response);
    } catch {
      response.writeHead(404).end(); // Bolt throws for paths it does not know
    }
  });

  /** The status to answer with at once; undefined where Bolt shall look at it. */
  function judge({ headers }: IncomingMessage): number | undefined {
    // Bolt compares the whole header, and some proxies add a charset.
    if (headers["content-type"])
      headers["content-type"] = headers["content-type"].split(";")[0]!.trim().toLowerCase();
    const at = Number(headers["x-slack-request-timestamp"]);
    if (at > clock.now() / 1000 + futureSeconds) return 401;
    const signature = String(headers["x-slack-signature"] ?? "");
    if (!seen.has(signature)) return undefined;
    // Slack may deliver twice within a second, marked as a retry: that was acknowledged already.
    return headers["x-slack-retry-num"] === undefined ? 401 : 200;
  }

  /** Only what was taken can be a replay: what failed may come again. */
  function remember({ headers }: IncomingMessage, response: ServerResponse): void {
    const signature = String(headers["x-slack-signature"] ?? "");
    response.once("finish", () => {
      if (signature === "" || response.statusCode !== 200) return;
      const now = clock.now();
      seen.set(signature, now);
      for (const [old, at] of seen) {
        if (now - at < replayMs && seen.size <= mostSeen) break;
        seen.delete(old);
      }
    });
  }

  return {
    init: (app) => receiver.init(asApp(held(app))),
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once("error", (cause: NodeJS.ErrnoException) =>
          reject(
            new UsageError(`SLACK_PORT, SLACK_HOST: cannot listen on ${host}:${port} (${cause.code})`, {
              cause,
            }),
          ),
        );
        server.listen(port, host, () => {
          log.info({ address: server.address(), path }, "slack may send to this address");
          resolve();
        });
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    live: () => (server.listening ? 1 : 0),
  };
}
