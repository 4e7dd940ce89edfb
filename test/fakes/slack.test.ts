import { App, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import { type FakeOptions, type FakeSlack, startFakeSlack } from "./slack.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function fakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  const fake = await startFakeSlack(options);
  closers.push(() => fake.close());
  return fake;
}

const clientOptions = (fake: FakeSlack) => ({
  slackApiUrl: fake.apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
});
const clientOf = (fake: FakeSlack) => new WebClient(fake.tokens.bot, clientOptions(fake));

/** A real Bolt app, connected the way it is asked. */
async function boltApp(
  fake: FakeSlack,
  transport: "socket" | "http",
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
  closers.push(async () => {
    await app.stop();
    // It resolves before the sockets are closed.
    await fake.waitFor(async () => (await fake.sockets()) === 0);
  });
  if (transport === "http") {
    const { port } = (server as { address(): { port: number } }).address();
    await fake.connectHttp(`http://127.0.0.1:${port}/slack/events`, { verify: true });
  } else await fake.waitFor(() => fake.sockets());
  return app;
}

describe.each(["http", "socket"] as const)("a Bolt app over %s", (transport) => {
  test("takes a command, answers in a thread, is clicked and sends a file", async () => {
    const fake = await fakeSlack();
    const seen: string[] = [];
    await boltApp(fake, transport, (app) => {
      app.command("/edge", async ({ ack, command, client }) => {
        await ack(`understood: ${command.text}`);
        const root = await client.chat.postMessage({
          channel: command.channel_id,
          text: "Plan",
          metadata: { event_type: "edge", event_payload: { id: "1" } },
        });
        await client.chat.postMessage({
          channel: command.channel_id,
          thread_ts: root.ts!,
          text: "How many sites?",
          blocks: [
            {
              type: "actions",
              elements: [
                {
                  type: "button",
                  action_id: "edge:go",
                  value: "40",
                  text: { type: "plain_text", text: "40" },
                },
              ],
            },
          ],
        });
      });
      app.action(/^edge:/, async ({ ack, body, respond, client }) => {
        await ack();
        if (body.type !== "block_actions" || !body.message) return;
        await respond({ replace_original: true, text: "40 sites" });
        await client.filesUploadV2({
          channel_id: body.channel!.id,
          thread_ts: body.message.thread_ts!,
          filename: "plan.yaml",
          content: "kind: Plan\n",
          snippet_type: "yaml",
          initial_comment: "Here it is",
        });
      });
      app.event("message", async ({ event }) => {
        if (event.subtype === undefined && "text" in event && !("bot_id" in event)) seen.push(event.text!);
      });
      app.event("app_mention", async ({ event }) => void seen.push(`mention ${event.text}`));
    });
    const reply = await fake.command({ user: "U0ANNA", channel: "C0EDGE", text: "40 stores" });
    expect(reply).toMatchObject({ ack: true });
    expect(await fake.ephemerals("U0ANNA")).toMatchObject([{ text: "understood: 40 stores" }]);
    const root = await fake.waitFor(async () =>
      (await fake.messages("C0EDGE")).find(({ text }) => text === "Plan"),
    );
    const [question] = await fake.waitFor(async () => {
      const replies = await fake.messages("C0EDGE", root.ts);
      return replies.length > 0 && replies;
    });
    expect(await fake.click({ user: "U0BEN", message: question!, action_id: "edge:go" })).toMatchObject({
      ack: true,
    });
    const shared = await fake.waitFor(async () =>
      (await fake.messages("C0EDGE", root.ts)).find(({ files }) => files),
    );
    expect(shared).toMatchObject({ text: "Here it is", files: [{ name: "plan.yaml", filetype: "yaml" }] });
    expect((await fake.message("C0EDGE", question!.ts))?.text).toBe("40 sites");
    await fake.say({
      user: "U0BEN",
      channel: "C0EDGE",
      thread_ts: root.ts,
      text: "@edgewright why <k3s> & not k0s?",
    });
    await fake.waitFor(async () => seen.length === 2);
    expect(seen.toSorted()).toEqual([
      "<@U0BOT> why &lt;k3s&gt; &amp; not k0s?",
      "mention <@U0BOT> why &lt;k3s&gt; &amp; not k0s?",
    ]);
    await fake.settled();
    expect(await fake.violations()).toEqual([]);
    expect(await fake.undelivered()).toEqual([]);
  });

  test("opens a modal, sees errors beside inputs, then the values", async () => {
    const fake = await fakeSlack();
    const values: unknown[] = [];
    await boltApp(fake, transport, (app) => {
      app.command("/edge", async ({ ack, client, command }) => {
        await ack();
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: "modal",
            callback_id: "brief",
            title: { type: "plain_text", text: "Plan" },
            submit: { type: "plain_text", text: "Send" },
            blocks: [
              {
                type: "input",
                block_id: "sites",
                label: { type: "plain_text", text: "Sites" },
                element: { type: "plain_text_input", action_id: "v", initial_value: "10" },
              },
            ],
          },
        });
      });
      app.view("brief", async ({ ack, view }) => {
        const { value } = view.state.values.sites!.v!;
        values.push(value);
        if (value === "none") await ack({ response_action: "errors", errors: { sites: "a number, please" } });
        else await ack();
      });
    });
    await fake.command({ user: "U0ANNA", channel: "C0NOBOT" });
    const view = await fake.waitFor(async () => (await fake.views("U0ANNA"))[0]);
    const refused = await fake.submit({ user: "U0ANNA", view: view.id, values: { sites: "none" } });
    expect(refused.errors).toEqual({ sites: "a number, please" });
    await fake.submit({ user: "U0ANNA", view: view.id, values: { sites: "40" } });
    expect(values).toEqual(["none", "40"]);
    expect(await fake.views("U0ANNA")).toEqual([]);
  });
});

describe("streams", () => {
  test("a stream grows, is stopped, and reads as Markdown with its rows", async () => {
    const fake = await fakeSlack();
    const client = clientOf(fake);
    const { ts } = await fake.say({ user: "U0ANNA", channel: "C0EDGE", text: "plan" });
    const target = {
      channel: "C0EDGE",
      thread_ts: ts,
      recipient_team_id: fake.team.id,
      recipient_user_id: "U0ANNA",
    };
    const stream = await client.chat.startStream({
      ...target,
      chunks: [{ type: "task_update", id: "size", title: "Sizing", status: "in_progress" }],
    });
    await client.chat.appendStream({
      channel: "C0EDGE",
      ts: stream.ts!,
      chunks: [
        { type: "markdown_text", text: "**k3s**" },
        { type: "task_update", id: "size", title: "Sizing", status: "complete" },
      ],
    });
    await expect(client.chat.update({ channel: "C0EDGE", ts: stream.ts!, text: "x" })).rejects.toMatchObject({
      data: { error: "streaming_state_conflict" },
    });
    await client.chat.stopStream({ channel: "C0EDGE", ts: stream.ts! });
    expect(await fake.streams()).toMatchObject([
      { state: "done", text: "**k3s**", tasks: [{ id: "size", status: "complete" }] },
    ]);
    await expect(
      client.chat.appendStream({ channel: "C0EDGE", ts: stream.ts!, markdown_text: "x" }),
    ).rejects.toMatchObject({ data: { error: "message_not_in_streaming_state" } });
  });
});
