import { describe, expect, test } from "vitest";
import { type Clock, createScheduler, pacesOf } from "../../../src/platforms/slack/scheduler.ts";

/** Time that stands still until everybody waits, and then jumps to whoever wakes first. */
function clock(): Clock & { run: () => Promise<void> } {
  let now = 1_000_000;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ at: now + ms, wake: () => resolve(undefined) });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    async run() {
      for (;;) {
        for (let n = 0; n < 20; n++) await Promise.resolve();
        const next = sleepers.sort((a, b) => a.at - b.at).shift();
        if (!next) return;
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

const post = (channel: string) => pacesOf("chat.postMessage", channel, 1);

describe("the scheduler", () => {
  test("lets one post a second into a channel, in the order they came, and other channels alone", async () => {
    const time = clock();
    const { turn } = createScheduler(time);
    const start = time.now();
    const done: string[] = [];
    const begin = (name: string, channel: string) =>
      turn(post(channel)).then(() => done.push(`${name}@${Math.round((time.now() - start) / 1000)}`));
    const all = [
      begin("a1", "C1"),
      begin("a2", "C1"),
      begin("a3", "C1"),
      begin("a4", "C1"),
      begin("b1", "C2"),
    ];
    await time.run();
    await Promise.all(all);
    // Two may come at once, then one a second.
    expect(done.filter((name) => name.startsWith("a"))).toEqual(["a1@0", "a2@0", "a3@1", "a4@2"]);
    expect(done).toContain("b1@0");
  });

  test("keeps to a method's calls a minute", async () => {
    const time = clock();
    const { turn } = createScheduler(time);
    const start = time.now();
    const at: number[] = [];
    const all = Array.from({ length: 60 }, () =>
      turn(pacesOf("chat.startStream", "C1", 1)).then(() => at.push(time.now() - start)),
    );
    await time.run();
    await Promise.all(all);
    for (const from of at)
      expect(at.filter((one) => one >= from && one < from + 60_000).length).toBeLessThanOrEqual(25);
  });

  test("makes only the key wait that Slack named", async () => {
    const time = clock();
    const { turn, pause } = createScheduler(time);
    const start = time.now();
    const key = (name: string) => [{ key: name, perMinute: 6_000, burst: 100 }];
    pause("one", 7_000);
    const seen: string[] = [];
    const all = [
      turn(key("one")).then(() => seen.push(`one@${time.now() - start}`)),
      turn(key("other")).then(() => seen.push(`other@${time.now() - start}`)),
    ];
    await time.run();
    await Promise.all(all);
    expect(seen).toEqual(["other@0", "one@7000"]);
  });

  test("lets go of what is no longer wanted", async () => {
    const time = clock();
    const { turn, pause } = createScheduler(time);
    pause("one", 7_000);
    const unwanted = new AbortController();
    const waiting = turn([{ key: "one", perMinute: 60, burst: 1 }], unwanted.signal);
    unwanted.abort(new Error("no longer"));
    await expect(waiting).rejects.toThrow("no longer");
  });
});
