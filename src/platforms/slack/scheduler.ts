import { setTimeout as delay } from "node:timers/promises";

/** Time, so that a test can hold it still. */
export type Clock = { now: () => number; sleep: (ms: number, signal?: AbortSignal) => Promise<unknown> };

export const realClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal && { signal }),
};

/** How often something may be done; `burst` of them at once. */
export type Pace = { key: string; perMinute: number; burst: number };

/** Calls a minute and workspace of each tier: docs.slack.dev/apis/web-api/rate-limits */
const tiers = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

const tierOf: Readonly<Record<string, keyof typeof tiers>> = {
  "chat.update": 3,
  "chat.delete": 3,
  "chat.postEphemeral": 4,
  "chat.startStream": 2,
  "chat.appendStream": 4,
  "chat.stopStream": 2,
  "conversations.history": 3,
  "conversations.replies": 3,
  "conversations.info": 3,
  "files.getUploadURLExternal": 4,
  "files.completeUploadExternal": 4,
  "files.info": 4,
  "apps.manifest.export": 3,
  "apps.connections.open": 3,
  "users.info": 4,
  "users.conversations": 3,
  "views.open": 4,
  "views.publish": 4,
  "agents.sessions.setStatus": 3, // measured, no page names it
  "agents.sessions.rename": 3,
  "assistant.threads.setStatus": 4,
  "assistant.threads.setSuggestedPrompts": 4,
  "reactions.add": 3,
  "reactions.remove": 2,
};

const postsPerMinute = 300; // a workspace; "several hundred" in chat.postMessage's page
const postBurst = 2; // a channel; "short bursts" above one a second are tolerated by the same page
const shows = new Set(["chat.postMessage", "files.completeUploadExternal"]);

/** What has to be waited for before a call: its method's tier, and for a post its channel. */
export function pacesOf(method: string, channel: string | undefined, postsPerSecond: number): Pace[] {
  const paces: Pace[] = [];
  const tier = tierOf[method];
  // Who may post faster than Slack allows talks to something that is no Slack, and may do everything faster.
  const faster = Math.max(1, postsPerSecond);
  // A quarter of a minute's calls may come at once: Slack counts over the minute.
  const evenly = (perMinute: number) =>
    paces.push({ key: method, perMinute: perMinute * faster, burst: Math.max(1, Math.floor(perMinute / 4)) });
  if (tier) evenly(tiers[tier]);
  if (method === "chat.postMessage") evenly(postsPerMinute);
  if (shows.has(method) && channel)
    paces.push({ key: `post:${channel}`, perMinute: 60 * postsPerSecond, burst: postBurst });
  return paces;
}

const minuteMs = 60_000;
const idleMs = 10 * minuteMs; // a key nobody used for so long is full again and need not be known

/** Lets calls go at Slack's pace, in the order they were asked for; one key never waits for another. */
export function createScheduler(clock: Clock) {
  /** When the next one would be due if all came evenly, and until when nothing may be called. */
  const keys = new Map<string, { due: number; until: number }>();

  function state(key: string): { due: number; until: number } {
    const known = keys.get(key);
    if (known) return known;
    if (keys.size > 5_000) tidy();
    const fresh = { due: 0, until: 0 };
    keys.set(key, fresh);
    return fresh;
  }

  function tidy(): void {
    const before = clock.now() - idleMs;
    for (const [key, { due, until }] of keys) if (Math.max(due, until) < before) keys.delete(key);
  }

  /** Takes the next free time of all paces at once, so that who came first goes first. */
  function reserve(paces: readonly Pace[]): number {
    const now = clock.now();
    const starts = paces.map(({ key, perMinute, burst }) => {
      const { due, until } = state(key);
      return Math.max(now, until, due - ((burst - 1) * minuteMs) / perMinute);
    });
    const start = Math.max(now, ...starts);
    for (const { key, perMinute } of paces) {
      const known = state(key);
      known.due = Math.max(known.due, start) + minuteMs / perMinute;
    }
    return start;
  }

  return {
    /** Resolves when the call may be made; rejects when the signal fires first. */
    async turn(paces: readonly Pace[], signal?: AbortSignal): Promise<void> {
      for (let start = reserve(paces); ; ) {
        signal?.throwIfAborted();
        const wait = start - clock.now();
        if (wait <= 0) return;
        await clock.sleep(wait, signal);
        // Slack may have said in the meantime that this key has to wait longer.
        start = Math.max(...paces.map(({ key }) => state(key).until), 0);
      }
    },
    /** Slack said how long to wait: this key alone waits. */
    pause(key: string, ms: number): void {
      const known = state(key);
      known.until = Math.max(known.until, clock.now() + ms);
    },
  };
}
export type Scheduler = ReturnType<typeof createScheduler>;
