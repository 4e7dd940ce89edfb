import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { Log } from "#model/platform.ts";
import { type FakeOptions, type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";
import { here } from "./here.ts";
import { serve, storeFolder } from "./serve.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function fakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  const fake = await startFakeSlack(options);
  closers.push(() => fake.close());
  return fake;
}

/** Starts the bot and gives the sentence it refused with. */
async function refusal(env: Record<string, string>, options?: FakeOptions): Promise<string> {
  const fake = await fakeSlack(options);
  const started = here({ with: fake, env }).then(
    async ({ close }) => {
      await close();
      return "it started";
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return started;
}

describe("a start says which setting is wrong", () => {
  test.each([
    [
      "a bot token nobody knows",
      { SLACK_BOT_TOKEN: "xoxb-wrong" },
      /UsageError: SLACK_BOT_TOKEN.*invalid_auth/,
    ],
    [
      "an app token nobody knows",
      { SLACK_APP_TOKEN: "xapp-1-A0-wrong" },
      /UsageError: SLACK_APP_TOKEN.*invalid_auth/,
    ],
    [
      "tokens that were swapped",
      { SLACK_BOT_TOKEN: "xapp-1-A0EDGE-x" },
      /SLACK_BOT_TOKEN: must begin with xoxb-.*belongs into SLACK_APP_TOKEN/,
    ],
    [
      "the other swap",
      { SLACK_APP_TOKEN: "xoxb-1" },
      /SLACK_APP_TOKEN: must begin with xapp-.*belongs into SLACK_BOT_TOKEN/,
    ],
    ["no way for Slack to reach it", { SLACK_APP_TOKEN: "" }, /SLACK_APP_TOKEN.*or SLACK_SIGNING_SECRET/],
    [
      "nobody at the address",
      { SLACK_API_URL: "http://127.0.0.1:9/api/" },
      /TaskError: slack: http:\/\/127.0.0.1:9\/api\/ cannot be reached/,
    ],
    [
      "a list that is none of ids",
      { SLACK_ALLOWED_CHANNELS: "#edge" },
      /SLACK_ALLOWED_CHANNELS: must be ids such as C0123ABCD/,
    ],
  ])("%s", async (_, env, sentence) => {
    expect(await refusal(env)).toMatch(sentence);
  });

  test("a scope that is missing, with what it is for and how to add it", async () => {
    const scopes = ["chat:write", "commands", "app_mentions:read", "users:read", "im:history", "files:write"];
    const said = await refusal({}, { scopes });
    expect(said).toMatch(/lacks the scopes channels:history \(follow-ups.*REINSTALL/);
    const email = { SLACK_ALLOWED_EMAIL_DOMAINS: "edge.example" };
    expect(await refusal(email, { scopes: [...scopes, "channels:history"] })).toContain("users:read.email");
  });

  test("as a process, with one sentence and the exit code for wrong settings", async () => {
    const fake = await fakeSlack();
    const bot = await serve(fake, { env: { SLACK_BOT_TOKEN: "xoxb-wrong" }, wait: false });
    expect(await bot.exited).toBe(2);
    expect(bot.log.map(({ msg }) => msg).join("\n")).toContain(
      "edgewright: SLACK_BOT_TOKEN: Slack does not accept it",
    );
  });
});

describe("over HTTP", () => {
  async function listening(): Promise<{ url: string; secret: string }> {
    const fake = await fakeSlack();
    let port = 0;
    const log: Log = {
      ...{ debug() {}, warn() {}, error() {} },
      info: (fields) => {
        const { address } = fields as { address?: { port: number } };
        if (address) port = address.port;
      },
    };
    const bot = await here({ with: fake, transport: "http", log });
    closers.push(bot.close);
    return { url: `http://127.0.0.1:${port}/slack/events`, secret: fake.tokens.signingSecret };
  }

  function signed(
    secret: string,
    { at = Date.now() / 1000, body = JSON.stringify({ type: "event_callback", event: { type: "x" } }) } = {},
  ) {
    const time = String(Math.floor(at));
    const signature = createHmac("sha256", secret).update(`v0:${time}:${body}`).digest("hex");
    return {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-slack-request-timestamp": time,
        "x-slack-signature": `v0=${signature}`,
      } as Record<string, string>,
    };
  }

  test("only what Slack signed just now is taken, and only once", async () => {
    const { url, secret } = await listening();
    const status = async (request: RequestInit) => (await fetch(url, request)).status;
    const now = Date.now() / 1000;
    expect(await status(signed("another-secret-of-16"))).toBe(401);
    expect(await status(signed(secret, { at: now - 400 }))).toBe(401);
    expect(await status(signed(secret, { at: now + 4000 }))).toBe(401);
    const request = signed(secret, { at: now - 1 });
    expect(await status(request)).toBe(200);
    expect(await status(request)).toBe(401);
    expect(await status({ ...request, headers: { ...request.headers, "x-slack-retry-num": "1" } })).toBe(200);
  });

  test("a charset in the content type does no harm, a wrong path is not found", async () => {
    const { url, secret } = await listening();
    const body = `payload=${encodeURIComponent(JSON.stringify({ type: "view_closed", view: { callback_id: "x" }, user: { id: "U0ANNA" }, team: { id: "T0EDGE" } }))}`;
    const request = signed(secret, { body });
    request.headers["content-type"] = "application/x-www-form-urlencoded; charset=utf-8";
    expect((await fetch(url, request)).status).toBe(200);
    expect((await fetch(url.replace("events", "nothing"), signed(secret))).status).toBe(404);
  });
});

describe("sockets", () => {
  test("there are two, and a refresh leaves no gap", async () => {
    const fake = await fakeSlack();
    const bot = await here({ with: fake });
    closers.push(bot.close);
    await fake.waitFor(async () => (await fake.sockets()) === 2);
    let least = 2;
    let said = 0;
    for (let n = 0; n < 3; n++) {
      await fake.disconnectSockets(n === 2 ? "cut" : "refresh", 1);
      least = Math.min(least, await fake.sockets());
      const reply = await fake.command({ user: "U0ANNA", channel: "C0EDGE", text: "help" });
      if (reply.ack) said++;
      await fake.waitFor(async () => (await fake.sockets()) === 2);
    }
    expect(least).toBeGreaterThan(0);
    expect(said).toBe(3);
    expect(await fake.undelivered()).toEqual([]);
  });
});

describe("a process that is killed", () => {
  test("goes on after its start: nothing lost, nothing twice, progress of before taken away", {
    timeout: 90_000,
  }, async () => {
    const fake = await fakeSlack();
    const { folder, remove } = await storeFolder();
    closers.push(remove);
    const texts = async () => {
      const root = (await fake.messages("C0EDGE")).find(
        ({ bot_id, thread_ts, ts }) => bot_id && (thread_ts ?? ts) === ts,
      );
      const all = root ? await fake.thread("C0EDGE", root.ts) : [];
      return {
        root,
        all: all
          .filter(({ bot_id }) => bot_id)
          .map(({ blocks, text, files }) => JSON.stringify([text, blocks, files?.map(({ title }) => title)])),
      };
    };
    // A slow channel, so that the kills fall between its messages.
    const env = { SLACK_POSTS_PER_SECOND: "5" };
    let bot = await serve(fake, { folder, env });
    closers.push(() => bot.stop("SIGKILL"));
    await fake.command({
      user: "U0ANNA",
      channel: "C0EDGE",
      text: "500 stores with 8 GB, three nodes each, SSD",
    });
    await fake.waitFor(async () => (await texts()).all.length > 1);
    const { root } = await texts();
    const again = async () => {
      await bot.stop("SIGKILL");
      // Slack would try a dead socket first, and again after a minute.
      await fake.waitFor(async () => (await fake.sockets()) === 0);
      bot = await serve(fake, { folder, env });
    };
    await again();
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", thread_ts: root!.ts, text: "generate" });
    await fake.waitFor(async () => (await fake.sessions()).length > 0, { timeoutMs: 30_000 });
    await again();
    for (const words of ["Components", "GitOps flow", "fleet-r1.zip"]) {
      await fake.waitFor(async () => (await texts()).all.some((text) => text.includes(words)), {
        timeoutMs: 40_000,
        what: words,
      });
      await again();
    }
    await fake.waitFor(async () => (await texts()).all.some((text) => text.includes("Repository (zip)")), {
      timeoutMs: 40_000,
    });
    await fake.settled({ quietMs: 1500, timeoutMs: 20_000 });
    const { all } = await texts();
    expect(all.filter((text, at) => all.indexOf(text) !== at)).toEqual([]);
    expect(all.filter((text) => text.includes("fleet-r1.zip"))).toHaveLength(1);
    const streams = await fake.streams();
    expect(streams.filter(({ state }) => state === "streaming")).toEqual([]);
    expect(await bot.stop()).toBe(0);
  });
});
