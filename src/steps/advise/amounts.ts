import type { Brief } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { File } from "#model/plan.ts";
import type { Language } from "#model/text.ts";

export type Dimension = "memory" | "time" | "ratio" | "rate" | "cpu" | "count" | "money" | "port";

/** A quantity as it stands in a text: its possible values in the dimension's base unit (MiB, s, %, kbit/s, cores). */
export type Amount = {
  start: number;
  end: number;
  text: string;
  dimension: Dimension;
  values: number[];
  /** Half of the last digit that was written, in the base unit; 0 for whole numbers. */
  slack: number;
};

/** What is known of quantities, by dimension. */
export type Amounts = Record<Dimension, Set<number>>;

const MB = 1_000_000 / 1_048_576; // one decimal megabyte in MiB
type Unit = { dimension: Dimension; factors: number[] };
const units: [RegExp, Unit][] = [
  [/^(?:MiB|Mi)(?![\w])/, { dimension: "memory", factors: [1] }],
  [/^(?:GiB|Gi)(?![\w])/, { dimension: "memory", factors: [1024] }],
  [/^(?:KiB|Ki)(?![\w])/, { dimension: "memory", factors: [1 / 1024] }],
  [/^(?:TiB|Ti)(?![\w])/, { dimension: "memory", factors: [1_048_576] }],
  [/^MB(?![\w/])|^(?:mega|Mega)bytes?\b|^兆字节/, { dimension: "memory", factors: [1, MB] }],
  [/^GB(?![\w/])|^(?:giga|Giga)bytes?\b|^gigas?\b/, { dimension: "memory", factors: [1024, 1000 * MB] }],
  [/^[kK]B(?![\w/])/, { dimension: "memory", factors: [1 / 1024, MB / 1000] }],
  [/^TB(?![\w/])/, { dimension: "memory", factors: [1_048_576] }],
  [/^[kK]bit\/s|^[kK]bps\b/, { dimension: "rate", factors: [1] }],
  [/^Mbit\/s|^Mbps\b|^Mb\/s/, { dimension: "rate", factors: [1000] }],
  [/^Gbit\/s|^Gbps\b/, { dimension: "rate", factors: [1_000_000] }],
  [/^[kKM]B\/s/, { dimension: "rate", factors: [8, 8000] }],
  [
    /^(?:ms\b|milliseconds?\b|Millisekunden?\b|milisegundos?\b|毫秒)/,
    { dimension: "time", factors: [0.001] },
  ],
  [/^(?:s\b|secs?\b|seconds?\b|Sekunden?\b|segundos?\b|秒)/, { dimension: "time", factors: [1] }],
  [/^(?:min\b|mins\b|minutes?\b|Minuten?\b|minutos?\b|分钟)/, { dimension: "time", factors: [60] }],
  [/^(?:h\b|hrs?\b|hours?\b|Stunden?\b|horas?\b|个?小时)/, { dimension: "time", factors: [3600] }],
  [/^(?:d\b|days?\b|Tage?n?\b|d[ií]as?\b|天|日)/, { dimension: "time", factors: [86_400] }],
  [/^(?:weeks?\b|Wochen?\b|semanas?\b|周|个?星期)/, { dimension: "time", factors: [604_800] }],
  [/^(?:months?\b|Monate?n?\b|mes(?:es)?\b|个月)/, { dimension: "time", factors: [2_592_000] }],
  [/^(?:years?\b|Jahre?n?\b|años?\b|年)/, { dimension: "time", factors: [31_536_000] }],
  [/^(?:%|％|percent\b|Prozent\b|por ciento\b)/, { dimension: "ratio", factors: [1] }],
  [/^(?:millicores?\b|Millicores?\b|milicores?\b)/, { dimension: "cpu", factors: [0.001] }],
  [/^(?:cores?\b|CPUs?\b|vCPUs?\b|Kerne?n?\b|núcleos?\b|核)/, { dimension: "cpu", factors: [1] }],
  [
    /^(?:USD\b|EUR\b|Euros?\b|euros?\b|dollars?\b|Dollar\b|dólares\b|€|\$|欧元|美元|元)/,
    { dimension: "money", factors: [1] },
  ],
];
// In a manifest "10m" is ten minutes or ten thousandths of a core.
const BARE_M = /^m\b/;

const NUMBER =
  /(?<![A-Za-zÀ-ÿ0-9_]|[A-Za-zÀ-ÿ]-|[0-9]\.)(?:\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)(?![A-Za-z]*[0-9_])/gu;
const PORT = /\b(?:ports?|puertos?)\s*(?:tcp\s*|udp\s*)?(?:\/\s*)?$|端口\s*$/i;
const MONEY = /[$€£¥]\s?$/;

/** Every number of a text with its unit, read the way the language writes numbers. */
export function readAmounts(text: string, language: Language): Amount[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const [written] = match;
    const start = match.index;
    const values = numbersOf(written, language);
    const rest = text.slice(start + written.length);
    const gap = /^[\s\u00a0\u202f-]?/.exec(rest)![0].length;
    const after = rest.slice(gap).replace(/^个(?=小时|月|星期)/, "");
    const step = stepOf(written, language);
    const base = { start, end: start + written.length, text: written, slack: 0 };
    const before = text.slice(Math.max(0, start - 24), start);
    if (MONEY.test(before)) return { ...base, dimension: "money" as const, values };
    if (PORT.test(before)) return { ...base, dimension: "port" as const, values };
    if (gap === 0 && BARE_M.test(after)) {
      return { ...base, text: `${written}m`, dimension: "time" as const, values: values.map((v) => v * 60) };
    }
    for (const [pattern, { dimension, factors }] of units) {
      const unit = pattern.exec(after);
      if (!unit) continue;
      const end = start + written.length + gap + unit[0].length;
      return {
        ...base,
        end,
        text: text.slice(start, end),
        dimension,
        values: values.flatMap((value) => factors.map((factor) => value * factor)),
        slack: step === 0 ? 0 : (step / 2) * Math.max(...factors),
      };
    }
    return { ...base, dimension: "count" as const, values };
  });
}

const comma: Record<Language, boolean> = { en: false, de: true, es: true, zh: false };

/** What a written number may mean; "1.215" is 1215 in German, and 1.215 where somebody wrote it the English way. */
function numbersOf(written: string, language: Language): number[] {
  const plain = written.replaceAll(/[\s\u00a0\u202f]/g, "");
  const grouped = comma[language] ? /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/ : /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
  const values = new Set<number>();
  const [groups, decimal] = comma[language] ? [".", ","] : [",", "."];
  if (grouped.test(plain)) values.add(Number(plain.replaceAll(groups, "").replace(decimal, ".")));
  else if (/^\d+$/.test(plain)) values.add(Number(plain));
  else if (/^\d+[.,]\d+$/.test(plain)) values.add(Number(plain.replace(",", ".")));
  // Engineers mix both ways; a thousand written with the other sign is still a thousand.
  if (/^\d{1,3}[.,]\d{3}$/.test(plain)) values.add(Number(plain.replace(/[.,]/, "")));
  return [...values];
}

function stepOf(written: string, language: Language): number {
  const decimals = new RegExp(`${comma[language] ? "[,.]" : "\\."}(\\d{1,2})$`).exec(written);
  return decimals ? 10 ** -decimals[1]!.length : 0;
}

/** Whether a quantity is one of the known ones, up to the digits that were written. */
export function isKnownAmount(amount: Amount, known: Amounts): boolean {
  const { dimension, values, slack, text } = amount;
  // Rounded gigabytes: 1.2 GB stands for 1,215 MB. Whole ones mean what they say, decimal or binary.
  if (dimension === "money") return false;
  const sets = dimension === "time" && text.endsWith("m") ? [known.time, known.cpu] : [known[dimension]];
  if (dimension === "count" && values.some((value) => Number.isInteger(value) && value < 2)) return true;
  const tolerance = (value: number) => Math.max(slack, dimension === "memory" ? value * 0.001 : 0, 1e-9);
  return values.some((value) =>
    sets.some((set) => set.has(value) || [...set].some((one) => Math.abs(one - value) <= tolerance(value))),
  );
}

/** No quantity at all. */
export function noAmounts(): Amounts {
  return {
    memory: new Set(),
    time: new Set(),
    ratio: new Set([0, 100]),
    rate: new Set(),
    cpu: new Set(),
    count: new Set(),
    money: new Set(),
    port: new Set(),
  };
}

/** Adds every quantity a text of ours names. */
export function learnAmounts(known: Amounts, text: string, language: Language): void {
  for (const { dimension, values } of readAmounts(text, language)) {
    for (const value of values) known[dimension].add(value);
  }
}

const YAML_MEMORY = /:\s*"?(\d+)(Mi|Gi)"?\s*$/gm;
const YAML_TIME = /(?:interval|timeout|period|retry|window|ttl|every|duration)\w*:\s*"?(\d+)(s|m|h)"?\s*$/gim;
const YAML_PORT = /port\w*:\s*"?(\d+)"?\s*$/gim;
const YAML_CPU = /cpu:\s*"?(\d+)m"?\s*$/gm;

/** Adds the sizes, times and ports that files of the repository set. */
export function learnFiles(known: Amounts, files: readonly File[]): void {
  for (const { content } of files) {
    for (const [, n, unit] of content.matchAll(YAML_MEMORY))
      known.memory.add(Number(n) * (unit === "Gi" ? 1024 : 1));
    for (const [, n, unit] of content.matchAll(YAML_TIME))
      known.time.add(Number(n) * (unit === "s" ? 1 : unit === "m" ? 60 : 3600));
    for (const [, n] of content.matchAll(YAML_PORT)) known.port.add(Number(n));
    for (const [, n] of content.matchAll(YAML_CPU)) known.cpu.add(Number(n) / 1000).add(Number(n) * 60);
  }
}

/**
 * What follows from brief and decisions by plain arithmetic, and nothing else: sizes of the fleet, what a ring reaches, what
 * a budget leaves, how often a repository is asked. A quantity that is not listed here needs a fact that names it.
 */
export function deriveAmounts(known: Amounts, { answers }: Brief, { decisions, budgets }: Verdict): void {
  const { sites, nodesPerSite, memoryMiB, regions, deviceTypes, outageHours, bandwidthKbps, cpu } = answers;
  const { topology, delivery, rollout, upgrades, observability } = decisions;
  const count = (...values: number[]) => {
    for (const value of values) known.count.add(value);
  };
  const memory = (...values: number[]) => {
    for (const value of values) known.memory.add(value);
  };
  const { servers, agents } = topology.params;
  // The fleet: sites, nodes, regions, device types, and their products.
  count(sites, nodesPerSite, sites * nodesPerSite, servers, agents, sites * servers, sites * agents);
  count(regions.length, deviceTypes.length, regions.length * deviceTypes.length, servers + agents);
  count(Math.round(sites / regions.length));
  // A quorum of the servers, and what may fail.
  if (servers >= 3) count(Math.floor(servers / 2) + 1, Math.floor((servers - 1) / 2));
  for (const { share, memoryMiB: mib } of deviceTypes) {
    known.ratio.add(Math.round(share * 100));
    count(Math.round(share * sites));
    memory(mib);
  }
  // Memory: a node, a site, what a budget plans, keeps back and leaves.
  memory(memoryMiB, memoryMiB * nodesPerSite);
  for (const { memoryMiB: mib, rows, reserveMiB, workloadMiB } of budgets) {
    const planned = rows.reduce((sum, row) => sum + (row.counted ? row.mib : 0), 0);
    memory(mib, reserveMiB, workloadMiB, planned, planned + reserveMiB, mib - planned, mib - reserveMiB);
    memory(...rows.map((row) => row.mib));
    if (mib > 0) known.ratio.add(Math.round((reserveMiB / mib) * 100));
  }
  known.ratio.add(15); // kept free on every node, the design's planning figure
  // Time: polling, retrying, outages, silence, restarts, soaking one ring and all of them.
  const hours = (...values: number[]) => {
    for (const value of values) known.time.add(value * 3600);
  };
  known.time.add(delivery.params.intervalSeconds).add(delivery.params.retrySeconds);
  hours(outageHours, observability.params.silenceHours, upgrades.params.restartWithinDays * 24);
  hours(24, 168); // a day and a week: "per day" is said with and without a figure
  const { rings } = rollout.params;
  hours(
    ...rings.map(({ soakHours }) => soakHours),
    rings.reduce((sum, { soakHours }) => sum + soakHours, 0),
  );
  // Rings: how many, what each reaches in all and by itself, which part of the fleet that is.
  count(rings.length, ...rings.map((ring) => ring.sites));
  count(...rings.map((ring, index) => ring.sites - (rings[index - 1]?.sites ?? 0)));
  for (const { percent } of rings) known.ratio.add(percent);
  // Load: requests a second on the source, series a site and in all.
  const perSecond = sites / delivery.params.intervalSeconds;
  count(Math.round(perSecond), Math.ceil(perSecond), Math.round(perSecond * 10) / 10);
  count(Math.round(perSecond * 100) / 100, observability.params.seriesPerSite);
  count(observability.params.seriesPerSite * sites);
  if (bandwidthKbps !== undefined) known.rate.add(bandwidthKbps);
  if (cpu !== undefined) known.cpu.add(cpu);
}
