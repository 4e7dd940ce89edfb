import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { random } from "./random.ts";
import type { Call, Fault } from "./types.ts";

type Finish = (status: number, body: unknown, headers?: Record<string, string>) => unknown;
type Armed = Fault & { left: number; draw: () => number };

/** Faults that tests ordered: lost answers, cut lines, refusals, waits. */
export class Faults {
  private armed: Armed[] = [];

  add(fault: Fault) {
    // A rate without a count goes on until it is cleared.
    const left = fault.times ?? (fault.rate === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.armed.push({ ...fault, left, draw: random(fault.seed ?? 1) });
  }

  clear() {
    this.armed = [];
  }

  pending(): number {
    return this.armed.length;
  }

  match(call: Call): Fault | undefined {
    for (const fault of this.armed) {
      if (fault.method && fault.method !== call.method) continue;
      if (typeof fault.path === "string" && !call.path.includes(fault.path)) continue;
      if (fault.path instanceof RegExp && !fault.path.test(call.path)) continue;
      if (fault.rate !== undefined && fault.draw() >= fault.rate) continue;
      fault.left -= 1;
      if (fault.left <= 0) this.armed = this.armed.filter((one) => one !== fault);
      return fault;
    }
    return undefined;
  }

  /** Acts instead of the server; true when there is nothing left to answer. */
  async before(fault: Fault, request: IncomingMessage, finish: Finish): Promise<boolean> {
    if (fault.after) return false;
    return this.strike(fault, request, finish);
  }

  /** Acts after the server did what was asked, so that its answer is lost. */
  async after(fault: Fault, request: IncomingMessage, finish: Finish): Promise<boolean> {
    if (!fault.after) return false;
    return this.strike(fault, request, finish);
  }

  private async strike(fault: Fault, request: IncomingMessage, finish: Finish): Promise<boolean> {
    if (fault.hang === true) return true;
    if (fault.hang) await sleep(fault.hang);
    if (fault.cut) {
      request.socket.destroy();
      return true;
    }
    if (fault.retryAfter !== undefined) {
      finish(
        429,
        {
          message: "You are being rate limited.",
          retry_after: fault.retryAfter,
          global: fault.global ?? false,
        },
        {
          "retry-after": String(Math.ceil(fault.retryAfter)),
          "x-ratelimit-scope": fault.global ? "global" : "user",
          ...(fault.global ? { "x-ratelimit-global": "true" } : {}),
        },
      );
      return true;
    }
    if (fault.status === undefined && !fault.after) return false;
    // An answer lost without more words is what a proxy says.
    finish(fault.status ?? 502, { message: fault.message ?? "injected", code: fault.code ?? 0 });
    return true;
  }
}
