// SPDX-License-Identifier: Apache-2.0
// The timeline as drawn by Observable Plot: cooperation above the line, conflict below, words hollow, deeds filled.
import { axisX, axisY, gridY, plot, rectY, ruleY, stackY } from '@observablehq/plot';

const kOrder = ['material-cooperation', 'verbal-cooperation', 'material-conflict', 'verbal-conflict'];
const is_conflict = (quad) => quad.endsWith('conflict');
const colour = (quad) => (is_conflict(quad) ? 'var(--conflict)' : 'var(--cooperation)');
const fill = (quad) => (quad.startsWith('verbal') ? (is_conflict(quad) ? 'var(--conflict-tint)' : 'var(--cooperation-tint)') : colour(quad));

/** An SVG element with `scale("x")` of Plot; `bars` as from lib/time.js. */
export function timeline_plot(bars, unit, { width, height = 260 }) {
  return plot({
    className: 'plot', width, height, marginLeft: 44, marginRight: 8, marginTop: 20, marginBottom: 28,
    x: { type: 'utc', label: null }, y: { label: null, tickFormat: (value) => String(Math.abs(value)), nice: true },
    color: { type: 'identity' },
    marks: [
      gridY({ stroke: 'var(--rule)', strokeOpacity: 1 }),
      axisX({ color: 'var(--soft)' }),
      axisY({ color: 'var(--soft)', tickFormat: (value) => (Number.isInteger(value) ? String(Math.abs(value)) : ''), label: '↑ cooperation     conflict ↓', labelAnchor: 'top', labelArrow: 'none' }),
      rectY(bars, stackY({
        x: 'start', interval: unit, y: ({ quad, events }) => (is_conflict(quad) ? -events : events), z: 'quad', order: kOrder,
        fill: ({ quad }) => fill(quad), stroke: ({ quad }) => colour(quad), strokeWidth: 1, insetLeft: 0.75, insetRight: 0.75,
      })),
      ruleY([0], { stroke: 'var(--ink)' }),
    ],
  });
}
