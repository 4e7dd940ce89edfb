import { describe, expect, test } from "vitest";
import { bareApp, silentSocket } from "./bare.ts";
import { boltApp, fakeSlack } from "./bolt.ts";
import { signature } from "./deliver.ts";
import type { Json } from "./types.ts";

describe("events", () => {
  test.for(["http", "socket"] as const)(
    "over %s: a mention comes twice, own posts and edits come back",
    async (transport) => {
      const fake = await fakeSlack();
      const heard: Json[] = [];
      const app = await boltApp(fake, transport, (bolt) => {
        bolt.use(async ({ body, next }) => {
          heard.push((body as Json).event);
          await next();
        });
      });
      const { ts, event_ids } = await fake.say({
        user: "U0ANNA",
        channel: "C0EDGE",
        text: "@edgewright 40 stores",
      });
      expect(new Set(event_ids).size).toBe(2);
      expect(heard.map(({ type }) => type).toSorted()).toEqual(["app_mention", "message"]);
      expect(heard.map((event) => event.ts)).toEqual([ts, ts]);
      const { ts: own } = await app.client.chat.postMessage({
        channel: "C0EDGE",
        thread_ts: ts,
        text: "one",
      });
      await app.client.chat.update({ channel: "C0EDGE", ts: own!, text: "two" });
      await app.client.chat.delete({ channel: "C0EDGE", ts: own! });
      await fake.settled();
      // Bolt drops its own post (ignoreSelf), but not what happens to it.
      expect(heard.slice(2).map(({ subtype }) => subtype)).toEqual(["message_changed", "message_deleted"]);
      expect(heard[2]).toMatchObject({
        hidden: true,
        message: { text: "two", bot_id: "B0BOT" },
        previous_message: { text: "one" },
      });
      expect(heard[2]).not.toHaveProperty("user");
      expect((await fake.deliveries()).find(({ body }) => body.event?.text === "one")?.acked).toBe(true);
    },
  );

  test("come only where the app is a member, subscribed and allowed", async () => {
    const fake = await fakeSlack();
    await boltApp(fake, "socket", () => {});
    const said = async (channel: string) =>
      (await fake.say({ user: "U0ANNA", channel, text: "@edgewright hi" })).event_ids.length;
    expect(await said("C0EDGE")).toBe(2);
    expect(await said("C0NOBOT")).toBe(0);
    await fake.invite("C0NOBOT");
    expect(await said("C0NOBOT")).toBe(2);
    await fake.kick("C0NOBOT");
    expect(await said("C0NOBOT")).toBe(0);
    await fake.revoke("channels:history");
    expect(await said("C0EDGE")).toBe(1);
    await fake.revoke("app_mentions:read");
    expect(await said("C0EDGE")).toBe(0);
    expect(await said("D0ANNA")).toBe(1);
    await fake.subscribe(["app_mention"]);
    expect(await said("D0ANNA")).toBe(0);
  });

  test("are tried again at once, after a minute and after five, with the same id", async () => {
    const fake = await fakeSlack();
    const heard = await bareApp(fake, (response, all) =>
      response.writeHead(all.length < 4 ? 500 : 200).end(),
    );
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "hi" });
    await fake.waitFor(async () => heard.length === 2);
    expect(await fake.undelivered()).toHaveLength(1);
    await fake.clock.advance(59_000);
    expect(heard).toHaveLength(2);
    await fake.clock.advance(1_500);
    await fake.waitFor(async () => heard.length === 3);
    await fake.settled();
    await fake.clock.advance(300_500);
    await fake.waitFor(async () => heard.length === 4);
    await fake.settled();
    expect(heard.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
    expect(heard[1]!.headers["x-slack-retry-reason"]).toBe("http_error");
    expect(new Set(heard.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
    expect(await fake.undelivered()).toEqual([]);
  });

  test("are not tried again where the app forbids it, and given up after three retries", async () => {
    const fake = await fakeSlack();
    const heard = await bareApp(fake, (response, all) =>
      response.writeHead(500, all.length === 1 ? { "x-slack-no-retry": "1" } : {}).end(),
    );
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "hi" });
    await fake.settled();
    expect(heard).toHaveLength(1);
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "hi" });
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await fake.settled({ quietMs: 30 });
      await fake.clock.advance(60_000);
    }
    expect(heard).toHaveLength(5);
    expect((await fake.undelivered()).map(({ over, attempts }) => [over, attempts.length])).toEqual([
      [true, 1],
      [true, 4],
    ]);
  });

  test("that no socket takes wait for the next one", async () => {
    const fake = await fakeSlack();
    await fake.deliver({ retryWaitsMs: [300] });
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "anybody?" });
    expect((await fake.undelivered())[0]!.attempts).toMatchObject([{ acked: false, reason: "no_socket" }]);
    const retries: unknown[] = [];
    await boltApp(fake, "socket", (app) => {
      app.event("message", async ({ context }) => void retries.push(context.retryNum));
    });
    await fake.waitFor(async () => retries.length > 0);
    await fake.settled();
    expect(retries).toEqual([1]);
    expect(await fake.undelivered()).toEqual([]);
  });

  test("of another app, and of people of other organisations, say so", async () => {
    const fake = await fakeSlack();
    const heard = await bareApp(fake, (response) => response.end());
    await fake.say({ user: "U0BEN", channel: "C0EDGE", text: "@edgewright hi", bot_id: "B0OTHER" });
    await fake.say({ user: "U0OTHER", channel: "C0SHARED", text: "hi" });
    const events = heard.map(({ body }) => JSON.parse(body));
    expect(events.filter(({ event }) => event.bot_id === "B0OTHER")).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ is_ext_shared_channel: true, event: { team: "T0OTHER" } });
  });

  test("can be repeated and shuffled", async () => {
    const fake = await fakeSlack({ seed: 5 });
    const heard = await bareApp(fake, (response) => response.end());
    await fake.deliver({ times: [1, 4], spreadMs: 30 });
    const said = Array.from({ length: 20 }, (_, at) =>
      fake.say({ user: "U0ANNA", channel: "C0EDGE", text: `${at}` }),
    );
    const sent = await Promise.all(said);
    await fake.settled();
    const texts = heard.map(({ body }) => JSON.parse(body).event.text);
    expect(texts.length).toBeGreaterThan(25);
    expect(new Set(texts).size).toBe(20);
    expect(texts).not.toEqual(texts.toSorted((a, b) => a - b));
    expect(new Set(heard.map(({ body }) => JSON.parse(body).event_id))).toEqual(
      new Set(sent.flatMap(({ event_ids }) => event_ids)),
    );
  });
});

describe("commands and clicks", () => {
  test("that are not acknowledged in three seconds show the person an error", async () => {
    const fake = await fakeSlack({ clock: "manual" });
    const heard = await bareApp(fake, () => {});
    const waiting = fake.command({ user: "U0ANNA", channel: "C0EDGE", text: "hi" });
    await fake.waitFor(async () => heard.length === 1);
    await fake.clock.advance(3_000);
    expect(await waiting).toMatchObject({ ack: false, reason: "timeout" });
    expect(await fake.warnings()).toMatchObject([
      { user: "U0ANNA", text: '/edge failed with the error "operation_timeout"' },
    ]);
    expect(await fake.undelivered()).toMatchObject([{ kind: "slash_commands", over: true }]);
  });

  test("that no socket acknowledges in three seconds fail too, and are not sent again", async () => {
    const fake = await fakeSlack({ clock: "manual" });
    const silent = await silentSocket(fake);
    const waiting = fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    await fake.waitFor(async () => silent.held() === 1);
    await fake.clock.advance(3_000);
    expect(await waiting).toMatchObject({ ack: false, reason: "timeout" });
    await fake.clock.advance(600_000);
    expect(silent.held()).toBe(1);
    expect(await fake.warnings()).toMatchObject([{ kind: "command" }]);
  });

  test("go nowhere without an app", async () => {
    const fake = await fakeSlack();
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({
      ack: false,
      reason: "no_socket",
    });
    await fake.connectHttp("http://127.0.0.1:9/");
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({
      reason: "connection_failed",
    });
    expect((await fake.warnings()).map(({ text }) => text)).toEqual(
      Array(2).fill('/edge failed with the error "dispatch_failed"'),
    );
  });

  test("a person can only use what is there", async () => {
    const fake = await fakeSlack();
    const app = await boltApp(fake, "socket", (bolt) => bolt.action(/./, ({ ack }) => ack()));
    const button = (text: string) => ({
      type: "button" as const,
      action_id: "go",
      value: "1",
      text: { type: "plain_text" as const, text },
    });
    const { ts } = await app.client.chat.postMessage({
      channel: "C0EDGE",
      text: "?",
      blocks: [{ type: "actions", elements: [button("Go")] }],
    });
    const message = { channel: "C0EDGE", ts: ts! };
    await expect(fake.click({ user: "U0ANNA", message, action_id: "stop" })).rejects.toThrow(
      'there is go "Go"',
    );
    await expect(fake.click({ user: "U0ANNA", message, text: "Go", value: "2" })).rejects.toThrow(
      "carries 1, not 2",
    );
    await expect(fake.click({ user: "U0OTHER", message, action_id: "go" })).rejects.toThrow(
      "is not in C0EDGE",
    );
    expect(await fake.click({ user: "U0ANNA", message, text: "Go" })).toMatchObject({ ack: true });
    await expect(fake.say({ user: "U0ANNA", channel: "C0OLD", text: "hi" })).rejects.toThrow("archived");
  });
});

describe("response_url", () => {
  test("takes five posts in thirty minutes", async () => {
    const fake = await fakeSlack();
    await fake.command({ user: "U0ANNA", channel: "C0NOBOT" });
    const { response_url } = (await fake.deliveries())[0]!.body;
    const post = async (payload: Json) => {
      const response = await fetch(response_url, { method: "POST", body: JSON.stringify(payload) });
      return `${response.status} ${await response.text()}`;
    };
    expect(await post({ text: "only you" })).toBe("200 ok");
    expect(await post({ text: "all", response_type: "in_channel" })).toBe("200 ok");
    expect(await fake.ephemerals()).toMatchObject([{ only_for: "U0ANNA", text: "only you" }]);
    expect(await fake.messages("C0NOBOT")).toMatchObject([{ text: "all" }]);
    expect(await post({ text: "" })).toContain("no_text");
    await post({ text: "4" });
    await post({ text: "5" });
    expect(await post({ text: "6" })).toContain("404");
    await fake.command({ user: "U0ANNA", channel: "C0NOBOT" });
    const { response_url: second } = (await fake.deliveries()).findLast(
      ({ kind }) => kind === "slash_commands",
    )!.body;
    await fake.clock.advance(30 * 60_000 + 1);
    expect((await fetch(second, { method: "POST", body: '{"text":"late"}' })).status).toBe(404);
  });

  test("replaces and deletes the message that was clicked, an ephemeral one too", async () => {
    const fake = await fakeSlack();
    const app = await boltApp(fake, "http", (bolt) => {
      bolt.action("edge:replace", async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: "replaced" });
      });
      bolt.action("edge:delete", async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const button = (action_id: string) => ({
      type: "button" as const,
      action_id,
      text: { type: "plain_text" as const, text: action_id },
    });
    const blocks = [{ type: "actions" as const, elements: [button("edge:replace"), button("edge:delete")] }];
    const { ts } = await app.client.chat.postMessage({ channel: "C0EDGE", text: "?", blocks });
    const { message_ts } = await app.client.chat.postEphemeral({
      channel: "C0EDGE",
      user: "U0ANNA",
      text: "?",
      blocks,
    });
    await fake.click({ user: "U0BEN", message: { channel: "C0EDGE", ts: ts! }, action_id: "edge:replace" });
    await fake.waitFor(async () => (await fake.message("C0EDGE", ts!))?.text === "replaced");
    expect((await fake.message("C0EDGE", ts!))?.blocks).toBeUndefined();
    const ephemeral = { channel: "C0EDGE", ts: message_ts! };
    await expect(fake.click({ user: "U0BEN", message: ephemeral, action_id: "edge:delete" })).rejects.toThrow(
      "only U0ANNA",
    );
    await fake.click({ user: "U0ANNA", message: ephemeral, action_id: "edge:delete" });
    await fake.waitFor(async () => (await fake.ephemerals()).length === 0);
  });
});

describe("signatures", () => {
  test("Bolt takes ours and refuses a wrong or an old one", async () => {
    const fake = await fakeSlack();
    await boltApp(fake, "http", () => {});
    const body = "command=%2Fedge";
    const headers = (secret: string, at?: number) => ({
      "content-type": "application/x-www-form-urlencoded",
      ...signature(secret, body, at),
    });
    const [url] = await fake.addresses();
    const post = async (secret: string, at?: number) =>
      (await fetch(url!, { method: "POST", body, headers: headers(secret, at) })).status;
    expect(await post("wrong")).toBe(401);
    expect(await post(fake.tokens.signingSecret, Date.now() - 400_000)).toBe(401);
  });
});
