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

/** Something with labels that a selector may find. */
export type Labelled = { manifest: Manifest; labels: Fields };

const pods = new WeakMap<RuleContext, readonly Labelled[]>();

/** Pods that are applied, with the labels a selector sees; read once for all rules. */
export function podsOf(context: RuleContext): readonly Labelled[] {
  const before = pods.get(context);
  if (before !== undefined) return before;
  const found = applied(context).flatMap((manifest) => {
    const pod = podOf(manifest);
    if (pod === undefined) return [];
    // A Pod's labels are its own; of everything else those of its template.
    return [{ manifest, labels: map(pod.metadata.labels) }];
  });
  pods.set(context, found);
  return found;
}

const byPair = new WeakMap<readonly Labelled[], ReadonlyMap<string, readonly Labelled[]>>();

/** Those of a list that may match a selector: they have its first label. The rest of it is still to be looked at. */
export function candidates(selector: Fields, list: readonly Labelled[]): readonly Labelled[] {
  const first = Object.entries(map(selector.matchLabels)).find(([key]) => !ADDED.test(key));
  if (first === undefined) return list;
  const before = byPair.get(list);
  const pairs = before ?? indexed(list);
  if (before === undefined) byPair.set(list, pairs);
  const [key, value] = first;
  // A value of no text reads as a label that is not there.
  return word(value) === "" ? list : (pairs.get(`${key}=${word(value)}`) ?? []);
}

function indexed(list: readonly Labelled[]): ReadonlyMap<string, readonly Labelled[]> {
  const pairs = new Map<string, Labelled[]>();
  for (const one of list) {
    for (const [key, value] of Object.entries(one.labels)) {
      const pair = `${key}=${word(value)}`;
      const same = pairs.get(pair);
      if (same === undefined) pairs.set(pair, [one]);
      else same.push(one);
    }
  }
  return pairs;
}
