import { expect, test } from "vitest";
import { slackTheatre } from "../../fakes/storm/slack.ts";
import { eventStorm, killStorm } from "../../fakes/storm.ts";

// A sample; `npm run sweep:slack` runs the whole.
const long = { timeout: 180_000 };
// Moments are drawn, machines differ: a storm whose kills all came too late is run again, never counted.
const again = { ...long, retry: 3 };

test(
  "events that come one to four times, in any order, are handled once, through restarts",
  long,
  async () => {
    const report = await eventStorm(slackTheatre("http"), { events: 24, seed: 5, restarts: 2, parallel: 3 });
    expect(report.problems).toEqual([]);
    expect(report.deliveries).toBeGreaterThan(report.events);
  },
);

test("a plan that is killed on its way is finished by the next process, once", again, async () => {
  const report = await killStorm(slackTheatre("socket"), { kills: 2, seed: 9, parallel: 2 });
  expect(report.problems).toEqual([]);
  expect(report.kills).toBe(2);
});
