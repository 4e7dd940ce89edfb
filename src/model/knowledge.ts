import type { Source } from "./decision.ts";
import type { Text } from "./text.ts";

/** A claim about edge Kubernetes that people (and models) make and that is not true as said, with what is. */
export type Claim = {
  /** As in C01. */
  id: string;
  topic: "datastore" | "config" | "security" | "wasm" | "footprint" | "topology" | "os" | "upgrade" | "scale";
  verdict: "false" | "outdated" | "misleading";
  claim: Text;
  truth: Text;
  /** What to do instead. */
  instead: Text;
  source: Source;
};

/** A question people ask, answered in our own words. `keywords` are the words it is found by, in every language. */
export type Answer = {
  id: string;
  question: Text;
  answer: Text;
  keywords: Text;
  sources: Source[];
};
