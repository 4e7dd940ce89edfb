import { expect, test } from "vitest";
import { checkPlans } from "./random-plans.ts";

// A sample; `npm run sweep:slack -- plans` checks thousands.
test("plans with any words, tables and files in them become messages that Slack takes", {
  timeout: 120_000,
}, async () => {
  const { problems, messages } = await checkPlans(25, 7);
  expect(problems).toEqual([]);
  expect(messages).toBeGreaterThan(100);
});
