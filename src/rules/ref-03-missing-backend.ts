import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated } from "#model/manifest.ts";
import { backendsOf } from "#model/pod-references.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "REF-03",
  severity: "block",
  title: {
    en: "A route to a Service that is not there",
    de: "Eine Route zu einem Service, den es nicht gibt",
    es: "Una ruta a un Service que no existe",
    zh: "路由指向不存在的 Service",
  },
  why: {
    en: "Every request to that route is answered with an error, on every site.",
    de: "Jede Anfrage an diese Route endet mit einem Fehler, an jedem Standort.",
    es: "Cada petición a esa ruta termina en error, en todos los sitios.",
    zh: "对该路由的每个请求都会出错，而且所有站点都一样。",
  },
  message: {
    en: "{object} sends traffic to the Service {service}, which is not in the repository.",
    de: "{object} leitet an den Service {service}; im Repository gibt es ihn nicht.",
    es: "{object} envía tráfico al Service {service}, que no está en el repositorio.",
    zh: "{object} 把流量发往 Service {service}，但仓库中没有它。",
  },
  fix: {
    en: "Correct the name, or add the Service {service}.",
    de: "Den Namen berichtigen oder den Service {service} anlegen.",
    es: "Corrija el nombre o añada el Service {service}.",
    zh: "更正名称，或添加 Service {service}。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=dangling-ingress",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(applied(context), function* (manifest) {
      for (const { service, namespace, pointer } of backendsOf(manifest)) {
        if (isTemplated(service) || holdings.has("Service", namespace, service)) continue;
        const severity = severityOfMissing(holdings.sight({ ...manifest, namespace }), "block");
        if (severity !== undefined) yield hit(manifest, { pointer, values: { service }, severity });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: tell, port: {number: 80}}}}]}}]}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: till, namespace: apps}, spec: {rules: [{backendRefs: [{name: tell, port: 80}]}]}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: till, port: {number: 80}}}}]}}]}}
`,
      },
      {
        "a.yaml":
          "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: till, namespace: apps}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: tell, port: {number: 80}}}}]}}]}}\n",
      },
    ],
  },
});
