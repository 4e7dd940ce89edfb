import {
  type APIAttachment,
  type APIModalInteractionResponseCallbackData,
  ComponentType as T,
} from "discord-api-types/v10";
import { attachmentOf } from "./command-data.ts";
import type { Loose } from "./components.ts";
import { pickable, resolved } from "./press.ts";
import type { Submit } from "./types.ts";
import type { Channel, World } from "./world.ts";

type Given = { field: unknown; files: Submit["files"] };

/** A filled form as a client sends it; what the form does not allow is an error the person would see. */
export function submission(
  world: World,
  channel: Channel,
  modal: APIModalInteractionResponseCallbackData,
  input: Submit,
) {
  const attachments: Record<string, APIAttachment> = {};
  const found: Record<string, Record<string, unknown>> = {};
  const used = new Set<string>();
  const entered = (component: Loose, label?: string): Loose => {
    const id = String(component.custom_id);
    const key = [id, label].find(
      (name) => name !== undefined && (input.fields?.[name] !== undefined || input.files?.[name]),
    );
    if (key !== undefined) used.add(key);
    const base = {
      type: component.type!,
      custom_id: id,
      ...(component.id ? { id: component.id } : {}),
    };
    const files = key === undefined ? undefined : input.files?.[key];
    if (component.type === T.FileUpload) {
      const made = (files ?? []).map((file) => attachmentOf(world, file));
      for (const one of made) attachments[one.id] = one;
      uploadable(component, made);
      return { ...base, values: made.map((one) => one.id) };
    }
    const given = filled(component, key === undefined ? undefined : input.fields?.[key]);
    if (Array.isArray(given.values)) {
      const extra = resolved(world, channel, component, given.values as string[]);
      for (const [kind, map] of Object.entries(extra.resolved ?? {}))
        found[kind] = { ...found[kind], ...(map as object) };
    }
    return { ...base, ...given };
  };
  const components = (modal.components as unknown as Loose[]).map((component, index) => {
    const id = component.id ?? index + 1;
    if (component.type === T.TextDisplay) return { type: component.type, id };
    if (component.type === T.Label)
      return {
        type: component.type,
        id,
        component: entered(component.component as Loose, String(component.label)),
      };
    const inner = (component.components as Loose[])[0]!;
    return { type: component.type!, id, components: [entered(inner, String(inner.label))] };
  });
  const asked = [...Object.keys(input.fields ?? {}), ...Object.keys(input.files ?? {})];
  for (const name of asked)
    if (!used.has(name))
      throw new Error(`the form has no field "${name}"; it has ${names(modal).join(", ")}`);
  return {
    custom_id: modal.custom_id,
    components,
    resolved: { ...found, ...(Object.keys(attachments).length ? { attachments } : {}) },
  };
}

function names(modal: APIModalInteractionResponseCallbackData): string[] {
  return (modal.components as unknown as Loose[]).flatMap((component) => {
    const inner = (component.component ?? (component.components as Loose[] | undefined)?.[0]) as
      | Loose
      | undefined;
    return inner ? [String(inner.custom_id)] : [];
  });
}

function filled(component: Loose, given: Given["field"]): Record<string, unknown> {
  const id = String(component.custom_id);
  const required = component.required !== false;
  const options = (component.options as Loose[] | undefined) ?? [];
  const preset = options.filter((option) => option.default === true).map((option) => String(option.value));
  if (component.type === T.TextInput) {
    const value = typeof given === "string" ? given : String(component.value ?? "");
    const { min_length: min = 0, max_length: max = 4_000 } = component as {
      min_length?: number;
      max_length?: number;
    };
    if (required && !value) throw new Error(`"${id}" is required`);
    if (value && value.length < min) throw new Error(`"${id}" needs ${min} characters, got ${value.length}`);
    if (value.length > max) throw new Error(`"${id}" takes ${max} characters, got ${value.length}`);
    return { value };
  }
  if (component.type === T.Checkbox)
    return { value: typeof given === "boolean" ? given : component.default === true };
  if (component.type === T.RadioGroup) {
    const value = given === null ? null : typeof given === "string" ? given : (preset[0] ?? null);
    if (required && value === null) throw new Error(`"${id}" is required`);
    if (value !== null) pickable({ ...component, type: T.StringSelect }, [value]);
    return { value };
  }
  const values =
    given === null
      ? []
      : Array.isArray(given)
        ? (given as string[])
        : typeof given === "string"
          ? [given]
          : preset;
  if (!values.length && !required) return { values };
  const max = component.max_values ?? (component.type === T.CheckboxGroup ? options.length : 1);
  pickable(
    {
      ...component,
      max_values: max,
      ...(component.type === T.CheckboxGroup ? { type: T.StringSelect } : {}),
    },
    values,
  );
  return { values };
}

function uploadable(component: Loose, files: APIAttachment[]) {
  const id = String(component.custom_id);
  const { min_values: min = 1, max_values: max = 1 } = component as {
    min_values?: number;
    max_values?: number;
  };
  const needed = component.required === false ? 0 : min;
  if (files.length < needed || files.length > max)
    throw new Error(`"${id}" takes ${needed} to ${max} files, got ${files.length}`);
  const types = component.file_types as string[] | undefined;
  for (const { filename } of files)
    if (types?.length && !types.some((type) => filename.toLowerCase().endsWith(type.toLowerCase())))
      throw new Error(`"${id}" takes ${types.join(", ")}, not ${filename}`);
}
