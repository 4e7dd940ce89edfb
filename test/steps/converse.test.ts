import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeholder } from "#catalogue/placeholders.ts";
import type { Block } from "#model/block.ts";
import { Answers, Brief, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import { type Effect, type Event, freshState, type State } from "#model/conversation.ts";
import { type Language, languages } from "#model/text.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { type Context, converse, formOf } from "../../src/steps/converse.ts";
import { readAnswer, understand } from "../../src/steps/understand.ts";

const ada = { id: "U1", name: "Ada" };
const bob = { id: "U2", name: "Bob" };
const context: Context = { understand, readAnswer, say: createSpeech() };

let count = 0;
const base = (person = ada) => ({ id: `e${++count}`, conversation: "c", at: count, person });
const said = (text: string, person = ada): Event => ({ ...base(person), kind: "said", text });
const pressed = (action: string, value?: string, person = ada): Event => ({
  ...base(person),
  kind: "pressed",
  action,
  ...(value === undefined ? {} : { value }),
});
const done = (plan: string, revision: number): Event => ({
  id: `d${++count}`,
  conversation: "c",
  at: count,
  kind: "done",
  effect: "x",
  generation: 0,
  result: { kind: "plan", plan, revision },
});

type Run = { state: State; effects: Effect[]; raise: boolean };
function play(events: Event[], state: State = freshState): Run {
  let run: Run = { state, effects: [], raise: false };
  for (const event of events) run = converse(run.state, event, context);
  return run;
}

const blocksOf = (effects: Effect[]): Block[] =>
  effects.flatMap((effect) => (effect.kind === "post" || effect.kind === "edit" ? effect.blocks : []));
const textOf = (effects: Effect[]): string => JSON.stringify(blocksOf(effects));
const works = (effects: Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "work" ? [effect.job] : []));
const shows = (effects: Effect[]) => effects.filter((effect) => effect.kind === "show");

/** A conversation with plan p1 in force. */
function planned(): State {
  const asked = play([
    said("5,000 delivery trucks, 2 GB ARM64, flaky 4G, eMMC, Flux"),
    said("generate"),
    said("generate"),
  ]);
  expect(works(asked.effects)).toHaveLength(1);
  return play([done("p1", 1)], asked.state).state;
}

describe("the interview", () => {
  test("takes what the first message gives and asks only for the rest, one at a time", () => {
    const { state, effects } = play([
      said("5,000 delivery trucks, each an ARM64 box with 2 GB RAM, flaky 4G, Argo CD"),
    ]);
    expect(state.answers).toMatchObject({ sites: 5000, memoryMiB: 2048, arch: "arm64", gitops: "argocd" });
    expect(state.startedBy).toEqual(ada);
    expect(
      effects.filter((effect) => effect.kind === "post" && effect.key.startsWith("question:")),
    ).toHaveLength(1);
    expect(textOf(effects)).toContain("5,000");
    expect(textOf(effects)).toMatch(/1 of \d/);
  });

  test("takes an answer to another question along with the one that was asked", () => {
    const { state } = play([said("a fleet of 300 shops"), said("4 GB, and the link is stable")]);
    expect(state.answers).toMatchObject({ sites: 300, memoryMiB: 4096, network: "stable" });
  });

  // "Sorry, 8 GB" became the fleet's main problem, or what it is for.
  test.each([
    [
      "es",
      "rápido: 80 clínicas con un equipo amd64 cada una, 4 GB y SSD, sala cerrada con llave",
      "perdón, 8 GB",
    ],
    ["zh", "简版：80 家诊所，每家一台 amd64 设备，4 GB 内存，SSD，设备锁在机房里", "不好意思，是 8 GB"],
  ])("a correction is no answer to an open question for words, in %s", (_, fleet, correction) => {
    const asked = play([said(fleet)]);
    expect(placeholder(asked.state.asking!).kind).toBe("text");
    const { state } = play([said(correction)], asked.state);
    expect(state.answers).toMatchObject({ memoryMiB: 8192 });
    expect(state.answers[asked.state.asking!]).toBeUndefined();
    expect(state.asking).toBe(asked.state.asking);
  });

  test("a passing word does not overrule what was said before", () => {
    const { state } = play([
      said("5,000 delivery trucks, 2 GB ARM64, flaky 4G"),
      said("no idea what the stores do"),
    ]);
    expect(state.answers.industry).toBe("logistics");
  });

  test("says what would be right when an answer is out of range", () => {
    const { state, effects } = play([said("hello"), said("99999999999 sites")]);
    expect(state.answers.sites).toBeUndefined();
    expect(state.asking).toBe("sites");
    expect(textOf(effects)).toMatch(/10,000,000|number/);
  });

  test("goes back, skips, edits and explains", () => {
    const first = play([said("hello"), said("250")]);
    expect(first.state.asking).toBe("memoryMiB");
    const back = play([said("back")], first.state);
    expect(back.state.asking).toBe("sites");
    expect(back.state.answers.sites).toBeUndefined();
    const skipped = play([said("skip")], first.state);
    expect(skipped.state.origins.memoryMiB).toBe("default");
    const edited = play([said("change sites to 70")], first.state);
    expect(edited.state.answers.sites).toBe(70);
    const why = play([said("why?")], first.state);
    expect(why.state.asking).toBe("memoryMiB");
    expect(textOf(why.effects)).toContain("GitOps agent");
  });

  test("ends with a card that marks where each answer came from", () => {
    const { state, effects } = play([
      said("5,000 trucks, 2 GB ARM64, flaky 4G"),
      pressed("answer:nodesPerSite", "1"),
      said("generate"),
    ]);
    expect(state.phase).toBe("summary");
    const card = blocksOf(effects).find((block) => block.kind === "table");
    const origins = card?.kind === "table" ? card.rows.map((row) => row[2]) : [];
    expect(origins.some((origin) => origin?.startsWith("said"))).toBe(true);
    expect(origins).toContain("chosen");
    expect(origins).toContain("default");
  });

  test("generate on the card starts the work with a brief the schema accepts", () => {
    const { state, effects } = play([
      said("5,000 trucks, 2 GB ARM64, flaky 4G"),
      said("generate"),
      pressed("generate"),
    ]);
    expect(state.phase).toBe("working");
    const job = works(effects)[0]!;
    expect(job).toMatchObject({ kind: "plan", revision: 1 });
    if (job.kind === "plan") expect(Brief.safeParse(job.brief).success).toBe(true);
  });

  test("only who started may generate, stop and set", () => {
    const card = play([said("5,000 trucks, 2 GB ARM64, flaky 4G"), said("generate")]).state;
    const other = play([pressed("generate", undefined, bob)], card);
    expect(other.state.phase).toBe("summary");
    expect(textOf(other.effects)).toContain("Ada");
    expect(play([said("stop", bob)], card).state.phase).toBe("summary");
    const allowed = converse(card, { ...pressed("generate", undefined, bob), operator: true }, context);
    expect(allowed.state.phase).toBe("working");
  });

  test.each([
    ["de", "5.000 Fahrzeuge mit 2 GB ARM64, instabiles 4G", "Auf Spanisch, bitte", "es"],
    ["es", "500 tiendas con 4 GB de memoria y cortes de red diarios", "in English please", "en"],
    ["zh", "500 家门店，每家一台 4 GB 的 ARM64 设备，网络时断时续", "auf Deutsch", "de"],
    ["en", "300 stores with 4 GB each and a bad link", "中文", "zh"],
  ] as const)(
    "speaks the language it is spoken to (%s) until another is asked for",
    (language, text, wish, next) => {
      const first = play([said(text)]);
      expect(first.state.language).toBe(language);
      const switched = play([said(wish)], first.state);
      expect(switched.state).toMatchObject({ language: next, languagePinned: true });
      expect(play([said(text)], switched.state).state.language).toBe(next);
    },
  );

  test("a quick recommendation asks what its edition needs", () => {
    const { state } = play([said("quick"), said("500"), said("4 GB"), said("unreliable")]);
    expect(state).toMatchObject({ edition: "basic", phase: "summary" });
  });

  test.each(["why not MicroK8s?", "Warum nicht MicroK8s?", "¿por qué no MicroK8s?", "为什么不用 MicroK8s？"])(
    "“%s” chooses nothing, at a question as little as on the card",
    (text) => {
      const asking = play([said("5,000 trucks, 2 GB ARM64, flaky 4G")]).state;
      const asked = play([said(text)], asking);
      expect(asked.state.answers).toEqual(asking.answers);
      expect(works(asked.effects)).toEqual([{ kind: "answer", question: text, plan: "" }]);
      const card = play([said("generate")], asking).state;
      const told = play([said(text)], card);
      expect(told.state).toEqual(card);
      expect(works(told.effects)).toEqual([{ kind: "answer", question: text, plan: "" }]);
    },
  );

  test("a number picks from the choices, and a name alone opens that answer", () => {
    const asking = play([said("500 stores, 4 GB, Flux, 1 node per site")]).state;
    expect(asking.asking).toBe("arch");
    expect(play([said("2")], asking).state.answers.arch).toBe("arm64");
    expect(play([said("9")], asking).state.asking).toBe("arch");
    const card = play([said("generate")], asking).state;
    expect(play([said("Arbeitsspeicher")], card).state.asking).toBe("memoryMiB");
  });

  test("a brief as YAML is taken as chosen", () => {
    const { state } = play([said("```yaml\nsites: 40\nmemoryMiB: 4096\nnetwork: stable\n```")]);
    expect(state.answers).toMatchObject({ sites: 40, memoryMiB: 4096, network: "stable" });
    expect(state.origins.sites).toBe("chosen");
  });
});

describe("after a plan", () => {
  test.each([
    ["what if they have 1 GB?", { memoryMiB: 1024 }],
    ["use Argo CD instead", { gitops: "argocd" }],
    ["1 GB statt 2", { memoryMiB: 1024 }],
    ["¿y si tienen 1 GB?", { memoryMiB: 1024 }],
    ["如果只有 1 GB 呢？", { memoryMiB: 1024 }],
    ["change network to stable", { network: "stable" }],
    ["Was wäre mit 1 GB?", { memoryMiB: 1024 }],
    ["und mit 8 GB?", { memoryMiB: 8192 }],
    ["nimm lieber Argo CD", { gitops: "argocd" }],
    ["doch 3 Knoten je Standort", { nodesPerSite: 3 }],
    ["¿y con 8 GB?", { memoryMiB: 8192 }],
    ["mejor con Argo CD", { gitops: "argocd" }],
    ["¿qué cambia con 3 nodos por sitio?", { nodesPerSite: 3 }],
    ["换成8GB呢？", { memoryMiB: 8192 }],
    ["那8GB呢？", { memoryMiB: 8192 }],
    ["改用Argo CD", { gitops: "argocd" }],
    ["8 GB?", { memoryMiB: 8192 }],
  ])("“%s” is a change: a new revision, then its difference", (text, answers) => {
    const { state, effects } = play([said(text)], planned());
    const job = works(effects)[0];
    expect(job).toMatchObject({ kind: "plan", revision: 2 });
    if (job?.kind === "plan") expect(job.brief.answers).toMatchObject(answers);
    const next = play([done("p2", 2)], state);
    expect(shows(next.effects)).toEqual([{ kind: "show", plan: "p2", part: "diff", since: "p1" }]);
    const back = play([pressed("revert", "1")], next.state);
    expect(back.state.current).toBe("p1");
    expect(back.state.answers.memoryMiB).toBe(2048);
  });

  test.each([
    "why not MicroK8s?",
    "Warum nicht MicroK8s?",
    "¿por qué no MicroK8s?",
    "为什么不用 MicroK8s？",
    "is GitOps fit for daily outages?",
    "und warum nicht k0s?",
    "Reicht 1 GB?",
    "¿Basta con 1 GB?",
    "1GB够吗？",
    "MicroK8s?",
    "what if the link is flaky?",
  ])("“%s” is a question: answered, and nothing changes", (text) => {
    const before = planned();
    const { state, effects } = play([said(text)], before);
    expect(works(effects)).toEqual([{ kind: "answer", question: text, plan: "p1" }]);
    expect(state).toEqual(before);
  });

  test("pasted and attached YAML is checked", () => {
    const yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
    const pasted = play([said(`look:\n\`\`\`yaml\n${yaml}\`\`\``)], planned());
    expect(works(pasted.effects)[0]).toMatchObject({
      kind: "check",
      files: [{ path: "pasted-1.yaml", content: yaml }],
    });
    const event: Event = {
      ...base(),
      kind: "said",
      text: "",
      attachments: [{ name: "../a b.yaml", bytes: 9, text: yaml }],
    };
    expect(works(play([event], planned()).effects)[0]).toMatchObject({ files: [{ path: "a-b.yaml" }] });
  });

  test.each(["please check this", "¿me lo revisas, por favor?"])(
    "“%s” beside a file answers no open question; an answer beside one does",
    (text) => {
      const file = { name: "a.yaml", bytes: 9, text: "apiVersion: v1\nkind: Pod\n" };
      const withFile = (words: string): Event => ({
        ...base(),
        kind: "said",
        text: words,
        attachments: [file],
      });
      const open = play([said("500 stores")]).state;
      const checked = play([withFile(text)], open);
      expect(works(checked.effects)).toHaveLength(1);
      expect(checked.effects).toHaveLength(1);
      expect(checked.state.asking).toBe(open.asking);
      for (const words of ["8 GB", "2"]) {
        const answered = play([withFile(words)], open);
        expect(works(answered.effects)).toHaveLength(1);
        expect(answered.effects.length).toBeGreaterThan(1);
      }
    },
  );

  test("a change of somebody else is proposed, and starts with the maker's click", () => {
    const proposed = play([said("what if they have 1 GB?", bob)], planned());
    expect(works(proposed.effects)).toEqual([]);
    expect(works(play([pressed("generate")], proposed.state).effects)[0]).toMatchObject({
      kind: "plan",
      revision: 2,
    });
  });

  test("asks back when a what-if says nothing it knows", () => {
    const { effects } = play([said("what if the moon were cheese?")], planned());
    expect(textOf(effects)).toContain("1 GB");
  });

  test("stop ends the work and keeps the plan in force", () => {
    const working = play([said("what if they have 1 GB?")], planned()).state;
    const { state, effects, raise } = play([said("stop")], working);
    expect(raise).toBe(true);
    expect(effects.some((effect) => effect.kind === "abort")).toBe(true);
    expect(state).toMatchObject({ phase: "planned", current: "p1", answers: { memoryMiB: 2048 } });
  });

  test("what is said during work becomes a proposal", () => {
    const working = play([said("what if they have 1 GB?")], planned()).state;
    const noted = play([said("and the link is stable"), done("p2", 2)], working);
    expect(textOf(noted.effects)).toContain("Stable");
    expect(works(play([pressed("generate")], noted.state).effects)[0]).toMatchObject({
      kind: "plan",
      revision: 3,
    });
  });

  test("a failed work says why and how to go on", () => {
    const working = play([said("what if they have 1 GB?")], planned()).state;
    const failed: Event = {
      id: "f",
      conversation: "c",
      at: 1,
      kind: "failed",
      effect: "x",
      generation: 0,
      reason: "timeout",
    };
    const { state, effects } = play([failed], working);
    expect(state).toMatchObject({ phase: "planned", current: "p1" });
    expect(textOf(effects)).toContain("too long");
    expect(works(play([pressed("generate")], state).effects)).toHaveLength(1);
  });
});

const speech = createSpeech();
/** Speaks every key with its language in front, so that a wrong tongue is seen. */
const tongues = new Map(
  languages.map((language) => [
    language,
    (key: string, values?: Record<string, string | number>) =>
      key.startsWith("words.") || key.endsWith(".words")
        ? speech(language)(key, values)
        : `‹${language}›${key}`,
  ]),
);
const tagged = (language: Language) => tongues.get(language)!;

const phrases = fc.oneof(
  fc.constantFrom(
    "5,000 trucks, 2 GB ARM64, flaky 4G",
    "500 Filialen mit 4 GB, schlechtes Netz",
    "三千个站点，2 GB",
    "stop",
    "back",
    "skip",
    "edit",
    "edit memory",
    "change network to stable",
    "generate",
    "restart",
    "help",
    "why?",
    "zurück",
    "weiter",
    "继续",
    "auf Deutsch",
    "in English please",
    "中文",
    "quick",
    "pro",
    "zip",
    "list",
    "forget",
    "thanks",
    "what if they have 1 GB?",
    "why not MicroK8s?",
    "back to 1",
    "keep 2",
    "100",
    "2 GB",
    "yes",
    "nein",
    "not k0s",
    "none",
    "maybe 4G",
    "",
    "   ",
    "?",
    "🤷",
    "apiVersion: v1\nkind: Pod\n",
    "```yaml\nkind: Pod\n```",
    "sites 3, regions EU, US, APAC, LATAM",
  ),
  fc.string({ maxLength: 40 }),
);
const person = fc.constantFrom(ada, bob);
const actions = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      "skip",
      "back",
      "stop",
      "edit",
      "generate",
      "cancel",
      "restart",
      "form",
      "help",
      "zip",
      "document",
      "prompt",
      "plan",
      "list",
      "drop",
      "change",
      "forget",
      "keepAll",
      "continue",
      "nonsense",
    ),
    fc.constant(undefined),
  ),
  fc.tuple(fc.constantFrom("keep", "revert"), fc.constantFrom("1", "2", "9", "x")),
  fc.tuple(fc.constant("edition"), fc.constantFrom("basic", "pro", "x")),
  fc.tuple(fc.constant("language"), fc.constantFrom(...languages, "fr")),
  fc.tuple(
    fc.constantFrom(...placeholderNames.map((name) => `answer:${name}`)),
    fc.constantFrom("1", "2048", "yes", "arm64", "sd", "auto", "-4", ""),
  ),
  fc.tuple(fc.constant("edit"), fc.constantFrom(...placeholderNames)),
);
const script = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("said" as const), text: phrases, person }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("pressed" as const), press: actions, person }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("submitted" as const),
        fields: fc.dictionary(
          fc.constantFrom(...placeholderNames),
          fc.constantFrom("12", "2 GB", "yes", "ssd", "x"),
        ),
        person,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("done" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("failed" as const),
        reason: fc.constantFrom("timeout" as const, "stopped" as const, "internal" as const),
      }),
    },
  ),
  { maxLength: 18 },
);
type Step = (typeof script extends fc.Arbitrary<infer T> ? T : never)[number];

function toEvent(step: Step, state: State): Event {
  switch (step.kind) {
    case "said":
      return said(step.text, step.person);
    case "pressed":
      return pressed(step.press[0], step.press[1], step.person);
    case "submitted":
      return { ...base(step.person), kind: "submitted", fields: step.fields };
    case "done":
      return done(`p${state.plans.length + 1}`, state.plans.length + 1);
    case "failed":
      return {
        id: `f${++count}`,
        conversation: "c",
        at: 1,
        kind: "failed",
        effect: "x",
        generation: 0,
        reason: step.reason,
      };
  }
}

describe("whatever happens", () => {
  test("nobody is met with silence, answers stay valid, state stays plain data, posts keep one language", () => {
    fc.assert(
      fc.property(script, (steps) => {
        let state: State = freshState;
        for (const step of steps) {
          const event = toEvent(step, state);
          const turn = converse(state, event, { ...context, say: tagged });
          state = turn.state;
          if (event.person) expect(turn.effects.length).toBeGreaterThan(0);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          expect(Answers.safeParse(state.answers).error).toBeUndefined();
          expect(state.phase === "asking").toBe(state.asking !== undefined);
          for (const [, tag] of textOf(turn.effects).matchAll(/‹(\w\w)›/g)) expect(tag).toBe(state.language);
          for (const job of works(turn.effects))
            if (job.kind === "plan") expect(Brief.safeParse(job.brief).error).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a question can be pressed in one place at most, the newest", () => {
    fc.assert(
      fc.property(script, (steps) => {
        let state: State = freshState;
        const pressable = new Map<string, number>();
        for (const step of steps) {
          const next = converse(state, toEvent(step, state), context);
          for (const effect of next.effects) {
            if (!("key" in effect) || !effect.key.startsWith("question:")) continue;
            // An edit is one of the newest copy.
            const change = effect.kind === "post" ? 1 : -1;
            const copies = Math.max(0, (pressable.get(effect.key) ?? 0) + change);
            expect(copies).toBeLessThan(2);
            pressable.set(effect.key, copies);
          }
          state = next.state;
          const open = [...pressable].filter(([, copies]) => copies > 0).map(([key]) => key);
          expect(open).toEqual(state.asking ? [`question:${state.asking}`] : []);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("from anywhere, answering every question reaches the card", () => {
    fc.assert(
      fc.property(script, (steps) => {
        let state: State = freshState;
        for (const step of steps) state = converse(state, toEvent(step, state), context).state;
        if (state.phase === "working") state = converse(state, said("stop", state.startedBy), context).state;
        if (state.phase !== "asking")
          state = converse(state, pressed("restart", undefined, state.startedBy), context).state;
        for (let left = placeholderNames.length + 2; state.phase === "asking" && left > 0; left--) {
          state = converse(state, answerTo(state.asking!), context).state;
        }
        expect(state.phase).toBe("summary");
      }),
      { numRuns: 200 },
    );
  });
});

function answerTo(name: PlaceholderName): Event {
  const { kind, choices = [] } = placeholder(name);
  if (kind === "yes-no") return pressed(`answer:${name}`, "yes");
  if (choices.length > 0) return pressed(`answer:${name}`, choices[0]);
  if (kind === "text") return said("daily power cuts");
  return pressed("skip", name);
}

describe("what a workspace settles", () => {
  const first = (text: string, more: Partial<Event>): Event =>
    ({ ...said(text), scope: "T1", ...more }) as Event;

  test("language, engine and edition hold for what is started there, until somebody says otherwise", () => {
    const defaults = { language: "de", gitops: "argocd", edition: "basic" } as const;
    const { state } = play([first("40 stores, 8 GB", { defaults })]);
    expect(state).toMatchObject({ scope: "T1", language: "de", edition: "basic" });
    expect(state.answers.gitops).toBe("argocd");
    expect(state.origins.gitops).toBe("chosen");
    const own = play([first("40 stores, 8 GB, Flux, in English please", { defaults })]);
    expect(own.state.answers.gitops).toBe("flux");
    expect(own.state.language).toBe("en");
  });

  test("a language set in the app is not guessed away by English words, one that is only a hint is", () => {
    const text = "we have 40 stores with flaky links";
    expect(play([first(text, { language: "de", languageSure: true })]).state.language).toBe("de");
    expect(play([first(text, { language: "de" })]).state.language).toBe("en");
  });

  test("an edition chosen with the first words outweighs what is settled", () => {
    const given = { edition: "basic", defaults: { edition: "pro" } } as const;
    expect(play([first("40 stores, 8 GB", given)]).state.edition).toBe("basic");
  });

  test("defaults do not change a conversation that has begun", () => {
    const begun = play([first("40 stores, 8 GB, Flux", {})]).state;
    const later = play([first("generate", { defaults: { language: "zh", edition: "basic" } })], begun).state;
    expect(later).toMatchObject({ language: "en", edition: "pro" });
  });
});

describe("names, forms and limits", () => {
  test("a plan is renamed by who started it, on one line", () => {
    const state = planned();
    expect(play([pressed("rename", "  Trucks\nof the north ")], state).state.title).toBe(
      "Trucks of the north",
    );
    expect(play([pressed("rename", "Mine", bob)], state).state.title).toBeUndefined();
    expect(play([pressed("rename", "  ")], state).state.title).toBeUndefined();
  });

  test("a form keeps what only its text said", () => {
    const submitted: Event = {
      ...base(),
      kind: "submitted",
      fields: { sites: "40", memoryMiB: "8 GB" },
      text: "5,000 stores with 2 GB, we want a service mesh",
    };
    const { state } = play([submitted]);
    expect(state.answers).toMatchObject({ sites: 40, memoryMiB: 8192, wishes: ["service-mesh"] });
  });

  test("what a form leaves empty takes its default, and the card follows", () => {
    const form = formOf({ state: freshState, say: context.say("en") });
    const fields = Object.fromEntries(form.fields.map(({ name }) => [name, name === "sites" ? "40" : ""]));
    const submitted: Event = { ...base(), kind: "submitted", fields };
    const { state } = play([submitted]);
    expect(state.phase).toBe("summary");
    expect(state.answers.sites).toBe(40);
  });

  test("too much at once is answered with the wait, and changes nothing", () => {
    const state = planned();
    const run = play([{ ...base(), kind: "limited", seconds: 41 }], state);
    expect(run.state).toEqual(state);
    expect(textOf(run.effects)).toContain("41");
  });
});
