/**
 * Every document of the corpus that the schema check flags, looked at by hand: by repository and path, never its text.
 * `true`: the file is wrong, and what is wrong. `false`: it is right, and the check is not.
 */
export const flagged: Readonly<Record<string, ["true" | "false", string]>> = {
  "fluxcd/agent-skills tests/gitops-knowledge/debug-repo/apps/base/podinfo/release.yaml": [
    "true",
    "an interval in words",
  ],
  "fluxcd/agent-skills tests/gitops-knowledge/debug-repo/infrastructure/controllers/metrics-server/release.yaml":
    ["true", "chart and chartRef at once"],
  "fluxcd/agent-skills tests/gitops-repo-audit/mixed-issues/clusters/staging/apps.yaml": [
    "true",
    "a Kustomization without prune",
  ],
  "fluxcd/agent-skills tests/gitops-repo-audit/mixed-issues/clusters/staging/artifacts.yaml": [
    "true",
    "a copy has a strategy, no overwrite",
  ],
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_application.yaml": ["true", "no spec"],
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_applicationset.yaml": [
    "true",
    "no spec",
  ],
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_appproject.yaml": ["true", "no spec"],
  "argoproj/argocd-example-apps plugins/kustomized-helm/kustomization.yaml": [
    "true",
    "a patch as a string, which kustomize refuses",
  ],
  "codefresh-contrib/gitops-certification-examples kustomize-apps/base/deployment.yaml": [
    "true",
    "a Deployment without selector",
  ],
};

/**
 * What strict Ajv flags over the schemas of the packages and the guard does not, looked at by hand. `newer`: a field of a
 * release after the packages. `lost`: the packages' JSON schemas drop every field called description.
 */
export const onlyAjv: Readonly<Record<string, "newer" | "lost">> = {
  "fluxcd/helm-controller config/testdata/upgrade-chart-name-change/upgrade-inplace.yaml": "newer",
  "fluxcd/helm-controller config/testdata/upgrade-chart-name-change/upgrade-reinstall.yaml": "newer",
  "argoproj/argoproj-deployments argocd/base/projects/sync-project.yaml": "lost",
  "argoproj/argoproj-deployments argocd/base/projects/team-backend-project.yaml": "lost",
  "argoproj/argoproj-deployments argocd/base/projects/team-frontend-project.yaml": "lost",
  "argoproj/argoproj-deployments argocd/base/projects/team-platform-project.yaml": "lost",
  "argoproj/argoproj-deployments cluster-config/base/priority-class.yaml": "lost",
};
