import { applied, each, groupOf, hit } from "#model/manifest.ts";
import { FLUX_NAMESPACES } from "#model/policy.ts";
import { defineRule, type RuleContext } from "#model/rule.ts";
import type { Text } from "#model/text.ts";
import { map, maps, strings, word } from "#model/value.ts";

/** Where the Flux Operator keeps tenants apart it gives every object an account of few rights by itself. */
function isLockedDown(context: RuleContext): boolean {
  return applied(context).some(
    ({ kind, doc }) => kind === "FluxInstance" && map(map(doc.spec).cluster).multitenant === true,
  );
}

const noAccount: Text = {
  en: "spec.serviceAccountName is missing",
  de: "spec.serviceAccountName fehlt",
  es: "falta spec.serviceAccountName",
  zh: "缺少 spec.serviceAccountName",
};
const anything: Text = {
  en: "the project default allows everything",
  de: "das Projekt default erlaubt alles",
  es: "el proyecto default lo permite todo",
  zh: "project default 允许一切",
};
const everyKind: Text = {
  en: "clusterResourceWhitelist allows every kind",
  de: "clusterResourceWhitelist erlaubt jede Art",
  es: "clusterResourceWhitelist permite cualquier tipo",
  zh: "clusterResourceWhitelist 允许所有类型",
};

export default defineRule({
  id: "RBAC-08",
  severity: "block",
  title: {
    en: "A tenant applies with the engine's own rights",
    de: "Ein Mandant wendet mit den Rechten der Engine an",
    es: "Un inquilino aplica con los permisos del motor",
    zh: "租户使用引擎自身的权限",
  },
  why: {
    en: "Without a service account or a project of its own, what a team commits is applied as cluster-admin.",
    de: "Ohne eigenen ServiceAccount oder eigenes Projekt wird als cluster-admin angewendet, was ein Team eincheckt.",
    es: "Sin cuenta de servicio o proyecto propios, lo que un equipo confirma se aplica como cluster-admin.",
    zh: "没有自己的 ServiceAccount 或 project，团队提交的内容会以 cluster-admin 身份应用。",
  },
  message: {
    en: "{object}: {what}.",
    de: "{object}: {what}.",
    es: "{object}: {what}.",
    zh: "{object}：{what}。",
  },
  fix: {
    en: "Set spec.serviceAccountName (Flux), or a project that lists repository, namespaces and kinds (Argo CD).",
    de: "spec.serviceAccountName setzen (Flux) oder ein Projekt mit Repository, Namespaces und Kinds (Argo CD).",
    es: "Defina spec.serviceAccountName (Flux) o un proyecto con repositorio, namespaces y tipos (Argo CD).",
    zh: "设置 spec.serviceAccountName（Flux），或使用限定仓库、命名空间和类型的 project（Argo CD）。",
  },
  source: "https://fluxcd.io/flux/installation/configuration/multitenancy/",
  check: (context) => {
    const locked = isLockedDown(context);
    return each(applied(context), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const group = groupOf(manifest);
      if (/^(?:kustomize|helm)\.toolkit\.fluxcd\.io$/.test(group)) {
        if (locked || FLUX_NAMESPACES.has(manifest.namespace) || word(spec.serviceAccountName) !== "") return;
        const severity = manifest.kind === "HelmRelease" ? ("warn" as const) : ("block" as const);
        yield hit(manifest, { pointer: "/spec", values: { what: noAccount }, severity });
      }
      if (group !== "argoproj.io") return;
      if (manifest.kind === "Application" && /^(?:default)?$/.test(word(spec.project))) {
        yield hit(manifest, { pointer: "/spec/project", values: { what: anything } });
      }
      if (manifest.kind !== "AppProject") return;
      const kinds = maps(spec.clusterResourceWhitelist);
      if (!kinds.some(({ group: g, kind }) => g === "*" && kind === "*")) return;
      const severity = strings(spec.sourceRepos).includes("*") ? ("block" as const) : ("warn" as const);
      yield hit(manifest, {
        pointer: "/spec/clusterResourceWhitelist",
        values: { what: everyKind },
        severity,
      });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: default}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: team}, spec: {prune: true}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {prune: true}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: edge}}\n",
      },
    ],
  },
});
