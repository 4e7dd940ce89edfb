import { expect, test } from "vitest";
import { createSpeech } from "#src/app/speech.ts";
import {
  allPermissions,
  applicationOf,
  inviteLink,
  lacking,
  permissions,
} from "#src/platforms/discord/permissions.ts";
import discord from "#src/platforms/discord.ts";
import { runCli, startCli } from "../../app/run-cli.ts";
import { spawnFakeDiscord } from "../../fakes/discord.ts";
import { aStore, connecting } from "./setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";

test("the invitation asks for exactly what is needed, and for commands", async () => {
  const { fake } = await connecting();
  const { code, stdout } = await runCli(["discord", "invite"], { env: { DISCORD_TOKEN: fake.token } });
  expect(code).toBe(0);
  const link = new URL(stdout.trim());
  expect(link.searchParams.get("scope")).toBe("bot applications.commands");
  expect(link.searchParams.get("client_id")).toBe(applicationOf(fake.token));
  expect(BigInt(link.searchParams.get("permissions")!)).toBe(309_237_763_072n);
  expect(lacking(allPermissions & ~permissions.AttachFiles)).toEqual(["AttachFiles"]);
  expect(inviteLink("1")).not.toContain("administrator");
});

test("without a token the application is named, or asked for", async () => {
  const named = await runCli(["discord", "invite", "--application", "812345678901234567"]);
  expect(named.stdout).toContain("client_id=812345678901234567");
  const none = await runCli(["discord", "invite"], { env: { DISCORD_TOKEN: "" } });
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("Set DISCORD_TOKEN") });
});

async function doctor({ token, api }: { token: string; api: string }, { fix = false } = {}) {
  const env = discord.env.parse({ DISCORD_TOKEN: token, DISCORD_API_URL: api });
  return discord.examine!({ env, fix, signal: AbortSignal.timeout(20_000), say: createSpeech() });
}
const states = (checks: { code: string; state: string }[]) =>
  checks.map(({ code, state }) => `${code} ${state}`);

test("doctor names the missing intent and commands, and mends both with --fix", async () => {
  const { fake } = await connecting({ messageContent: "none" });
  const before = await doctor(fake);
  expect(states(before)).toEqual(["DSC001 ok", "DSC002 warn", "DSC003 warn", "DSC004 ok", "DSC006 ok"]);
  const fixed = await doctor(fake, { fix: true });
  expect(states(fixed)).toEqual(["DSC001 ok", "DSC002 ok", "DSC003 ok", "DSC004 ok", "DSC006 ok"]);
  expect(states(await doctor(fake))).toEqual(states(fixed));
  expect((await fake.commands()).map(({ name }) => name)).toContain("edge");
});

test("doctor names missing permissions with what they cost, in a server and in a channel", async () => {
  const { fake } = await connecting();
  await fake.removePermission("AttachFiles", "ops");
  const narrow = await doctor(fake);
  expect(narrow.find(({ code }) => code === "DSC004")).toMatchObject({
    state: "warn",
    what: expect.stringMatching(/#ops: AttachFiles/),
  });
  await fake.removePermission("CreatePublicThreads");
  const checks = await doctor(fake);
  expect(checks.find((check) => check.code === "DSC004")).toMatchObject({
    state: "fail",
    what: expect.stringContaining("instead of a thread"),
    fix: expect.stringContaining("permissions=309237763072"),
  });
});

test("doctor names a server that the bot entered without its commands, and how it gets them", async () => {
  const { fake } = await connecting({ commandsScope: false });
  const checks = await doctor(fake);
  expect(checks.find(({ code }) => code === "DSC007")).toMatchObject({
    state: "fail",
    what: expect.stringContaining('"devops" has no commands of the bot'),
    fix: expect.stringContaining("scope=bot+applications.commands"),
  });
  expect((await doctor((await connecting()).fake)).map(({ code }) => code)).not.toContain("DSC007");
});

test("doctor names an address that takes commands away, and removes it with --fix", async () => {
  const { fake } = await connecting({ interactionsEndpoint: "https://old.example/interactions" });
  const of = async (fix: boolean) => (await doctor(fake, { fix })).find(({ code }) => code === "DSC005");
  expect(await of(false)).toMatchObject({ state: "fail", what: expect.stringContaining("old.example") });
  expect(await of(true)).toMatchObject({ state: "ok" });
  expect(await of(false)).toBeUndefined();
});

test("doctor says when no start is left for today, and how long to wait", async () => {
  const { fake } = await connecting({ identifiesLeft: 0 });
  expect((await doctor(fake)).find(({ code }) => code === "DSC006")).toMatchObject({
    state: "fail",
    fix: expect.stringContaining("Wait 4 h"),
  });
});

test("doctor says that a token is not valid", async () => {
  const { fake } = await connecting();
  const wrong = { api: fake.api, token: "MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong0.token-of-nobody-0000000000000000" };
  expect(await doctor(wrong)).toMatchObject([
    { code: "DSC001", state: "fail", fix: expect.stringContaining("DISCORD_TOKEN") },
  ]);
});

test("the real process serves a conversation, and ends in order when it is told to", async () => {
  const fake = await spawnFakeDiscord({
    messageContent: "full",
    bucket: { limit: 1_000, windowMs: 1_000 },
    globalPerSecond: 0,
  });
  const env = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.api, EDGEWRIGHT_STORE: aStore() };
  const serving = startCli(["serve"], { env });
  try {
    await fake.waitForSessions(1, 30_000);
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can", timeoutMs: 20_000 });
    await fake.say({ user: "ada", channel: thread, content: "anyone" });
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" });
    await fake.waitForMessage({ contains: "Edge fleet plan, revision 1", timeoutMs: 20_000 });
    serving.child.kill("SIGTERM");
    expect((await serving.ended).code).toBe(0);
    expect(await fake.violations()).toEqual([]);
  } finally {
    serving.child.kill("SIGKILL");
    await fake.close();
  }
});

test("the real process ends with 1 when its token is revoked", async () => {
  const { fake } = await connecting({ messageContent: "full" });
  const env = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.api, EDGEWRIGHT_STORE: "memory:" };
  const serving = startCli(["serve"], { env });
  await fake.waitForSessions(1, 30_000);
  await fake.fail({ method: "POST", path: /channels/, status: 401, code: 0, times: 100 });
  await fake.say({ user: "ada", content: fleet, mention: true });
  const { code, stderr } = await serving.ended;
  expect(code).toBe(1);
  expect(stderr).toContain("the token is not valid");
});
