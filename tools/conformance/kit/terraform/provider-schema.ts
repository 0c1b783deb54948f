/** The types of resources and data sources in the root modules of the oracles and in generated files. */
const usedTypes = /^aws_(kms|iam|ssm)_|^aws_(caller_identity|partition|region|service_principal)$/;

/** The fields of the response that have an entry for each type: resources, data sources, and those of later protocol versions. */
const fieldsByType: ReadonlySet<number> = new Set([2, 3, 8, 9, 10, 11]);

/**
 * Returns a provider's answer to `GetSchema` with only the types that root modules use, each unchanged. Terraform spends some ten seconds
 * of processor time on all 1,500 types in every command, and refuses a type that is not in the answer. Source: `tfplugin5.proto` of
 * hashicorp/terraform, `GetProviderSchema.Response`.
 */
export function withUsedTypes(response: Buffer): Buffer {
  return Buffer.concat(
    fieldsOf(response).flatMap(({ number, whole, content }) =>
      fieldsByType.has(number) && !usedTypes.test(nameOf(content)) ? [] : [whole],
    ),
  );
}

interface Field {
  readonly number: number;
  /** The field as it is in the message. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

/** Returns the key of an entry of a map. */
function nameOf(entry: Buffer): string {
  return (
    fieldsOf(entry)
      .find(({ number }) => number === 1)
      ?.content.toString() ?? ''
  );
}

/** Returns the fields of a message that has only texts and messages. Source: Protocol Buffers, "Encoding". */
function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const variableLengthInteger = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = variableLengthInteger();
    if (tag % 8 !== 2) throw new Error(`field ${tag >> 3} is neither a text nor a message`);
    const length = variableLengthInteger();
    fields.push({
      number: tag >> 3,
      whole: message.subarray(start, at + length),
      content: message.subarray(at, at + length),
    });
    at += length;
  }
  return fields;
}
