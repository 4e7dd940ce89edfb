import { describe, expect, test } from "vitest";
import { boltApp, clientOf, fakeSlack, refusal, spawnedSlack } from "./bolt.ts";
import type { Fault } from "./types.ts";

const post = { channel: "C0EDGE", text: "hi" };

describe("faults", () => {
  test("a reply is lost after Slack acted: a client that tries again posts twice", async () => {
    const fake = await fakeSlack();
    await fake.fail({ method: "chat.postMessage", times: 1, after: true });
    await expect(clientOf(fake).chat.postMessage(post)).rejects.toThrow();
    expect(await fake.calls("chat.postMessage")).toMatchObject([
      { acted: true, status: 0, error: "reply lost" },
    ]);
    expect(await fake.messages("C0EDGE")).toMatchObject([{ text: "hi" }]);
    await clientOf(fake).chat.postMessage(post);
    expect(await fake.messages("C0EDGE")).toHaveLength(2);
  });

  test.for([
    ["the connection is cut before it acts", { method: "chat.*" }, false, 0],
    ["it answers 500", { method: "*", status: 500 }, false, 500],
    ["it answers 500 after it acted", { method: "chat.postMessage", status: 500, after: true }, true, 500],
    ["it answers an error", { method: "chat.postMessage", error: "fatal_error" }, false, 200],
    ["it asks to wait", { method: "chat.postMessage", retryAfter: 7 }, false, 429],
    ["it never answers", { method: "chat.postMessage", hang: true }, false, 0],
    ["it acts and never answers", { method: "chat.postMessage", hang: true, after: true }, true, 0],
  ] as [string, Fault, boolean, number][])("%s", async ([, fault, acted, status]) => {
    const fake = await fakeSlack();
    await fake.fail({ ...fault, times: 1 });
    const client = clientOf(fake);
    await expect(withTimeout(client.chat.postMessage(post))).rejects.toThrow();
    expect(await fake.messages("C0EDGE")).toHaveLength(acted ? 1 : 0);
    expect(await fake.calls()).toMatchObject([{ acted, status }]);
    await client.chat.postMessage(post);
  });

  test("hits a share of the calls, the same ones with the same seed, and can be taken back", async () => {
    const hits = async () => {
      const fake = await fakeSlack();
      await fake.fail({ method: "*", error: "fatal_error", rate: 1 / 3, seed: 7 });
      const client = clientOf(fake);
      const answers = [];
      for (let count = 0; count < 60; count += 1)
        answers.push((await client.auth.test().catch(() => ({ ok: false }))).ok);
      await fake.heal();
      expect((await client.auth.test()).ok).toBe(true);
      return answers;
    };
    const first = await hits();
    expect(first.filter((ok) => !ok).length).toBeGreaterThan(10);
    expect(first.filter((ok) => !ok).length).toBeLessThan(30);
    expect(await hits()).toEqual(first);
  });

  test("can slow a call, only in one channel", async () => {
    const fake = await fakeSlack();
    await fake.fail({ method: "chat.postMessage", delayMs: 60, channel: "C0OPS" });
    const order: string[] = [];
    const client = clientOf(fake);
    const send = async (channel: string) => {
      await client.chat.postMessage({ channel, text: "hi" });
      order.push(channel);
    };
    await Promise.all([send("C0OPS"), send("C0EDGE")]);
    expect(order).toEqual(["C0EDGE", "C0OPS"]);
  });

  test("an upload or a response_url can fail too", async () => {
    const fake = await fakeSlack();
    await fake.fail({ method: "upload", times: 1, status: 500 });
    const upload = { channel_id: "C0EDGE", filename: "a.yaml", content: "a: 1\n" };
    await expect(clientOf(fake).filesUploadV2(upload)).rejects.toThrow();
    await clientOf(fake).filesUploadV2(upload);
    await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    await fake.fail({ method: "response_url", times: 1, after: true });
    const { response_url } = (await fake.deliveries()).find(({ kind }) => kind === "slash_commands")!.body;
    await expect(fetch(response_url, { method: "POST", body: '{"text":"hi"}' })).rejects.toThrow();
    expect(await fake.ephemerals()).toHaveLength(1);
  });

  test("a workspace of its own process serves a Bolt app over its sockets", async () => {
    const fake = await spawnedSlack();
    await boltApp(fake, "socket", (app) =>
      app.command("/edge", ({ ack, command }) => ack(`got ${command.text}`)),
    );
    const reply = await fake.command({ user: "U0ANNA", channel: "C0EDGE", text: "40" });
    expect(reply).toMatchObject({ ack: true, body: { text: "got 40" } });
    expect(await fake.ephemerals("U0ANNA")).toMatchObject([{ text: "got 40" }]);
    await fake.settled();
  });

  test("a workspace of its own process loses replies and lives on", async () => {
    const fake = await spawnedSlack({ seed: 2 });
    await fake.fail({ method: "chat.postMessage", times: 1, after: true });
    const client = clientOf(fake);
    await expect(client.chat.postMessage(post)).rejects.toThrow();
    await client.chat.postMessage(post);
    expect(await fake.messages("C0EDGE")).toHaveLength(2);
    const before = await fake.clock.now();
    await fake.clock.advance(60_000);
    expect((await fake.clock.now()) - before).toBeGreaterThanOrEqual(60_000);
    await expect(fake.say({ user: "U0NOBODY", channel: "C0EDGE", text: "hi" })).rejects.toThrow(
      "no user U0NOBODY",
    );
    expect(await fake.waitFor(() => fake.message("C0EDGE", "1").then(() => "polled"))).toBe("polled");
  });
});

/** Shorter than the client's own patience, for a call that never ends. */
function withTimeout<T>(call: Promise<T>): Promise<T> {
  const timeout = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error("too late")), 150).unref(),
  );
  return Promise.race([call, timeout]);
}

describe("the fake itself", () => {
  test("says so when it breaks, instead of passing for Slack", async () => {
    const fake = await fakeSlack();
    const headers = { authorization: `Bearer ${fake.tokens.bot}`, "content-type": "application/json" };
    const response = await fetch(`${fake.apiUrl}auth.test`, { method: "POST", headers, body: "{" });
    expect(response.status).toBe(500);
    expect(await fake.violations()).toMatchObject([{ method: "/api/auth.test", error: "the fake broke" }]);
  });
});

describe("rate limits", () => {
  test("one post a second and channel, other channels unharmed", async () => {
    const fake = await fakeSlack({ clock: "manual" });
    await fake.rateLimits(true);
    const client = clientOf(fake);
    await client.chat.postMessage(post);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 1 });
    await client.chat.postMessage({ ...post, channel: "C0OPS" });
    await fake.clock.advance(1_000);
    await client.chat.postMessage(post);
    expect((await fake.calls("chat.postMessage")).map(({ status }) => status)).toEqual([200, 429, 200, 200]);
    await fake.rateLimits({ burst: 3 });
    for (let count = 0; count < 3; count += 1) await client.chat.postMessage(post);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 1 });
  });

  test("three hundred posts a minute in all channels together", async () => {
    const fake = await fakeSlack({
      clock: "manual",
      channels: Array.from({ length: 301 }, (_, at) => ({ id: `C0N${at}` })),
    });
    await fake.rateLimits(true);
    const client = clientOf(fake);
    const send = (at: number) => client.chat.postMessage({ channel: `C0N${at}`, text: "hi" });
    await Promise.all(Array.from({ length: 300 }, (_, at) => send(at)));
    await expect(send(300)).rejects.toMatchObject({ retryAfter: 60 });
  });

  test.for([
    ["chat.update", 50],
    ["chat.startStream", 20],
    ["chat.appendStream", 100],
    ["chat.stopStream", 20],
    ["views.publish", 100],
    ["files.getUploadURLExternal", 100],
    ["canvases.create", 20],
    ["canvases.edit", 50],
    ["conversations.replies", 50],
    ["agents.sessions.setStatus", 50],
    ["chat.postEphemeral", 100],
  ] as [string, number][])("%s: %i calls a minute", async ([method, perMinute]) => {
    const fake = await fakeSlack({ clock: "manual" });
    await fake.rateLimits(true);
    // Refused for its arguments or not, a call counts.
    const call = async () => {
      const headers = { authorization: `Bearer ${fake.tokens.bot}` };
      return fetch(`${fake.apiUrl}${method}`, { method: "POST", headers });
    };
    for (let count = 0; count < perMinute; count += 1) expect((await call()).status).toBe(200);
    await fake.clock.advance(20_000);
    const refused = await call();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
    await fake.clock.advance(40_000);
    expect((await call()).status).toBe(200);
  });

  test("what is waited can be set", async () => {
    const fake = await fakeSlack();
    await fake.rateLimits({ retryAfter: 2, perMinute: { "auth.test": 1 } });
    const client = clientOf(fake);
    await client.auth.test();
    await expect(client.auth.test()).rejects.toMatchObject({ retryAfter: 2 });
    await fake.rateLimits(false);
    await client.auth.test();
  });
});

describe("what the app may not do", () => {
  test.for([
    ["an unknown channel", "C0NONE", "channel_not_found"],
    ["a channel it is not in", "C0NOBOT", "not_in_channel"],
    ["a private channel it is not in", "G0HIDDEN", "channel_not_found"],
    ["an archived channel", "C0OLD", "is_archived"],
  ])("post to %s", async ([, channel, error]) => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    expect((await refusal(client.chat.postMessage({ channel: channel!, text: "hi" }))).error).toBe(error);
    const upload = await client.files.getUploadURLExternal({ filename: "a.txt", length: 1 });
    await fetch(upload.upload_url!, { method: "POST", body: "a" });
    const share = client.files.completeUploadExternal({
      files: [{ id: upload.file_id! }],
      channel_id: channel!,
    });
    expect((await refusal(share)).error).toBe(error);
    const read = client.conversations.replies({ channel: channel!, ts: "1" });
    expect((await refusal(read)).error).toBe(error === "is_archived" ? "thread_not_found" : error);
  });

  test("post where it is no member, unless chat:write.public is granted", async () => {
    const fake = await fakeSlack();
    await fake.grant("chat:write.public");
    await clientOf(fake).chat.postMessage({ channel: "C0NOBOT", text: "hi" });
    expect(await fake.messages("C0NOBOT")).toHaveLength(1);
  });

  test("call without the scope, which is named", async () => {
    const fake = await fakeSlack({ scopes: ["chat:write", "commands"] });
    const client = clientOf(fake);
    const provided = "chat:write,commands";
    expect(
      await refusal(client.reactions.add({ channel: "C0EDGE", timestamp: "1", name: "eyes" })),
    ).toMatchObject({
      error: "missing_scope",
      needed: "reactions:write",
      provided,
    });
    expect(await refusal(client.conversations.history({ channel: "C0EDGE" }))).toMatchObject({
      needed: "channels:history",
    });
    expect(await refusal(client.conversations.history({ channel: "D0ANNA" }))).toMatchObject({
      needed: "im:history",
    });
    const { response_metadata } = await client.auth.test();
    expect(response_metadata?.scopes).toEqual(["chat:write", "commands"]);
    await fake.revoke("chat:write");
    expect(await refusal(client.chat.postMessage(post))).toMatchObject({ needed: "chat:write" });
  });

  test("use a wrong token, or the wrong one of its two", async () => {
    const fake = await fakeSlack();
    expect((await refusal(clientOf(fake, "xoxb-wrong").auth.test())).error).toBe("invalid_auth");
    expect((await refusal(clientOf(fake, fake.tokens.app).auth.test())).error).toBe("not_allowed_token_type");
    expect((await refusal(clientOf(fake).apps.connections.open())).error).toBe("not_allowed_token_type");
    const anonymous = await fetch(`${fake.apiUrl}auth.test`, { method: "POST" });
    expect(await anonymous.json()).toEqual({ ok: false, error: "not_authed" });
  });

  test("touch what others wrote, or what is not there", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "mine" });
    const update = (at: string) => client.chat.update({ channel: "C0EDGE", ts: at, text: "x" });
    expect((await refusal(update(ts))).error).toBe("cant_update_message");
    expect((await refusal(update("1.000001"))).error).toBe("message_not_found");
    expect((await refusal(client.chat.delete({ channel: "C0EDGE", ts }))).error).toBe("cant_delete_message");
    expect((await refusal(client.users.info({ user: "U0NONE" }))).error).toBe("user_not_found");
    const ephemeral = { channel: "C0EDGE", user: "U0OTHER", text: "hi" };
    expect((await refusal(client.chat.postEphemeral(ephemeral))).error).toBe("user_not_in_channel");
  });

  test("call what GovSlack or a plain app does not have", async () => {
    const gov = await fakeSlack({ gov: true });
    const { ts } = await gov.say({ user: "U0ANNA", channel: "D0ANNA", text: "hi" });
    const stream = clientOf(gov).chat.startStream({ channel: "D0ANNA", thread_ts: ts });
    expect((await refusal(stream)).error).toBe("unknown_method");
    await clientOf(gov).assistant.threads.setStatus({
      channel_id: "D0ANNA",
      thread_ts: ts,
      status: "thinks",
    });
    const plainApp = await fakeSlack({ agent: false });
    const status = { channel_id: "D0ANNA", thread_ts: "1", status: "processing" };
    expect((await refusal(clientOf(plainApp).agents.sessions.setStatus(status))).error).toBe(
      "feature_disabled",
    );
    const prompts = { channel_id: "D0ANNA", prompts: [{ title: "a", message: "b" }] };
    expect(
      (await refusal(clientOf(plainApp).assistant.threads.setSuggestedPrompts(prompts as never))).error,
    ).toBe("not_agent_app");
    expect((await refusal(clientOf(plainApp).apiCall("chat.sing"))).error).toBe("unknown_method");
  });
});
