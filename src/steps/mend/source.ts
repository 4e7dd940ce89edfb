import {
  type CST,
  isMap,
  isScalar,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";

/** One change of a text: from one offset up to another, replaced. */
export type Edit = { from: number; to: number; text: string };

/** A scalar as it is written. */
export type Written = {
  offset: number;
  source: string;
  style: "plain" | "single" | "double" | "block";
  node: Scalar;
};
export type Member = {
  key: Written;
  /** Undefined where it is no scalar. */
  value: Written | undefined;
  pair: Pair<ParsedNode, ParsedNode | null>;
  map: YAMLMap;
};

/** A file with every scalar by the offset it begins at. */
export type Source = {
  text: string;
  /** 1 where the text begins with a byte order mark, which the tokens do not count. */
  bom: number;
  /** Offset of a line and column, both from 1; undefined outside of the text. */
  offset: (line: number, column: number) => number | undefined;
  /** Line of an offset, from 1. */
  line: (offset: number) => number;
  /** The member of a mapping whose key begins there. */
  members: ReadonlyMap<number, Member>;
  /** The value or list item that begins there. */
  values: ReadonlyMap<number, Written>;
};

const styles: Partial<Record<CST.Token["type"], Written["style"]>> = {
  scalar: "plain",
  "single-quoted-scalar": "single",
  "double-quoted-scalar": "double",
  "block-scalar": "block",
};

/** Reads a file with all its tokens kept; undefined where it is no YAML. */
export function readSource(text: string): Source | undefined {
  const bom = text.startsWith("\ufeff") ? 1 : 0;
  const documents = parseAllDocuments(text.slice(bom), { keepSourceTokens: true, logLevel: "silent" });
  if ("empty" in documents || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const members = new Map<number, Member>();
  const values = new Map<number, Written>();
  for (const document of documents) {
    visit(document, {
      Pair(_, pair, ancestors) {
        const key = writtenOf(pair.key, bom);
        const map = ancestors.at(-1);
        const value = writtenOf(pair.value, bom);
        if (value !== undefined) values.set(value.offset, value);
        if (key !== undefined && isMap(map))
          members.set(key.offset, { key, value, pair: pair as Member["pair"], map });
      },
      Seq(_, { items }) {
        for (const item of items) {
          const written = writtenOf(item, bom);
          if (written !== undefined) values.set(written.offset, written);
        }
      },
    });
  }
  return { text, bom, ...places(text, bom), members, values };
}

/** A scalar with its token; undefined for anything else, and for one that carries a tag or an anchor. */
export function writtenOf(node: unknown, bom = 0): Written | undefined {
  if (!isScalar(node) || node.tag !== undefined || node.anchor !== undefined) return undefined;
  const token = node.srcToken;
  const style = token && styles[token.type];
  if (token === undefined || style === undefined || !("source" in token)) return undefined;
  return { offset: token.offset + bom, source: token.source, style, node };
}

function places(text: string, bom: number): Pick<Source, "offset" | "line"> {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    offset(line, column) {
      const start = starts[line - 1];
      return start === undefined ? undefined : start + column - 1 + (line === 1 ? bom : 0);
    },
    line(offset) {
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle]! <= offset) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
