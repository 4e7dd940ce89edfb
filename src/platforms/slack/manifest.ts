import type { AppsManifestCreateArguments } from "@slack/web-api";
import { events, eventsOf, type Profile, scopes, scopesOf } from "./scopes.ts";
import { shortcuts } from "./shortcuts.ts";

type Manifest = Exclude<AppsManifestCreateArguments["manifest"], string>;

/** What the app is to be called, and where Slack sends to where there is no socket. */
export type ManifestOptions = { profile?: Profile; name?: string; url?: string };

const description =
  "Plans Kubernetes at the edge: asks, decides, checks every file, hands over a fleet repository.";
const agentDescription =
  "Plans fleets of Kubernetes at the edge. Say what your sites look like; you get decisions with reasons, and a checked repository for Flux or Argo CD.";

/** The app's manifest: everything Slack has to know, so that nobody clicks it together. */
export function manifest({ profile = "full", name = "Edgewright", url }: ManifestOptions = {}): Manifest {
  const request = url === undefined ? {} : { request_url: url };
  return {
    display_information: { name, description, background_color: "#1f2937" },
    features: {
      bot_user: { display_name: "edgewright", always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      ...(profile === "full" && { agent_view: { agent_description: agentDescription } }),
      shortcuts: [
        {
          type: "global",
          name: "Plan an edge fleet",
          callback_id: shortcuts.fresh,
          description: "All questions of a plan in one form",
        },
        {
          type: "message",
          name: "Plan from this message",
          callback_id: shortcuts.plan,
          description: "A form, filled in with what the message says",
        },
        {
          type: "message",
          name: "Check this YAML",
          callback_id: shortcuts.check,
          description: "Checks manifests in the message and in its files",
        },
      ],
      slash_commands: [
        {
          command: "/edge",
          description: "Plan Kubernetes at the edge",
          usage_hint: "500 stores, 4 GB, flaky LTE, Flux | quick … | form | check | list | stop | help",
          should_escape: true,
          ...(url !== undefined && { url }),
        },
      ],
    },
    oauth_config: { scopes: { bot: scopesOf(profile) as never } },
    settings: {
      event_subscriptions: { bot_events: eventsOf(profile) as never, ...request },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** The address that opens Slack's dialog with the manifest filled in. */
export function manifestLink(options: ManifestOptions = {}): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest(options)))}`;
}

/** The manifest as YAML that says beside each scope and event what it is for. */
export function manifestText(options: ManifestOptions = {}): string {
  const why = new Map([...scopes, ...events].map(({ name, for: what }) => [name, what]));
  const lines = [
    "# Paste into: api.slack.com/apps > Create New App > From a manifest > YAML",
    ...yaml(manifest(options), 0),
  ];
  return `${lines.map((line) => explained(line, why)).join("\n")}\n`;
}

function explained(line: string, why: ReadonlyMap<string, string>): string {
  const name = /^\s*- "?([a-z_.:]+)"?$/.exec(line)?.[1];
  const what = name && why.get(name);
  return what ? `${line} # ${what}` : line;
}

/** Plain YAML of plain data; strings are quoted, as JSON is. */
function yaml(value: unknown, depth: number): string[] {
  const indent = "  ".repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (typeof item !== "object") return [`${indent}- ${JSON.stringify(item)}`];
      const [first = "", ...rest] = yaml(item, depth + 1);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as object).flatMap(([key, item]) =>
    typeof item === "object"
      ? [`${indent}${key}:`, ...yaml(item, depth + 1)]
      : [`${indent}${key}: ${JSON.stringify(item)}`],
  );
}
