import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import type { Check } from "#model/platform.ts";
import { readSettings } from "../../../src/app/settings.ts";
import { createSpeech } from "../../../src/app/speech.ts";
import { slackLimits } from "../../../src/platforms/slack/limits.ts";
import { manifest, manifestLink, manifestText } from "../../../src/platforms/slack/manifest.ts";
import { events, scopes } from "../../../src/platforms/slack/scopes.ts";
import slack from "../../../src/platforms/slack.ts";
import { runCli } from "../../app/run-cli.ts";
import { type FakeOptions, type FakeSlack, startFakeSlack } from "../../fakes/slack.ts";
import { here, settingsFor } from "./here.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function fakeSlack(options?: FakeOptions): Promise<FakeSlack> {
  const fake = await startFakeSlack(options);
  closers.push(() => fake.close());
  return fake;
}

describe("the manifest", () => {
  test("as YAML says the same, with a reason beside every scope and event", () => {
    for (const profile of ["minimal", "full"] as const) {
      const text = manifestText({ profile });
      expect(parse(text)).toEqual(JSON.parse(JSON.stringify(manifest({ profile }))));
      const { bot } = manifest({ profile }).oauth_config!.scopes!;
      for (const scope of bot!) expect(text).toMatch(new RegExp(`- "${scope}" # \\S+`));
    }
  });

  test("opens by its link, and keeps Slack's limits", () => {
    const link = new URL(manifestLink());
    expect(JSON.parse(link.searchParams.get("manifest_json")!)).toEqual(
      JSON.parse(JSON.stringify(manifest())),
    );
    const { display_information, features } = manifest();
    expect(display_information.name.length).toBeLessThanOrEqual(slackLimits.appNameCharacters);
    expect(display_information.description!.length).toBeLessThanOrEqual(slackLimits.appDescriptionCharacters);
    expect(features!.agent_view!.agent_description!.length).toBeLessThanOrEqual(
      slackLimits.agentDescriptionCharacters,
    );
    expect(features!.slash_commands![0]!.usage_hint!.length).toBeLessThanOrEqual(
      slackLimits.usageHintCharacters,
    );
  });

  test("of the minimal profile is enough to start, and to bring a plan", { timeout: 40_000 }, async () => {
    const { oauth_config, settings } = manifest({ profile: "minimal" });
    const { fake, close } = await here({
      fake: {
        scopes: oauth_config!.scopes!.bot!,
        events: settings!.event_subscriptions!.bot_events!,
        agent: false,
      },
    });
    closers.push(close);
    await fake.command({
      user: "U0ANNA",
      channel: "C0EDGE",
      text: "500 stores with 8 GB, three nodes each, SSD",
    });
    const root = await fake.waitFor(async () => (await fake.messages("C0EDGE"))[0]);
    await fake.say({ user: "U0ANNA", channel: "C0EDGE", thread_ts: root.ts, text: "generate" });
    const card = await fake.waitFor(async () =>
      (await fake.thread("C0EDGE", root.ts)).find(({ blocks }) =>
        JSON.stringify(blocks).includes("edge:generate"),
      ),
    );
    await fake.click({
      user: "U0ANNA",
      message: { channel: "C0EDGE", ts: card.ts },
      text: "Generate the plan",
    });
    await fake.waitFor(async () => (await fake.files()).some(({ name }) => name.endsWith(".zip")), {
      timeoutMs: 30_000,
    });
    expect(await fake.violations()).toEqual([]);
  });

  test("asks for every scope that a method we call needs, and for no more", async () => {
    const source = await Promise.all(
      ["status", "post", "files", "people", "look-up", "ways-in", "aside", "examine", "modal", "home"].map(
        (name) => readFile(join(import.meta.dirname, `../../../src/platforms/slack/${name}.ts`), "utf8"),
      ),
    );
    const needs: Record<string, string> = {
      "chat.postMessage": "chat:write",
      "files.completeUploadExternal": "files:write",
      "files.info": "files:read",
      "users.info": "users:read",
      "reactions.add": "reactions:write",
      "conversations.replies": "channels:history",
      "assistant.threads.setSuggestedPrompts": "assistant:write",
      "conversations.info": "channels:read",
    };
    for (const [method, scope] of Object.entries(needs)) {
      expect(source.join("\n"), method).toContain(`"${method}"`);
      expect(scopes.map(({ name }) => name)).toContain(scope);
    }
  });

  test("is printed by the command, with the link beside it", async () => {
    const full = await runCli(["slack", "manifest"]);
    expect(full.code).toBe(0);
    expect(parse(full.stdout)).toMatchObject({
      features: { agent_view: {} },
      settings: { socket_mode_enabled: true },
    });
    expect(full.stderr).toContain("https://api.slack.com/apps?new_app=1&manifest_json=");
    const http = await runCli(["slack", "manifest", "--json", "--http", "https://bot.example.com"]);
    expect(JSON.parse(http.stdout).settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: "https://bot.example.com/slack/events" },
    });
    expect((await runCli(["slack", "manifest", "--link"])).stdout).toMatch(
      /^https:\/\/api\.slack\.com\/\S+\n$/,
    );
    const wrong = await runCli(["slack", "manifest", "--profile", "big"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("Pick one of: minimal, full")]);
  });
});

describe("doctor", () => {
  async function examined(
    options: FakeOptions = {},
    more: (fake: FakeSlack) => Record<string, string> = () => ({}),
  ): Promise<Check[]> {
    const fake = await fakeSlack(options);
    const env = readSettings(slack.env, { ...settingsFor(fake), ...more(fake) });
    return slack.examine!({ env, fix: false, signal: new AbortController().signal, say: createSpeech() });
  }
  const states = (checks: Check[]) => Object.fromEntries(checks.map(({ code, state }) => [code, state]));
  const withConfig = (fake: FakeSlack) => ({ SLACK_CONFIG_TOKEN: fake.tokens.config });

  test("finds nothing wrong where nothing is", async () => {
    const checks = await examined({}, withConfig);
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(Object.keys(states(checks)).sort()).toEqual(
      ["SLK001", "SLK002", "SLK003", "SLK004", "SLK005", "SLK006", "SLK007", "SLK008"].sort(),
    );
  });

  test("names a token nobody knows, and stops there", async () => {
    const checks = await examined({}, () => ({ SLACK_BOT_TOKEN: "xoxb-wrong" }));
    expect(checks).toMatchObject([
      { code: "SLK001", state: "fail", what: expect.stringContaining("invalid_auth") },
    ]);
  });

  test("names each missing scope and event with what it breaks", async () => {
    const granted = scopes
      .map(({ name }) => name)
      .filter((name) => name !== "files:write" && name !== "groups:history");
    const checks = await examined(
      { scopes: granted, events: ["app_mention", "message.im"], agent: false, interactivity: false },
      withConfig,
    );
    const told = checks
      .filter(({ state }) => state === "fail" || state === "warn")
      .map(({ code, what }) => `${code} ${what}`);
    expect(told).toContainEqual(
      expect.stringMatching(/^SLK002 scope files:write is missing; it is for the repository/),
    );
    expect(told).toContainEqual(
      expect.stringMatching(/^SLK004 event message\.channels is not subscribed; it is for follow-ups/),
    );
    expect(told).toContainEqual(expect.stringMatching(/^SLK006 agent view: the app is still declared/));
    expect(told).toContainEqual(expect.stringMatching(/^SLK004 interactivity is switched off: buttons/));
    expect(told.filter((line) => line.startsWith("SLK004 event"))).toHaveLength(events.length - 2);
  });

  test("names a dead app token, a channel it is not in, and a door left open", async () => {
    const checks = await examined({}, () => ({
      SLACK_APP_TOKEN: "xapp-1-A0EDGE-revoked",
      SLACK_ALLOWED_CHANNELS: "C0EDGE,C0NOBOT,C0NOWHERE",
    }));
    expect(states(checks.filter(({ state }) => state === "fail"))).toEqual({
      SLK003: "fail",
      SLK005: "fail",
    });
    const channels = checks
      .filter(({ code }) => code === "SLK005")
      .map(({ state, what }) => `${state} ${what}`);
    expect(channels).toEqual([
      expect.stringMatching(/^ok channel C0EDGE/),
      expect.stringMatching(/^fail channel C0NOBOT \(#no-bot\)/),
      expect.stringMatching(/^fail channel C0NOWHERE:/),
    ]);
    expect(states(checks).SLK008).toBe("ok");
    const open = await examined({}, () => ({ SLACK_ALLOW_GUESTS: "true" }));
    expect(states(open).SLK007).toBe("warn");
  });
});

test("doctor names a clock that is so far off that signatures are refused", async () => {
  const fake = await fakeSlack();
  const env = readSettings(slack.env, settingsFor(fake, "http"));
  const now = Date.now();
  vi.spyOn(Date, "now").mockReturnValue(now + 400_000);
  const asked = { env, fix: false, signal: new AbortController().signal, say: createSpeech() };
  const checks = await slack.examine!(asked).finally(() => vi.restoreAllMocks());
  expect(checks).toContainEqual(
    expect.objectContaining({
      code: "SLK008",
      state: "fail",
      what: expect.stringMatching(/^clock: (399|40\d) s/),
    }),
  );
});

test("the set-up guide names every setting, scope and check", async () => {
  const guide = await readFile(join(import.meta.dirname, "../../../docs/slack.md"), "utf8");
  for (const name of Object.keys(slack.env.shape)) expect(guide).toContain(name);
  for (const { name } of scopes) expect(guide).toContain(name);
  for (const code of ["SLK001", "SLK002", "SLK003", "SLK004", "SLK005", "SLK006", "SLK007", "SLK008"])
    expect(guide).toContain(code);
  expect(guide).toMatch(/\*\*Reinstall/);
});
