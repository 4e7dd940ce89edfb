import { UsageError } from "#model/errors.ts";
import { manifest, manifestLink, manifestText } from "#src/platforms/slack/manifest.ts";
import { defineCommand } from "../command.ts";

const profiles = ["minimal", "full"] as const;

export default defineCommand({
  summary:
    "The manifest of the Slack app, with what each scope is for; the link that opens it in Slack goes to standard error, or with --link alone to standard output.",
  usage: "slack manifest [--profile minimal|full] [--http URL] [--name NAME] [--link] [--json]",
  options: {
    profile: { type: "string" },
    http: { type: "string" },
    name: { type: "string" },
    link: { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, { stdout, stderr }) {
    if (positionals.length !== 1 || positionals[0] !== "manifest")
      throw new UsageError(`slack: say what is wanted: edgewright ${this.usage}`);
    const options = { profile: profileOf(values.profile), ...nameOf(values.name), ...urlOf(values.http) };
    if (values.link) {
      stdout.write(`${manifestLink(options)}\n`);
      return 0;
    }
    stdout.write(values.json ? `${JSON.stringify(manifest(options), null, 2)}\n` : manifestText(options));
    stderr.write(`\nOpens it in Slack, filled in:\n${manifestLink(options)}\n`);
    return 0;
  },
});

function profileOf(value: unknown = "full"): (typeof profiles)[number] {
  const profile = profiles.find((one) => one === value);
  if (!profile) throw new UsageError(`slack: no profile "${value}". Pick one of: ${profiles.join(", ")}`);
  return profile;
}

const mostName = 35; // characters: docs.slack.dev/reference/app-manifest

function nameOf(value: unknown): { name?: string } {
  if (value === undefined) return {};
  const name = String(value).trim();
  if (name === "" || name.length > mostName)
    throw new UsageError(`slack: --name takes 1 to ${mostName} characters, not ${name.length}`);
  return { name };
}

/** Slack sends to one address, encrypted, and on the path that is served. */
function urlOf(value: unknown): { url?: string } {
  if (value === undefined) return {};
  const text = String(value);
  if (!URL.canParse(text) || !text.startsWith("https://"))
    throw new UsageError(`slack: --http takes the public https:// address of the bot, not "${text}"`);
  const url = new URL(text);
  if (url.pathname === "/") url.pathname = "/slack/events";
  return { url: url.href };
}
