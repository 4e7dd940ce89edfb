import { definePlatform } from "#model/platform.ts";
import { arrange, limits } from "./discord/arrange.ts";
import { env } from "./discord/env.ts";

/** Discord: mentions, commands, buttons, forms and threads over one gateway connection. The library is loaded when it is needed. */
export default definePlatform({
  name: "discord",
  env,
  limits,
  arrange,
  attaches: ["zip", "document"],
  examine: async (context) => (await import("./discord/examine.ts")).examine(context),
  connect: async (context) => (await import("./discord/start.ts")).start(context),
});
