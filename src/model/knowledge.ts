import type { Source } from "./decision.ts";
import type { Text } from "./text.ts";

/** A claim about edge Kubernetes that people (and models) make and that is not true as said, with what is. */
export type Claim = {
  /** As in C01. */
  id: string;
  topic: "datastore" | "config" | "security" | "wasm" | "footprint" | "topology" | "os" | "upgrade" | "scale";
  /** `partly`: right in itself, wrong in what follows from it. */
  verdict: "false" | "outdated" | "misleading" | "partly";
  claim: Text;
  truth: Text;
  /** What to do instead. */
  instead: Text;
  source: Source;
  /**
   * What gives the claim away in prose of any language: the words of one list stand near each other in a sentence. Lower
   * case; a word or phrase as it stands, with a trailing `*` for any ending; Chinese is found anywhere.
   */
  detect?: readonly (readonly string[])[];
};

/** A question people ask, answered in our own words. `keywords` are the words it is found by, in every language. */
export type Answer = {
  id: string;
  question: Text;
  answer: Text;
  keywords: Text;
  sources: Source[];
};
