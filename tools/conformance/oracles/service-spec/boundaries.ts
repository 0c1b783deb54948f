import { compileProject } from '@keywright/core/compile';
import { targets } from '../../../../packages/cli/src/targets.ts';
import { hostOf, type Subject, subjectOf } from '../../subject.ts';

/** A limit of CloudFormation, and projects that reach or exceed it. */
interface Boundary {
  /** What is limited, in words that follow a number, such as `resources`. */
  readonly name: string;
  /** The largest number that CloudFormation accepts. */
  readonly most: number;
  /** Returns a project with this number of limited things in one template. Everything else is below its limit. */
  project(count: number): unknown;
  /** The message if the limit is exceeded by one. */
  readonly refused: string;
}

const place = { environments: { eu: { account: '111122223333', region: 'eu-west-1' } } };
const twoPlaces = { environments: { ...place.environments, us: { account: '111122223333', region: 'us-east-1' } } };

function many<T>(count: number, make: (index: number) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, make(index)]));
}

function app(environments: object, stacks: unknown): unknown {
  return { keywright: 1, app: 'limits', ...environments, stacks };
}

/** Returns roles that each use a key of another stack. */
function readers(count: number, stack: string) {
  return {
    principals: many(count, () => ({ role: { assumedBy: 'lambda.amazonaws.com' } })),
    imports: many(count, (index) => ({ key: `${stack}.k${index}`, grants: [{ to: `k${index}`, can: 'decrypt' }] })),
  };
}

const boundaries: readonly Boundary[] = [
  {
    name: 'resources, half of them keys and half aliases',
    most: 500,
    refused: 'main has 501 resources, and CloudFormation accepts 500 at most',
    project: (count) => {
      const odd = count % 2 === 1 ? ['more'] : [];
      const keys = many(Math.floor(count / 2), (index) => ({ aliases: [`k${index}`, ...(index === 0 ? odd : [])] }));
      return app(place, { main: { environment: 'eu', targets: ['cfn'], keys } });
    },
  },
  {
    name: 'outputs that the user asks for',
    most: 200,
    refused: 'main has 201 outputs, and CloudFormation accepts 200 at most',
    project: (count) => {
      const outputs = many(count, () => '${keys.orders.arn}');
      return app(place, { main: { environment: 'eu', targets: ['cfn'], keys: { orders: {} }, outputs } });
    },
  },
  {
    name: 'outputs that other stacks use',
    most: 200,
    refused: 'main has 201 outputs, and CloudFormation accepts 200 at most',
    project: (count) => {
      const keys = many(count, () => ({}));
      return app(place, {
        main: { environment: 'eu', targets: ['cfn'], keys },
        other: { environment: 'eu', targets: ['cfn'], ...readers(count, 'main') },
      });
    },
  },
  {
    name: 'parameters, each the value of another tool',
    most: 200,
    refused: 'main has 201 parameters, and CloudFormation accepts 200 at most',
    project: (count) => {
      const keys = many(count, () => ({}));
      return app(place, {
        other: { environment: 'eu', targets: ['terraform'], keys },
        main: { environment: 'eu', targets: ['cfn'], ...readers(count, 'other') },
      });
    },
  },
  {
    name: 'replicas, each with the ARN of its primary',
    most: 200,
    refused: 'main-us has 201 parameters, and CloudFormation accepts 200 at most',
    project: (count) => {
      const keys = many(count, () => ({ multiRegion: true, replicas: [{ environment: 'us' }] }));
      return app(twoPlaces, { main: { environment: 'eu', targets: ['cfn'], keys } });
    },
  },
];

/** Returns the subjects at the limits. `check` and `build` accept them, and the oracle has to accept them too. */
export async function subjectsAtLimits(): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const { name, most, project } of boundaries) {
    const subject = await subjectOf(`limits/${most} ${name}`, 'generated', hostOf(project(most)));
    if (subject === undefined) throw new Error(`${most} ${name} are refused`);
    subjects.push(subject);
  }
  return subjects;
}

/** Returns the cases in which `check` accepts one thing more than CloudFormation does, or refuses it without advice. */
export function problemsBeyondLimits(): readonly string[] {
  return boundaries.flatMap(({ name, most, project, refused }) => {
    const { diagnostics } = compileProject(hostOf(project(most + 1)), { targets });
    const found = diagnostics.find(({ code, message }) => code === 'KW4102' && message === refused);
    if (found?.severity !== 'error') return [`check accepts ${most + 1} ${name}`];
    return found.help === undefined ? [`check gives no advice about ${most + 1} ${name}`] : [];
  });
}

/**
 * Returns the cases in which `build` accepts a template with more bytes than CloudFormation does. The template can be measured only after
 * printing.
 */
export async function problemsBeyondBytes(): Promise<readonly string[]> {
  const project = (count: number) =>
    app(place, {
      main: { environment: 'eu', targets: ['cfn'], keys: many(count, () => ({ description: 'x'.repeat(8000) })) },
    });
  const below = await subjectOf('limits/bytes', 'generated', hostOf(project(115)));
  const beyond = await subjectOf('limits/bytes', 'generated', hostOf(project(125)));
  return [
    ...(below === undefined ? ['build refuses a template of less than 1 MB'] : []),
    ...(beyond === undefined ? [] : ['build accepts a template of more than 1 MB']),
  ];
}
