import { isTogether } from "#model/holdings.ts";
import { applied, containersOf, each, hit, isTemplated, ofKind } from "#model/manifest.ts";
import { containerPorts, probesOf } from "#model/pod-references.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { candidates, matchesSelector, podsOf } from "#model/selectors.ts";
import { map, maps, word } from "#model/value.ts";

/** A probe of a port that is not declared shows that not all ports are. */
function asksElsewhere(manifest: Manifest, ports: readonly { name: string; number: string }[]): boolean {
  return containersOf(manifest).some(({ fields }) =>
    probesOf(fields).some(({ probe }) => {
      const port = word(map(probe.httpGet).port ?? map(probe.tcpSocket).port);
      return /^\d+$/.test(port) && !ports.some(({ number }) => number === port);
    }),
  );
}

export default defineRule({
  id: "REF-08",
  severity: "block",
  title: {
    en: "A Service port that leads nowhere",
    de: "Ein Service-Port, der ins Leere führt",
    es: "Un puerto de Service que no lleva a nada",
    zh: "Service 端口无处可达",
  },
  why: {
    en: "Connections are refused although pods and Service look healthy.",
    de: "Verbindungen werden abgewiesen, obwohl Pods und Service gesund aussehen.",
    es: "Las conexiones se rechazan aunque pods y Service parezcan sanos.",
    zh: "Pod 和 Service 看似正常，连接却会被拒绝。",
  },
  message: {
    en: "{object} sends port {port} to {target}; its pods declare {known}.",
    de: "{object} leitet Port {port} an {target}; seine Pods nennen {known}.",
    es: "{object} envía el puerto {port} a {target}; sus pods declaran {known}.",
    zh: "{object} 把端口 {port} 转到 {target}，而其 Pod 声明的是 {known}。",
  },
  fix: {
    en: "Set targetPort to a port the container declares.",
    de: "targetPort auf einen Port setzen, den der Container nennt.",
    es: "Ponga en targetPort un puerto que declare el contenedor.",
    zh: "把 targetPort 设为容器声明的端口。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=invalid-target-ports",
  check: (context) => {
    const pods = podsOf(context);
    return each(ofKind(applied(context), "Service"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const selector = map(spec.selector);
      if (Object.keys(selector).length === 0 || spec.type === "ExternalName") return;
      const selected = candidates({ matchLabels: selector }, pods).filter(
        (pod) =>
          isTogether(pod.manifest.namespace, manifest.namespace) &&
          pod.manifest.target === manifest.target &&
          matchesSelector({ matchLabels: selector }, pod.labels),
      );
      const ports = selected.flatMap((pod) => containerPorts(pod.manifest));
      if (selected.length === 0) return;
      for (const [i, { port, targetPort }] of maps(spec.ports).entries()) {
        const target = word(targetPort) || word(port);
        const isName = !/^\d+$/.test(target);
        if (target === "" || isTemplated(target)) continue;
        if (ports.some(({ name, number }) => target === (isName ? name : number))) continue;
        // A number need not be declared; where the only port of all is another, it is most likely wrong.
        if (!isName && (ports.length !== 1 || maps(spec.ports).length !== 1 || spec.clusterIP === "None"))
          continue;
        if (!isName && selected.some(({ manifest: pod }) => asksElsewhere(pod, ports))) continue;
        const known = ports.map(({ name, number }) => (name === "" ? number : `${name} ${number}`));
        yield hit(manifest, {
          pointer: `/spec/ports/${i}`,
          values: { port: word(port), target, known: [...new Set(known)].join(", ") || "–" },
          severity: isName ? "block" : "warn",
        });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: web}]}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: 8080}]}}
`,
      },
    ],
  },
});
