import type {
  Answers,
  Brief,
  CompleteAnswers,
  DeviceType,
  Edition,
  Origin,
  Placeholder,
  PlaceholderName,
} from "#model/brief.ts";
import type { Language } from "#model/text.ts";
import { isShareless, weakestMiB } from "./placeholders/problems.ts";

export { type Problem, problems } from "./placeholders/problems.ts";

type Partly = Readonly<Answers>;
type Industry = NonNullable<Answers["industry"]>;
type Network = NonNullable<Answers["network"]>;

/** What an industry moves: our engineering judgement, shown in the plan as assumptions. */
const byIndustry: Partial<Record<Industry, Partial<Answers>>> = {
  retail: { network: "low-bandwidth", exposure: "staff" },
  manufacturing: { network: "intermittent", exposure: "staff" },
  energy: { network: "intermittent", exposure: "exposed" },
  logistics: { network: "intermittent", exposure: "exposed" },
  transport: { network: "intermittent", exposure: "exposed" },
  agriculture: { network: "intermittent", exposure: "exposed" },
  telco: { network: "stable", exposure: "locked", bmc: true },
  healthcare: { regulated: true },
  public: { regulated: true },
};

/** Longest outage to expect of a link when nobody named one, in hours: our engineering judgement. */
const outageHoursOf: Record<Network, number> = {
  stable: 4,
  "low-bandwidth": 24,
  intermittent: 72,
  "air-gapped": 720,
};

// Below 4 GB the engine is not a matter of taste: Argo CD does not fit.
const argocdFromMiB = 4096;
const basicMemoryMiB = 4096;
const haFromNodes = 3;

/** Whether the board is a Raspberry Pi: SD card, no UEFI Secure Boot, no TPM on board. */
export function isRaspberryPi(answers: Partly): boolean {
  return answers.board?.startsWith("raspberry-pi") ?? false;
}

function industryDefault<K extends keyof Answers>(answers: Partly, name: K): Answers[K] {
  return answers.industry ? byIndustry[answers.industry]?.[name] : undefined;
}

function archOf(answers: Partly): NonNullable<Answers["arch"]> {
  if (answers.arch) return answers.arch;
  const types = answers.deviceTypes ?? [];
  if (types.length > 0) return types.every((t) => t.arch === types[0]!.arch) ? types[0]!.arch : "mixed";
  if (isRaspberryPi(answers) || answers.board === "jetson") return "arm64";
  return "amd64";
}

function memoryOf(answers: Partly): number {
  if (answers.memoryMiB) return answers.memoryMiB;
  if (answers.deviceTypes) return weakestMiB(answers.deviceTypes);
  // Every Raspberry Pi 3 has 1 GB; later ones come in several sizes.
  return answers.board === "raspberry-pi-3" ? 1024 : basicMemoryMiB;
}

function storageOf(answers: Partly): NonNullable<Answers["storage"]> {
  if (isRaspberryPi(answers)) return "sd";
  return archOf(answers) === "amd64" ? "ssd" : "emmc";
}

function deviceTypesOf(answers: Partly): DeviceType[] {
  const memoryMiB = memoryOf(answers);
  const arch = archOf(answers);
  if (arch !== "mixed") return [{ name: answers.board ?? arch, memoryMiB, arch, share: 1 }];
  return [
    { name: "amd64", memoryMiB, arch: "amd64", share: 0.5 },
    { name: "arm64", memoryMiB, arch: "arm64", share: 0.5 },
  ];
}

function memoryIsKnown(answers: Partly): boolean {
  return Boolean(answers.memoryMiB ?? answers.deviceTypes) || answers.board === "raspberry-pi-3";
}

function archIsKnown(answers: Partly): boolean {
  return Boolean(answers.arch ?? answers.deviceTypes) || (answers.board ?? "other") !== "other";
}

function mayBeHighlyAvailable(answers: Partly): boolean {
  if ((answers.nodesPerSite ?? 1) < haFromNodes) return false;
  return memoryOf(answers) >= 4096 && (answers.storage ?? storageOf(answers)) === "ssd";
}

/** Everything there is to learn, the most decisive first; words of the questions are in `locales/` under `ask.<name>`. */
export const placeholders: readonly Placeholder[] = [
  {
    name: "sites",
    kind: "number",
    choices: ["10", "100", "1000", "10000"],
    weight: 100,
    ask: { pro: true, basic: true },
    fallback: () => 10,
  },
  {
    name: "memoryMiB",
    kind: "memory",
    choices: ["1024", "2048", "4096", "8192"],
    weight: 96,
    ask: { pro: (answers) => !memoryIsKnown(answers), basic: (answers) => !memoryIsKnown(answers) },
    fallback: memoryOf,
  },
  {
    name: "arch",
    kind: "choice",
    choices: ["amd64", "arm64", "armv7", "riscv64", "mixed"],
    weight: 92,
    ask: { pro: (answers) => !archIsKnown(answers) },
    fallback: archOf,
  },
  {
    name: "nodesPerSite",
    kind: "number",
    choices: ["1", "2", "3"],
    weight: 88,
    ask: { pro: true },
    fallback: () => 1,
  },
  {
    name: "network",
    kind: "choice",
    choices: ["stable", "low-bandwidth", "intermittent", "air-gapped"],
    weight: 84,
    ask: { pro: true, basic: true },
    fallback: (answers) => industryDefault(answers, "network") ?? "intermittent",
  },
  {
    name: "exposure",
    kind: "choice",
    choices: ["locked", "staff", "exposed"],
    weight: 80,
    ask: { pro: true },
    fallback: (answers) => industryDefault(answers, "exposure") ?? "staff",
  },
  {
    name: "storage",
    kind: "choice",
    choices: ["ssd", "emmc", "sd"],
    weight: 76,
    ask: { pro: (answers) => archOf(answers) !== "amd64" && !isRaspberryPi(answers) },
    fallback: storageOf,
  },
  {
    name: "highAvailability",
    kind: "yes-no",
    weight: 72,
    ask: { pro: mayBeHighlyAvailable },
    fallback: () => false,
  },
  {
    name: "gitops",
    kind: "choice",
    choices: ["auto", "flux", "argocd"],
    weight: 68,
    // A ninth question would be one too many: sites of three servers are asked about availability instead.
    ask: { pro: (answers) => memoryOf(answers) >= argocdFromMiB && !mayBeHighlyAvailable(answers) },
    fallback: () => "auto",
  },
  {
    name: "industry",
    kind: "choice",
    choices: [
      "retail",
      "manufacturing",
      "energy",
      "logistics",
      "transport",
      "telco",
      "healthcare",
      "agriculture",
      "public",
      "home",
      "other",
    ],
    weight: 64,
    ask: { basic: true },
    fallback: () => "other",
  },
  {
    name: "board",
    kind: "choice",
    choices: ["raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "jetson", "nuc", "other"],
    weight: 62,
    ask: { basic: (answers) => !(answers.arch && answers.memoryMiB) && !answers.deviceTypes },
  },
  { name: "challenge", kind: "text", weight: 60, ask: { basic: true } },
  { name: "scenario", kind: "text", weight: 58, ask: { basic: true } },
  { name: "role", kind: "text", weight: 56, ask: { basic: true } },
  {
    name: "distro",
    kind: "choice",
    choices: ["auto", "k3s", "k0s", "microk8s"],
    weight: 50,
    fallback: () => "auto",
  },
  {
    name: "templating",
    kind: "choice",
    choices: ["kustomize", "helm"],
    weight: 46,
    fallback: () => "kustomize",
  },
  { name: "deviceTypes", kind: "list", weight: 44, fallback: deviceTypesOf },
  { name: "regions", kind: "list", weight: 42, fallback: () => ["all"] },
  { name: "tpm", kind: "yes-no", weight: 40, fallback: () => false },
  {
    name: "uefi",
    kind: "yes-no",
    weight: 38,
    fallback: (answers) =>
      !isRaspberryPi(answers) &&
      (archOf(answers) === "amd64" || answers.board === "jetson" || answers.tpm === true),
  },
  {
    name: "bmc",
    kind: "yes-no",
    weight: 36,
    fallback: (answers) => industryDefault(answers, "bmc") ?? false,
  },
  {
    name: "outageHours",
    kind: "number",
    weight: 34,
    fallback: (answers) =>
      outageHoursOf[answers.network ?? industryDefault(answers, "network") ?? "intermittent"],
  },
  { name: "bandwidthKbps", kind: "number", weight: 32 },
  { name: "cpu", kind: "number", weight: 30 },
  {
    name: "accelerator",
    kind: "choice",
    choices: ["none", "gpu", "npu"],
    weight: 28,
    fallback: (answers) => (answers.board === "jetson" ? "gpu" : "none"),
  },
  {
    name: "wasm",
    kind: "choice",
    choices: ["none", "any", "spin", "wasmedge", "wasmtime", "other"],
    weight: 26,
    fallback: () => "none",
  },
  {
    name: "regulated",
    kind: "yes-no",
    weight: 24,
    fallback: (answers) => industryDefault(answers, "regulated") ?? false,
  },
  { name: "wishes", kind: "list", weight: 20, fallback: () => [] },
  { name: "notes", kind: "text", weight: 10 },
];

/** What the Basic prompt of each language needs, in the order in which it is asked. */
export const basicAsks: Readonly<Record<Language, readonly PlaceholderName[]>> = {
  en: ["sites", "memoryMiB", "network"],
  de: ["sites", "industry"],
  es: ["board", "challenge"],
  zh: ["scenario", "role"],
};

const byName = new Map(placeholders.map((placeholder) => [placeholder.name, placeholder]));

/** One placeholder by its name. */
export function placeholder(name: PlaceholderName): Placeholder {
  return byName.get(name)!;
}

function isAsked(name: PlaceholderName, answers: Answers, edition: Edition): boolean {
  if (answers[name] !== undefined) return false;
  const ask = placeholder(name).ask?.[edition] ?? false;
  return typeof ask === "function" ? ask(answers) : ask;
}

/** What still has to be asked, in order: nothing that was answered, has a safe default, or decides nothing here. */
export function missing(answers: Answers, edition: Edition, language: Language = "en"): PlaceholderName[] {
  const names = edition === "basic" ? basicAsks[language] : placeholders.map((p) => p.name);
  return names.filter((name) => isAsked(name, answers, edition));
}

/** Fills every default with origin "default"; the answers that were given stay as they are. */
export function completeBrief({
  answers,
  origins = {},
  edition,
  language,
}: {
  answers: Answers;
  origins?: Partial<Record<PlaceholderName, Origin>>;
  edition: Edition;
  language: Language;
}): Brief {
  const filled: Record<string, unknown> = { ...answers };
  const where: Partial<Record<PlaceholderName, Origin>> = {};
  for (const name of Object.keys(answers) as PlaceholderName[]) {
    if (answers[name] === undefined) delete filled[name];
    else where[name] = origins[name] ?? "chosen";
  }
  // Each default reads the answers given, never another default's result, so that the order cannot matter.
  for (const { name, fallback } of placeholders) {
    if (filled[name] !== undefined || !fallback) continue;
    filled[name] = fallback(answers);
    where[name] = "default";
  }
  const types = filled.deviceTypes as DeviceType[];
  if (isShareless(types)) {
    filled.deviceTypes = types.map((type) => ({ ...type, share: 1 / types.length }));
  }
  return { edition, language, answers: filled as CompleteAnswers, origins: where };
}
