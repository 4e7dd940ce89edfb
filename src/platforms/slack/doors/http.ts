import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { HTTPReceiver } from "@slack/bolt";
import { UsageError } from "#model/errors.ts";
import type { Log } from "#model/platform.ts";
import { loggerOf } from "../client.ts";
import { asApp, type Door, held } from "../doors.ts";
import type { Clock } from "../scheduler.ts";

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
