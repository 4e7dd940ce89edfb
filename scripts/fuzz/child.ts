import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { checkFiles, openWorkshop } from "../../src/app/workshop.ts";

// One input in a process of its own, so that its time and memory are its own: `child.ts idle|parse|guard PATH FILE`.

const [mode, path = "a.yaml", file] = process.argv.slice(2);
const workshop = await openWorkshop();
// What every check needs is loaded and warm before anything is measured.
const small = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
for (let i = 0; i < 3; i++) checkFiles([{ path: "a.yaml", content: small }], workshop, { role: "edge" });
const content = mode === "idle" ? small : readFileSync(file!, "utf8");
globalThis.gc?.();
// Processor time: other work on the machine must not count.
const started = process.cpuUsage();
const outcome = mode === "parse" ? parseOnly(content) : guarded();
const { user, system } = process.cpuUsage(started);
const ms = (user + system) / 1_000;
process.stdout.write(JSON.stringify({ ms, maxRssKiB: process.resourceUsage().maxRSS, ...outcome }));

/** What reading the text costs without us, as far as it can be read. */
function parseOnly(text: string) {
  try {
    const documents = [
      ...parseAllDocuments(text, { merge: true, uniqueKeys: false, prettyErrors: false, logLevel: "silent" }),
    ];
    for (const document of documents) if (document.errors.length === 0) document.toJS({ maxAliasCount: 50 });
    return { read: documents.length };
  } catch (error) {
    return { read: error instanceof Error ? error.name : "error" };
  }
}

function guarded() {
  const files = [{ path, content }];
  // Referred to by kustomizations of the inputs.
  if (path === "kustomization.yaml") files.push({ path: "x.yaml", content: small });
  const report = checkFiles(files, workshop, { role: "edge" });
  const rules = Map.groupBy(report.findings, ({ rule }) => rule);
  return {
    findings: report.findings.length,
    rules: Object.fromEntries([...rules].map(([rule, list]) => [rule, list.length])),
    unchecked: report.unchecked.length,
  };
}
