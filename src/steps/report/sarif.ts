import { hash } from "node:crypto";
import { guardChecks } from "#catalogue/guard-checks.ts";
import type { Finding, Report, Severity, Suppressed } from "#model/plan.ts";
import type { Rule } from "#model/rule.ts";
import type { Language } from "#model/text.ts";

export type SarifOptions = {
  language: Language;
  /** The rules that ran: each is described, so that one without a result reads as passed. */
  rules: readonly Pick<Rule, "id" | "severity" | "title" | "why" | "source">[];
  version: string;
};

/** Off where the rule does not run at the edge. */
type Described = {
  id: string;
  severity: Severity | "off";
  title: string;
  why: string;
  source?: string | undefined;
};

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const levels: Record<Severity, "error" | "warning"> = { block: "error", warn: "warning" };
const rootId = "%SRCROOT%";

/** A report as SARIF 2.1.0, which code scanning and editors read. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function reportSarif(report: Report, { language, rules, version }: SarifOptions): string {
  const described = describeRules(report, rules, language);
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const prints = fingerprints();
  const toResult = (finding: Finding) => ({
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule)!,
    level: levels[finding.severity],
    message: { text: `${finding.message[language]}\n${finding.fix[language]}` },
    locations: [locationOf(finding)],
    partialFingerprints: { "edgewright/v1": prints(finding) },
  });
  const run = {
    tool: {
      driver: {
        name: "Edgewright",
        semanticVersion: version,
        rules: described.map(toDescriptor),
        ...(Object.keys(report.against).length > 0 && { properties: { against: report.against } }),
      },
    },
    language,
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: report.unchecked.map(({ path, what, text }) => ({
          level: "note",
          message: { text: text?.[language] ?? what },
          locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
        })),
      },
    ],
    results: [
      ...report.findings.map(toResult),
      ...(report.suppressed ?? []).map((one) => ({
        ...toResult(one.finding),
        suppressions: [suppression(one)],
      })),
    ],
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

/** Rules of the shelf, checks of the guard itself, and whatever else was found under a name neither of them has. */
function describeRules(report: Report, rules: SarifOptions["rules"], language: Language): Described[] {
  const known = [...rules, ...guardChecks].map(
    ({ id, severity, title, why, source }): Described => ({
      ...{ id, title: title[language], why: why[language], source },
      severity: typeof severity === "string" ? severity : severity.edge,
    }),
  );
  const ids = new Set(known.map(({ id }) => id));
  const others = [...report.findings, ...(report.suppressed ?? []).map(({ finding }) => finding)];
  for (const { rule, severity, message, source } of others) {
    if (ids.has(rule)) continue;
    ids.add(rule);
    known.push({ id: rule, severity, title: message[language], why: message[language], source });
  }
  return known.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
}

function toDescriptor({ id, severity, title, why, source }: Described) {
  const more = source === undefined ? "" : `\n\n${source}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why}${more}`,
      markdown: `${why}${source === undefined ? "" : `\n\n[${source}](${source})`}`,
    },
    ...(source !== undefined && { helpUri: source }),
    defaultConfiguration: severity === "off" ? { enabled: false } : { level: levels[severity] },
    properties: { tags: [id.replace(/-\d+$/, "").toLowerCase()] },
  };
}

function locationOf({ path, line, column }: Finding) {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
  };
}

/** A path as a URI: relative to the root of the sources, or absolute where it lies outside. */
function artifact(path: string): { uri: string; uriBaseId?: string } {
  const parts = path.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  const uri = parts.join("/");
  return path.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: rootId };
}

function suppression({ reason, by }: Suppressed) {
  return {
    kind: by === "comment" ? "inSource" : "external",
    status: "accepted",
    justification: reason,
  };
}

/** The same for the same finding when lines above it come and go; several of a kind in one file are counted. */
function fingerprints(): (finding: Finding) => string {
  const times = new Map<string, number>();
  return ({ rule, path, pointer = "", message }) => {
    const key = JSON.stringify([rule, path, pointer, message.en]);
    const time = times.get(key) ?? 0;
    times.set(key, time + 1);
    return hash("sha256", `${key}${time}`, "hex").slice(0, 32);
  };
}
