import { expect, test } from "vitest";
import { sweepPlaces } from "../../../scripts/sweep-discord/places.ts";
import { sweepPlans } from "../../../scripts/sweep-discord/plans.ts";
import { discordTheatre } from "../../fakes/storm/discord.ts";
import { eventStorm, killStorm } from "../../fakes/storm.ts";

// A sample; `npm run sweep:discord` runs the whole.
const long = { timeout: 180_000 };
// Moments are drawn, machines differ: a storm whose kills all came too late is run again, never counted.
const again = { ...long, retry: 3 };

test(
  "events that come one to three times are handled once, through restarts and lost sessions",
  long,
  async () => {
    const report = await eventStorm(discordTheatre(), {
      ...{ events: 16, seed: 5, restarts: 1, disturbances: 2, parallel: 2, times: [1, 3] },
    });
    expect(report.problems).toEqual([]);
    expect(report.deliveries).toBeGreaterThan(report.events);
  },
);

test(
  "a plan that is killed on its way is finished by the next process, once, although Discord forgot its nonces",
  again,
  async () => {
    const report = await killStorm(discordTheatre({ nonceMs: 300 }), { kills: 2, seed: 9, parallel: 2 });
    expect(report.problems).toEqual([]);
    expect(report.kills).toBe(2);
  },
);

test("a plan whose place is taken away ends whole or in a sentence", long, async () => {
  const report = await sweepPlaces({ plans: 7, seed: 3 });
  expect(report.problems).toEqual([]);
  expect(report.whole + report.told).toBe(7);
});

test(
  "random plans are sent within every limit, ring nobody and make no client fetch a link",
  long,
  async () => {
    const report = await sweepPlans({ plans: 20, seed: 7 });
    expect(report.problems).toEqual([]);
    expect(report.messages).toBeGreaterThan(20);
  },
);
