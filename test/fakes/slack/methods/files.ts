import { checkBlocks } from "../limits.ts";
import { notice } from "../notices.ts";
import type { Json, SharedFile } from "../types.ts";
import { refuse, type World } from "../world.ts";
import { botMessage, type Methods, paged, readable, required, withIds, writable } from "./base.ts";
import { keep, rootOf } from "./chat.ts";

const snippetBytes = 1_000_000; // docs.slack.dev/reference/methods/files.getUploadURLExternal

export const files: Methods = {
  "files.getUploadURLExternal": {
    scopes: ["files:write"],
    tier: 4,
    run(args, world) {
      required(args, "filename", "length");
      const length = Number(args.length);
      if (!(length > 0)) refuse("missing_argument");
      if (args.snippet_type && length > snippetBytes) refuse("snippet_too_large");
      const id = world.id("F");
      world.uploads.set(id, {
        id,
        name: args.filename,
        length,
        done: false,
        ...(args.snippet_type ? { snippet_type: args.snippet_type } : {}),
      });
      return { upload_url: `${world.base}/upload/v1/${id}`, file_id: id };
    },
  },
  "files.completeUploadExternal": {
    scopes: ["files:write"],
    tier: 4,
    run(args, world) {
      required(args, "files");
      if (!Array.isArray(args.files) || args.files.length === 0) refuse("invalid_arguments");
      const uploads = args.files.map(({ id }: Json) => {
        const upload = world.uploads.get(id);
        if (!upload?.content || upload.done) refuse("file_not_found");
        return upload;
      });
      const target = args.channel_id ?? args.channels;
      const channel = target ? writable(world, target) : undefined;
      const thread_ts = channel && rootOf(world, channel.id, args.thread_ts);
      if (args.blocks !== undefined) checkBlocks(args.blocks);
      const kept = uploads.map((upload: Json, index: number): SharedFile => {
        upload.done = true;
        const file = fileOf(world, {
          id: upload.id,
          name: upload.name,
          title: args.files[index].title ?? upload.name,
          content: upload.content,
          user: world.bot.user_id,
          snippet_type: upload.snippet_type,
        });
        if (channel) file.channel = channel.id;
        if (thread_ts) file.thread_ts = thread_ts;
        return file;
      });
      // Sharing is asynchronous: the message shows up after the reply.
      if (channel)
        world.clock.after(world.options.shareDelayMs ?? 25, () => {
          const message = botMessage(world, channel.id, {
            text: args.initial_comment ?? "",
            subtype: "file_share",
            files: kept.map((file) => described(world, file)),
            ...(args.blocks && !args.initial_comment ? { blocks: withIds(world, args.blocks)! } : {}),
            ...(thread_ts ? { thread_ts } : {}),
          });
          for (const file of kept) file.ts = message.ts;
          keep(world, message);
          notice(world, message, {});
          for (const file of kept) shared(world, file);
        });
      return { files: kept.map(({ id, title }) => ({ id, title })) };
    },
  },
  "files.info": {
    scopes: ["files:read"],
    tier: 4,
    run(args, world) {
      required(args, "file");
      const file = world.files.get(args.file);
      if (!file) refuse("file_not_found");
      return { file: described(world, file), comments: [], response_metadata: { next_cursor: "" } };
    },
  },
  "files.list": {
    scopes: ["files:read"],
    tier: 3,
    run(args, world) {
      if (args.channel) readable(world, args.channel);
      const all = [...world.files.values()].filter(
        (file) => (!args.channel || file.channel === args.channel) && (!args.user || file.user === args.user),
      );
      const { page } = paged(all, { limit: args.count ?? 100 }, 100);
      return {
        files: page.map((file) => described(world, file)),
        paging: { count: page.length, total: all.length },
      };
    },
  },
  "files.delete": {
    scopes: ["files:write"],
    tier: 3,
    run(args, world) {
      required(args, "file");
      const file = world.files.get(args.file);
      if (!file) refuse("file_not_found");
      if (file.user !== world.bot.user_id) refuse("cant_delete_file");
      world.files.delete(file.id);
      return {};
    },
  },
};

type NewFile = {
  id?: string;
  name: string;
  title?: string | undefined;
  content: Buffer;
  user: string;
  snippet_type?: string | undefined;
};

/** Keeps a file in the workspace, not yet shared anywhere. */
export function fileOf(
  world: World,
  { id = world.id("F"), name, title, content, user, snippet_type }: NewFile,
): SharedFile {
  const filetype = snippet_type ?? name.split(".").at(-1) ?? "text";
  const mimetype =
    { zip: "application/zip", png: "image/png", md: "text/markdown" }[filetype] ?? "text/plain";
  const file: SharedFile = {
    id,
    name,
    title: title ?? name,
    size: content.length,
    mimetype,
    filetype,
    user,
    base64: content.toString("base64"),
    ...(snippet_type ? { snippet_type } : {}),
  };
  world.files.set(id, file);
  return file;
}

export function shared(world: World, file: SharedFile): void {
  const event_ts = world.ts();
  void world.emit({
    type: "file_shared",
    file_id: file.id,
    user_id: file.user,
    file: { id: file.id },
    channel_id: file.channel,
    event_ts,
  });
}

/** A file as messages and `files.info` show it. */
export function described(world: World, file: SharedFile): Json {
  const url = `${world.base}/files-pri/${world.team.id}-${file.id}`;
  const place = file.ts
    ? { [file.channel!]: [{ ts: file.ts, ...(file.thread_ts ? { thread_ts: file.thread_ts } : {}) }] }
    : undefined;
  const room = file.channel && world.channel(file.channel)!.type === "channel" ? "public" : "private";
  return {
    id: file.id,
    created: Math.floor(world.clock.now() / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.filetype,
    user: file.user,
    user_team: world.team.id,
    size: file.size,
    mode: file.snippet_type ? "snippet" : "hosted",
    is_external: false,
    is_public: room === "public",
    url_private: `${url}/${encodeURIComponent(file.name)}`,
    url_private_download: `${url}/download/${encodeURIComponent(file.name)}`,
    permalink: `https://${world.team.domain}.slack.com/files/${file.user}/${file.id}`,
    file_access: "visible",
    ...(place ? { shares: { [room]: place }, channels: room === "public" ? [file.channel] : [] } : {}),
  };
}
