import { describe, expect, test } from "vitest";
import { boltApp, fakeSlack } from "./slack/bolt.ts";

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
