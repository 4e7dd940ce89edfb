import type { Event } from "#model/conversation.ts";
import type { Bot, Log, Notes, Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import type { Client } from "./client.ts";
import type { Membership } from "./membership.ts";
import type { People, Policy } from "./people.ts";
import type { Place, Places } from "./places.ts";
import type { Clock } from "./scheduler.ts";

/** What everything that handles one workspace needs at hand. */
export type Desk = {
  bot: Bot;
  client: Client;
  places: Places;
  people: People;
  membership: Membership;
  policy: Policy;
  notes: Notes;
  clock: Clock;
  log: Log;
  /** Fires when nothing more is taken in. */
  signal: AbortSignal;
  team: string;
  /** The workspace's own address, such as https://acme.slack.com/ */
  url: string;
  /** User id of the bot, and its name behind the @. */
  me: { user: string; name: string };
  token: string;
  /** Where files may be fetched from with the token: `https://files.slack.com`, never without encryption. */
  fileOrigins: ReadonlySet<string>;
  /** Does something nobody has to wait for, before the process ends at the latest. */
  later: (job: () => Promise<unknown>) => void;
};

/** Where an answer goes that only one person sees. */
export type Aside = { user: string; channel?: string; thread?: string; respond?: string };

/** What somebody did, before it is known who they are: small, plain data that waits through a restart. */
export type Arrival = {
  event: Bare;
  aside: Aside;
  isDirect: boolean;
  channel: string;
  /** Where a conversation takes place that begins with this. */
  place?: Place;
  files?: { name: string; bytes: number; url: string }[];
};

/** An event without what only Slack or the bot can tell about who did it. */
type Bare = Event extends infer E
  ? E extends { kind: "said" | "pressed" | "submitted" }
    ? Omit<E, "person" | "language" | "languageSure" | "scope" | "defaults" | "operator">
    : never
  : never;

/** The language somebody is answered in before there is a conversation to go by. */
export async function languageFor(desk: Desk, user: string, conversation?: string): Promise<Language> {
  const known = conversation === undefined ? undefined : await desk.bot.conversation(conversation);
  if (known) return known.language;
  const person = desk.people.cached(user);
  if (person?.language && person.isLanguageSure) return person.language;
  return (await desk.bot.defaults(desk.team)).language ?? person?.language ?? "en";
}

export async function sayTo(desk: Desk, user: string, conversation?: string): Promise<Say> {
  return desk.bot.say(await languageFor(desk, user, conversation));
}

/** The address of a message in the workspace. */
export function permalink(
  desk: Desk,
  { channel, thread }: Pick<Place, "channel" | "thread">,
): string | undefined {
  if (thread === undefined || !/^[CDG]/.test(channel)) return undefined;
  return `${desk.url.replace(/\/$/, "")}/archives/${channel}/p${thread.replace(".", "")}`;
}
