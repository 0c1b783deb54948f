import { buildPicture } from '@keywright/analyze/build-picture';
import { accessGraph } from '@keywright/analyze/graph/access-graph';
import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText } from '@keywright/core/project/host';
import { visible } from '@keywright/core/source/visible';
import { describe, expect, it } from 'vitest';
import type { GraphData, PlaceData } from './data.ts';
import { graphData } from './graph-data.ts';
import { withPrincipal, written } from './places.ts';

function graphOf(text: string) {
  const { program, diagnostics } = compileProject(hostOfText(text), { targets: [] });
  if (program === undefined || hasErrors(diagnostics)) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  const picture = buildPicture(program);
  const graph = accessGraph(picture, picture.keys);
  return { picture, graph, data: graphData(program, picture, graph) };
}

/** Returns the access in the graph, one key and one principal at a time, as texts. */
function saidOneByOne({ picture, graph }: ReturnType<typeof graphOf>): readonly string[] {
  return graph.edges
    .flatMap(({ principal, key, access }) =>
      access.map(({ can, certainty, when, by }) =>
        line(
          fullNameOf(principal),
          keyText(key),
          can,
          certainty,
          when ?? '',
          by.map((ref) => `${ownerOf(ref.owner, picture)} ${ref.sid} ${ref.source.span.line}`),
        ),
      ),
    )
    .sort();
}

/** Returns the access in the folded data, unfolded. */
function saidWhenPutApart(data: GraphData): readonly string[] {
  const placesOf = (set: number) =>
    (data.sets[set] ?? []).map((place): PlaceData => {
      const found = data.places[place];
      if (found === undefined) throw new Error(`there is no place ${place}`);
      return found;
    });
  return data.edges
    .flatMap((edge) => {
      const principal = data.principals[edge.principal];
      const key = data.keys[edge.key];
      if (principal === undefined || key === undefined) throw new Error('an edge to nobody');
      const members = typeof principal.at === 'string' ? undefined : placesOf(principal.at);
      return placesOf(edge.at).flatMap((place) => {
        const own = edge.own
          ? members?.filter(
              ({ account, environment = place.environment }) =>
                account === place.account && environment === place.environment,
            )
          : members;
        // Exactly one namesake is in the account of the key.
        if (edge.own) expect(own).toHaveLength(1);
        return (own ?? [place]).flatMap((member) => {
          const name = written(principal.fullName, [member]);
          const put = (text: string) => written(withPrincipal(text, name), [place]);
          return edge.access.map((index) => {
            const access = data.access[index];
            return line(
              name,
              `${written(key.fullName, [place])} ${place.region}`,
              access?.can ?? '',
              access?.certainty ?? '',
              put(access?.when ?? ''),
              (access?.by ?? []).map((number) => {
                const statement = data.statements[number];
                const owner = put(statement?.of ?? '').replace(/^.* (of|on) /, '');
                return `${owner} ${statement?.sid} ${statement?.sources[0]?.line}`;
              }),
            );
          });
        });
      });
    })
    .sort();
}

function line(...parts: readonly (string | readonly string[])[]): string {
  return JSON.stringify(parts);
}

function fullNameOf({ name }: PicturePrincipal): string {
  return visible(name);
}

function keyText({ stack, name, region }: PictureKey): string {
  return `${visible(stack === undefined ? name : `${stack}.${name}`)} ${shown(region).replaceAll(/[<>]/g, '')}`;
}

function ownerOf(owner: string, picture: Picture): string {
  const key = picture.keysById.get(owner);
  if (key === undefined) return picture.principalsById.get(owner)?.name ?? owner;
  return key.stack === undefined ? key.name : `${key.stack}.${key.name}`;
}

const environments = ['111111111111', '222222222222', '333333333333']
  .flatMap((account, index) =>
    ['eu-west-1', 'us-east-1'].map((region) => `  a${index}-${region}: { account: "${account}", region: ${region} }`),
  )
  .join('\n');

const fleet = `keywright: 1
app: fleet
environments:
${environments}
  hub: { account: "999999999999", region: eu-west-1 }
principals:
  admin: { role: "arn:aws:iam::\${account}:role/KeyAdmin", mutable: false }
  named: { role: "arn:aws:iam::\${account}:role/app-\${environment}-reader", mutable: false }
  auditor: { role: "arn:aws:iam::999999999999:role/Auditor", mutable: false }
  firstAdmin: { role: "arn:aws:iam::111111111111:role/KeyAdmin", mutable: false }
  team: { role: "arn:aws:iam::222222222222:role/Team", mutable: false }
  company: { organization: o-a1b2c3d4e5, because: "our own" }
stacks:
  hub:
    environment: hub
    keys:
      central:
        admins: [auditor]
        grants:
          - { to: firstAdmin, can: decrypt }
          - { to: { account: "333333333333" }, can: decrypt }
  core:
    environment: [a*]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
      orders:
        aliases: [fleet/orders]
        admins: [admin]
        grants:
          - { to: api, can: encryptDecrypt }
          - { to: named, can: decrypt }
          - { to: auditor, can: describe }
        in:
          a1-*: { grants: [{ to: team, can: decrypt }] }
      logs:
        admins: [admin]
        services: [logs]
        grants: [{ to: company, can: decrypt, via: s3 }]
`;

const others = `keywright: 1
app: others
environments:
  prod: { account: "111111111111", region: eu-west-1 }
  prod-us: { account: "111111111111", region: us-east-1 }
  dev: { account: "222222222222", region: eu-west-1 }
principals: { partner: { account: "999999999999" } }
stacks:
  anywhere:
    principals: { worker: { role: { assumedBy: ec2.amazonaws.com } } }
    keys: { local: { grants: [{ to: worker, can: decrypt }] } }
  main:
    environment: [prod, dev]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } }, clerk: { user: {} } }
    keys:
      orders: { grants: [{ to: api, can: decrypt }, { to: partner, can: decrypt }], kmsGrants: { lent: { grantee: clerk, operations: [Decrypt] } } }
    imports:
      foreign: { arn: "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab", grants: [{ to: api, can: decrypt }] }
  spread:
    environment: prod
    keys:
      shared:
        multiRegion: true
        replicas: [{ environment: prod-us }]
        grants: [{ to: main.api, can: decrypt }]
`;

describe('the folded graph', () => {
  it.each([
    ['a fleet', fleet],
    ['keys outside the project, replicas and stacks of any account', others],
  ])('has the same access as the unfolded graph for %s', (_, text) => {
    const graph = graphOf(text);
    expect(saidWhenPutApart(graph.data)).toEqual(saidOneByOne(graph));
  });

  it('has each key once, with all its environments', () => {
    const { data } = graphOf(fleet);
    expect(data.keys.map(({ fullName, aliases, at }) => [fullName, aliases, data.sets[at]?.length])).toEqual(
      expect.arrayContaining([
        ['core-${environment}.orders', ['alias/fleet/orders'], 6],
        ['core-${environment}.logs', [], 6],
      ]),
    );
  });

  it('has principals of the same name once, except those who can do more', () => {
    const { data } = graphOf(fleet);
    const accountsOf = (name: string) =>
      data.principals
        .filter((principal) => principal.name === name)
        .map(({ at }) =>
          typeof at === 'string' ? at : (data.sets[at] ?? []).map((place) => data.places[place]?.account),
        );
    // The admin of the first account can decrypt with the central key too.
    expect(accountsOf('KeyAdmin')).toEqual(
      expect.arrayContaining([['111111111111'], ['222222222222', '333333333333']]),
    );
    expect(accountsOf('Auditor')).toEqual([['999999999999']]);
    expect(accountsOf('logs.${region}.amazonaws.com')).toEqual(['AWS services']);
  });

  it('starts with accounts if all of them fit, and with keys if that folds something', () => {
    expect(graphOf(fleet).data.by).toBe('account');
    const many = Array.from(
      { length: 50 },
      (_, index) => `  e${index}: { account: "${111111111111 + index}", region: eu-west-1 }`,
    );
    const text = fleet.replace(environments, many.join('\n')).replace('[a*]', '[e*]').replace('a1-*', 'e1*');
    expect(graphOf(text).data.by).toBe('key');
  });
});
