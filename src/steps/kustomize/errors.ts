/** Something kustomize would refuse to do; the build fails on it. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** Something kustomize may well do, but this renderer does not reproduce. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
}
