/** Manages the window onto the drawing: which part of it is visible, and how large. */
import { element } from './dom.ts';

export const picture = element('picture', SVGSVGElement);
export const sceneElement = element('scene', SVGGElement);

let drawing = { width: 1, height: 1 };

const position = { x: 0, y: 0, scale: 1 };

/** Moves the drawing. `x` and `y` are in pixels. */
function moveBy(x: number, y: number) {
  position.x += x;
  position.y += y;
  move();
}

function move() {
  sceneElement.setAttribute('transform', `translate(${position.x} ${position.y}) scale(${position.scale})`);
}

function isHidden(): boolean {
  return picture.hasAttribute('hidden');
}

export function setSize({ width, height }: { readonly width: number; readonly height: number }) {
  drawing = { width, height };
}

export function isDragged(): boolean {
  return drag?.isFar === true;
}

/** Scales the drawing to the width of the window, and to its height unless the text would be too small to read. */
export function fitWindow() {
  if (isHidden()) return;
  const { width, height } = picture.getBoundingClientRect();
  const whole = Math.min(width / drawing.width, height / (drawing.height + 10));
  position.scale = Math.max(Math.min(whole, 1.3), Math.min(width / drawing.width, 0.7));
  position.x = Math.max(0, (width - drawing.width * position.scale) / 2);
  position.y = 0;
  move();
}

/** `x` and `y` are the point of the window that stays where it is. */
function zoom(factor: number, x: number, y: number) {
  const scale = Math.min(4, Math.max(0.05, position.scale * factor));
  position.x = x - ((x - position.x) * scale) / position.scale;
  position.y = y - ((y - position.y) * scale) / position.scale;
  position.scale = scale;
  move();
}

export function zoomMiddle(factor: number) {
  const { width, height } = picture.getBoundingClientRect();
  zoom(factor, width / 2, height / 2);
}

picture.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const { left, top } = picture.getBoundingClientRect();
    zoom(1.0015 ** -event.deltaY, event.clientX - left, event.clientY - top);
  },
  { passive: false },
);

/** The pointer's last position while its button is down. `isFar` says whether it was dragged. */
let drag: { x: number; y: number; isFar: boolean } | undefined;
picture.addEventListener('pointerdown', (event) => {
  if (event.button === 0) drag = { x: event.clientX, y: event.clientY, isFar: false };
});
window.addEventListener('pointermove', (event) => {
  if (drag === undefined) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  // A small movement still counts as a click.
  if (!drag.isFar && Math.hypot(dx, dy) < 4) return;
  picture.classList.add('dragged');
  drag = { x: event.clientX, y: event.clientY, isFar: true };
  moveBy(dx, dy);
});
for (const ending of ['pointerup', 'pointercancel']) {
  window.addEventListener(ending, () => {
    picture.classList.remove('dragged');
    // The click event that follows must still see that the pointer was dragged.
    setTimeout(() => {
      drag = undefined;
    });
  });
}

/** Moves the drawing so that the selection stays visible beside the panel. */
export function keepInSight() {
  if (isHidden()) return;
  const { width } = picture.getBoundingClientRect();
  if (drawing.width * position.scale > width || position.x + drawing.width * position.scale > width) {
    position.x = Math.max(0, (width - drawing.width * position.scale) / 2);
    if (drawing.width * position.scale > width) {
      zoom(Math.max(0.5, width / drawing.width) / position.scale, 0, 0);
      position.x = 0;
    }
    move();
  }
}

const arrowSteps: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ['ArrowLeft', [60, 0]],
  ['ArrowRight', [-60, 0]],
  ['ArrowUp', [0, 60]],
  ['ArrowDown', [0, -60]],
]);

picture.addEventListener('keydown', (event) => {
  const step = arrowSteps.get(event.key);
  if (step !== undefined) {
    moveBy(...step);
  } else if (event.key === '+' || event.key === '=') zoomMiddle(1.25);
  else if (event.key === '-') zoomMiddle(0.8);
  else if (event.key === '0') fitWindow();
  else return;
  event.preventDefault();
});

// Moves the drawing so that the focused element is visible.
sceneElement.addEventListener('focusin', (event) => {
  if (!(event.target instanceof Element)) return;
  const box = event.target.getBoundingClientRect();
  const frame = picture.getBoundingClientRect();
  if (box.top < frame.top) moveBy(0, frame.top - box.top + 20);
  else if (box.bottom > frame.bottom) moveBy(0, frame.bottom - box.bottom - 20);
});
