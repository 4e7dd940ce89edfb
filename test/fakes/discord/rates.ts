import { createHash } from "node:crypto";
import { DiscordError } from "./errors.ts";
import type { Call } from "./types.ts";
import type { World } from "./world.ts";

// https://docs.discord.com/developers/topics/rate-limits
const globalPerSecond = 50;
const invalidCap = 10_000;
const invalidWindowMs = 10 * 60_000;
const roomy = { limit: 50, windowMs: 1_000 };

type Window = { used: number; until: number };

/** Buckets by route and by channel, server or webhook; runs on the machine's time, since clients wait in it. */
export class Rates {
  invalidRequests: number[] = [];
  private readonly world: World;
  private readonly windows = new Map<string, Window>();
  private global: Window = { used: 0, until: 0 };

  constructor(world: World) {
    this.world = world;
  }

  /** Headers of a request that still fits; a 429 otherwise. */
  take(call: Call, path: string, params: Record<string, string>): Record<string, string> {
    const { options } = this.world;
    const { limit, windowMs } = options.buckets?.[`${call.method} ${path}`] ?? options.bucket ?? roomy;
    const now = Date.now();
    const callback = path.endsWith("/callback");
    if (!callback && !path.startsWith("/webhooks/")) this.takeGlobal(now);
    const bucket = createHash("md5").update(`${call.method} ${path}`).digest("hex");
    const major = params.channel ?? params.guild ?? params.token ?? "";
    const window = this.window(`${bucket} ${major}`, now, windowMs);
    window.used += 1;
    const after = Math.max(0.001, (window.until - now) / 1_000);
    const headers = {
      "x-ratelimit-bucket": bucket,
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - window.used)),
      "x-ratelimit-reset": (window.until / 1_000).toFixed(3),
      "x-ratelimit-reset-after": after.toFixed(3),
    };
    if (window.used <= limit || callback) return headers;
    throw limited(after, { headers: { ...headers, "x-ratelimit-scope": "user" }, global: false });
  }

  invalid() {
    this.invalidRequests.push(this.world.now());
  }

  /** Too many invalid requests: Cloudflare answers instead of Discord. */
  banned(): boolean {
    const now = this.world.now();
    this.invalidRequests = this.invalidRequests.filter((at) => now - at < invalidWindowMs);
    return this.invalidRequests.length >= (this.world.options.invalidCap ?? invalidCap);
  }

  private takeGlobal(now: number) {
    const limit = this.world.options.globalPerSecond ?? globalPerSecond;
    if (!limit) return;
    if (this.global.until <= now) this.global = { used: 0, until: now + 1_000 };
    this.global.used += 1;
    if (this.global.used <= limit) return;
    const after = (this.global.until - now) / 1_000;
    throw limited(after, {
      headers: { "x-ratelimit-global": "true", "x-ratelimit-scope": "global" },
      global: true,
    });
  }

  private window(key: string, now: number, ms: number): Window {
    const known = this.windows.get(key);
    if (known && known.until > now) return known;
    const fresh = { used: 0, until: now + ms };
    this.windows.set(key, fresh);
    return fresh;
  }
}

/** A 429 as Discord writes it. */
export function limited(
  after: number,
  { headers, global }: { headers: Record<string, string>; global: boolean },
) {
  return new DiscordError(429, 0, "You are being rate limited.", {
    headers: { ...headers, "retry-after": String(Math.ceil(after)) },
    extra: { retry_after: after, global },
  });
}
