/** Draws a standalone SVG, for documents. */
import type { GraphData } from './data.ts';
import { draw, escapeMarkup } from './drawing.ts';
import { marks } from './mark.ts';
import { drawingStyle } from './page.generated.ts';
import { sceneOf } from './scene.ts';
import { shownIn } from './shown.ts';
import { everything } from './view.ts';

export function graphSvg(data: GraphData): string {
  const view = everything(data);
  const scene = sceneOf(shownIn(data, view), view);
  const { width } = scene;
  const height = scene.height + legendHeight;
  return `<svg class="access" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeMarkup(`Who can do what with the keys of ${data.app}`)}">
${marks.svg}
<style>${plainStyle(drawingStyle)}</style>
<rect class="paper" width="${width}" height="${height}"/>
${draw(scene, false)}
${legend(scene.height)}
</svg>
`;
}

const legendHeight = 84;

function legend(top: number): string {
  const samples = [
    { kind: 'use allowed', text: 'uses it', x: 24, y: 12 },
    { kind: 'admin allowed', text: 'administers it', x: 150, y: 12 },
    { kind: 'both allowed', text: 'does both', x: 320, y: 12 },
    { kind: 'see allowed', text: 'only describes it', x: 460, y: 12 },
    { kind: 'use depends', text: 'depends on the request or the deployment', x: 24, y: 34 },
    { kind: 'use shared', text: 'needs a policy outside this project too', x: 400, y: 34 },
  ];
  const drawn = samples.map(
    ({ kind, text, x, y }) =>
      `<g class="line ${kind}"><path class="stroke" d="M${x} ${top + y}h34" stroke-width="2"/></g><text x="${x + 42}" y="${top + y + 4}">${text}</text>`,
  );
  const note =
    'Not drawn: access through trust in a key’s own account. Not considered: service control policies, permissions boundaries, session policies.';
  return `${drawn.join('\n')}\n<text class="note" x="24" y="${top + 58}">${note}</text>`;
}

/**
 * Returns the style without custom properties, which some SVG viewers do not support: the rules with the light colours, then again with the
 * dark colours, for readers who prefer dark.
 */
export function plainStyle(css: string): string {
  const [light = '', dark = ''] = [...css.matchAll(/svg\.access \{([^}]*)\}/g)].map(([, block = '']) => block);
  const rules = css.slice(css.indexOf('svg.access .paper'));
  const fonts = /font:[^;]*;/.exec(light)?.[0] ?? '';
  const resolved = (block: string): string => {
    const values = new Map(
      [...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
    );
    return rules.replaceAll(/var\((--[\w-]+)\)/g, (whole, name: string) => values.get(name) ?? whole);
  };
  return `svg.access { ${fonts} }\n${resolved(light)}@media (prefers-color-scheme: dark) {\n${resolved(dark)}}\n`;
}
