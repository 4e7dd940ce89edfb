import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { envExample } from "../src/app/settings.ts";

await writeFile(join(import.meta.dirname, "..", ".env.example"), await envExample());
