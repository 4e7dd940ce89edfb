import { expect, test } from "vitest";
import { crash } from "./crash/driver.ts";

test("25 kills at random moments lose nothing, double nothing and keep the order", {
  timeout: 120_000,
}, async () => {
  const report = await crash({ kills: 25, seed: 20261121 });
  expect(report.problems).toEqual([]);
  expect(report.kills).toBe(25);
  expect(report.deliveries).toBeGreaterThanOrEqual(report.events);
  expect(report.posts).toBeGreaterThan(report.events * 2);
});
