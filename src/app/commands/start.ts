import { defineCommand } from "../command.ts";
import { loadEnvFile } from "../settings.ts";
import { chat } from "./chat.ts";
import { configuredPlatforms, serve } from "./serve.ts";

export default defineCommand({
  summary:
    "What `npm start` does: serves what is configured; without settings, the conversation in this terminal.",
  usage: "start",
  options: {},
  async run(_, world) {
    loadEnvFile(world.cwd);
    const platforms = await configuredPlatforms(world.env);
    return platforms.length > 0 ? serve(platforms, world) : chat(world);
  },
});
