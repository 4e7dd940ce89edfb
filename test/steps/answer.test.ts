import { describe, expect, test } from "vitest";
import { answers } from "#catalogue/answers.ts";
import { claims } from "#catalogue/claims.ts";
import { languages } from "#model/text.ts";
import { search, words } from "../../src/steps/answer/search.ts";
import { answer } from "../../src/steps/answer.ts";

const say = (key: string) => key;
const ask = (question: string, language: (typeof languages)[number]) =>
  answer(question, { knowledge: { answers, claims }, language, say });
const first = (question: string, language: (typeof languages)[number]) => {
  const block = ask(question, language)[0];
  if (block?.kind !== "paragraph") return block?.kind;
  return answers.find((known) => known.answer[language] === block.text)?.id;
};

// Wordings that were not used for the keywords.
const asked: Record<string, Record<(typeof languages)[number], string>> = {
  "microk8s-instead-of-k3s": {
    en: "and if we went with MicroK8s rather than K3s?",
    de: "Was wäre anders, wenn wir MicroK8s statt K3s nehmen?",
    es: "¿Y si usamos MicroK8s en vez de K3s, qué cambia?",
    zh: "如果把K3s换成MicroK8s会有什么变化？",
  },
  "why-not-kubeadm": {
    en: "why can't we just use plain Kubernetes with kubeadm",
    de: "Wieso nicht einfach ein Standard-Kubernetes mit kubeadm?",
    es: "¿por qué no simplemente kubeadm?",
    zh: "直接用kubeadm装原生Kubernetes不行吗？",
  },
  "offline-for-days": {
    en: "what if a truck is offline for three days?",
    de: "Was passiert, wenn ein Standort mehrere Tage offline ist?",
    es: "¿qué pasa si un camión queda tres días sin conexión?",
    zh: "一辆车离线三天会怎样？",
  },
  "gitops-daily-outages": {
    en: "does GitOps make sense when the network goes down every day?",
    de: "Ist GitOps überhaupt sinnvoll bei täglichen Netzausfällen?",
    es: "¿tiene sentido GitOps con cortes de red diarios?",
    zh: "网络每天都中断，GitOps还适合吗？",
  },
  "pull-against-push": {
    en: "what speaks for pull rather than push?",
    de: "Was spricht für Pull gegenüber Push?",
    es: "¿qué ventaja tiene pull frente a push?",
    zh: "拉取模式相比推送有什么好处？",
  },
  "production-unseen": {
    en: "can we put this straight into production?",
    de: "Können wir das direkt in Produktion nehmen?",
    es: "¿podemos ponerlo directamente en producción?",
    zh: "这个能直接用于生产环境吗？",
  },
  "wasm-runtimes": {
    en: "Spin or WasmEdge, which WASM runtime is stable?",
    de: "Spin oder WasmEdge, welche WASM-Laufzeit ist stabil?",
    es: "¿Spin o WasmEdge, qué runtime WASM es estable?",
    zh: "Spin还是WasmEdge，哪个WASM运行时更稳定？",
  },
  "home-fleet": {
    en: "I only have four Raspberry Pis in my homelab",
    de: "Ich habe nur vier Raspberry Pis zu Hause",
    es: "solo tengo cuatro Raspberry Pi en casa",
    zh: "我家里只有四台树莓派",
  },
  "which-model": {
    en: "should I take Claude 3.5 Sonnet or GPT-4o as the model?",
    de: "Welches Modell ist besser, Claude 3.5 Sonnet oder GPT-4o?",
    es: "¿qué modelo me recomienda, GPT-4o o Claude 3.5 Sonnet?",
    zh: "模型用GPT-4o还是Claude 3.5 Sonnet？",
  },
  "nodes-notready": {
    en: "half my nodes show NotReady",
    de: "Die Hälfte meiner Knoten ist NotReady",
    es: "la mitad de mis nodos aparece NotReady",
    zh: "一半节点显示NotReady",
  },
  "k3s-or-k0s": {
    en: "why not k0s?",
    de: "warum k3s?",
    es: "¿por qué no k0s?",
    zh: "为什么不用k0s？",
  },
  "why-not-talos": {
    en: "could we take Talos?",
    de: "Warum kein Talos?",
    es: "¿y Talos, por qué no?",
    zh: "为什么不选Talos？",
  },
  "what-it-costs": {
    en: "how much does it cost?",
    de: "was kostet das?",
    es: "¿cuánto nos va a costar esto?",
    zh: "这个多少钱？",
  },
  "three-servers": {
    en: "do we really need 3 servers?",
    de: "Brauchen wir wirklich 3 Server?",
    es: "¿de verdad necesitamos 3 servidores?",
    zh: "真的需要3台服务器吗？",
  },
};

describe.each(Object.entries(asked))("%s", (id, wordings) => {
  test.each(languages)("is found from free wording in %s", (language) => {
    expect(first(wordings[language], language)).toBe(id);
  });
});

test("says in every language that it does not know what a coffee costs, or who asks", () => {
  const strange = {
    en: ["how much is a coffee?", "who wrote you?", "tell me a joke"],
    de: ["Was kostet ein Kaffee?", "Wie heißt du?", "Wer hat dich gemacht?"],
    es: ["¿cuánto cuesta un café?", "¿quién eres?"],
    zh: ["今天股价多少？", "你是谁？"],
  };
  for (const language of languages)
    for (const question of strange[language])
      expect(ask(question, language)[0], question).toMatchObject({ kind: "notice", text: "answer.unknown" });
});

test("says that it does not know what the catalogue does not hold", () => {
  for (const question of [
    "what is the capital of France?",
    "Wie wird das Wetter morgen?",
    "¿cuánto cuesta un café?",
    "今天股价多少？",
  ]) {
    const blocks = ask(question, "en");
    expect(blocks[0], question).toMatchObject({ kind: "notice", text: "answer.unknown" });
  }
});

test("every answer has its source, and every sentence is there in four languages", () => {
  for (const { id, sources, question, answer: said, keywords } of answers) {
    expect(sources.length, id).toBeGreaterThan(0);
    for (const sentence of [question, said, keywords])
      expect(new Set(Object.values(sentence)).size, id).toBe(4);
  }
});

test("compares words without case, accents or endings, and Chinese in pairs", () => {
  expect(words("¿Ciclos DIARIOS?")).toEqual(words("ciclo diario"));
  expect(words("Argo CD")).toEqual(["argocd"]);
  expect(words("树莓派")).toEqual(words("Raspberry Pi"));
});

test("ranks the document that holds the rare word first", () => {
  const documents = ["flux pulls", "argocd pulls", "etcd pulls"].map((body) => ({
    title: "",
    body,
    value: body,
  }));
  expect(search(documents, "does argo cd pull?")[0]?.value).toBe("argocd pulls");
});
