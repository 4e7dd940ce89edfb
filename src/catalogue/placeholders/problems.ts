import type { Answers, DeviceType, PlaceholderName } from "#model/brief.ts";
import { type Text, text } from "#model/text.ts";

/** Memory of the weakest device type, MiB. */
export function weakestMiB(types: readonly DeviceType[]): number {
  return Math.min(...types.map((type) => type.memoryMiB));
}

/** Types without a share of their own have the schema's 1 each; together they then split the sites evenly. */
export function isShareless(types: readonly DeviceType[]): boolean {
  return types.length > 1 && types.every((type) => type.share === 1);
}

/** Two answers that cannot both be true: which one to ask again, and what is wrong with it. */
export type Problem = { name: PlaceholderName; message: Text };

const shareTolerance = 0.01;
/** Largest memory each Raspberry Pi was sold with, MiB. Source: raspberrypi.com product pages. */
const boardMaximumMiB: Partial<Record<NonNullable<Answers["board"]>, number>> = {
  "raspberry-pi-3": 1024,
  "raspberry-pi-4": 8192,
  "raspberry-pi-5": 16384,
};

function shareProblem({ deviceTypes: types = [] }: Answers): Problem[] {
  const sum = types.reduce((total, type) => total + type.share, 0);
  if (types.length === 0 || isShareless(types) || Math.abs(sum - 1) <= shareTolerance) return [];
  const message = text(
    {
      en: "The shares of the device types add up to {percent} %, not to 100 %.",
      de: "Die Anteile der Gerätetypen ergeben zusammen {percent} % statt 100 %.",
      es: "Las cuotas de los tipos de dispositivo suman {percent} %, no 100 %.",
      zh: "各设备类型的占比之和为 {percent}%，不是 100%。",
    },
    { percent: Math.round(sum * 1000) / 10 },
  );
  return [{ name: "deviceTypes", message }];
}

function twice(names: readonly string[]): string | undefined {
  const lower = names.map((name) => name.toLowerCase());
  return names.find((_, at) => lower.indexOf(lower[at]!) !== at);
}

function duplicateProblems({ deviceTypes = [], regions = [] }: Answers): Problem[] {
  const found: Problem[] = [];
  const device = twice(deviceTypes.map((type) => type.name));
  const region = twice(regions);
  const says = (value: string): Text =>
    text(
      {
        en: "“{value}” is listed twice; each name stands for one folder of the repository.",
        de: "„{value}“ steht zweimal in der Liste; jeder Name ist ein Ordner im Repository.",
        es: "«{value}» aparece dos veces; cada nombre es una carpeta del repositorio.",
        zh: "“{value}”出现了两次；每个名称对应仓库中的一个目录。",
      },
      { value },
    );
  if (device !== undefined) found.push({ name: "deviceTypes", message: says(device) });
  if (region !== undefined) found.push({ name: "regions", message: says(region) });
  return found;
}

function countProblems({ sites, regions = [], deviceTypes = [] }: Answers): Problem[] {
  const found: Problem[] = [];
  if (sites === undefined) return found;
  if (regions.length > sites) {
    const message = text(
      {
        en: "{regions} regions for {sites} sites: a region needs at least one site.",
        de: "{regions} Regionen für {sites} Standorte: Jede Region braucht mindestens einen Standort.",
        es: "{regions} regiones para {sites} sitios: cada región necesita al menos un sitio.",
        zh: "{sites} 个站点却有 {regions} 个区域：每个区域至少需要一个站点。",
      },
      { regions: regions.length, sites },
    );
    found.push({ name: "regions", message });
  }
  if (deviceTypes.length > sites) {
    const message = text(
      {
        en: "{types} device types for {sites} sites: a type is a share of the sites and needs at least one.",
        de: "{types} Gerätetypen für {sites} Standorte: Ein Typ ist ein Anteil der Standorte und braucht mindestens einen.",
        es: "{types} tipos de dispositivo para {sites} sitios: cada tipo es una parte de los sitios y necesita al menos uno.",
        zh: "{sites} 个站点却有 {types} 种设备类型：每种类型至少要占一个站点。",
      },
      { types: deviceTypes.length, sites },
    );
    found.push({ name: "deviceTypes", message });
  }
  return found;
}

function deviceProblems({ arch, memoryMiB, deviceTypes = [] }: Answers): Problem[] {
  const found: Problem[] = [];
  if (deviceTypes.length === 0) return found;
  const other = deviceTypes.find((type) => arch !== undefined && arch !== "mixed" && type.arch !== arch);
  if (other) {
    const message = text(
      {
        en: "The architecture is {arch}, but “{name}” is {other}. Say “mixed”, or change the type.",
        de: "Die Architektur ist {arch}, aber „{name}“ ist {other}. Entweder „gemischt“ angeben oder den Typ ändern.",
        es: "La arquitectura es {arch}, pero «{name}» es {other}. Indique «mixta» o cambie el tipo.",
        zh: "架构填的是 {arch}，但“{name}”是 {other}。请改为“混合”，或修改该类型。",
      },
      { arch: arch ?? "", name: other.name, other: other.arch },
    );
    found.push({ name: "arch", message });
  }
  const least = weakestMiB(deviceTypes);
  const most = Math.max(...deviceTypes.map((type) => type.memoryMiB));
  if (memoryMiB !== undefined && (memoryMiB < least || memoryMiB > most)) {
    const message = text(
      {
        en: "{memory} MiB a node does not fit the device types, which have {least} to {most} MiB.",
        de: "{memory} MiB je Knoten passt nicht zu den Gerätetypen mit {least} bis {most} MiB.",
        es: "{memory} MiB por nodo no concuerda con los tipos de dispositivo, que tienen de {least} a {most} MiB.",
        zh: "每节点 {memory} MiB 与设备类型不符，后者为 {least} 至 {most} MiB。",
      },
      { memory: memoryMiB, least, most },
    );
    found.push({ name: "memoryMiB", message });
  }
  return found;
}

function boardProblems(answers: Answers): Problem[] {
  const { board, arch, memoryMiB } = answers;
  if (board === undefined || board === "other") return [];
  const found: Problem[] = [];
  const isWrong = board === "nuc" ? arch !== "amd64" : arch !== "arm64" && arch !== "armv7";
  if (arch !== undefined && arch !== "mixed" && isWrong) {
    const message = text(
      {
        en: "A {board} is not {arch}. Change the board or the architecture.",
        de: "Ein {board} ist kein {arch}-Gerät. Entweder das Board oder die Architektur ändern.",
        es: "Un {board} no es {arch}. Cambie la placa o la arquitectura.",
        zh: "{board} 不是 {arch} 架构。请修改板卡或架构。",
      },
      { board, arch },
    );
    found.push({ name: "arch", message });
  }
  const most = boardMaximumMiB[board];
  if (most !== undefined && memoryMiB !== undefined && memoryMiB > most) {
    const message = text(
      {
        en: "A {board} has at most {most} MiB, not {memory}.",
        de: "Ein {board} hat höchstens {most} MiB, nicht {memory}.",
        es: "Un {board} tiene como máximo {most} MiB, no {memory}.",
        zh: "{board} 最多只有 {most} MiB 内存，不会有 {memory}。",
      },
      { board, most, memory: memoryMiB },
    );
    found.push({ name: "memoryMiB", message });
  }
  return found;
}

/** Contradictions among answers, each at the answer to give again; an answer that cannot be met is no contradiction. */
export function problems(answers: Answers): Problem[] {
  return [shareProblem, duplicateProblems, countProblems, deviceProblems, boardProblems].flatMap((find) =>
    find(answers),
  );
}
