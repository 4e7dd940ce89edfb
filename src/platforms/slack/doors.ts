import { App, type Receiver, type ReceiverEvent } from "@slack/bolt";
import type { Log } from "#model/platform.ts";
import { loggerOf } from "./client.ts";

/** How Slack reaches us: over sockets that we open, or over HTTP requests that it signs. */
export type Door = Receiver & {
  /** Open sockets, or 1 while the server listens. */
  live: () => number;
};

export type Take = (event: ReceiverEvent) => Promise<void>;

/**
 * Bolt acknowledges events before anybody has handled them. Here the acknowledgement waits for the handler, and comes for
 * everything, also for what nobody listens to.
 */
export function held(app: App): Take {
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

/** Bolt's app, which knows already who it is: nothing is asked of Slack for an event. */
export function appBehind(
  receiver: Door,
  {
    token,
    apiUrl,
    log,
    team,
    bot,
    me,
  }: {
    token: string;
    apiUrl?: string | undefined;
    log: Log;
    team: string;
    bot?: string;
    me: { user: string };
  },
): App {
  return new App({
    receiver,
    authorize: async () => ({
      ...{ botToken: token, botUserId: me.user, teamId: team },
      ...(bot && { botId: bot }),
    }),
    convoStore: false,
    logger: loggerOf(log),
    // Bolt makes clients of its own for its listeners; ours is the one that is used.
    clientOptions: {
      ...(apiUrl && { slackApiUrl: apiUrl }),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
}

/** What a receiver of Bolt's calls of an app. */
export const asApp = (take: Take): App => ({ processEvent: take }) as unknown as App;
