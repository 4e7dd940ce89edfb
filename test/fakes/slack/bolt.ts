import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { startFake } from "./fake.ts";
import { spawnFake } from "./remote.ts";
import type { FakeOptions, FakeSlack } from "./types.ts";

export type Transport = "http" | "socket";

/** A fake that is closed with the test. */
export async function fakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  const fake = await startFake(options);
  onTestFinished(() => fake.close());
  return fake;
}

export async function spawnedSlack(options?: FakeOptions): Promise<FakeSlack> {
  const fake = await spawnFake(options);
  onTestFinished(() => fake.close());
  return fake;
}

export const clientOptions = (fake: FakeSlack) => ({
  slackApiUrl: fake.apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 2_000,
});

const silent = {
  ...{ debug() {}, info() {}, warn() {}, error() {} },
  ...{ setLevel() {}, setName() {}, getLevel: () => LogLevel.ERROR },
};

/** The real client, so set that it never calls twice. */
export function clientOf(fake: FakeSlack, token = fake.tokens.bot): WebClient {
  return new WebClient(token, { ...clientOptions(fake), logger: silent });
}

/** A real Bolt app on the fake, connected the way it is asked and stopped with the test. */
export async function boltApp(
  fake: FakeSlack,
  transport: Transport,
  listen: (app: App) => void,
): Promise<App> {
  const app = new App({
    token: fake.tokens.bot,
    ...(transport === "socket"
      ? { appToken: fake.tokens.app, socketMode: true }
      : { signingSecret: fake.tokens.signingSecret }),
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(fake),
  });
  listen(app);
  await app.init();
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => stop(app, fake));
  if (transport === "socket") return app;
  const { port } = (server as { address(): { port: number } }).address();
  await fake.connectHttp(`http://127.0.0.1:${port}/slack/events`, { verify: true });
  return app;
}

/** A Bolt app with a second socket of its own, so that a refresh of one leaves the other. */
export async function twoSockets(fake: FakeSlack, listen: (app: App) => void): Promise<App> {
  const receiver = () =>
    new SocketModeReceiver({
      appToken: fake.tokens.app,
      // How long it stays away after a refresh, too; five seconds where nobody says otherwise.
      clientPingTimeout: 400,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: clientOptions(fake) },
    });
  const [first, second] = [receiver(), receiver()];
  const app = new App({
    token: fake.tokens.bot,
    receiver: first,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(fake),
  });
  listen(app);
  await app.init();
  second.init(app);
  await app.start();
  await second.start();
  onTestFinished(async () => {
    await second.stop();
    await stop(app, fake);
  });
  return app;
}

/** `app.stop()` resolves before its sockets are closed. */
async function stop(app: App, fake: FakeSlack): Promise<void> {
  const before = await fake.sockets();
  await app.stop();
  if (before > 0)
    await fake.waitFor(async () => (await fake.sockets()) < before, { what: "a closed socket" });
}

/** The error a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; [more: string]: unknown }> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: { error: string } };
    if (data) return data;
    throw error;
  }
  throw new Error("the call was not refused");
}
