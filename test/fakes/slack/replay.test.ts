import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { boltApp, fakeSlack, type Transport } from "./bolt.ts";
import type { DeliveryKind, FakeSlack, Json } from "./types.ts";

const folder = join(import.meta.dirname, "../../replay");
const names = (await readdir(folder))
  .filter((name) => /^slack-.*\.json$/.test(name))
  .map((name) => name.slice(6, -5));

async function recorded(name: string): Promise<{ kind: DeliveryKind; body: Json }> {
  return JSON.parse(await readFile(join(folder, `slack-${name}.json`), "utf8"));
}

/** Which kind of listener takes a payload, in a Bolt app that has one of each. */
async function takers(fake: FakeSlack, transport: Transport): Promise<string[]> {
  const taken: string[] = [];
  const take = (kind: string) => async (args: Json) => {
    await args.ack?.();
    taken.push(kind);
  };
  await boltApp(fake, transport, (app) => {
    app.command("/edge", take("command"));
    app.action(/^edge:/, take("action"));
    app.view(/^edge:/, take("view"));
    app.view({ callback_id: /^edge:/, type: "view_closed" }, take("closed"));
    app.shortcut(/^edge:/, take("shortcut"));
    app.event(/./ as never, take("event"));
  });
  return taken;
}

const ownPost = ["message-of-own"];
const takenAs = (name: string, kind: DeliveryKind): string => {
  if (kind === "events_api") return "event";
  if (kind === "slash_commands") return "command";
  if (name === "view-closed") return "closed";
  return name
    .replace("block-actions", "action")
    .replace("view-submission", "view")
    .replace("message-shortcut", "shortcut")
    .split("-")[0]!;
};

describe.each(["http", "socket"] as const)("recorded payloads over %s", (transport) => {
  test("reach the listener they are for", async () => {
    const fake = await fakeSlack();
    const taken = await takers(fake, transport);
    for (const name of names) {
      const { kind, body } = await recorded(name);
      taken.splice(0);
      expect([name, (await fake.replay({ kind, body })).ack]).toEqual([name, true]);
      if (kind === "events_api") await new Promise((resolve) => setTimeout(resolve, 5));
      // Bolt ignores what the app itself has posted.
      expect([name, ...taken]).toEqual(ownPost.includes(name) ? [name] : [name, takenAs(name, kind)]);
    }
  });
});

/** What people do to make the fake send each kind by itself. */
async function doEverything(fake: FakeSlack): Promise<void> {
  const user = "U0ANNA";
  const words = (text: string) => ({ type: "plain_text" as const, text, emoji: true });
  const options = ["arm64", "amd64"].map((value) => ({ text: words(value), value }));
  const select = { type: "static_select", action_id: "edge:pick", placeholder: words("Choose"), options };
  const button = { type: "button", action_id: "edge:choose", text: words("Flux"), value: "flux" };
  const blocks: Json = [
    { type: "section", text: { type: "mrkdwn", text: "Which engine?", verbatim: false } },
    { type: "actions", elements: [button, select] },
  ];
  const input = (block_id: string, element: Json) => ({
    type: "input",
    block_id,
    label: words(block_id),
    optional: false,
    dispatch_action: false,
    element: { ...element, action_id: "v" },
  });
  const view: Json = {
    type: "modal",
    callback_id: "edge:form",
    private_metadata: "42",
    notify_on_close: true,
    title: words("Plan"),
    submit: words("Send"),
    close: words("Cancel"),
    blocks: [input("sites", { type: "plain_text_input", multiline: false }), input("arch", select)],
  };
  const app = await boltApp(fake, "socket", (bolt) => {
    bolt.action(/./, ({ ack }) => ack());
    bolt.view(/./, ({ ack }) => ack({ response_action: "update", view }));
    bolt.view({ callback_id: /./, type: "view_closed" }, ({ ack }) => ack());
    bolt.shortcut(/./, ({ ack }) => ack());
    bolt.command(/./, ({ ack }) => ack());
  });
  const { chat, views, agents } = app.client;
  const root = await fake.say({ user, channel: "C0EDGE", text: "@edgewright 40 stores" });
  const thread = { channel: "C0EDGE", thread_ts: root.ts };
  await fake.say({ user, ...thread, text: "why k3s?" });
  await fake.say({
    user,
    channel: "C0EDGE",
    text: "check this",
    files: [{ name: "app.yaml", content: "a: 1" }],
  });
  await fake.say({ user, channel: "D0ANNA", text: "40 stores" });
  const { ts } = await chat.postMessage({ ...thread, text: "Which engine?", blocks });
  const message = { channel: "C0EDGE", ts: ts! };
  await fake.click({ user, message, action_id: "edge:choose" });
  await fake.choose({ user, message, action_id: "edge:pick", value: "arm64" });
  await fake.react({ user, message, name: "x" });
  const ephemeral = await chat.postEphemeral({ ...thread, user, text: "?", blocks });
  await fake.click({
    user,
    message: { channel: "C0EDGE", ts: ephemeral.message_ts! },
    action_id: "edge:choose",
  });
  await agents.sessions.setStatus({ channel_id: "C0EDGE", thread_ts: root.ts, status: "processing" });
  const reader = { recipient_team_id: fake.team.id, recipient_user_id: user };
  await chat.startStream({ ...thread, ...reader, markdown_text: "k3s" });
  await fake.stop({ user, ...thread });
  const plain = await chat.postMessage({ ...thread, text: "Which engine?" });
  await chat.update({ channel: "C0EDGE", ts: plain.ts!, text: "Flux" });
  await chat.delete({ channel: "C0EDGE", ts: plain.ts! });
  const { trigger_id } = await fake.command({ user, channel: "C0EDGE", text: "40" });
  const { id } = (await views.open({ trigger_id, view })).view as Json;
  await fake.submit({ user, view: id, values: { sites: "40", arch: "arm64" } });
  await fake.closeView({ user, view: id });
  await fake.shortcut({
    user,
    callback_id: "edge:from-message",
    message: { channel: "C0EDGE", ts: root.ts },
  });
  const home = await views.publish({ user_id: user, view: { type: "home", blocks: [blocks[1]] } });
  await fake.click({ user, view: home.view!.id!, action_id: "edge:choose" });
  await fake.openHome(user, "messages");
  await fake.invite("C0NOBOT");
  const context = { entities: [{ type: "slack#/types/channel_id", value: "C0EDGE", team_id: "T0EDGE" }] };
  await fake.send({ type: "app_context_changed", channel: "D0ANNA", user, context });
  await fake.send({
    type: "message",
    user: "USLACK",
    channel: "D0ANNA",
    channel_type: "im",
    text: "archived",
    ts: "1.000001",
  });
  await fake.settled();
}

/** Every place in a payload with the kind of value that stands there; ids that people choose are one place. */
function shapeOf(value: Json, at = ""): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${at}[]`] : value.flatMap((entry) => shapeOf(entry, `${at}[]`));
  if (value === null || typeof value !== "object")
    return [`${at}: ${value === null ? "null" : typeof value}`];
  const isValues = at.endsWith(".values");
  return Object.entries(value).flatMap(([key, entry]) =>
    isValues
      ? Object.values(entry as Json).flatMap((held) => shapeOf(held, `${at}.*.*`))
      : shapeOf(entry, `${at}.${key}`),
  );
}

describe("what the fake sends by itself", () => {
  test("has every field of the recorded payload of its kind", async () => {
    const fake = await fakeSlack();
    await doEverything(fake);
    const sent = (await fake.deliveries()).map(({ kind, body }) => ({ kind, shape: new Set(shapeOf(body)) }));
    for (const name of names) {
      const { kind, body } = await recorded(name);
      const wanted = [...new Set(shapeOf(body))];
      const lacking = sent
        .filter((delivery) => delivery.kind === kind)
        .map(({ shape }) => wanted.filter((place) => !shape.has(place)))
        .sort((a, b) => a.length - b.length)[0];
      expect([name, lacking]).toEqual([name, []]);
    }
  });
});
