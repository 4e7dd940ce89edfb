import { UsageError } from "#model/errors.ts";
import type { Platform } from "#model/platform.ts";
import { openBot } from "../bot.ts";
import { defineCommand, type World } from "../command.ts";
import { createLog } from "../log.ts";
import { startRest } from "../rest.ts";
import { appSettings, type Environment, isConfigured, loadEnvFile, readSettings } from "../settings.ts";
import { all } from "../shelf.ts";

export default defineCommand({
  summary:
    "The bot on every platform that is configured, until it is told to stop (SIGTERM finishes what is being posted).",
  usage: "serve",
  options: {},
  async run(_, world) {
    loadEnvFile(world.cwd);
    const platforms = await configuredPlatforms(world.env);
    if (platforms.length === 0) {
      throw new UsageError(
        "serve: no platform is configured. Set its variables (see .env.example), or talk here with: edgewright chat",
      );
    }
    return serve(platforms, world);
  },
});

/** Platforms whose settings are there; the terminal has none and is never served. */
export async function configuredPlatforms(env: Environment): Promise<Platform[]> {
  const platforms = await all<Platform>("platforms");
  return platforms.filter((platform) => isConfigured(platform, env));
}

/** Serves until the signal fires; ends with 1 when no platform can be served any longer, so that a supervisor starts it again. */
export async function serve(platforms: readonly Platform[], { env, signal }: World): Promise<number> {
  const settings = readSettings(appSettings, env);
  const log = createLog({ level: settings.EDGEWRIGHT_LOG_LEVEL });
  const endRest = startRest({ log });
  // A library that fails in a listener of its own must not end the other platforms with it; what is ours is awaited.
  const stray = (err: unknown) => log.error({ err }, "an error nobody waited for");
  process.on("unhandledRejection", stray);
  const bot = await openBot(platforms, { settings, env, signal, log });
  const told = new Promise<number>((resolve) => {
    if (signal.aborted) resolve(0);
    signal.addEventListener("abort", () => resolve(0), { once: true });
  });
  const code = await Promise.race([told, bot.lost.then(() => 1)]);
  endRest();
  await bot.close();
  process.off("unhandledRejection", stray);
  return code;
}
