import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ReferenceTo } from './references.ts';

/**
 * A mapping with the key `signature` is a secret, an integer, an asset or another resource, depending on the value under this key. Only
 * secrets and integers are read. Source: pulumi/pulumi, sdk/go/common/apitype/property-values.json.
 */
const signature = '4dabf18193072939515e22adb298388d';
const secret = '1b47061264138c4ac30d75fd1eb44270';
const integer = '7eb310220ed6211bd6f147f2a75bfbb6';

/** Marks values that are unknown before an update. Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go. */
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** The maximum nesting. No property that is read is nested this deeply. */
const deepest = 60;

/** Converts a value of an export. References replace the ARNs of resources in the same export. */
export function sourceValue(json: unknown, referenceTo: ReferenceTo, depth = 0): SourceValue {
  if (depth > deepest) return new Unknown('it is nested too deeply', 'export the stack again');
  if (typeof json === 'string') {
    if (json === unknownText) return new Unknown('it comes from an unfinished update', 'run `pulumi refresh`');
    if (/\p{Surrogate}/u.test(json))
      return new Unknown('it contains half a character', 'correct the text in the program');
    const expression = referenceTo(json);
    return expression === undefined ? json : new Computed(expression);
  }
  if (typeof json === 'number' || typeof json === 'boolean') return json;
  if (Array.isArray(json)) return json.map((element) => sourceValue(element, referenceTo, depth + 1));
  if (!isMapping(json)) return null;
  if (Object.hasOwn(json, signature)) return specialOf(json, referenceTo);
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, sourceValue(value, referenceTo, depth + 1)]),
  );
}

/**
 * Converts a mapping with `signature`. A secret that `--show-secrets` decrypted also counts as unknown, unless it is an ARN of this export,
 * which is not secret.
 */
function specialOf(json: Readonly<Record<string, unknown>>, referenceTo: ReferenceTo): SourceValue {
  const { value } = json;
  if (json[signature] === integer && (typeof value === 'number' || typeof value === 'string')) return value;
  if (json[signature] !== secret) {
    return new Unknown('it is an asset or a resource, not text', 'give it as text in the program');
  }
  const expression = typeof json.plaintext === 'string' ? referenceTo(textIn(json.plaintext)) : undefined;
  if (expression !== undefined) return new Computed(expression);
  return new Unknown(
    'it is a secret',
    'if it need not be secret, say so in the program (`pulumi.unsecret`), run `pulumi up` and export again',
  );
}

/** Whether a value is a secret that the export does not show. */
export function isEncrypted(json: unknown): boolean {
  return isMapping(json) && json[signature] === secret && json.plaintext === undefined;
}

function textIn(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
