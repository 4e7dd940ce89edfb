import { TaskError, UsageError } from "#model/errors.ts";
import { defineCommand } from "../command.ts";
import { appSettings, readSettings } from "../settings.ts";
import { openStore } from "../store.ts";

export default defineCommand({
  summary:
    "Removes a conversation with its plans and files from the store, for good. The id stands at the end of a conversation.",
  usage: "forget ID",
  options: {},
  async run({ positionals }, { env, stdout }) {
    const [id] = positionals;
    if (!id || positionals.length > 1)
      throw new UsageError("forget: name one conversation, such as: edgewright forget terminal:7f3a");
    const store = await openStore(readSettings(appSettings, env).EDGEWRIGHT_STORE);
    try {
      if (!(await store.conversations.get(id)))
        throw new TaskError(`forget: no conversation "${id}" in this store`);
      await store.forget(id);
    } finally {
      await store.close();
    }
    stdout.write(`Forgotten: ${id}\n`);
    return 0;
  },
});
