// SPDX-License-Identifier: Apache-2.0
// Positions as a matrix of actor × issue.

/** {actors, issues, cells}: the most frequent first; a cell (by "actor\tissue") has how often each stance was taken. */
export function matrix(positions, { most_actors = 40, most_issues = 24 } = {}) {
  const actors = new Map();
  const issues = new Map();
  const cells = new Map();
  for (const { actor, actor_country: country, issue, stance, before } of positions) {
    const row = actors.get(actor) ?? actors.set(actor, { actor, country, positions: 0 }).get(actor);
    row.positions += 1;
    issues.set(issue, (issues.get(issue) ?? 0) + 1);
    const key = `${actor}\t${issue}`;
    const cell = cells.get(key) ?? cells.set(key, { stances: {}, changed: false, positions: 0 }).get(key);
    cell.stances[stance] = (cell.stances[stance] ?? 0) + 1;
    cell.positions += 1;
    cell.changed ||= Boolean(before);
  }
  const by_count = (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]);
  return {
    actors: [...actors.values()].sort((a, b) => b.positions - a.positions || a.actor.localeCompare(b.actor)).slice(0, most_actors),
    issues: [...issues].sort(by_count).map(([issue]) => issue).slice(0, most_issues),
    cells,
  };
}

/** The stances of a cell, most frequent first. */
export function stances(cell) {
  return Object.entries(cell.stances).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
