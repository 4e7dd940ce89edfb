import { applied, each, groupOf, hit, podOf } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

export default defineRule({
  id: "GO-10",
  severity: "warn",
  title: {
    en: "A workload in the default namespace",
    de: "Eine Anwendung im Namespace default",
    es: "Una aplicación en el namespace default",
    zh: "工作负载位于 default 命名空间",
  },
  why: {
    en: "Policies, quotas and pod security hang on namespaces; default has none of them.",
    de: "Policies, Quotas und Pod-Sicherheit hängen an Namespaces; default hat nichts davon.",
    es: "Políticas, cuotas y seguridad de pods dependen del namespace; default no tiene ninguna.",
    zh: "策略、配额和 Pod 安全都依附于命名空间，而 default 什么都没有。",
  },
  message: {
    en: "{object} is deployed to the namespace default.",
    de: "{object} wird in den Namespace default gebracht.",
    es: "{object} se despliega en el namespace default.",
    zh: "{object} 部署在 default 命名空间。",
  },
  fix: {
    en: "Give the application a namespace of its own.",
    de: "Der Anwendung einen eigenen Namespace geben.",
    es: "Dé a la aplicación un namespace propio.",
    zh: "为应用单独建立命名空间。",
  },
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  check: (context) =>
    each(applied(context), function* (manifest) {
      const target = word(map(manifest.doc.spec).targetNamespace);
      const isRelease =
        groupOf(manifest) === "helm.toolkit.fluxcd.io" || groupOf(manifest) === "helm.cattle.io";
      // A release goes where it stands unless it says otherwise.
      if (isRelease && (target || manifest.namespace) === "default") {
        yield hit(manifest, { pointer: target === "" ? "/metadata/namespace" : "/spec/targetNamespace" });
      }
      if (podOf(manifest) !== undefined && manifest.namespace === "default") {
        yield hit(manifest, { pointer: "/metadata/namespace" });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default}, spec: {containers: []}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: apps}, spec: {containers: []}}\n",
      },
    ],
  },
});
