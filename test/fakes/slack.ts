import { startFake } from "./slack/fake.ts";
import { spawnFake } from "./slack/remote.ts";
import type { FakeOptions, FakeSlack } from "./slack/types.ts";

export { signature } from "./slack/deliver.ts";
export type * from "./slack/types.ts";

/**
 * A Slack workspace in this process: Web API, Socket Mode, people, limits and faults, on 127.0.0.1.
 *
 * Without options there are people (U0ANNA English, U0BEN German, U0CARLA Spanish, U0MEI Chinese, U0ADMIN, the guests
 * U0GUEST and U0SINGLE, the stranger U0OTHER), a direct message for each (D0ANNA), and channels: C0EDGE and C0OPS with
 * the bot, C0NOBOT without, C0SHARED with strangers, C0OLD archived, G0SECRET private, G0HIDDEN private without the bot.
 *
 * @example
 * const fake = await startFakeSlack();
 * // start the app with slackApiUrl: fake.apiUrl and fake.tokens; over HTTP then: await fake.connectHttp(url)
 * const { ack } = await fake.command({ user: "U0ANNA", channel: "C0EDGE", text: "40 stores" });
 * const [question] = await fake.waitFor(async () => (await fake.messages("C0EDGE")).slice(-1));
 * await fake.click({ user: "U0ANNA", message: question, text: "Flux" });
 * expect(await fake.violations()).toEqual([]);
 */
export function startFakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  return startFake(options);
}

/** The same workspace in a process of its own, for tests that kill and restart the bot. */
export function spawnFakeSlack(options?: FakeOptions): Promise<FakeSlack & { pid: number }> {
  return spawnFake(options);
}
