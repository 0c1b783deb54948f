/** Returns the YAML of a project of `count` keys, each with two aliases, an admin and two grants, in stacks of 100. */
export function projectText(count: number): string {
  const stacks: string[] = [];
  for (let first = 0; first < count; first += 100) {
    const keys: string[] = [];
    for (let index = first; index < Math.min(first + 100, count); index += 1) {
      keys.push(`      key${index}:
        description: Key ${index}
        rotation: true
        aliases: [app/key${index}, app/key${index}/current]
        admins: [admin]
        grants:
          - { to: api, can: encryptDecrypt }
          - { to: reader, can: decrypt }`);
    }
    stacks.push(`  stack${first / 100}:
    environment: prod
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
${keys.join('\n')}`);
  }
  return `keywright: 1
app: bench
environments:
  prod: { account: "111122223333", region: eu-west-1 }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/KeyAdmin", mutable: false }
  reader: { role: "arn:aws:iam::111122223333:role/Reader", mutable: false }
stacks:
${stacks.join('\n')}
`;
}

/** Returns the same project after some changes: one key in ten lets its reader do more, and one in a hundred has another description. */
export function changedText(count: number): string {
  return projectText(count)
    .replaceAll(/( {6}key\d*7:\n(?: {8}.*\n)*? {10}- \{ to: reader, can: )decrypt/g, '$1[decrypt, describe]')
    .replaceAll(/description: (Key \d*50)$/gm, 'description: $1, as it was');
}
