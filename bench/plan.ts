// Time from a brief to a checked plan in one warm process, and the memory of that process.

import { makePlan } from "../src/app/make-plan.ts";
import { openWorkshop } from "../src/app/workshop.ts";
import { completeBrief } from "../src/catalogue/placeholders.ts";
import type { Answers } from "../src/model/brief.ts";
import { line, machine, spread } from "./measure.ts";

const briefs: Answers[] = [
  { sites: 5000, memoryMiB: 2048, arch: "arm64", network: "intermittent", gitops: "flux" },
  {
    sites: 80,
    memoryMiB: 16384,
    arch: "amd64",
    nodesPerSite: 3,
    highAvailability: true,
    storage: "ssd",
    gitops: "argocd",
  },
  { sites: 600, memoryMiB: 4096, arch: "amd64", distro: "microk8s", templating: "helm" },
  { sites: 1200, memoryMiB: 1024, arch: "arm64" },
  {
    sites: 300,
    memoryMiB: 8192,
    arch: "amd64",
    distro: "k0s",
    network: "air-gapped",
    regions: ["eu", "us"],
    wasm: "spin",
  },
];
const warmUps = 3;
const runs = 40;

const workshop = await openWorkshop();
const make = (answers: Answers) =>
  makePlan(completeBrief({ answers, origins: {}, edition: "pro", language: "en" }), workshop);
for (let n = 0; n < warmUps; n++) briefs.forEach(make);
const samples: number[] = [];
let files = 0;
for (let n = 0; n < runs; n++) {
  for (const answers of briefs) {
    const start = performance.now();
    files += make(answers).files.length;
    samples.push(performance.now() - start);
  }
}
console.log(machine());
console.log(
  `brief to checked plan, warm: ${line(spread(samples), "ms")}, ${Math.round(files / samples.length)} files a plan`,
);
console.log(
  `memory of the process after ${samples.length} plans: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
);
