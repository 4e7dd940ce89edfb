// Runs in a thread of its own: one check, one answer.
import { parentPort, workerData } from "node:worker_threads";
import type { Language } from "#model/text.ts";
import { openWorkshop } from "../workshop.ts";
import { type ReviewFile, reviewNow } from "./now.ts";

const { files, language } = workerData as { files: ReviewFile[]; language: Language };
parentPort!.postMessage(reviewNow(files, { workshop: await openWorkshop(), language }));
