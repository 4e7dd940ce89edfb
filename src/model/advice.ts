import { z } from "zod";
import type { Edition } from "./brief.ts";
import { topics } from "./decision.ts";

/** Sections a model may write in, by edition; the ids are those the plan's own sections have. */
export const sectionIds = {
  pro: [
    "architecture",
    "configuration",
    "offline",
    "gitops",
    "layout",
    "security",
    "provisioning",
    "rollout",
    "operations",
    "review",
  ],
  basic: ["architecture", "challenges", "practices", "review"],
} as const satisfies Record<Edition, readonly string[]>;

const Topic = z.enum(topics as [(typeof topics)[number], ...(typeof topics)[number][]]);
const FactIds = z.array(z.string().max(80)).max(12).describe("ids of the facts this rests on, as given");

/** A choice preferred to ours: only among what is feasible, never over what a person chose. */
const Override = z.strictObject({
  reason: z.string().min(1).max(600),
  factIds: FactIds,
  basis: z.enum(["user", "catalogue", "assumption"]),
  topic: Topic,
  choice: z.string().max(40).describe("one of the choices listed as also feasible for the topic"),
});

function advice<const Ids extends readonly [string, ...string[]]>(ids: Ids) {
  // Reasons stand before choices: the order of keys is the order in which a model writes.
  return z.strictObject({
    reasoning: z.string().max(4_000).describe("think here first; it is not shown"),
    overrides: z.array(Override).max(6).describe("empty unless another feasible choice is clearly better"),
    summary: z.string().min(1).max(1_500),
    componentWhy: z.array(z.strictObject({ topic: Topic, why: z.string().min(1).max(500) })).max(18),
    risks: z
      .array(
        z.strictObject({
          risk: z.string().min(1).max(400),
          measure: z.string().min(1).max(400),
          factIds: FactIds,
        }),
      )
      .max(8),
    sections: z
      .array(z.strictObject({ id: z.enum(ids), text: z.string().min(1).max(2_500), factIds: FactIds }))
      .max(12),
    snippets: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(80),
          purpose: z.string().min(1).max(300),
          yaml: z.string().min(1).max(4_000).describe("complete Kubernetes manifests, no comments"),
        }),
      )
      .max(4),
  });
}

/** What a model may say about a plan: preferences, reasons, risks, section texts, snippets. Never a file or a path. */
export const Advice = advice(sectionIds.pro);
const BasicAdvice = advice(sectionIds.basic);
export type Advice = z.infer<typeof Advice> | z.infer<typeof BasicAdvice>;
export type Override = z.infer<typeof Override>;

/** The schema of an answer for one edition. */
export function adviceOf(edition: Edition): typeof Advice | typeof BasicAdvice {
  return edition === "basic" ? BasicAdvice : Advice;
}
