import { applied, podOf } from "./manifest.ts";
import type { Manifest, RuleContext } from "./rule.ts";
import { type Fields, map, maps, strings, word } from "./value.ts";

/** Labels the cluster adds to pods by itself, so that no template holds them. */
const ADDED =
  /^(?:statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|(?:batch\.kubernetes\.io\/)?(?:job-name|controller-uid|job-completion-index)|pod-template-hash|controller-revision-hash)$/;

/** Whether a label selector matches labels, expressions included; an empty one matches everything. */
export function matchesSelector(selector: Fields, labels: Fields): boolean {
  const equal = Object.entries(map(selector.matchLabels)).every(
    ([key, value]) => ADDED.test(key) || word(labels[key]) === word(value),
  );
  return equal && maps(selector.matchExpressions).every((expression) => holds(expression, labels));
}

function holds({ key, operator, values }: Fields, labels: Fields): boolean {
  const name = word(key);
  const value = labels[name];
  if (ADDED.test(name)) return true;
  switch (operator) {
    case "In":
      return value !== undefined && strings(values).includes(word(value));
    case "NotIn":
      return value === undefined || !strings(values).includes(word(value));
    case "DoesNotExist":
      return value === undefined;
    default:
      return value !== undefined;
  }
}

/** Whether a selector names nothing, and so means everything. */
export function isEmptySelector(selector: Fields): boolean {
  return Object.keys(map(selector.matchLabels)).length === 0 && maps(selector.matchExpressions).length === 0;
}

/** How people read a selector: `app=till, tier in (a, b)`. */
export function showSelector(selector: Fields): string {
  const equal = Object.entries(map(selector.matchLabels)).map(([key, value]) => `${key}=${word(value)}`);
  const others = maps(selector.matchExpressions).map(({ key, operator, values }) =>
    [word(key), word(operator), strings(values).length > 0 ? `(${strings(values).join(", ")})` : ""]
      .filter((part) => part !== "")
      .join(" "),
  );
  return [...equal, ...others].join(", ") || "{}";
}

/** Pods that are applied, with the labels a selector sees. */
export function podsOf(context: RuleContext): { manifest: Manifest; labels: Fields }[] {
  return applied(context).flatMap((manifest) => {
    const pod = podOf(manifest);
    if (pod === undefined) return [];
    // A Pod's labels are its own; of everything else those of its template.
    return [{ manifest, labels: map(pod.metadata.labels) }];
  });
}
