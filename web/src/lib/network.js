// SPDX-License-Identifier: Apache-2.0
// Who acts towards whom as a drawing: places of the nodes by d3-force, the same for the same pairs.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';

/**
 * Nodes and links of the pairs, laid out in [0, width] × [0, height]. A link joins two, whichever of them acts: `events`
 * of both directions, `score` their mean. Acts of one towards itself count for its size only.
 */
export function layout(dyads, { width, height, most = 60 }) {
  const nodes = new Map();
  const links = new Map();
  const node = (id) => nodes.get(id) ?? nodes.set(id, { id, events: 0 }).get(id);
  for (const { actor, recipient, events, score } of dyads) {
    if (!actor || !recipient) continue;
    node(actor).events += events;
    node(recipient).events += events;
    if (actor === recipient) continue;
    const [a, b] = [actor, recipient].sort();
    const link = links.get(`${a}\t${b}`) ?? links.set(`${a}\t${b}`, { source: a, target: b, events: 0, sum: 0 }).get(`${a}\t${b}`);
    link.events += events;
    link.sum += events * score;
  }
  const kept = [...nodes.values()].sort((a, b) => b.events - a.events || a.id.localeCompare(b.id)).slice(0, most);
  const ids = new Set(kept.map(({ id }) => id));
  const joined = [...links.values()].filter(({ source, target }) => ids.has(source) && ids.has(target))
    .map(({ source, target, events, sum }) => ({ source, target, events, score: sum / events }));
  const largest = Math.max(1, ...kept.map(({ events }) => events));
  for (const one of kept) one.radius = 5 + 15 * Math.sqrt(one.events / largest);
  const room = Math.sqrt((width * height) / Math.max(1, kept.length));
  forceSimulation(kept)
    .force('link', forceLink(joined).id(({ id }) => id).distance(0.55 * room).strength(0.25))
    .force('charge', forceManyBody().strength(-3.2 * room))
    .force('collide', forceCollide(({ radius }) => radius + 12))
    .force('center', forceCenter(width / 2, height / 2))
    .force('x', forceX(width / 2).strength(0.05))
    .force('y', forceY(height / 2).strength((0.05 * width) / height))
    .stop()
    .tick(300);
  for (const one of kept) {
    one.x = Math.max(one.radius + 4, Math.min(width - one.radius - 60, one.x));
    one.y = Math.max(one.radius + 4, Math.min(height - one.radius - 4, one.y));
  }
  return { nodes: kept, links: joined };
}
