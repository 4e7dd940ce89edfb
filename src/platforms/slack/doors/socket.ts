import { SocketModeReceiver } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import { UsageError } from "#model/errors.ts";
import type { Log } from "#model/platform.ts";
import { loggerOf } from "../client.ts";
import { asApp, type Door, held, type Take } from "../doors.ts";
import type { Clock } from "../scheduler.ts";

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
    if (ending.signal.aborted) void Promise.resolve(client.disconnect()).catch(() => {});
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
