import { describe, expect, test } from "vitest";
import { boltApp, clientOf, fakeSlack, refusal } from "./bolt.ts";
import type { Json } from "./types.ts";

const words = (text: string) => ({ type: "plain_text" as const, text });

describe("modals and home", () => {
  const view = (more: Json = {}): Json => ({
    type: "modal",
    title: words("Plan"),
    callback_id: "v",
    blocks: [{ type: "divider" }],
    ...more,
  });

  test("a trigger opens one view within three seconds", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const trigger = async () => (await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).trigger_id;
    const used = await trigger();
    await client.views.open({ trigger_id: used, view: view() });
    expect((await refusal(client.views.open({ trigger_id: used, view: view() }))).error).toBe(
      "exchanged_trigger_id",
    );
    expect((await refusal(client.views.open({ trigger_id: "1.2.x", view: view() }))).error).toBe(
      "invalid_trigger_id",
    );
    const late = await trigger();
    await fake.clock.advance(3_001);
    expect((await refusal(client.views.open({ trigger_id: late, view: view() }))).error).toBe(
      "expired_trigger_id",
    );
  });

  test("views are updated by id and hash, pushed three deep, closed with notice", async () => {
    const fake = await fakeSlack();
    const closed: string[] = [];
    const pushed: number[] = [];
    const app = await boltApp(fake, "socket", (bolt) => {
      bolt.command("/edge", ({ ack }) => ack());
      bolt.action("more", async ({ ack, body, client }: Json) => {
        await ack();
        const more = view({ blocks: [{ type: "actions", elements: [button] }] });
        await client.views
          .push({ trigger_id: body.trigger_id, view: more })
          .catch(({ data }: Json) => closed.push(data.error));
        pushed.push(1);
      });
      bolt.view({ callback_id: "v", type: "view_closed" }, async ({ ack }) => {
        await ack();
        closed.push("closed");
      });
    });
    const button = { type: "button", action_id: "more", text: words("More") };
    const { trigger_id } = await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    const opened = (await app.client.views.open({ trigger_id, view: view({ notify_on_close: true }) }))
      .view as Json;
    const blocks = [{ type: "actions", elements: [button] }];
    const updated = (
      await app.client.views.update({
        view_id: opened.id,
        hash: opened.hash,
        view: view({ notify_on_close: true, blocks }),
      })
    ).view as Json;
    const stale = app.client.views.update({ view_id: opened.id, hash: "1.x", view: view() });
    expect((await refusal(stale)).error).toBe("hash_conflict");
    expect(updated.hash).not.toBe(opened.hash);
    for (let depth = 1; depth <= 3; depth += 1) {
      const top = (await fake.views("U0ANNA")).at(-1)!;
      await fake.click({ user: "U0ANNA", view: top.id, action_id: "more" });
      await fake.waitFor(async () => pushed.length === depth);
    }
    expect(await fake.views("U0ANNA")).toHaveLength(3);
    expect(closed).toEqual(["push_limit_reached"]);
    await fake.closeView({ user: "U0ANNA", view: opened.id });
    expect(closed).toEqual(["push_limit_reached", "closed"]);
  });

  test("a form sends what was chosen and what was there from the start, and nothing incomplete", async () => {
    const fake = await fakeSlack();
    let values: Json;
    const app = await boltApp(fake, "http", (bolt) => {
      bolt.command("/edge", ({ ack }) => ack());
      bolt.view("form", async ({ ack, view: sent }) => {
        values = sent.state.values;
        await ack({ response_action: "update", view: view({ title: words("Thanks") }) });
      });
    });
    const option = (value: string) => ({ text: words(value), value });
    const input = (block_id: string, element: Json, more: Json = {}) => ({
      type: "input",
      block_id,
      label: words(block_id),
      element: { action_id: "v", ...element },
      ...more,
    });
    const form = view({
      callback_id: "form",
      submit: words("Send"),
      blocks: [
        input("sites", { type: "plain_text_input", max_length: 5 }),
        input("arch", {
          type: "static_select",
          options: ["amd64", "arm64"].map(option),
          initial_option: option("amd64"),
        }),
        input("wishes", { type: "checkboxes", options: ["gpu", "wasm"].map(option) }, { optional: true }),
      ],
    });
    const { trigger_id } = await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    const { id } = (await app.client.views.open({ trigger_id, view: form })).view as Json;
    await expect(fake.submit({ user: "U0ANNA", view: id })).rejects.toThrow("sites is empty");
    await expect(fake.submit({ user: "U0ANNA", view: id, values: { sites: "123456" } })).rejects.toThrow(
      "0 to 5 are allowed",
    );
    await expect(fake.submit({ user: "U0ANNA", view: id, values: { arch: "mips" } })).rejects.toThrow(
      "offered: amd64, arm64",
    );
    await fake.submit({ user: "U0ANNA", view: id, values: { sites: "40", wishes: ["gpu", "wasm"] } });
    expect(values.sites.v.value).toBe("40");
    expect(values.arch.v.selected_option.value).toBe("amd64");
    expect(values.wishes.v.selected_options.map(({ value }: Json) => value)).toEqual(["gpu", "wasm"]);
    expect(await fake.views("U0ANNA")).toMatchObject([{ id, title: { text: "Thanks" } }]);
  });

  test("errors for inputs that are not there show only trouble", async () => {
    const fake = await fakeSlack();
    const app = await boltApp(fake, "http", (bolt) => {
      bolt.command("/edge", ({ ack }) => ack());
      bolt.view("v", ({ ack }) => ack({ response_action: "errors", errors: { nowhere: "no" } }));
    });
    const { trigger_id } = await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    const { id } = (await app.client.views.open({ trigger_id, view: view() })).view as Json;
    expect((await fake.submit({ user: "U0ANNA", view: id })).errors).toBeUndefined();
    expect(await fake.warnings()).toMatchObject([{ kind: "modal" }]);
    expect(await fake.views("U0ANNA")).toHaveLength(1);
  });

  test("a home is published, opened and used", async () => {
    const fake = await fakeSlack();
    const used: string[] = [];
    await boltApp(fake, "socket", (bolt) => {
      bolt.event("app_home_opened", async ({ event, client }) => {
        used.push(event.tab ?? "");
        const open = { type: "button" as const, action_id: "open", value: "7", text: words("Open") };
        await client.views.publish({
          user_id: event.user,
          view: { type: "home", blocks: [{ type: "actions", elements: [open] }] },
        });
      });
      bolt.action("open", async ({ ack, body }: Json) => {
        await ack();
        used.push(`${body.view.type} ${body.actions[0].value}`);
      });
    });
    const titled = { type: "home", title: words("Plans"), blocks: [{ type: "divider" }] } as never;
    const publish = clientOf(fake).views.publish({ user_id: "U0ANNA", view: titled });
    expect((await refusal(publish)).error).toBe("invalid_arguments");
    await fake.openHome("U0ANNA");
    const home = await fake.waitFor(async () => (await fake.homes()).U0ANNA);
    await fake.click({ user: "U0ANNA", view: home.id, text: "Open" });
    await fake.openHome("U0ANNA", "messages");
    expect(used).toEqual(["home", "home 7", "messages"]);
  });
});

describe("canvases, reactions, shortcuts, people", () => {
  test("a canvas is created and edited", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const document_content = { type: "markdown" as const, markdown: "# Plan" };
    const { canvas_id } = await client.canvases.create({
      title: "Plan",
      channel_id: "C0EDGE",
      document_content,
    });
    const free = clientOf(await fakeSlack({ free: true })).canvases.create({ title: "Plan" });
    expect((await refusal(free)).error).toBe("free_teams_cannot_create_non_tabbed_canvases");
    const changes = [
      {
        operation: "insert_at_end" as const,
        document_content: { type: "markdown" as const, markdown: "more" },
      },
    ];
    await client.canvases.edit({ canvas_id: canvas_id!, changes: changes as never });
    expect(await fake.canvases()).toEqual([
      { id: canvas_id, title: "Plan", channel: "C0EDGE", markdown: "# Plan\nmore" },
    ]);
  });

  test("reactions are added once, taken back, and heard", async () => {
    const fake = await fakeSlack();
    const heard: string[] = [];
    const app = await boltApp(fake, "socket", (bolt) => {
      bolt.event("reaction_added", async ({ event }) => void heard.push(`${event.user} ${event.reaction}`));
    });
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    const eyes = { channel: "C0EDGE", timestamp: ts, name: "eyes" };
    await app.client.reactions.add(eyes);
    expect((await refusal(app.client.reactions.add(eyes))).error).toBe("already_reacted");
    await fake.react({ user: "U0BEN", message: { channel: "C0EDGE", ts }, name: "x" });
    expect((await fake.message("C0EDGE", ts))!.reactions).toEqual([
      { name: "eyes", users: ["U0BOT"], count: 1 },
      { name: "x", users: ["U0BEN"], count: 1 },
    ]);
    await app.client.reactions.remove(eyes);
    expect((await refusal(app.client.reactions.remove(eyes))).error).toBe("no_reaction");
    expect((await refusal(app.client.reactions.add({ ...eyes, name: "No Name" }))).error).toBe(
      "invalid_name",
    );
    // Bolt drops its own reaction.
    await fake.waitFor(async () => heard.length === 1);
    expect(heard).toEqual(["U0BEN x"]);
  });

  test("a message shortcut carries the message and opens a form", async () => {
    const fake = await fakeSlack();
    const seen: Json[] = [];
    await boltApp(fake, "http", (bolt) => {
      bolt.shortcut("plan", async ({ ack, shortcut }) => {
        await ack();
        seen.push(shortcut);
      });
    });
    const { ts } = await fake.say({ user: "U0BEN", channel: "C0EDGE", text: "40 stores" });
    await fake.shortcut({ user: "U0ANNA", callback_id: "plan", message: { channel: "C0EDGE", ts } });
    await fake.shortcut({ user: "U0ANNA", callback_id: "plan" });
    expect(seen).toMatchObject([
      {
        type: "message_action",
        message: { text: "40 stores", user: "U0BEN" },
        channel: { id: "C0EDGE" },
        message_ts: ts,
      },
      { type: "shortcut", user: { id: "U0ANNA" } },
    ]);
  });

  test("people have a language, an address, a rank", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const info = async (user: string) => (await client.users.info({ user, include_locale: true })).user;
    expect(await info("U0BEN")).toMatchObject({ locale: "de-DE", profile: { email: "ben@edge.example" } });
    expect(await info("U0SINGLE")).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    expect(await info("U0OTHER")).toMatchObject({ is_stranger: true, team_id: "T0OTHER" });
    await fake.revoke("users:read.email");
    expect((await info("U0BEN"))!.profile).not.toHaveProperty("email");
    expect((await client.users.info({ user: "U0BEN" })).user).not.toHaveProperty("locale");
    expect((await client.conversations.info({ channel: "C0SHARED" })).channel).toMatchObject({
      is_ext_shared: true,
      is_member: true,
    });
  });
});
