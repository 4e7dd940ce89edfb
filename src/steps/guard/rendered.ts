import { findRemovedApi } from "#catalogue/removed-apis.ts";
import type { Finding } from "#model/plan.ts";
import { sayRelease } from "#model/release.ts";
import type { Manifest } from "#model/rule.ts";
import type { Schemas, Violation } from "#model/schema.ts";
import { sayViolation, withTarget } from "./sentences.ts";

const keyOf = ({ code, pointer, values }: Violation) => JSON.stringify([code, pointer, values]);

/**
 * What the schemas refuse of what a build makes, and of no file by itself: a JSON patch or a replacement with a wrong path, a
 * namespace no object may have. What is `said` of a file or a patch is not said again; each fault is said once, of the
 * first build that has it.
 */
export function findInRendered(
  effective: readonly Manifest[],
  schemas: Schemas,
  said: readonly Finding[],
): Finding[] {
  const known = new Set(said.map(({ message }) => message.en));
  const found = new Map<string, Finding>();
  for (const { apiVersion, kind, doc, source, target, embedded, path, line } of effective) {
    if (target === undefined || source === undefined || embedded) continue;
    if (findRemovedApi(apiVersion, kind) !== undefined) continue;
    const violations = schemas.check(doc) ?? [];
    if (violations.length === 0) continue;
    const own = new Set(schemas.check(source)?.map(keyOf));
    const release = sayRelease(...(schemas.release(apiVersion) ?? (["Kubernetes", ""] as const)));
    for (const violation of violations) {
      if (own.has(keyOf(violation))) continue;
      const { pointer } = violation;
      const statement = sayViolation(violation, kind, release);
      const key = [path, line(), statement.message.en].join("\0");
      if (known.has(statement.message.en) || found.has(key)) continue;
      const message = withTarget(statement.message, target);
      found.set(key, { ...statement, message, path, line: line(pointer), pointer });
    }
  }
  return [...found.values()];
}
