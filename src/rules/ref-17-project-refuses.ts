import { holdingsOf, isTogether } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, ofKind } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { type Text, text } from "#model/text.ts";
import { type Fields, map, maps, strings, word } from "#model/value.ts";

const notThere: Text = {
  en: "is not in the repository",
  de: "gibt es im Repository nicht",
  es: "no está en el repositorio",
  zh: "在仓库中不存在",
};
const refuses: Text = {
  en: "does not allow {what}",
  de: "erlaubt {what} nicht",
  es: "no permite {what}",
  zh: "不允许 {what}",
};

/** The cluster Argo CD runs in, which it calls `in-cluster`. */
const LOCAL = "https://kubernetes.default.svc";

/** Argo CD's globs: `*` for anything, `!` for what is refused. */
function matches(pattern: string, value: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === value;
  if (!value.startsWith(first) || !value.endsWith(rest.at(-1)!)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= value.length - rest.at(-1)!.length;
}

const bare = (url: string) => url.replace(/\.git$/, "").replace(/\/$/, "");

function allowsRepository(project: Fields, url: string): boolean {
  const wanted = strings(project.sourceRepos).filter((repository) => !repository.startsWith("!"));
  return wanted.some((repository) => matches(bare(repository), bare(url)));
}

function allowsDestination(project: Fields, destination: Fields): boolean {
  const [name, namespace] = [destination.name, destination.namespace].map(word);
  // A project that allows the address of the cluster allows its name as well: Argo CD looks the one up by the other.
  const server = word(destination.server) || (name === "in-cluster" ? LOCAL : "");
  return maps(project.destinations).some((allowed) => {
    const here =
      (server !== "" && matches(word(allowed.server), server)) ||
      (name !== "" && matches(word(allowed.name), name!)) ||
      (server === "" && name === "");
    return here && (namespace === "" || matches(word(allowed.namespace), namespace!));
  });
}

function* refused(spec: Fields, project: Fields): Generator<{ what: string; pointer: string }> {
  const sources: [Fields, string][] = [
    [map(spec.source), "/spec/source"],
    ...maps(spec.sources).map((source, i): [Fields, string] => [source, `/spec/sources/${i}`]),
  ];
  for (const [source, pointer] of sources) {
    const url = word(source.repoURL);
    if (url === "" || isTemplated(url) || allowsRepository(project, url)) continue;
    yield { what: url, pointer: `${pointer}/repoURL` };
  }
  const destination = map(spec.destination);
  const parts = [destination.server ?? destination.name, destination.namespace].map(word);
  if (parts.some(isTemplated) || allowsDestination(project, destination)) return;
  yield { what: parts.filter((part) => part !== "").join(" "), pointer: "/spec/destination" };
}

function projectsOf(manifest: Manifest, projects: readonly Manifest[], name: string): readonly Manifest[] {
  return projects.filter((one) => one.name === name && isTogether(one.namespace, manifest.namespace));
}

export default defineRule({
  id: "REF-17",
  severity: "block",
  title: {
    en: "An Application its project refuses",
    de: "Eine Application, die ihr Projekt ablehnt",
    es: "Una Application que su proyecto rechaza",
    zh: "Application 被其项目拒绝",
  },
  why: {
    en: "Argo CD sets it to an error state and applies nothing.",
    de: "Argo CD setzt sie in einen Fehlerzustand und wendet nichts an.",
    es: "Argo CD la deja en estado de error y no aplica nada.",
    zh: "Argo CD 会把它置为错误状态，不应用任何内容。",
  },
  message: {
    en: "{object}: project {project} {problem}.",
    de: "{object}: Projekt {project} {problem}.",
    es: "{object}: el proyecto {project} {problem}.",
    zh: "{object}：项目 {project} {problem}。",
  },
  fix: {
    en: "Add it to the project, or correct the Application.",
    de: "Im Projekt ergänzen oder die Application berichtigen.",
    es: "Añádalo al proyecto o corrija la Application.",
    zh: "在项目中添加，或更正 Application。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/",
  check: (context) => {
    const holdings = holdingsOf(context);
    const projects = holdings.of("AppProject", "");
    return each(ofKind(applied(context), "argoproj.io/Application"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const project = word(spec.project);
      if (project === "" || project === "default" || isTemplated(project) || projects.length === 0) return;
      const named = projectsOf(manifest, projects, project);
      if (named.length === 0) {
        if (holdings.sight(manifest) !== "clear") return;
        yield hit(manifest, { pointer: "/spec/project", values: { project, problem: notThere } });
      } else if (named.length === 1) {
        for (const { what, pointer } of refused(spec, map(named[0]!.doc.spec))) {
          yield hit(manifest, { pointer, values: { project, problem: text(refuses, { what }) } });
        }
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: edge, namespace: argocd}, spec: {sourceRepos: ["https://git.example.com/fleet"], destinations: [{server: "https://kubernetes.default.svc", namespace: "till-*"}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: egde, destination: {server: "https://kubernetes.default.svc", namespace: till-a}, source: {repoURL: "https://git.example.com/fleet", path: apps, targetRevision: ring-1}}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: edge, namespace: argocd}, spec: {sourceRepos: ["https://git.example.com/fleet"], destinations: [{server: "https://kubernetes.default.svc", namespace: "till-*"}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, destination: {server: "https://kubernetes.default.svc", namespace: shop}, source: {repoURL: "https://git.example.com/fleet", path: apps, targetRevision: ring-1}}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: edge, namespace: argocd}, spec: {sourceRepos: ["https://git.example.com/fleet"], destinations: [{server: "https://kubernetes.default.svc", namespace: "till-*"}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, destination: {server: "https://kubernetes.default.svc", namespace: till-a}, source: {repoURL: "https://git.example.com/other", path: apps, targetRevision: ring-1}}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: edge, namespace: argocd}, spec: {sourceRepos: ["https://git.example.com/fleet"], destinations: [{server: "https://kubernetes.default.svc", namespace: "till-*"}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, destination: {name: in-cluster, namespace: till-a}, source: {repoURL: "https://git.example.com/fleet", path: apps, targetRevision: ring-1}}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: edge, namespace: argocd}, spec: {sourceRepos: ["https://git.example.com/fleet"], destinations: [{server: "https://kubernetes.default.svc", namespace: "till-*"}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: till, namespace: argocd}, spec: {project: edge, destination: {server: "https://kubernetes.default.svc", namespace: till-a}, source: {repoURL: "https://git.example.com/fleet.git", path: apps, targetRevision: ring-1}}}
`,
      },
    ],
  },
});
