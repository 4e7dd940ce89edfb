import { UsageError } from "#model/errors.ts";
import { env } from "#src/platforms/discord/env.ts";
import { applicationOf, inviteLink } from "#src/platforms/discord/permissions.ts";
import { defineCommand } from "../command.ts";
import { type Environment, loadEnvFile, readSettings } from "../settings.ts";

export default defineCommand({
  summary:
    "The link with which an administrator adds the bot to a Discord server, with exactly the permissions it needs. The application is that of DISCORD_TOKEN, or --application.",
  usage: "discord invite [--application ID]",
  options: { application: { type: "string" } },
  async run({ values, positionals }, world) {
    loadEnvFile(world.cwd);
    const [what, ...rest] = positionals;
    if (what !== "invite" || rest.length > 0)
      throw new UsageError("discord: say what, such as: edgewright discord invite");
    const application = idOf(values.application) ?? applicationOf(tokenOf(world.env) ?? "");
    if (!application)
      throw new UsageError(
        "discord: which application? Set DISCORD_TOKEN, or name its id from the page General Information with --application",
      );
    world.stdout.write(`${inviteLink(application)}\n`);
    return 0;
  },
});

function tokenOf(environment: Environment): string | undefined {
  return readSettings(env.pick({ DISCORD_TOKEN: true }).partial(), environment).DISCORD_TOKEN;
}

function idOf(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "string" && /^\d{15,21}$/.test(given)) return given;
  throw new UsageError(`discord: "${given}" is no application id. It is a number such as 812345678901234567`);
}
