/** What to write if a stack creates a key in a region and also replicates a key of that name into this region. */
export const onlyTheReplica = (key: string, region: string) =>
  `to have only the replica in ${region}, write \`groups: { there: { region: ${region} } }\` and, under \`${key}\`, \`in: { there: absent }\`; or leave the environments in ${region} out of the stack`;
