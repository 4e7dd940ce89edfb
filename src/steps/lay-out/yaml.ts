import { Document, isScalar, Scalar, visit } from "yaml";

// What YAML 1.1 readers (the API server's among them) take for a number or a boolean although YAML 1.2 does not, and
// the other way round. The library's 1.1 schema finds most of it, these are the rest.
const AMBIGUOUS = /^(?:[-+]?0[box][0-9a-f_]+|[-+]?[0-9][0-9_.]*e[-+]?[0-9]+|y|n|yes|no|on|off|~|null)$/i;

function written(value: unknown): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== "string") return;
      if (AMBIGUOUS.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
      else if (node.value.includes("\n") && !node.value.endsWith("\n")) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString({ lineWidth: 0, directives: false });
}

function commented(comment: string): string {
  return comment
    .split("\n")
    .map((line) => (line ? `# ${line}\n` : "#\n"))
    .join("");
}

/**
 * Serialises one or more documents the one way the repository is written: two spaces, no line folding, every scalar
 * that some YAML reader takes for something else quoted; `comment` becomes `#` lines on top.
 */
export function yaml(documents: unknown | unknown[], comment?: string): string {
  const list = Array.isArray(documents) ? documents : [documents];
  return (comment ? commented(comment) : "") + list.map(written).join("---\n");
}
