import { TaskError } from "#model/errors.ts";
import { blank } from "#model/secrets.ts";
import { tellAside, whispered } from "./aside.ts";
import { type Arrival, type Aside, type Desk, sayTo } from "./desk.ts";
import { download } from "./download.ts";
import { createOnce } from "./once.ts";
import { type Person, type Refusal, refusalOf } from "./people.ts";

/** What became of an arrival; `kept` is stored and goes on by itself. All of them may be acknowledged. */
export type Taken =
  | { kind: "taken" }
  | { kind: "kept" }
  | { kind: "ignored" }
  | { kind: "refused"; reason: Refusal };

const tries = 3;
const pauseMs = 2_000;
const toldMs = 10 * 60_000; // whoever may not, is told so once in a while, not at every message
const mostTold = 1_000;
const mostTaken = 2_000; // a mention comes as a message, too; both within moments
const aheadMs = 15; // so long nothing else came: then there is time to understand what waits
const longestBehindMs = 150; // and with so many people that this never is, one goes on all the same

/**
 * Takes in what people do. It is stored before it is acknowledged: at once where everything is known, else as it came,
 * until who they are and what they attached is known, in the order of each conversation.
 */
export function createIntake(desk: Desk) {
  const { bot, people, places, notes, log, clock } = desk;
  const lanes = new Map<string, Promise<void>>();
  const waiting = new Set<string>();
  const told = new Map<string, number>();
  // Counted once, however often it comes.
  const once = createOnce<Taken>(mostTaken);
  let behind: Promise<void> = Promise.resolve();
  let takenAt = 0;

  /**
   * With `tell`, somebody who may not is told why; else the caller does. With `keep` it is only stored for now: who has
   * three seconds in all does not wait until a text is understood.
   */
  function take(arrival: Arrival, how: { tell?: boolean; keep?: boolean } = {}): Promise<Taken> {
    takenAt = clock.now();
    return once(arrival.event.id, () => takeOnce(arrival, how));
  }

  async function takeOnce(arrival: Arrival, { tell = true, keep = false }): Promise<Taken> {
    const { event, aside, files = [] } = arrival;
    if (waiting.has(event.id)) return { kind: "kept" };
    const person = people.cached(aside.user);
    if (!keep && person && files.length === 0 && !lanes.has(event.conversation)) {
      const taken = await deliver(arrival, person);
      if (tell && taken.kind === "refused") desk.later(() => refuse(arrival, taken.reason));
      return taken;
    }
    const safe = blanked(arrival);
    await notes.set(noteOf(safe), safe);
    enqueue(safe);
    return { kind: "kept" };
  }

  async function deliver(
    { event, aside, place, channel, isDirect }: Arrival,
    person: Person,
  ): Promise<Taken> {
    if (person.isBot) return { kind: "ignored" };
    const reason = refusalOf(person, { policy: desk.policy, team: desk.team, channel, isDirect });
    if (reason) return { kind: "refused", reason };
    const isNew = place !== undefined && !(await places.get(event.conversation));
    // Asked for first and so written first: a conversation that is kept has its place.
    const placed = isNew ? places.set(event.conversation, place) : undefined;
    const received = bot.receive({
      ...event,
      person: { id: aside.user, name: person.name },
      ...(person.language && { language: person.language, languageSure: person.isLanguageSure }),
      scope: desk.team,
    });
    await Promise.all([placed, received]);
    if (isNew && place.own === false) desk.later(() => tellForeign(event.conversation, aside));
    return { kind: "taken" };
  }

  // --- what has to wait ------------------------------------------------------------------------------------------------

  const noteOf = ({ event }: Arrival) => `arrival/${event.id}`;

  function enqueue(arrival: Arrival): void {
    const { conversation, id } = arrival.event;
    waiting.add(id);
    const before = lanes.get(conversation) ?? Promise.resolve();
    const lane = before
      .then(() => acknowledged())
      .then(() => finish(arrival))
      .catch((err) => log.error({ conversation, event: id, err }, "what somebody did could not be taken in"))
      .finally(() => {
        waiting.delete(id);
        if (lanes.get(conversation) === lane) lanes.delete(conversation);
      });
    lanes.set(conversation, lane);
  }

  /** One after the other, each behind what is being acknowledged: hundreds of them never stand in front of the next. */
  function acknowledged(): Promise<void> {
    const turn = behind.then(async () => {
      for (let waited = 0; waited < longestBehindMs; waited += aheadMs) {
        await clock.sleep(aheadMs);
        if (clock.now() - takenAt >= aheadMs) return;
      }
    });
    behind = turn;
    return turn;
  }

  async function finish(arrival: Arrival): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const person = await people.get(arrival.aside.user);
        const taken = await deliver(await withFiles(arrival), person);
        if (taken.kind === "refused") await refuse(arrival, taken.reason);
        break;
      } catch (error) {
        // The process ends: the next one finds the note.
        if (desk.signal.aborted || error instanceof TaskError) return;
        log.warn({ event: arrival.event.id, attempt, err: error }, "what somebody did waits");
        if (attempt >= tries) {
          const say = await sayTo(desk, arrival.aside.user, arrival.event.conversation);
          await tellAside(desk, arrival.aside, whispered(say("slack.refused.unknown")));
          break;
        }
        await clock.sleep(pauseMs * attempt, desk.signal).catch(() => {});
      }
    }
    await notes.delete(noteOf(arrival));
  }

  async function withFiles(arrival: Arrival): Promise<Arrival> {
    const { event, files = [] } = arrival;
    if (files.length === 0 || event.kind !== "said") return arrival;
    const { token, fileOrigins: origins, signal } = desk;
    return {
      ...arrival,
      event: {
        ...event,
        attachments: [
          ...(event.attachments ?? []),
          ...(await download(files, { token, origins, signal, log })),
        ],
      },
    };
  }

  /** In a thread of others, people have to know how to reach us. */
  async function tellForeign(conversation: string, aside: Aside): Promise<void> {
    const say = await sayTo(desk, aside.user, conversation);
    await tellAside(desk, aside, whispered(say("slack.foreign", { bot: desk.me.name })));
  }

  /** Says why somebody is not answered. */
  async function refuse({ aside, event }: Arrival, reason: Refusal): Promise<void> {
    const key = `${aside.user}:${aside.channel}:${reason}`;
    const at = told.get(key) ?? 0;
    if (clock.now() - at < toldMs && aside.respond === undefined) return;
    told.delete(key);
    told.set(key, clock.now());
    if (told.size > mostTold) told.delete(told.keys().next().value!);
    const say = await sayTo(desk, aside.user, event.conversation);
    await tellAside(desk, aside, whispered(say(`slack.refused.${reason}`)));
  }

  return {
    take,
    /** Goes on with what a process before this one took in and did not finish. */
    async recover(): Promise<void> {
      const left: Arrival[] = [];
      for await (const [, arrival] of notes.entries("arrival/")) left.push(arrival as Arrival);
      for (const arrival of left.sort((a, b) => a.event.at - b.event.at)) enqueue(arrival);
    },
    async drain(): Promise<void> {
      while (lanes.size > 0) await Promise.allSettled(lanes.values());
    },
  };
}
export type Intake = ReturnType<typeof createIntake>;

/** Secrets go before anything is stored, here as in the journey. */
function blanked(arrival: Arrival): Arrival {
  const { event } = arrival;
  switch (event.kind) {
    case "said": {
      const attachments = event.attachments?.map((one) =>
        one.text === undefined ? one : { ...one, text: blank(one.text) },
      );
      return {
        ...arrival,
        event: { ...event, text: blank(event.text), ...(attachments && { attachments }) },
      };
    }
    case "pressed":
      return event.value === undefined
        ? arrival
        : { ...arrival, event: { ...event, value: blank(event.value) } };
    case "submitted": {
      const fields = Object.fromEntries(
        Object.entries(event.fields).map(([name, text]) => [name, blank(text)]),
      );
      const text = event.text === undefined ? {} : { text: blank(event.text) };
      return { ...arrival, event: { ...event, ...text, fields } };
    }
  }
}
