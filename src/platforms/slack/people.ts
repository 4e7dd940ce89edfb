import { z } from "zod";
import type { Log } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";
import type { Client } from "./client.ts";
import type { Clock } from "./scheduler.ts";

/** Who writes, as far as it matters for what they may do and in which words they are answered. */
export type Person = {
  id: string;
  name: string;
  team: string;
  /** What their Slack is set to; English is where everybody starts, so that it is only a hint. */
  language?: Language;
  isLanguageSure: boolean;
  isGuest: boolean;
  isStranger: boolean;
  isBot: boolean;
  /** On Enterprise Grid: the other workspaces they belong to, and the organisation itself. */
  others: readonly string[];
  /** May settle things for the whole workspace. */
  isAdmin: boolean;
  /** Of their e-mail address, where the app may read it. */
  domain?: string;
};

/** Whom the operator lets in. Empty lists let everybody of the workspace in. */
export type Policy = {
  workspaces: ReadonlySet<string>;
  channels: ReadonlySet<string>;
  users: ReadonlySet<string>;
  domains: ReadonlySet<string>;
  guests: boolean;
};

/** Why somebody is not answered; a key the interface has a sentence for (`slack.refused.<reason>`). */
export type Refusal = "stranger" | "guest" | "user" | "channel";

const Answer = z.object({
  id: z.string(),
  name: z.string().default(""),
  real_name: z.string().optional(),
  team_id: z.string().default(""),
  locale: z.string().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  enterprise_user: z
    .object({ enterprise_id: z.string().optional(), teams: z.array(z.string()).default([]) })
    .nullish(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  profile: z
    .object({
      display_name: z.string().optional(),
      real_name: z.string().optional(),
      email: z.string().optional(),
    })
    .default({}),
});

const freshMs = 30 * 60_000; // a guest who became a member need not wait longer
const mostKnown = 5_000;
const longestName = 80;

/** Looks people up, and remembers them: nothing a person does waits for a call that was made already. */
export function createPeople({ client, clock, log }: { client: Client; clock: Clock; log: Log }) {
  const known = new Map<string, { person: Person; at: number }>();
  const asked = new Map<string, Promise<Person>>();

  function cached(id: string): Person | undefined {
    const found = known.get(id);
    return found && clock.now() - found.at < freshMs ? found.person : undefined;
  }

  async function ask(id: string): Promise<Person> {
    const { user } = await client.call(
      "users.info",
      { user: id, include_locale: true },
      { repeatable: true },
    );
    const person = personOf(Answer.parse(user));
    known.delete(id);
    known.set(id, { person, at: clock.now() });
    if (known.size > mostKnown) known.delete(known.keys().next().value!);
    return person;
  }

  return {
    /** What is known without asking Slack. */
    cached,
    /** Asks once for all who want to know at the same time; what is old is better than nothing. */
    async get(id: string): Promise<Person> {
      const fresh = cached(id);
      if (fresh) return fresh;
      const running = asked.get(id) ?? ask(id).finally(() => asked.delete(id));
      asked.set(id, running);
      return running.catch((error: unknown) => {
        const old = known.get(id)?.person;
        log.warn(
          { person: id, err: error },
          old ? "somebody could not be looked up anew" : "somebody is unknown",
        );
        if (old) return old;
        throw error;
      });
    },
  };
}
export type People = ReturnType<typeof createPeople>;

function personOf(user: z.infer<typeof Answer>): Person {
  const language = languageOf(user.locale);
  const { display_name, real_name, email } = user.profile;
  const domain = email?.split("@").at(-1)?.toLowerCase();
  return {
    id: user.id,
    name: (display_name || real_name || user.real_name || user.name || user.id).slice(0, longestName),
    team: user.team_id,
    ...(language && { language }),
    isLanguageSure: language !== undefined && language !== "en",
    isGuest: Boolean(user.is_restricted || user.is_ultra_restricted),
    isStranger: Boolean(user.is_stranger),
    isBot: Boolean(user.is_bot),
    others: [user.enterprise_user?.enterprise_id ?? [], user.enterprise_user?.teams ?? []].flat(),
    isAdmin: Boolean(user.is_admin || user.is_owner),
    ...(domain && { domain }),
  };
}

/** The language of a locale such as de-DE, if it is one we speak. */
export function languageOf(locale = ""): Language | undefined {
  return languages.find((language) => locale.toLowerCase().startsWith(language));
}

/** Why a person may not use the bot there; undefined where they may. */
export function refusalOf(
  person: Person,
  { policy, team, channel, isDirect }: { policy: Policy; team: string; channel: string; isDirect: boolean },
): Refusal | undefined {
  const isNamed = policy.users.has(person.id);
  const teams = [person.team, ...person.others];
  const isAbroad = (person.isStranger || person.team !== "") && !teams.includes(team);
  if (isAbroad && !teams.some((one) => policy.workspaces.has(one))) return "stranger";
  if (person.isGuest && !policy.guests && !isNamed) return "guest";
  const isListed = policy.users.size > 0 || policy.domains.size > 0;
  if (isListed && !isNamed && !(person.domain && policy.domains.has(person.domain))) return "user";
  if (!isDirect && policy.channels.size > 0 && !policy.channels.has(channel)) return "channel";
  return undefined;
}
