import type { Advice, Override } from "#model/advice.ts";
import type { Answers, Brief, PlaceholderName, Wish } from "#model/brief.ts";
import { Decisions, type Topic, topics, type Verdict } from "#model/decision.ts";
import { type Text, text } from "#model/text.ts";

/** What a choice would be in a brief: the one way in which a preference can be had, if it can be had at all. */
type Change = { answers?: Partial<Answers>; wish?: Wish };

const changes: Partial<Record<Topic, Readonly<Record<string, Change>>>> = {
  distribution: {
    k3s: { answers: { distro: "k3s" } },
    k0s: { answers: { distro: "k0s" } },
    microk8s: { answers: { distro: "microk8s" } },
  },
  topology: { ha: { answers: { highAvailability: true } } },
  datastore: { etcd: { wish: "etcd" } },
  os: { flatcar: { wish: "flatcar" }, "ubuntu-core": { wish: "ubuntu-core" } },
  provisioning: { metal3: { wish: "metal3" }, tinkerbell: { wish: "tinkerbell" } },
  gitops: { flux: { answers: { gitops: "flux" } }, argocd: { answers: { gitops: "argocd" } } },
  templating: {
    kustomize: { answers: { templating: "kustomize" } },
    helm: { answers: { templating: "helm" } },
  },
  secrets: { "sealed-secrets": { wish: "sealed-secrets" }, "external-secrets": { wish: "external-secrets" } },
  wasm: {
    spin: { answers: { wasm: "spin" } },
    wasmedge: { answers: { wasm: "wasmedge" } },
    wasmtime: { answers: { wasm: "wasmtime" } },
  },
};

/** Every choice a topic can have at all. */
export function choicesOf(topic: Topic): readonly string[] {
  return Decisions.shape[topic].shape.choice.options;
}

/** Which answers settle a topic when a person gave them. */
const settledBy: Partial<Record<Topic, { name: PlaceholderName; open?: unknown; wishes?: readonly Wish[] }>> =
  {
    distribution: { name: "distro", open: "auto", wishes: ["talos", "rke2", "ubuntu-core", "k0smotron"] },
    topology: { name: "highAvailability", wishes: ["ha-on-sqlite", "etcd", "external-database"] },
    datastore: {
      name: "highAvailability",
      wishes: ["sqlite", "dqlite", "etcd", "external-database", "ha-on-sqlite"],
    },
    os: { name: "wishes", wishes: ["flatcar", "ubuntu-core", "talos", "bottlerocket", "rancher-fleet"] },
    provisioning: { name: "wishes", wishes: ["metal3", "tinkerbell"] },
    gitops: { name: "gitops", open: "auto", wishes: ["argocd-hub", "rancher-fleet"] },
    templating: { name: "templating" },
    secrets: { name: "wishes", wishes: ["sealed-secrets", "external-secrets", "vault"] },
    wasm: { name: "wasm", open: "any" },
  };

/** Whether a person chose what a topic hangs on; a default, or an answer that leaves it open, did not. */
export function isSettled(topic: Topic, { answers, origins }: Brief): boolean {
  const by = settledBy[topic];
  if (!by) return false;
  if (by.wishes?.some((wish) => answers.wishes.includes(wish))) return true;
  if (by.name === "wishes" || answers[by.name] === by.open) return false;
  // Nobody asked for WebAssembly: bringing it in would be the model's idea alone.
  if (topic === "wasm") return true;
  return (origins[by.name] ?? "default") !== "default";
}

export type Overridden = Pick<Override, "topic" | "choice">;

/** The brief with preferences in it, for `decide` alone: the plan keeps the brief a person gave. */
export function preferring(brief: Brief, overrides: readonly Overridden[]): Brief | undefined {
  let { answers } = brief;
  for (const { topic, choice } of overrides) {
    const change = changes[topic]?.[choice];
    if (!change) return undefined;
    answers = { ...answers, ...change.answers };
    if (change.wish && !answers.wishes.includes(change.wish))
      answers = { ...answers, wishes: [...answers.wishes, change.wish] };
  }
  return { ...brief, answers };
}

/** Why a set of preferences cannot be had as a whole; undefined where it can. */
export function whyInfeasible(
  ours: Verdict,
  theirs: Verdict,
  overrides: readonly Overridden[],
): string | undefined {
  for (const { topic, choice } of overrides) {
    const found = theirs.decisions[topic].choice;
    if (found !== choice) return `${topic} ${choice} is not feasible here: the rules give ${found}`;
  }
  const before = new Set(ours.denied.map(({ id, wish }) => `${id} ${wish.en}`));
  const denied = theirs.denied.find(({ id, wish }) => !before.has(`${id} ${wish.en}`));
  if (denied) return `it would break the check ${denied.id}: ${denied.why.en}`;
  const fitted = new Set(ours.budgets.flatMap(({ node, fits }) => (fits ? [node] : [])));
  const full = theirs.budgets.find(({ node, fits }) => !fits && fitted.has(node));
  if (full) return `the memory of ${full.node} would not do`;
  return undefined;
}

/** Choices a model may prefer, by topic: each alone feasible, and nothing a person chose. What a prompt offers. */
export function optionsOf(
  brief: Brief,
  ours: Verdict,
  decideAgain: (brief: Brief) => Verdict,
): Partial<Record<Topic, string[]>> {
  const options: Partial<Record<Topic, string[]>> = {};
  for (const topic of topics) {
    if (isSettled(topic, brief)) continue;
    const feasible = Object.keys(changes[topic] ?? {}).filter((choice) => {
      if (choice === ours.decisions[topic].choice) return false;
      const preferred = preferring(brief, [{ topic, choice }]);
      return preferred && !whyInfeasible(ours, decideAgain(preferred), [{ topic, choice }]);
    });
    if (feasible.length > 0) options[topic] = feasible;
  }
  return options;
}

const preferredReason: Text = {
  en: "Preferred by the language model among the feasible choices, and decided again by the rules; the rules alone would take {ours}.",
  de: "Vom Sprachmodell unter den machbaren Möglichkeiten bevorzugt und von den Regeln neu entschieden; die Regeln allein nähmen {ours}.",
  es: "Preferido por el modelo de lenguaje entre las opciones viables y decidido de nuevo por las reglas; las reglas solas tomarían {ours}.",
  zh: "由语言模型在可行选项中优先选择，并经规则重新判定；仅按规则会选 {ours}。",
};
const oursRejected: Text = {
  en: "Feasible as well, and what the rules take by themselves; {choice} was preferred.",
  de: "Ebenfalls machbar und das, was die Regeln von sich aus nehmen; {choice} wurde bevorzugt.",
  es: "También viable, y lo que las reglas toman por sí solas; se prefirió {choice}.",
  zh: "同样可行，也是规则本身的选择；此处优先选用 {choice}。",
};

/**
 * Puts our own words where the rules would say that a person asked for it. Runs before the repository is laid out, which
 * holds the reasons: no word of a model is among them.
 */
export function amendReasons(ours: Verdict, overrides: readonly Overridden[]): (theirs: Verdict) => Verdict {
  return (theirs) => {
    let { decisions } = theirs;
    for (const { topic, choice } of overrides) {
      const was = ours.decisions[topic].choice;
      const decision = decisions[topic];
      const rejected = [
        ...decision.rejected.filter((other) => other.choice !== was),
        { choice: was, why: text(oursRejected, { choice }) },
      ];
      decisions = {
        ...decisions,
        [topic]: { ...decision, reason: text(preferredReason, { ours: was }), rejected },
      };
    }
    return { ...theirs, decisions };
  };
}

/** Overrides worth deciding: what only repeats our choice is no preference. */
export function realOverrides({ overrides }: Advice, ours: Verdict): Override[] {
  return overrides.filter(({ topic, choice }) => ours.decisions[topic].choice !== choice);
}
