import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { defineRule, type Hit, type RuleContext } from "#model/rule.ts";
import { strings } from "#model/value.ts";

const PUSH =
  /\b(kubectl|helm|argocd|flux)\b[^;|&]{0,200}\s--(?:kubeconfig|server|kube-apiserver|context|kube-context)\b/;

/** Files that tell a CI service what to run. */
const PIPELINE =
  /(?:^|\/)(?:\.github\/workflows\/[^/]+|\.gitlab-ci|azure-pipelines|bitbucket-pipelines|\.drone|\.circleci\/config|\.tekton\/[^/]+)\.ya?ml$|(?:^|\/)Jenkinsfile$/;
/** What changes a cluster, rather than rendering or reading. */
const CHANGES =
  /\b(kubectl(?=[^\n]*\s(?:apply|create|delete|patch|replace|rollout|set|scale)\b)|helm(?=[^\n]*\s(?:install|upgrade|uninstall|rollback)\b)|argocd(?=[^\n]*\sapp\s+(?:sync|set|create)\b))/;
/** Nothing of these reaches a site: a throw-away cluster, or a run without effect. */
const HARMLESS = /--dry-run|--local\b|kind-|k3d-|minikube/;

function inPipeline(path: string, context: RuleContext): Hit[] {
  const text = context.text(path) ?? "";
  if (
    /\b(?:kind create cluster|helm\/kind-action|k3d cluster create|setup-kind|setup-minikube|minikube start)\b/.test(
      text,
    )
  )
    return [];
  return text.split("\n").flatMap((content, i) => {
    const command = content.length < 2_000 && !/^\s*#/.test(content) ? CHANGES.exec(content)?.[1] : undefined;
    if (command === undefined || HARMLESS.test(content)) return [];
    const object = path.slice(path.lastIndexOf("/") + 1);
    return [{ path, line: i + 1, values: { object, container: "CI", command } }];
  });
}

export default defineRule({
  id: "PULL-09",
  severity: "warn",
  title: {
    en: "A container applies to another cluster",
    de: "Ein Container wendet auf einen anderen Cluster an",
    es: "Un contenedor aplica en otro clúster",
    zh: "容器向其他集群执行部署",
  },
  why: {
    en: "A script that calls kubectl or helm with another cluster's address is push in disguise, and nothing reconciles it.",
    de: "Ein Skript, das kubectl oder helm mit fremder Adresse ruft, ist verstecktes Push, und nichts gleicht es ab.",
    es: "Un script que llama a kubectl o helm con la dirección de otro clúster es push disfrazado, y nada lo reconcilia.",
    zh: "脚本用其他集群的地址调用 kubectl 或 helm，实为变相推送，且无人负责调谐。",
  },
  message: {
    en: "{object}: container {container} runs {command} against another cluster.",
    de: "{object}: Container {container} ruft {command} gegen einen anderen Cluster auf.",
    es: "{object}: el contenedor {container} ejecuta {command} contra otro clúster.",
    zh: "{object}：容器 {container} 对其他集群执行 {command}。",
  },
  fix: {
    en: "Let the site's GitOps engine apply the manifests.",
    de: "Die Manifeste von der GitOps-Engine des Standorts anwenden lassen.",
    es: "Deje que el motor GitOps del sitio aplique los manifiestos.",
    zh: "由站点的 GitOps 引擎应用清单。",
  },
  source: "https://opengitops.dev/",
  check: (context) => [
    ...each(withPods(judged(context)), (manifest) =>
      containersOf(manifest).flatMap(({ fields, name, pointer }) => {
        const found = PUSH.exec([...strings(fields.command), ...strings(fields.args)].join(" "));
        return found ? [hit(manifest, { pointer, values: { container: name, command: found[1]! } })] : [];
      }),
    ),
    ...[...context.paths].filter((path) => PIPELINE.test(path)).flatMap((path) => inPipeline(path, context)),
  ],
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: push, command: [sh, -c, "kubectl apply -f /m --kubeconfig /keys/site"]}]}}\n',
      },
      {
        ".github/workflows/deploy.yaml":
          "jobs:\n  deploy:\n    steps:\n      - run: kubectl apply -k sets/eu-kiosk\n",
      },
    ],
    good: [
      {
        ".github/workflows/check.yaml":
          "jobs:\n  check:\n    steps:\n      - run: kubectl kustomize sets/eu-kiosk\n      - run: kubectl apply --dry-run=client -f out.yaml\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: wait, command: [kubectl, wait, --for=condition=Ready, pod/a]}]}}\n",
      },
    ],
  },
});
