import { describe, expect, it } from 'vitest';
import type { GraphData } from './data.ts';
import { graphPage, jsonInHtml } from './html.ts';
import { graphMermaid } from './mermaid.ts';
import { drawingStyle } from './page.generated.ts';
import { sceneOf } from './scene.ts';
import { shownIn } from './shown.ts';
import { graphSvg, plainStyle } from './svg.ts';
import { everything, type View } from './view.ts';

const evil = '</script><img src=x onerror=alert(1)>"`#;\u2028';

function project(stacks: number, keysOfEach: number, name = 'key'): GraphData {
  const source = { file: 'keywright.yaml', line: 1, endLine: 1 };
  const keys = Array.from({ length: stacks * keysOfEach }, (_, index) => {
    const home = `stack${Math.floor(index / keysOfEach)}`;
    const own = `${name}${index}`;
    return { name: own, fullName: `${home}.${own}`, home, stack: home, aliases: [], facts: [], source, at: 0 };
  });
  const principals = Array.from({ length: stacks }, (_, index) => ({
    name: 'api',
    fullName: `stack${index}.api`,
    kind: 'role' as const,
    home: `stack${index}`,
    stack: `stack${index}`,
    facts: [],
    source,
    at: 0,
  }));
  const edges = keys.map((_, key) => ({
    principal: Math.floor(key / keysOfEach),
    key,
    access: [0, 1],
    at: 0,
    own: true as const,
  }));
  return {
    app: 'demo',
    by: 'account',
    places: [{ account: '111122223333', region: 'eu-west-1' }],
    accountNames: {},
    sets: [[0]],
    keys,
    principals,
    access: [
      { can: 'decrypt', certainty: 'allowed', by: [0] },
      { can: 'administer', certainty: 'trust', by: [0] },
    ],
    edges,
    statements: [{ of: 'key policy', effect: 'Allow', sources: [source] }],
  };
}

describe('the scene', () => {
  /** Returns the number of rows on each side, and of lines. */
  function sizeOf(data: GraphData, change: Partial<View> = {}) {
    const view = { ...everything(data), ...change };
    const scene = sceneOf(shownIn(data, view), view);
    const rows = scene.clusters.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows));
    return {
      rows: rows.length,
      folded: rows.filter(({ group }) => group !== undefined).length,
      lines: scene.lines.length,
      height: scene.height,
    };
  }

  it('shows everything in a small project', () => {
    expect(sizeOf(project(2, 3))).toMatchObject({ rows: 8, folded: 0, lines: 6 });
  });

  it('folds keys into stacks, then stacks into accounts, until the scene fits', () => {
    expect(sizeOf(project(5, 100))).toMatchObject({ rows: 10, folded: 5, lines: 5 });
    const large = sizeOf(project(100, 5));
    expect(large).toMatchObject({ rows: 2, folded: 2, lines: 1 });
    expect(sizeOf(project(20, 500)).height).toBeLessThan(2500);
  });

  it('bundles the lines to a box with many rows', () => {
    const open = new Map([['key:account 111122223333/stack0', true]]);
    expect(sizeOf(project(5, 100), { open })).toMatchObject({ rows: 109, folded: 4, lines: 5 });
  });

  it('contains the keys and principals that the filters select', () => {
    const data = project(2, 3);
    expect(sizeOf(data, { text: 'KEY4' })).toMatchObject({ rows: 2, lines: 1 });
    expect(sizeOf(data, { can: 'administer' })).toMatchObject({ rows: 0, lines: 0 });
    expect(sizeOf(data, { can: 'administer', trust: true })).toMatchObject({ rows: 8, lines: 6 });
    expect(sizeOf(data, { kinds: ['user'] })).toMatchObject({ rows: 6, lines: 0 });
    expect(sizeOf(data, { account: '222222222222' })).toMatchObject({ rows: 0, lines: 0 });
  });

  it('draws nothing over anything else', () => {
    const data = project(12, 3);
    const { clusters } = sceneOf(shownIn(data, everything(data)), everything(data));
    const boxes = clusters.flatMap(({ boxes }) => boxes);
    for (const side of ['principal', 'key']) {
      const own = boxes.filter((box) => box.side === side).sort((one, other) => one.y - other.y);
      own.reduce((end, { y, height }) => {
        expect(y).toBeGreaterThanOrEqual(end);
        return y + height;
      }, 0);
    }
  });
});

describe('SVG', () => {
  it('is well-formed, whatever the names are', () => {
    const svg = graphSvg(project(1, 2, `${evil}&'`));
    expect(svg).not.toContain('<img');
    expect(svg).toContain('&lt;/script&gt;');
    const depth = [...svg.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)].reduce(
      (sum, [, end, , alone]) => sum + (alone ? 0 : end ? -1 : 1),
      0,
    );
    expect(depth).toBe(0);
  });

  it('has colours for light and dark without custom properties', () => {
    const style = plainStyle(drawingStyle);
    expect(style).not.toContain('var(');
    expect(style).not.toContain('--');
    expect(style).toContain('@media (prefers-color-scheme: dark)');
  });

  it('has nothing to click on, and is the same every time', () => {
    const svg = graphSvg(project(2, 3));
    expect(svg).not.toMatch(/tabindex|data-|role="button"/);
    expect(graphSvg(project(2, 3))).toBe(svg);
  });
});

describe('the page', () => {
  it('is one file in which only its own scripts run', () => {
    const page = graphPage(project(1, 1, evil));
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/,
    );
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(graphPage(project(1, 1))).not.toMatch(/<(link|img|iframe)|src=|href=|@import|url\(|sourceMappingURL/);
  });

  it('names the authors of the software in it', () => {
    expect(graphPage(project(1, 1))).toMatch(
      /^@dagrejs\/dagre [\s\S]*Copyright [\s\S]*^@dagrejs\/graphlib [\s\S]*The same text as that of @dagrejs\/dagre /m,
    );
  });

  it('contains its data as JSON that cannot end a script', () => {
    const json = jsonInHtml([evil, '<!--', '&']);
    expect(json).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(json)).toEqual([evil, '<!--', '&']);
  });
});

describe('Mermaid', () => {
  it('has accounts and stacks as subgraphs', () => {
    expect(graphMermaid(project(1, 1))).toBe(`flowchart LR
  %% keywright graph
  subgraph pg1["account 111122223333"]
    subgraph pg2["stack0"]
      p0["api"]
    end
  end
  subgraph kg1["account 111122223333"]
    subgraph kg2["stack0"]
      k0(["key0"])
    end
  end
  p0 -->|"decrypt"| k0
`);
  });

  it('escapes everything that Mermaid would interpret', () => {
    const text = graphMermaid(project(1, 1, 'a"] --> b; <b>`#*ключ'));
    expect(text).toContain('k0(["a#34;#93; --#62; b#59; #60;b#62;#96;#35;#42;ключ0"])');
  });

  it('folds the keys of a stack that do not fit, and says so', () => {
    const text = graphMermaid(project(3, 20));
    expect(text).toContain('["stack1: 20 keys"]');
    expect(text.split('\n').length).toBeLessThan(25);
    expect(text).toContain('note["60 keys and 3 principals are too many to draw here');
    // A key or principal that is the only one in its stack gets one label with the stack.
    expect(text).toContain('p1["stack1: api"]');
    expect(graphMermaid(project(3, 10))).not.toContain('note[');
  });
});
