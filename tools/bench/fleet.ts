const fleetRegions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'] as const;

/** Returns the YAML of a stack of eight keys, each with an alias, an admin and a grant, in all `regions` of `accounts` accounts. */
export function fleetText(accounts: number, regions: readonly string[] = fleetRegions): string {
  const places = Array.from({ length: accounts }, (_, index) => String(100_000_000_001 + index)).flatMap((account) =>
    regions.map((region) => ({ name: `a${account}-${region}`, account, region })),
  );
  const environments = places.map(
    ({ name, account, region }) => `  ${name}: { account: "${account}", region: ${region} }\n`,
  );
  const keys = Array.from(
    { length: 8 },
    (_, index) => `      key${index}:
        description: Key ${index} of \${account}
        rotation: true
        aliases: [fleet/key${index}]
        admins: [admin]
        grants: [{ to: reader, can: decrypt }]
        tags: { owner: platform, environment: "\${environment}" }
`,
  );
  return `keywright: 1
app: fleet
environments:
${environments.join('')}principals:
  admin: { role: "arn:aws:iam::\${account}:role/KeyAdmin", mutable: false }
  reader: { role: "arn:aws:iam::\${account}:role/Reader", mutable: false }
stacks:
  core:
    environment: [${places.map(({ name }) => name).join(', ')}]
    keys:
${keys.join('')}`;
}
