import { z } from "zod";

const list = () =>
  z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ""));

const ids = (kind: RegExp, example: string) =>
  list().pipe(z.array(z.string().regex(kind, `must be ids such as ${example}`)));

/** A token by how it begins; a wrong one is told by what it is. */
const token = (prefix: "xoxb-" | "xapp-", what: string) =>
  z.string().refine((text) => text.startsWith(prefix), {
    error: ({ input }) => `must begin with ${prefix}, ${what}. ${mistaken(String(input))}`,
  });

function mistaken(text: string): string {
  if (text.startsWith("xapp-")) return "What is set is an app-level token: it belongs into SLACK_APP_TOKEN";
  if (text.startsWith("xoxb-")) return "What is set is a bot token: it belongs into SLACK_BOT_TOKEN";
  if (text.startsWith("xoxp-")) return "What is set is a user token, which nobody here needs";
  return "What is set is no token of Slack's";
}

/** Settings of the Slack bot. */
export const env = z.object({
  SLACK_BOT_TOKEN: token("xoxb-", "the Bot User OAuth Token").describe(
    "Bot User OAuth Token (xoxb-…), under OAuth & Permissions of the app; docs/slack.md shows the way",
  ),
  SLACK_APP_TOKEN: token("xapp-", "an app-level token with connections:write")
    .optional()
    .describe("App-level token (xapp-…) with connections:write: Socket Mode, no public address is needed"),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^(?!xox|xapp)\S{16,}$/, "must be the Signing Secret under Basic Information")
    .optional()
    .describe(
      "Signing Secret, instead of SLACK_APP_TOKEN: Slack sends requests to SLACK_PORT, path /slack/events",
    ),
  SLACK_PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe("Port for requests of Slack"),
  SLACK_HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address to listen on for requests of Slack; 0.0.0.0 in a container"),
  SLACK_ALLOWED_CHANNELS: ids(/^[CGD][A-Z0-9]+$/, "C0123ABCD").describe(
    "Channels in which it answers, by id; empty for all it is invited to. Direct messages always work",
  ),
  SLACK_ALLOWED_USERS: ids(/^[UW][A-Z0-9]+$/, "U0123ABCD").describe(
    "People it answers, by id; empty for everybody",
  ),
  SLACK_ALLOWED_EMAIL_DOMAINS: list()
    .pipe(z.array(z.string().regex(/^[\w-]+(\.[\w-]+)+$/, "must be domains such as example.com")))
    .describe("E-mail domains of people it answers, such as example.com; needs the scope users:read.email"),
  SLACK_ALLOWED_WORKSPACES: ids(/^[TE][A-Z0-9]+$/, "T0123ABCD").describe(
    "Other workspaces, or an Enterprise organisation (E…), whose people it answers in shared channels, by id; strangers are refused without",
  ),
  SLACK_ALLOW_GUESTS: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .describe("Whether guests of the workspace are answered"),
  SLACK_POSTS_PER_SECOND: z.coerce
    .number()
    .min(0.1)
    .max(1000)
    .default(1)
    .describe("Messages a second and channel; Slack allows about one"),
  SLACK_CONFIG_TOKEN: z
    .string()
    .regex(/^xoxe/, "must be an app configuration token (xoxe.xoxp-…)")
    .optional()
    .describe(
      "App configuration token (xoxe.xoxp-…), for doctor alone: without it, events and agent view cannot be read",
    ),
  SLACK_API_URL: z
    .url()
    .transform((text) => (text.endsWith("/") ? text : `${text}/`))
    .optional()
    .describe("A gateway or another address of the Web API, instead of https://slack.com/api/"),
});
export type SlackEnv = z.infer<typeof env>;
