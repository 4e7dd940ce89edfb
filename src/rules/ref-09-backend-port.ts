import { holdingsOf } from "#model/holdings.ts";
import { applied, each, hit, isTemplated } from "#model/manifest.ts";
import { backendsOf } from "#model/pod-references.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "REF-09",
  severity: "block",
  title: {
    en: "A route to a port the Service does not have",
    de: "Eine Route zu einem Port, den der Service nicht hat",
    es: "Una ruta a un puerto que el Service no tiene",
    zh: "路由指向 Service 没有的端口",
  },
  why: {
    en: "Every request to that route is answered with an error.",
    de: "Jede Anfrage an diese Route endet mit einem Fehler.",
    es: "Cada petición a esa ruta termina en error.",
    zh: "对该路由的每个请求都会出错。",
  },
  message: {
    en: "{object} sends traffic to port {port} of {service}, which has {known}.",
    de: "{object} leitet an Port {port} von {service}; dort gibt es {known}.",
    es: "{object} envía tráfico al puerto {port} de {service}, que tiene {known}.",
    zh: "{object} 把流量发往 {service} 的端口 {port}，而它只有 {known}。",
  },
  fix: {
    en: "Use a port of the Service.",
    de: "Einen Port des Service verwenden.",
    es: "Use un puerto del Service.",
    zh: "使用该 Service 已有的端口。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(applied(context), function* (manifest) {
      for (const { service, namespace, port, pointer } of backendsOf(manifest)) {
        if (port === "" || isTemplated(port)) continue;
        const services = holdings.of("Service", namespace, service);
        const specs = services.map(({ doc }) => map(doc.spec));
        if (specs.length === 0 || specs.some(({ type }) => type === "ExternalName")) continue;
        const ports = specs.flatMap((spec) => maps(spec.ports));
        if (ports.some(({ name, port: number }) => port === word(name) || port === word(number))) continue;
        const known = ports.map((one) => `${word(one.name)} ${word(one.port)}`.trim());
        const values = { port, service, known: [...new Set(known)].join(", ") || "–" };
        yield hit(manifest, { pointer, values });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: till, port: {number: 8080}}}}]}}]}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: till, port: {name: http}}}}]}}]}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: till, port: {number: 80}}}}]}}]}}
`,
      },
    ],
  },
});
