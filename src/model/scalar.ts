import { Schema } from "yaml";

/** Whether a text may hold a number that the cluster reads in another way than YAML 1.2: `012`, `1_000`, `0b11`. */
export const MAYBE_OLD_NUMBER = /(?<![\w.])0\d|\d_\d|(?<!\w)0b[01]/;

const OCTAL = /^[-+]?0[0-7_]+$/;
const BINARY = /^[-+]?0b[01_]+$/;
const DECIMAL = /^[-+]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?$/;

/**
 * The number the cluster and kustomize read in a plain scalar that YAML 1.2 takes for another number or for a string;
 * `undefined` where both agree.
 */
export function oldNumber(source: string): number | undefined {
  const digits = source.replaceAll("_", "");
  const sign = digits.startsWith("-") ? -1 : 1;
  const bare = digits.replace(/^[-+]/, "");
  if (OCTAL.test(source)) return sign * Number.parseInt(bare, 8);
  if (BINARY.test(source)) return sign * Number.parseInt(bare.slice(2), 2);
  return source.includes("_") && DECIMAL.test(source) ? Number(digits) : undefined;
}

/**
 * The schema of `tagOptions`, made once: a document makes its own otherwise, which costs a tenth of reading a small file.
 */
export const sharedSchema = (): Schema => {
  schema ??= new Schema({ schema: "core", merge: true, ...tagOptions });
  return schema;
};
let schema: Schema | undefined;

/** The same for who still reads YAML 1.1, where `yes` and `on` are booleans. */
export const oldSchema = (): Schema => {
  old ??= new Schema({ schema: "yaml-1.1", merge: true, ...tagOptions });
  return old;
};
let old: Schema | undefined;

/** How explicit tags are read: `!!binary` gives the text it stands for, as in the cluster, and no other tag makes objects. */
export const tagOptions = {
  resolveKnownTags: false,
  customTags: [
    {
      tag: "tag:yaml.org,2002:binary",
      resolve: (source: string) => Buffer.from(source, "base64").toString("utf8"),
    },
  ],
};
