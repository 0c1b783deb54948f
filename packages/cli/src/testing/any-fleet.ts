/**
 * Generates arbitrary projects with the same stacks in several accounts. One of these accounts may be set apart: by its id or name in a
 * text, a pattern that only its id matches, entries of `in`, values, purposes, groups, or a stack that other accounts lack. Not always
 * valid.
 */
import fc from 'fast-check';

const accounts = [
  '111122223333',
  '222233334444',
  '333344445555',
  '444455556666',
  '555566667777',
  '666677778888',
  '777788889999',
] as const;
const regions = ['eu-west-1', 'us-east-1', 'me-south-1'] as const;

const account = fc.constantFrom(...accounts);
/**
 * Each account has one of these starts for the names of its environments, followed by the number of a region, 0 to 2. The starts differ in
 * length.
 */
const places = ['a', 'b', 'c', 'dev', 'e', 'far', 'g'] as const;
const environmentName = fc.constantFrom('a0', 'b0', 'c0', 'dev0', 'e0', 'a1', 'b1', 'c1');
const selector = fc.oneof(
  { weight: 1, arbitrary: environmentName },
  { weight: 4, arbitrary: fc.constantFrom('*', 'a*', '*0', 'odd', 'some', 'b*') },
);

/** Mostly returns `usual`. A text that sets an account apart is rare, so that several accounts are often like each other. */
const text = (usual: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 100, arbitrary: usual },
    { weight: 1, arbitrary: account.map((id) => `of ${id}`) },
    { weight: 1, arbitrary: fc.constantFrom('x${account}y', '${environment}', '${stack} keys', '${values.team}') },
    { weight: 1, arbitrary: fc.constantFrom('${account.a}', '${account.b0}', 'b0', '${purpose}', '1${account}') },
  );

const role = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom('arn:aws:iam::${account}:role/One', 'arn:${partition}:iam::${account}:role/team/Two'),
  },
  { weight: 1, arbitrary: account.map((id) => `arn:aws:iam::${id}:role/Other`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('${account.a}', '${account.b0}').map((id) => `arn:aws:iam::${id}:role/Other`),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('${environment}', '${stack}', '${values.team}')
      .map((name) => `arn:aws:iam::\${account}:role/${name}`),
  },
);
const principal = fc.oneof(
  { weight: 60, arbitrary: fc.record({ role, mutable: fc.constant(false) }) },
  { weight: 20, arbitrary: fc.constantFrom<unknown>('admins', 'partner') },
  { weight: 4, arbitrary: fc.record({ role: fc.constant('arn:aws:iam::${account}:role/Mutable') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      role: fc.constant('arn:aws:iam::${account}:role/Named'),
      policyName: fc.constantFrom('mine', 'keywright-fleet-core-a0'),
    }),
  },
  { weight: 1, arbitrary: account.map((id) => ({ role: `arn:aws:iam::${id}:role/Some`, mutable: false })) },
  { weight: 1, arbitrary: fc.record({ account: fc.constantFrom('${account}', 'a', 'b0', '999999999999') }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({ service: 'logs' }, { organization: 'o-a1b2c3d4e5' }) },
);
const condition = fc.constantFrom(
  { StringEquals: { 'aws:SourceAccount': '${account}' } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Some' } },
  { StringLike: { 'aws:PrincipalAccount': '2222*' } },
  { StringEquals: { 'aws:PrincipalAccount': '333344445555' } },
  { StringNotEquals: { 'kms:CallerAccount': '${account}' } },
  { StringLike: { 'aws:ResourceTag/place': 'a?-' } },
  { StringEquals: { 'aws:ResourceTag/place': 'b0-' } },
);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, freq = 6) => fc.option(arbitrary, { nil: undefined, freq });
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 24, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/**
 * A tag or description. It may name its own environment, but no decision depends on it. The last of these texts is too long for AWS in some
 * environments.
 */
const label = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom('one', '${environment}-', '${account} in ${environment}', '${stack} of ${app}'),
  },
  { weight: 1, arbitrary: fc.constant(`${'x'.repeat(253)}\${environment}`) },
);

/**
 * Generates names of aliases. Some of them name their environment, and a few of these can equal another alias in the same or another
 * account, or sort differently in another environment.
 */
const aliasesOf = (prefix: string) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.subarray([`${prefix}orders`, `${prefix}app/\${account}`]) },
    {
      weight: 12,
      arbitrary: fc.subarray([`${prefix}orders`, `${prefix}of-\${environment}`, `${prefix}\${stack}/\${region}`], {
        minLength: 1,
      }),
    },
    { weight: 1, arbitrary: fc.constant(['x${account}y']) },
    {
      weight: 1,
      arbitrary: fc.subarray(['of-${environment}', 'of-b0', 'of-c', '${environment}-dev', 'dev0-${environment}'], {
        minLength: 2,
      }),
    },
  );

const content = fc.record({
  description: fc.oneof(
    { weight: 3, arbitrary: text(fc.constantFrom('Keys of ${account}', 'in ${region}', 'Orders')) },
    { weight: 1, arbitrary: label },
  ),
  aliases: aliasesOf(''),
  rotation: sometimes(fc.constantFrom<unknown>(true, '180 days')),
  admins: fc.array(principal, { maxLength: 2 }),
  grants: fc.array(fc.record({ to: principal, can: fc.constantFrom('decrypt', 'encrypt'), when: rarely(condition) }), {
    maxLength: 2,
  }),
  services: sometimes(fc.constantFrom<unknown>(['logs'], ['cloudtrail'])),
  statements: rarely(
    fc
      .record({ principals: fc.array(principal, { minLength: 1, maxLength: 2 }), conditions: condition })
      .map((one) => [{ sid: 'One', actions: 'kms:Decrypt', ...one }]),
  ),
  tags: fc.record({ team: text(fc.constant('of ${account}')), place: label }),
  suppress: rarely(fc.constant([{ rule: 'KW7001', because: 'a test' }])),
  in: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        selector,
        fc.oneof(
          { weight: 1, arbitrary: fc.constant('absent') },
          { weight: 3, arbitrary: fc.record({ pendingWindow: fc.constant(7) }) },
          { weight: 1, arbitrary: fc.record({ admins: fc.array(principal, { maxLength: 1 }) }) },
        ),
        { minKeys: 1, maxKeys: 2 },
      ),
    },
  ),
});

const replicated = fc
  .record({
    rotation: sometimes(fc.constant(true)),
    aliases: aliasesOf('multi/'),
    replica: fc.record({
      description: label,
      aliases: aliasesOf('multi/'),
      admins: fc.array(principal, { maxLength: 1 }),
      tags: fc.record({ team: text(fc.constant('of ${account}')), place: label }),
      in: rarely(fc.dictionary(selector, fc.constant({ pendingWindow: 7 }), { minKeys: 1, maxKeys: 1 })),
    }),
  })
  .map(({ replica, ...key }) => ({ ...key, multiRegion: true, replicas: [{ region: 'us-east-1', ...replica }] }));

const about = fc.record({
  purpose: fc.oneof(
    { weight: 12, arbitrary: fc.constant('production') },
    { weight: 1, arbitrary: fc.constant('test') },
  ),
  groups: rarely(fc.constant(['special'])),
  tags: rarely(fc.constant({ cost: '1' })),
  deployRole: sometimes(fc.constant('Deploy'), 8),
});

export const anyFleet = fc
  .record({
    regions: fc.constantFrom(1, 1, 2, 2, 2, 3),
    about: fc.array(about, { minLength: 7, maxLength: 7 }),
    team: sometimes(
      fc.array(fc.constantFrom(...Array<string>(8).fill('one'), 'two', '1111'), { minLength: 7, maxLength: 7 }),
    ),
    admins: role,
    partner: fc.oneof(
      fc.constant({ role: 'arn:aws:iam::999999999999:role/Partner', mutable: false, because: 'a partner' }),
      account.map((id) => ({ role: `arn:aws:iam::${id}:role/Partner`, mutable: false })),
      fc.constant({ role: 'arn:aws:iam::${account}:role/Partner', mutable: false }),
    ),
    orders: content,
    logs: content,
    data: sometimes(
      fc.record({ key: content, aliases: aliasesOf('data/') }).map(({ key, aliases }) => ({ ...key, aliases })),
      3,
    ),
    multi: sometimes(replicated),
    outputs: sometimes(
      fc.record({
        arn: fc.constantFrom<unknown>(
          '${keys.orders.arn}',
          { value: '${keys.orders.arn}', export: true },
          { value: '${keys.orders.arn}', export: 'orders-${account}' },
        ),
        home: fc.constant('in ${account}'),
      }),
    ),
    dataIn: fc.constantFrom(['*'], ['a0', 'b0', 'c1', 'dev1', 'e1'], ['b0', 'b1', 'c0', 'c1']),
    api: rarely(fc.constant({ role: { assumedBy: 'lambda.amazonaws.com' } })),
    imports: sometimes(
      fc.record({ by: fc.subarray(['a0', 'b0', 'dev0', 'c1'], { minLength: 1 }), from: rarely(selector) }),
      5,
    ),
    replica: rarely(fc.constant([{ region: 'us-east-1' }])),
    required: rarely(selector),
    asked: rarely(
      fc.constantFrom<unknown>(
        { aliases: ['*'] },
        { aliases: ['of-*', '*orders', 'logs', 'app/*', 'multi/*', '*/*-*'] },
        { aliases: ['of-a*', 'of-b*', '*orders', 'logs', 'app/*', 'multi/*', '*/*-*'] },
        { tags: { place: 'required' } },
        { tags: { place: ['one', 'a0-'] } },
        { of: { tag: { place: 'b*-' } }, tags: { owner: 'required' } },
      ),
    ),
    moved: rarely(fc.constant([{ from: 'former', to: 'orders' }])),
  })
  .map((one) => {
    const names = places.flatMap((name, account) =>
      regions.slice(0, one.regions).map((region, index) => ({ name: `${name}${index}`, account, region })),
    );
    const environments = names.map(({ name, account, region }) => {
      const team = one.team?.[account];
      const values = team === undefined ? {} : { values: { team } };
      return [name, { account: accounts[account], region, ...one.about[account], ...values }] as const;
    });
    const all = names.map(({ name }) => name);
    const [first = 'a0'] = all;
    const imports = one.imports && {
      shared: { key: 'core.orders', environment: one.imports.from, grants: [{ to: 'admins', can: 'decrypt' }] },
    };
    const importers = one.imports?.by.filter((name) => all.includes(name)) ?? [];
    return {
      keywright: 1,
      app: 'fleet',
      environments: Object.fromEntries(environments),
      accounts: { audit: { id: '999999999999' }, a: { id: accounts[0] } },
      groups: {
        odd: all.filter((_, index) => index % 2 === 1).concat(first),
        some: { account: ['1*', '33*'] },
        home: { region: regions[0] },
      },
      principals: { admins: { role: one.admins, mutable: false }, partner: one.partner },
      requirements: (one.required ?? one.asked) && {
        tags: one.required && { of: { environments: one.required }, tags: { team: 'required' }, because: 'a test' },
        asked: one.asked && { ...one.asked, because: 'a test' },
      },
      stacks: {
        core: {
          environment: all,
          keys: {
            orders: { ...one.orders, ...(one.replica && { multiRegion: true, replicas: one.replica }) },
            logs: { ...one.logs, aliases: ['logs'] },
          },
          outputs: one.outputs,
          moved: one.moved,
        },
        ...(one.data && {
          data: {
            environment: one.dataIn.filter((name) => name === '*' || all.includes(name)),
            keys: { orders: one.data },
          },
        }),
        // The replicas of this stack are in environments that only some fleets have.
        ...(one.multi && one.regions > 1 && { global: { environment: 'home', keys: { multi: one.multi } } }),
        ...((one.api ?? imports) && {
          app: {
            environment: importers.length > 0 ? importers : [first],
            principals: one.api && { api: one.api },
            imports,
          },
        }),
      },
    };
  });
