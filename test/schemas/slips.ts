import { apiServerSlips } from "./slips/api-server.ts";
import { kubernetesSlips } from "./slips/kubernetes.ts";
import { operatorSlips } from "./slips/operators.ts";

export type { Slip } from "./slips/documents.ts";
export { overlaySlips } from "./slips/overlays.ts";

/** Kinds of the npm packages. */
export const slips = [...kubernetesSlips, ...apiServerSlips, ...operatorSlips];
