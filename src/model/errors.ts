/** Wrong usage or settings: a sentence for the person, exit code 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}
/** Right usage, but it could not be done (no plan, file unwritable, database locked): a sentence, exit code 1. */
export class TaskError extends Error {
  override readonly name: string = "TaskError";
}
