import fc from "fast-check";
import { expect, test } from "vitest";
import { createLanes } from "../../src/app/lanes.ts";

test("keeps the order of each lane, one job at a time, whatever fails, while lanes run in parallel", async () => {
  const job = fc.record({ lane: fc.constantFrom("a", "b", "c"), ticks: fc.nat(5), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(job, { maxLength: 30 }), async (jobs) => {
      const lanes = createLanes();
      const running = new Set<string>();
      const order: Record<string, number[]> = { a: [], b: [], c: [] };
      const results = jobs.map(({ lane, ticks, fails }, n) =>
        lanes.run(lane, async () => {
          expect(running.has(lane)).toBe(false);
          running.add(lane);
          for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
          running.delete(lane);
          order[lane]!.push(n);
          if (fails) throw new Error("as asked");
          return n;
        }),
      );
      const outcomes = await Promise.allSettled(results);
      await lanes.drain();
      expect(lanes.busy).toBe(0);
      for (const [n, { fails }] of jobs.entries())
        expect(outcomes[n]!.status).toBe(fails ? "rejected" : "fulfilled");
      for (const lane of ["a", "b", "c"])
        expect(order[lane]).toEqual([...jobs.keys()].filter((n) => jobs[n]!.lane === lane));
    }),
  );
});

test("runs different lanes at the same time", async () => {
  const lanes = createLanes();
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = lanes.run("a", () => promise);
  await lanes.run("b", async () => resolve());
  await first;
});

test("draining waits for what is added meanwhile, and ends with the signal", async () => {
  const lanes = createLanes();
  const done: string[] = [];
  void lanes.run("a", async () => {
    done.push("first");
    void lanes.run("a", async () => void done.push("second"));
  });
  await lanes.drain();
  expect(done).toEqual(["first", "second"]);
  const { promise, resolve } = Promise.withResolvers<void>();
  void lanes.run("a", () => promise);
  await expect(lanes.drain(AbortSignal.timeout(10))).rejects.toThrow(/timeout/);
  resolve();
  await lanes.drain();
});
