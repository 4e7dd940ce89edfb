import { hasFolder } from "#model/flux-paths.ts";
import { applied, each, groupOf, hit, isTemplated } from "#model/manifest.ts";
import { defineRule, type Manifest, type RuleContext } from "#model/rule.ts";
import { type Fields, map, maps, strings, word } from "#model/value.ts";

type Named = { repository: string; folder: string; pointer: string };

/** Folders an Application, a Flux Kustomization or a Fleet GitRepo deploys, each of its repository. */
function foldersOf(manifest: Manifest): Named[] {
  const spec = map(manifest.doc.spec);
  const group = groupOf(manifest);
  if (group === "argoproj.io" && manifest.kind === "Application") {
    const ofSource = (source: Fields, pointer: string): Named[] =>
      word(source.path) === "" || word(source.chart) !== ""
        ? []
        : [{ repository: word(source.repoURL), folder: word(source.path), pointer: `${pointer}/path` }];
    return [
      ...ofSource(map(spec.source), "/spec/source"),
      ...maps(spec.sources).flatMap((source, i) => ofSource(source, `/spec/sources/${i}`)),
    ];
  }
  if (group === "kustomize.toolkit.fluxcd.io" && manifest.kind === "Kustomization") {
    const { kind, name } = map(spec.sourceRef);
    if (kind !== "GitRepository" || word(spec.path) === "") return [];
    return [{ repository: word(name), folder: word(spec.path), pointer: "/spec/path" }];
  }
  if (group !== "fleet.cattle.io" || manifest.kind !== "GitRepo") return [];
  return strings(spec.paths).map((folder, i) => ({
    ...{ repository: word(spec.repo), folder },
    pointer: `/spec/paths/${i}`,
  }));
}

/** The folder from the root; `undefined` where it lies outside. */
function fromRoot(folder: string): string | undefined {
  const parts: string[] = [];
  for (const part of folder.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

function exists(folder: string, context: RuleContext): boolean {
  return folder === "" || /[*?[]/.test(folder) || context.paths.has(folder) || hasFolder(folder, context);
}

export default defineRule({
  id: "GO-21",
  severity: "block",
  title: {
    en: "A folder to deploy that is not there",
    de: "Ein Ordner zum Ausrollen, den es nicht gibt",
    es: "Una carpeta que desplegar y no existe",
    zh: "要部署的目录不存在",
  },
  why: {
    en: "The engine reports an error and applies nothing, or with prune removes what it applied before.",
    de: "Die Engine meldet einen Fehler und wendet nichts an, oder entfernt mit prune, was sie vorher angewendet hat.",
    es: "El motor informa de un error y no aplica nada, o con prune elimina lo aplicado antes.",
    zh: "引擎会报错而不应用任何内容，或因 prune 删除之前应用的内容。",
  },
  message: {
    en: "{object} deploys {folder}, which is not in the repository.",
    de: "{object} rollt {folder} aus; im Repository gibt es das nicht.",
    es: "{object} despliega {folder}, que no está en el repositorio.",
    zh: "{object} 部署 {folder}，但仓库中没有该目录。",
  },
  fix: {
    en: "Correct the path; it starts at the root of the repository.",
    de: "Den Pfad berichtigen; er beginnt an der Wurzel des Repositorys.",
    es: "Corrija la ruta; empieza en la raíz del repositorio.",
    zh: "更正路径；路径从仓库根目录开始。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/",
  check: (context) => {
    const named = applied(context).map((manifest) => ({ manifest, folders: foldersOf(manifest) }));
    const isHere = ({ folder }: Named) => {
      const place = fromRoot(folder);
      return place !== undefined && place !== "" && exists(place, context);
    };
    // Another repository has other folders: this one is known by the folders of it that are here.
    const own = new Set(
      named.flatMap(({ folders }) => folders.filter(isHere).map(({ repository }) => repository)),
    );
    return each(
      named.map(({ manifest }) => manifest),
      function* (manifest) {
        for (const { repository, folder, pointer } of foldersOf(manifest)) {
          if (isTemplated(folder) || isTemplated(repository)) continue;
          const place = fromRoot(folder);
          const isMissing = own.has(repository) && place !== undefined && !exists(place, context);
          // GO-06 speaks of Flux folders that are missing; one outside is nobody's.
          const isFlux = manifest.kind === "Kustomization";
          if (place === undefined || (isMissing && !isFlux))
            yield hit(manifest, { pointer, values: { folder } });
        }
      },
    );
  },
  examples: {
    bad: [
      {
        "argo/a.yaml": `{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1, path: apps/till}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: b, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1, path: apps/shop}}}
`,
        "apps/till/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
      },
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1, path: ../other}}}\n',
      },
    ],
    good: [
      {
        "argo/a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1, path: apps/till}}}\n',
        "apps/till/cm.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till, namespace: apps}, data: {a: b}}\n",
      },
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec: {project: edge, syncPolicy: {automated: {prune: true, selfHeal: true}}, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1, path: apps/elsewhere}}}\n',
      },
    ],
  },
});
