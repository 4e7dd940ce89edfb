import { readdirSync } from "node:fs";
import { join } from "node:path";
import { charts, images } from "#catalogue/images.ts";
import { completeBrief } from "#catalogue/placeholders.ts";
import type { Answers, Brief, Edition } from "#model/brief.ts";
import type { Verdict } from "#model/decision.ts";
import type { Claim } from "#model/knowledge.ts";
import type { Rule, Setting } from "#model/rule.ts";
import type { Language } from "#model/text.ts";
import { loadSchemas } from "#schemas/walk.ts";
import { loadSchemaWords } from "#schemas/words.ts";
import k0s from "#src/distros/k0s.ts";
import k3s from "#src/distros/k3s.ts";
import microk8s from "#src/distros/microk8s.ts";
import argocd from "#src/gitops/argocd.ts";
import flux from "#src/gitops/flux.ts";
import type { AdviceContext, Made } from "#src/steps/advise.ts";
import { decide } from "#src/steps/decide.ts";
import { guard } from "#src/steps/guard.ts";
import { kustomize } from "#src/steps/kustomize.ts";
import { layOut } from "#src/steps/lay-out.ts";
import { factsFor } from "#src/steps/prompt.ts";
import { writeSections } from "#src/steps/sections.ts";
import { facts } from "../decide/briefs.ts";

const src = join(import.meta.dirname, "..", "..", "..", "src");
const distros = { k3s, k0s, microk8s };
const engines = { flux, argocd };

const rules = await Promise.all(
  readdirSync(join(src, "rules"))
    .filter((name) => name.endsWith(".ts"))
    .map(async (name) => (await import(join(src, "rules", name))).default as Rule),
);

/** Every claim there is, whichever file of the catalogue it lies in. */
export const claims: Claim[] = (
  await Promise.all(
    readdirSync(join(src, "catalogue", "claims"))
      .filter((name) => name.endsWith(".ts"))
      .map(async (name) => Object.values(await import(join(src, "catalogue", "claims", name)))),
  )
)
  .flat()
  .filter((value): value is Claim[] => Array.isArray(value) && value.length > 0 && "truth" in value[0])
  .flat();

/** A plan as the workshop makes it, as far as advice needs it. */
function make(brief: Brief, verdict: Verdict): Made {
  const { distribution, gitops } = verdict.decisions;
  const distro = distribution.choice === "none" ? undefined : distros[distribution.choice];
  const engine = gitops.choice === "none" ? undefined : engines[gitops.choice];
  const files =
    brief.edition === "basic"
      ? []
      : layOut(
          { brief, decisions: verdict.decisions },
          { ...(distro && { distro }), ...(engine && { engine }), images, charts },
        );
  return { verdict, files, ...writeSections({ brief, verdict, files }) };
}

function settingOf({ answers }: Brief, { decisions, budgets }: Verdict): Setting {
  const [weakest] = [...budgets].sort((a, b) => a.memoryMiB - b.memoryMiB);
  const planned = weakest!.rows.reduce((sum, row) => sum + (row.counted ? row.mib : 0), 0);
  return {
    role: "edge",
    ...(decisions.gitops.choice !== "none" && { engine: decisions.gitops.choice }),
    memoryMiB: weakest!.memoryMiB,
    nodesPerSite: answers.nodesPerSite,
    storage: answers.storage,
    arch: [...new Set(answers.deviceTypes.map(({ arch }) => arch))],
    decisions,
    plannedMiB: planned,
  };
}

/** Everything advice about one brief is read against, over real plans. */
export function contextOf(
  answers: Answers,
  {
    language,
    edition = "pro",
    origins,
  }: { language: Language; edition?: Edition; origins?: Brief["origins"] },
): AdviceContext {
  const brief = completeBrief({ answers, edition, language, ...(origins && { origins }) });
  const verdict = decide(brief, facts);
  return {
    brief,
    ours: make(brief, verdict),
    facts: factsFor(verdict, { claims, brief }, language),
    claims,
    words: Object.values(distros).flatMap((distro) => distro.words()),
    schema: loadSchemaWords(),
    decideAgain: (again) => decide(again, facts),
    remake: (again, amend) => make(again, amend(decide(again, facts))),
    check: (files, { verdict: made }) =>
      guard(files, {
        rules,
        schemas: loadSchemas(),
        kustomize,
        distros: Object.values(distros),
        setting: settingOf(brief, made),
        ignores: false,
      }),
  };
}
