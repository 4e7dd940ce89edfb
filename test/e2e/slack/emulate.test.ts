import { WebClient } from "@slack/web-api";
import { createEmulator } from "emulate";
import { expect, onTestFinished, test } from "vitest";
import { signature } from "../../fakes/slack.ts";
import { startBot } from "../../fakes/storm/bot.ts";
import { isSlackConnected } from "../../fakes/storm/slack.ts";

const secret = "signing-secret-of-a-test";
const token = "xoxb-emulated";
const scopes =
  "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,files:read,files:write,groups:history,im:history,mpim:history,reactions:write,users:read";

/** A Slack that others made from Slack's own pages: it has no commands and sends no events, so the test signs those. */
async function emulated() {
  const bot = { app_id: "A0EDGE", bot_id: "B0BOT", bot_user_id: "U0BOT" };
  const app = {
    ...bot,
    client_id: "c",
    client_secret: "s",
    name: "edgewright",
    redirect_uris: [],
    scopes: scopes.split(","),
  };
  const slack = {
    users: [{ name: "anna" }],
    channels: [{ name: "edge" }],
    oauth_apps: [app],
    tokens: [{ ...bot, token, type: "bot" as const, scopes: scopes.split(",") }],
  };
  const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack } as never });
  onTestFinished(() => emulator.close() as Promise<void>);
  const apiUrl = `${emulator.url}/api/`;
  const client = new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  const { channels } = await client.conversations.list({});
  const { members } = await client.users.list({});
  const { team_id } = await client.auth.test();
  return {
    ...{ apiUrl, client, team: team_id! },
    channel: channels!.find(({ name }) => name === "edge")!.id!,
    user: members!.find(({ name }) => name === "anna")!.id!,
  };
}

test("on a Slack made by others: a command leads to a thread with a plan and its files", {
  timeout: 120_000,
}, async () => {
  const { apiUrl, client, team, channel, user } = await emulated();
  await client.conversations.join({ channel });
  const bot = startBot({
    env: {
      ...{ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: secret, SLACK_PORT: "0", SLACK_API_URL: apiUrl },
      SLACK_POSTS_PER_SECOND: "1000",
    },
    isConnected: isSlackConnected,
  });
  onTestFinished(async () => void (await bot.stop("SIGKILL")));
  await bot.connected;
  const { port } = bot.log.find(({ address }) => address)!.address as { port: number };

  const send = async (fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString();
    const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: "POST",
      headers: { ...signature(secret, body), "content-type": "application/x-www-form-urlencoded" },
      body,
    });
    expect(response.status).toBe(200);
    return response.text();
  };
  const command = {
    ...{ team_id: team, team_domain: "emulated", channel_id: channel, channel_name: "edge" },
    ...{ user_id: user, user_name: "anna", command: "/edge", api_app_id: "A0EDGE" },
    text: "500 shops, one amd64 box each with 8 GB and SSD, stable link, Flux, locked cabinet",
    ...{ response_url: `${apiUrl}none`, trigger_id: "1.2.emulated" },
  };
  expect(await send(command)).toContain("thread below");

  type Message = {
    ts?: string;
    blocks?: { type: string; elements?: { action_id: string; text?: { text: string } }[] }[];
    files?: { name?: string }[];
  };
  const thread = async (): Promise<Message[]> => {
    const { messages = [] } = await client.conversations.history({ channel });
    const root = messages.at(-1)?.ts;
    return root ? ((await client.conversations.replies({ channel, ts: root })).messages as Message[]) : [];
  };
  const button = async (words: string) => {
    for (const { ts, blocks = [] } of (await thread()).toReversed())
      for (const one of blocks.flatMap(({ elements = [] }) => elements))
        if (one.text?.text === words) return { ts: ts!, action_id: one.action_id };
    return undefined;
  };
  await expect.poll(() => button("Generate the plan"), { timeout: 30_000 }).toBeDefined();
  const { ts, action_id } = (await button("Generate the plan"))!;
  const [root] = await thread();
  const pressed = {
    type: "block_actions",
    user: { id: user, username: "anna", team_id: team },
    team: { id: team, domain: "emulated" },
    trigger_id: "3.4.emulated",
    channel: { id: channel, name: "edge" },
    container: { type: "message", message_ts: ts, channel_id: channel, thread_ts: root!.ts },
    message: { ts, thread_ts: root!.ts },
    actions: [
      {
        type: "button",
        action_id,
        block_id: "b",
        action_ts: "5.6",
        text: { type: "plain_text", text: "Generate the plan" },
      },
    ],
  };
  await send({ payload: JSON.stringify(pressed) });

  const files = async () => (await thread()).flatMap(({ files: all = [] }) => all.map(({ name }) => name));
  await expect
    .poll(files, { timeout: 60_000 })
    .toEqual(expect.arrayContaining(["fleet-r1.zip", "edge-fleet-plan-r1.md"]));
  expect(await bot.stop()).toBe(0);
});
