import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { startCore } from "./discord/core.ts";
import { type FakeDiscord, face, type Invoke } from "./discord/face.ts";
import type { FakeOptions } from "./discord/types.ts";
import { pack, unpack } from "./discord/wire.ts";

export type { FakeDiscord, Interaction } from "./discord/face.ts";
export type * from "./discord/types.ts";

/**
 * A fake Discord in this process: REST, CDN and gateway on one loopback port, and people to talk to the bot.
 *
 *     const discord = await startFakeDiscord({ clock: "manual" });
 *     const client = new Client({ intents, rest: { api: discord.api, cdn: discord.cdn } });
 *     await client.login(discord.token);
 *     await discord.say({ user: "ada", content: "5,000 trucks", mention: true });
 *     const answer = await discord.waitForMessage({ contains: "trucks" });
 *     const pressed = await discord.click({ user: "ada", message: answer.id, customId: "Generate" });
 *     await pressed.answered();
 *
 * What Discord documents it enforces, with Discord's codes; what it would have refused, and whom it would
 * have pinged, is there to be looked at: `violations()`, `pings()`, `fetchedLinks()`.
 */
export async function startFakeDiscord(options: FakeOptions = {}): Promise<FakeDiscord> {
  const core = await startCore(options);
  const methods = core.methods as unknown as Record<string, ((...given: unknown[]) => unknown) | undefined>;
  const { api, cdn, token } = core;
  return face({ api, cdn, token }, async (name, given) => {
    const method = methods[name];
    if (!method) throw new Error(`a fake Discord has no "${name}"`);
    const result = await method(...given);
    // A picture of now, as the fake in its own process gives it too.
    return result === undefined ? undefined : structuredClone(result);
  });
}

/** The same in a process of its own, which lives on while a bot is killed and started again. */
export async function spawnFakeDiscord(options: FakeOptions = {}): Promise<FakeDiscord> {
  const entry = new URL("./discord/process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [entry, pack(options)], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`the fake Discord ended with ${code}`)));
  });
  gone.catch(() => {});
  const first = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  const { control, ...where } = JSON.parse(await Promise.race([first, gone])) as Record<
    "control" | "api" | "cdn" | "token",
    string
  >;
  const invoke: Invoke = async (name, given) => {
    const request = fetch(`${control}/${name}`, { method: "POST", body: pack(given) });
    const response = await Promise.race([request, gone]);
    const answer = unpack(await response.text()) as { result?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  };
  const left = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return face({ ...where, ...(child.pid ? { pid: child.pid } : {}) }, async (name, given) => {
    const result = await invoke(name, given);
    if (name === "close") await left;
    return result;
  });
}
