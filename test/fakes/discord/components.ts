import { ComponentType as T } from "discord-api-types/v10";

/** A component as it lies in a request: nothing about it is certain yet. */
export type Loose = { type?: number; [field: string]: unknown };

const object = (value: unknown): value is Loose => typeof value === "object" && value !== null;

/** A component's children, with the path Discord names them by. */
export function children(component: Loose): { path: (string | number)[]; child: Loose }[] {
  const list = Array.isArray(component.components) ? component.components : [];
  const many = list.filter(object).map((child, index) => ({ path: ["components", index], child }));
  const single = (["accessory", "component"] as const).flatMap((key) => {
    const child = component[key];
    return object(child) ? [{ path: [key], child }] : [];
  });
  return [...many, ...single];
}

/** Every component of a tree, parents first. */
export function* walk(components: readonly Loose[]): Generator<Loose> {
  for (const component of components) {
    yield component;
    yield* walk(children(component).map(({ child }) => child));
  }
}

/** All text that Text Displays show. */
export function displayed(components: readonly Loose[]): string[] {
  return [...walk(components)].flatMap((one) =>
    one.type === T.TextDisplay && typeof one.content === "string" ? [one.content] : [],
  );
}

/** URLs of pictures and files the components show, `attachment://` and outside ones. */
export function media(components: readonly Loose[]): string[] {
  return [...walk(components)].flatMap((one) => {
    const items = one.type === T.MediaGallery && Array.isArray(one.items) ? one.items : [];
    const holders = [one.media, one.file, ...items.map((item: Loose) => item?.media)];
    return holders.flatMap((holder) =>
      object(holder) && typeof holder.url === "string" ? [holder.url] : [],
    );
  });
}
