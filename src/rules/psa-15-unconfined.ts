import { containersOf, each, hit, judged, podOf, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, map, word } from "#model/value.ts";

/** SELinux types of containers that the baseline profile allows. */
const TYPES = /^(?:|container_t|container_init_t|container_kvm_t|container_engine_t)$/;
const APPARMOR = /^container\.apparmor\.security\.beta\.kubernetes\.io\//;

function* loosened(security: Fields): Generator<{ field: string; what: string }> {
  for (const field of ["seccompProfile", "appArmorProfile"]) {
    if (map(security[field]).type === "Unconfined") yield { field, what: `${field}: Unconfined` };
  }
  const { user, role, type } = map(security.seLinuxOptions);
  for (const [name, value] of Object.entries({ user, role })) {
    if (word(value) !== "") yield { field: "seLinuxOptions", what: `seLinuxOptions.${name}: ${word(value)}` };
  }
  if (!TYPES.test(word(type))) yield { field: "seLinuxOptions", what: `seLinuxOptions.type: ${word(type)}` };
  if (map(security.windowsOptions).hostProcess === true)
    yield { field: "windowsOptions", what: "hostProcess: true" };
}

export default defineRule({
  id: "PSA-15",
  severity: "block",
  title: {
    en: "Confinement is switched off",
    de: "Die Absicherung ist abgeschaltet",
    es: "El confinamiento está desactivado",
    zh: "隔离机制被关闭",
  },
  why: {
    en: "Seccomp, AppArmor and SELinux are what stands between a broken container and the device.",
    de: "Seccomp, AppArmor und SELinux stehen zwischen einem gekaperten Container und dem Gerät.",
    es: "Seccomp, AppArmor y SELinux separan un contenedor comprometido del dispositivo.",
    zh: "seccomp、AppArmor、SELinux 是被攻陷的容器与设备之间的屏障。",
  },
  message: {
    en: "{object} has {what}.",
    de: "{object} hat {what}.",
    es: "{object} tiene {what}.",
    zh: "{object} 设置了 {what}。",
  },
  fix: {
    en: "Use RuntimeDefault, and no own SELinux user, role or type.",
    de: "RuntimeDefault verwenden, ohne eigenen SELinux-Benutzer, -Rolle oder -Typ.",
    es: "Use RuntimeDefault, sin usuario, rol ni tipo SELinux propios.",
    zh: "使用 RuntimeDefault，不自定义 SELinux 用户、角色或类型。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      const places = [
        { fields: map(pod.spec.securityContext), pointer: pod.pointer },
        ...containersOf(manifest).map((one) => ({
          fields: map(one.fields.securityContext),
          pointer: one.pointer,
        })),
      ];
      for (const { fields, pointer } of places) {
        for (const { field, what } of loosened(fields)) {
          yield hit(manifest, { pointer: `${pointer}/securityContext/${field}`, values: { what } });
        }
      }
      for (const [key, value] of Object.entries(map(pod.metadata.annotations))) {
        if (!APPARMOR.test(key) || value !== "unconfined") continue;
        yield hit(manifest, { pointer: "/metadata", values: { what: `${key}: unconfined` } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {appArmorProfile: {type: Unconfined}}}]}}\n',
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {seLinuxOptions: {type: spc_t}}, containers: []}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}, seLinuxOptions: {level: "s0:c1,c2"}}, containers: []}}\n',
      },
    ],
  },
});
