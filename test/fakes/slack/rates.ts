import type { RateRules } from "./types.ts";
import type { World } from "./world.ts";

/** Calls a minute of each tier: docs.slack.dev/apis/web-api/rate-limits. */
const tiers = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
/** Several hundred posts a minute and workspace, whatever the channel. */
const postsPerMinute = 300;
const minuteMs = 60_000;
/** A client that waits a second is not refused for the jitter of the wire. */
const jitterMs = 50;

/** Counts calls per method and workspace, posts per channel; says how many seconds are to be waited, or 0. */
export class Rates {
  rules: RateRules | undefined;
  readonly #world: World;
  readonly #windows = new Map<string, number[]>();
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  wait(method: string, tier: 1 | 2 | 3 | 4 | "post", channel: string): number {
    if (!this.rules) return 0;
    const perMinute = this.rules.perMinute?.[method] ?? (tier === "post" ? postsPerMinute : tiers[tier]);
    const seconds = this.#window(method, perMinute) || (tier === "post" ? this.#channel(channel) : 0);
    return seconds > 0 ? (this.rules.retryAfter ?? seconds) : 0;
  }

  reset(rules: RateRules | undefined): void {
    this.rules = rules;
    this.#windows.clear();
    this.#buckets.clear();
  }

  #window(method: string, limit: number): number {
    const now = this.#world.clock.now();
    const recent = (this.#windows.get(method) ?? []).filter((at) => now - at < minuteMs);
    this.#windows.set(method, recent);
    if (recent.length >= limit) return Math.max(1, Math.ceil((recent[0]! + minuteMs - now) / 1000));
    recent.push(now);
    return 0;
  }

  /** One post a second and channel; `burst` may come at once. */
  #channel(channel: string): number {
    const now = this.#world.clock.now();
    const burst = this.rules?.burst ?? 1;
    const bucket = this.#buckets.get(channel) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1000);
    bucket.at = now;
    this.#buckets.set(channel, bucket);
    if (bucket.tokens < 1 - jitterMs / 1000) return 1;
    bucket.tokens = Math.max(0, bucket.tokens - 1);
    return 0;
  }
}
