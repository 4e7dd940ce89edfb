import type { Core } from "./core.ts";
import type { SeenInteraction, SeenMessage } from "./types.ts";

type Plain = {
  [Name in keyof Core]: Core[Name] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Promise<Awaited<Result>>
    : never;
};

const acts = ["command", "autocomplete", "context", "click", "choose", "submit"] as const;
type Act = (typeof acts)[number];

/** An interaction somebody started, to be looked at and waited for. */
export type Interaction = {
  id: string;
  seen: () => Promise<SeenInteraction>;
  /** Once the bot acknowledged it in any way; fails when Discord shows "did not respond". */
  acked: (timeoutMs?: number) => Promise<SeenInteraction>;
  /** Once there is more to see than "thinking…": a message, a form, or choices. */
  answered: (timeoutMs?: number) => Promise<SeenInteraction>;
  /** The message that answered. */
  message: (timeoutMs?: number) => Promise<SeenMessage>;
};

/** A fake Discord as tests drive it, in this process or in its own. */
export type FakeDiscord = Omit<Plain, Act | "advance"> & {
  [Name in Act]: (...given: Parameters<Core[Name]>) => Promise<Interaction>;
} & {
  /** What `rest.api` must be. */
  api: string;
  /** What `rest.cdn` must be. */
  cdn: string;
  token: string;
  clock: { advance: (ms: number) => Promise<void> };
  /** Of the fake's process, where it has one. */
  pid?: number;
};

export type Invoke = (method: string, given: unknown[]) => Promise<unknown>;

/** Gives the methods of a core the shape tests use, however they are reached. */
export function face(
  where: { api: string; cdn: string; token: string; pid?: number },
  invoke: Invoke,
): FakeDiscord {
  const target = {
    ...where,
    clock: { advance: (ms: number) => invoke("advance", [ms]) },
  } as unknown as FakeDiscord;
  return new Proxy(target, {
    get(object, name) {
      // A promise asks whether what it got is one too.
      if (typeof name !== "string" || name === "then" || name in object) return Reflect.get(object, name);
      if (!(acts as readonly string[]).includes(name)) return (...given: unknown[]) => invoke(name, given);
      return async (...given: unknown[]) => interaction(invoke, (await invoke(name, given)) as string);
    },
  });
}

function interaction(invoke: Invoke, id: string): Interaction {
  const wait = (part: "acked" | "answered", timeoutMs?: number) =>
    invoke("waitForAnswer", [
      id,
      { part, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    ]) as Promise<SeenInteraction>;
  return {
    id,
    seen: () => invoke("interaction", [id]) as Promise<SeenInteraction>,
    acked: (timeoutMs) => wait("acked", timeoutMs),
    answered: (timeoutMs) => wait("answered", timeoutMs),
    message: async (timeoutMs) => {
      const { messages, response } = await wait("answered", timeoutMs);
      const message = messages.find((one) => !one.loading);
      if (!message)
        throw new Error(`interaction ${id} was answered without a message: ${JSON.stringify(response)}`);
      return message;
    },
  };
}
