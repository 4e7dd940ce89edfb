import { isPair, isScalar, type LineCounter, visit } from "yaml";
import type { ParsedYaml } from "#model/read-yaml.ts";
import type { SyntaxProblem } from "#model/rule.ts";
import { oldNumber } from "#model/scalar.ts";
import { pointerOf } from "./place.ts";

/** YAML 1.1, which the cluster reads, takes these for booleans and numbers; YAML 1.2 does not. */
const AMBIGUOUS = /^(?:[yn]|yes|no|on|off)$|^[-+]?0\d+$|^[-+]?\d[\d_]*_\d[\d_]*$/i;
/** Such a word where a scalar begins and ends: after an indicator or space, before the end of what it is in. */
const MAYBE_AMBIGUOUS =
  /(?:^|[\s[{,:-])(?:[yn]|yes|no|on|off|[-+]?0\d+|[-+]?\d[\d_]*_\d[\d_]*)[ \t]*(?:$|[#:,\]}\r])/im;
const OLD_OCTAL = /^0[0-7]+$/;
const OLD_TRUE = /^(?:y|yes|on)$/i;
const OLD_BOOLEAN = /^(?:[yn]|yes|no|on|off)$/i;
const FILE_MODE = /^(defaultMode|mode)$/;
/** Nobody needs to be told more often in one document. */
const mostNamed = 50;

/** Whether a text may hold scalars that are read in more than one way. */
export function mayBeAmbiguous(text: string): boolean {
  return MAYBE_AMBIGUOUS.test(text);
}

/**
 * Scalars kustomize, kubectl and YAML 1.2 read differently; they get the value the cluster reads. File modes are the one
 * place where octal is meant.
 */
export function ambiguousScalars(
  document: ParsedYaml,
  { path, index, lines, isOld }: { path: string; index: number; lines: LineCounter; isOld: boolean },
): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Scalar(role, node, ancestors) {
      if (node.type !== "PLAIN" || !node.source || !AMBIGUOUS.test(node.source)) return;
      // The cluster reads 0644 as octal and 1_000 as a thousand, and so must every check after this one.
      node.value = oldNumber(node.source) ?? node.value;
      if (isOld && OLD_BOOLEAN.test(node.source)) node.value = OLD_TRUE.test(node.source);
      if (problems.length >= mostNamed) return;
      if (OLD_OCTAL.test(node.source)) {
        const pair = ancestors.at(-1);
        const key = role === "value" && isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : "";
        if (FILE_MODE.test(key)) return;
      }
      const at = lines.linePos(node.range?.[0] ?? 0);
      const values = { value: node.source, place: role === "key" ? "key" : "value" };
      const pointer = pointerOf(role, ancestors);
      const place = { path, line: at.line, column: at.col, index, ...(pointer !== undefined && { pointer }) };
      problems.push({ code: "ambiguous-scalar", ...place, values });
    },
  });
  return problems;
}
