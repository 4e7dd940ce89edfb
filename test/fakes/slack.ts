import { startFake } from "./slack/fake.ts";
import { spawnFake } from "./slack/remote.ts";
import type { FakeOptions, FakeSlack } from "./slack/types.ts";

export type * from "./slack/types.ts";

/** A Slack workspace in this process: Web API, Socket Mode, people, limits and faults, on 127.0.0.1. */
export function startFakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  return startFake(options);
}

/** The same workspace in a process of its own, for tests that kill and restart the bot. */
export function spawnFakeSlack(options?: FakeOptions): Promise<FakeSlack & { pid: number }> {
  return spawnFake(options);
}
