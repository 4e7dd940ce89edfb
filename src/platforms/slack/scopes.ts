/** A scope, and what cannot be done without it. `must` ones are needed to start at all. */
export type Scope = { name: string; for: string; must?: true; full?: true; when?: "email" };

/** What the app asks for; the minimal profile leaves out those marked full. */
export const scopes: readonly Scope[] = [
  { name: "chat:write", for: "posting plans and answers", must: true },
  { name: "commands", for: "/edge and the shortcuts", must: true },
  { name: "app_mentions:read", for: "answering where it is mentioned", must: true },
  { name: "users:read", for: "telling members from guests and strangers, and their language", must: true },
  {
    name: "channels:history",
    for: "follow-ups without a mention in public channels, and looking whether a post arrived",
    must: true,
  },
  { name: "im:history", for: "direct messages", must: true },
  { name: "files:write", for: "the repository as a zip, and long files as snippets", must: true },
  { name: "groups:history", for: "follow-ups without a mention in private channels", full: true },
  { name: "mpim:history", for: "follow-ups without a mention in group messages", full: true },
  { name: "files:read", for: "checking YAML that people attach, and files in the right order", full: true },
  { name: "assistant:write", for: "the agent view, suggested prompts and Slack's Stop button", full: true },
  { name: "reactions:write", for: "a sign of work where Slack has no better one", full: true },
  { name: "users:read.email", for: "SLACK_ALLOWED_EMAIL_DOMAINS", full: true, when: "email" },
  {
    name: "channels:read",
    for: "saying at once that it is not a member of a channel, and doctor",
    full: true,
  },
];

/** An event, and what is not heard without it. */
export const events: readonly { name: string; for: string; full?: true }[] = [
  { name: "app_mention", for: "mentions" },
  { name: "message.channels", for: "follow-ups in threads of public channels" },
  { name: "message.im", for: "direct messages" },
  { name: "app_home_opened", for: "the home tab and suggested prompts" },
  { name: "app_uninstalled", for: "knowing at once that the app was removed" },
  { name: "tokens_revoked", for: "knowing at once that its token is of no use" },
  { name: "message.groups", for: "follow-ups in threads of private channels", full: true },
  { name: "message.mpim", for: "follow-ups in group messages", full: true },
  { name: "agent_session_stopped", for: "Slack's Stop button", full: true },
];

export type Profile = "minimal" | "full";

/** Names of the scopes of a profile. */
export function scopesOf(profile: Profile): string[] {
  return scopes.filter(({ full }) => profile === "full" || !full).map(({ name }) => name);
}

/** Names of the events of a profile. */
export function eventsOf(profile: Profile): string[] {
  return events.filter(({ full }) => profile === "full" || !full).map(({ name }) => name);
}
