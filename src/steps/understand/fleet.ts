import type { DeviceType } from "#model/brief.ts";
import type { Amount } from "./amounts.ts";
import type { Count } from "./counts.ts";
import { type Draft, keep } from "./draft.ts";
import { quote, type Reading, tagAfter } from "./reading.ts";

type Group = { from: number; to: number; weight: number; name: string };
type Arch = DeviceType["arch"];

/** Several classes of hardware with their shares: "3,000 trucks with 2 GB ARM and 500 depots with 16 GB x86". */
export function deviceTypesOf(
  draft: Draft,
  reading: Reading,
  sizes: { amounts: Amount[]; counts: Count[] },
): void {
  const groups = groupsOf(reading, sizes);
  if (groups.length < 2 || groups.length > 20) return;
  const total = groups.reduce((sum, group) => sum + group.weight, 0);
  const types: DeviceType[] = [];
  for (const group of groups) {
    const type = typeOf(reading, sizes.amounts, { group, share: group.weight / total });
    if (!type) return;
    types.push(type);
  }
  keep(draft, reading, {
    name: "deviceTypes",
    value: types,
    span: { from: groups[0]!.from, to: groups.at(-1)!.to },
  });
}

/** A group begins at each number of sites, or at each share in percent, and ends where the next begins. */
function groupsOf(reading: Reading, { amounts, counts }: { amounts: Amount[]; counts: Count[] }): Group[] {
  const shares = amounts.filter((amount) => amount.kind === "percent" && amount.value > 0);
  const sites = counts.filter(
    (count) =>
      !count.per &&
      !count.denied &&
      !count.candidates &&
      count.figure.value > 0 &&
      ["place", "thing", "device", "node"].includes(count.kind ?? ""),
  );
  const starts = shares.length > 1 ? shares : sites;
  return starts.map((start, i) => {
    const to = starts[i + 1]?.from ?? reading.tokens.length;
    const noun = "noun" in start ? start.noun : undefined;
    const name = noun ? quote(reading, noun.from, noun.to) : nameIn(reading, start.to, to);
    return { from: start.from, to, weight: start.figure.value, name };
  });
}

function nameIn(reading: Reading, from: number, to: number): string {
  const mark = reading.marks.find(
    (each) =>
      each.from >= from &&
      each.to <= to &&
      each.tags.some((tag) => /^(?:board=|arch=|place:|thing:|node|device)/.test(tag)),
  );
  return mark ? quote(reading, mark.from, mark.to) : "";
}

/** A class is one only where memory and architecture were both said of it, each once. */
function typeOf(
  reading: Reading,
  amounts: Amount[],
  { group, share }: { group: Group; share: number },
): DeviceType | undefined {
  const memory = amounts.filter(
    (amount) =>
      amount.kind === "memory" && !amount.doubtful && amount.from >= group.from && amount.to <= group.to,
  );
  const archs = new Set<Arch>();
  for (const mark of reading.marks) {
    if (mark.from < group.from || mark.to > group.to) continue;
    const arch = archOf(tagAfter(mark, "arch="), tagAfter(mark, "board="));
    if (arch) archs.add(arch);
  }
  const [arch] = archs;
  if (memory.length !== 1 || archs.size !== 1 || arch === undefined || group.name === "") return undefined;
  return { name: group.name.slice(0, 40).trim(), memoryMiB: memory[0]!.value, arch, share };
}

/** The architecture a name stands for; plain "ARM" is 64 bit today. */
export function archOf(arch: string | undefined, board: string | undefined): Arch | undefined {
  if (arch === "arm") return "arm64";
  if (arch !== undefined) return arch as Arch;
  if (board === undefined) return undefined;
  return board === "nuc" ? "amd64" : "arm64";
}
