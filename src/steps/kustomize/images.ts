import { type Fields, isMap, word } from "#model/value.ts";
import { visit } from "./field-paths.ts";
import { toRegExp } from "./select.ts";

type Image = { name: string; tag: string; digest: string };

function splitImage(image: string): Image {
  const at = image.indexOf("@");
  const digest = at < 0 ? "" : image.slice(at + 1);
  const rest = at < 0 ? image : image.slice(0, at);
  const colon = rest.lastIndexOf(":");
  // A colon before the last slash belongs to a registry's port.
  if (colon <= rest.lastIndexOf("/")) return { name: rest, tag: "", digest };
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}

const WELL_KNOWN = ["spec", "spec/template/spec"].flatMap((pod) => [
  `${pod}/containers[]/image`,
  `${pod}/initContainers[]/image`,
]);

/** Applies one `images:` entry to an object; returns how many images it named. */
export function setImage(doc: Fields, entry: Fields): number {
  if (doc.kind === "CustomResourceDefinition") return 0;
  // The name is part of a regular expression in kustomize, and so `pro.y` means `proxy`, too.
  const name = word(entry.name);
  const isNamed = toRegExp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`, name);
  let named = 0;
  walk(doc);
  // The well-known places are gone through a second time, which shows where a suffix is added.
  for (const path of WELL_KNOWN) visit(doc, path, { change: (parent) => change(parent) });
  return named;

  function walk(node: unknown): void {
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    if (!isMap(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if ((key === "containers" || key === "initContainers") && Array.isArray(value)) value.forEach(change);
      walk(value);
    }
  }

  function change(container: unknown): void {
    if (!isMap(container) || typeof container.image !== "string") return;
    if (!isNamed.test(container.image)) return;
    const image = splitImage(container.image);
    named++;
    container.image = join(renamed(image, entry));
  }
}

function renamed(image: Image, entry: Fields): Image {
  const name = word(entry.newName) || image.name;
  const newTag = word(entry.newTag);
  const newDigest = word(entry.digest);
  const suffix = word(entry.tagSuffix);
  if (newTag !== "" || newDigest !== "") return { name, tag: newTag, digest: newDigest };
  if (suffix !== "") return { name, tag: image.tag + suffix, digest: "" };
  return { ...image, name };
}

function join({ name, tag, digest }: Image): string {
  return name + (tag === "" ? "" : `:${tag}`) + (digest === "" ? "" : `@${digest}`);
}
