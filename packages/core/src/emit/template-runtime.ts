/** The functions that compiled built-in templates call (`tools/templates/compile.ts`): Handlebars' blocks, in its strict mode. */

/** A template that comes with a target. */
export interface BuiltInTemplate {
  /** The template's source, for use together with a team's own templates. */
  readonly source: string;
  readonly render: (view: unknown) => string;
}

/** Built-in templates by file name (`main.tf.hbs`); a name that starts with `_` is a partial. */
export type BuiltInTemplates = Readonly<Record<string, BuiltInTemplate>>;

/** The value under a name of a view. A missing name is a bug in the template. */
export function named(view: unknown, name: string): unknown {
  const value = (view as Readonly<Record<string, unknown>>)[name]; // templates only name properties of views
  if (value === undefined && !(name in (view as object))) throw new Error(`"${name}" not defined`);
  return value;
}

/** Whether `{{#if}}` treats a value as true. */
export function holds(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** `{{#each}}`: the text for each element of a list, or the alternative for an empty one. */
export function repeat(
  list: unknown,
  each: (element: unknown, isFirst: boolean) => string,
  otherwise: () => string,
): string {
  if (!Array.isArray(list) || list.length === 0) return otherwise();
  let text = '';
  let isFirst = true;
  for (const element of list) {
    text += each(element, isFirst);
    isFirst = false;
  }
  return text;
}

/** `{{#with}}`: the text for a value, or the alternative if there is none. */
export function descend(value: unknown, inside: (view: unknown) => string, otherwise: () => string): string {
  return holds(value) || value === 0 ? inside(value) : otherwise();
}
