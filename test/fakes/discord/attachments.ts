import type { APIAttachment } from "discord-api-types/v10";
import type { Body, Upload } from "./check-message.ts";
import type { Loose } from "./components.ts";
import type { World } from "./world.ts";

const dayS = 24 * 60 * 60;

/** A file's name as Discord keeps it: plain characters, no spaces. What was asked for stays as the title. */
export function plainName(name: string): string {
  const plain = name.replace(/\s+/g, "_").replace(/[^\w.\-()]/g, "");
  return /^\.?$/.test(plain) ? "unknown" : plain;
}

/** Keeps bytes under an address that expires, as those of attachments do. */
export function store(
  world: World,
  folder: string,
  file: { name: string; type: string; data: Buffer },
): APIAttachment {
  const id = world.id();
  const filename = plainName(file.name);
  const path = `/${folder}/${id}/${encodeURIComponent(filename)}`;
  world.files.set(decodeURIComponent(path), file);
  const expires = Math.floor(world.now() / 1_000 + dayS).toString(16);
  const url = `${world.base}${path}?ex=${expires}&is=0&hm=0&`;
  return {
    id,
    filename,
    size: file.data.length,
    content_type: file.type,
    url,
    proxy_url: url,
    ...(filename === file.name ? {} : { title: file.name.replace(/\.[^.]*$/, "") }),
  };
}

/** The uploads of a body as the attachments they become. */
export function attach(world: World, channel: string, body: Body, uploads: Upload[]): APIAttachment[] {
  return uploads.map(({ key, name, type, data }) => {
    const meta = body.attachments?.find(({ id }) => String(id) === key);
    const made = store(world, `attachments/${channel}`, { name: String(meta?.filename ?? name), type, data });
    const { description, title }: Loose = meta ?? {};
    return {
      ...made,
      ...(typeof description === "string" ? { description } : {}),
      ...(typeof title === "string" ? { title } : {}),
    };
  });
}

/** The same attachment with an address that holds from now on, as a message fetched again carries it. */
export function renewed(world: World, attachment: APIAttachment): APIAttachment {
  const url = new URL(attachment.url);
  url.searchParams.set("ex", Math.floor(world.now() / 1_000 + dayS).toString(16));
  return { ...attachment, url: url.href, proxy_url: url.href };
}

/** Components in which `attachment://name` became the file's address, as Discord gives them back. */
export function resolveFiles(components: unknown, attachments: APIAttachment[]): unknown {
  if (Array.isArray(components)) return components.map((one) => resolveFiles(one, attachments));
  if (typeof components !== "object" || components === null) return components;
  const copy = Object.fromEntries(
    Object.entries(components).map(([key, inner]) => [key, resolveFiles(inner, attachments)]),
  );
  const name = typeof copy.url === "string" ? /^attachment:\/\/(.+)$/.exec(copy.url)?.[1] : undefined;
  const found = name && attachments.find(({ filename }) => filename === name || filename === plainName(name));
  if (!found) return copy;
  const { id, url, proxy_url, content_type, size } = found;
  return { ...copy, url, proxy_url, content_type, size, attachment_id: id, loading_state: 2 };
}
