import type { Event } from "#model/conversation.ts";

const windowMs = 60_000;
const mostPeople = 10_000; // whoever has been quiet longest is forgotten first

/** Whether an event is taken, answered with a sentence, or one of too many that were answered already. */
export type Verdict = { kind: "taken" } | { kind: "limited"; seconds: number } | { kind: "dropped" };

/** Counts what each person sends within a minute; 0 means no cap. Stops and answers to forms count too: they cost a write each. */
export function createCourtesy(perMinute: number, now: () => number = Date.now) {
  const people = new Map<string, { since: number; count: number }>();
  return function judge({ person, conversation, kind }: Event): Verdict {
    if (perMinute === 0 || !person || kind === "done" || kind === "failed") return { kind: "taken" };
    const id = `${conversation.slice(0, conversation.indexOf(":"))}:${person.id}`;
    const at = now();
    const known = people.get(id);
    const window = known && at - known.since < windowMs ? known : { since: at, count: 0 };
    window.count++;
    people.delete(id);
    people.set(id, window);
    if (people.size > mostPeople) people.delete(people.keys().next().value!);
    if (window.count <= perMinute) return { kind: "taken" };
    if (window.count > perMinute + 1) return { kind: "dropped" };
    return { kind: "limited", seconds: Math.ceil((window.since + windowMs - at) / 1000) };
  };
}
