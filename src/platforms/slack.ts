import { definePlatform } from "#model/platform.ts";
import { arrange } from "./slack/draw.ts";
import { env } from "./slack/env.ts";
import { blockLimits } from "./slack/limits.ts";

export default definePlatform({
  name: "slack",
  env,
  limits: blockLimits,
  arrange,
  attaches: ["zip", "document"],
  async examine({ env: settings, signal }) {
    const { examineSlack } = await import("./slack/examine.ts");
    return examineSlack({ env: settings, signal });
  },
  // Slack's packages are loaded by whoever serves Slack, not by everybody who looks at the shelf.
  async connect(context) {
    const { connectSlack } = await import("./slack/start.ts");
    return connectSlack(context);
  },
});
