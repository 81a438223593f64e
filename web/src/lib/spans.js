// SPDX-License-Identifier: Apache-2.0
// Marked text: spans that may overlap become runs of text, each with all the marks that lie on it.

/** Gives for each offset in code points the offset in UTF-16 units, as JavaScript counts. */
export function unit_offsets(text) {
  // Most texts have no character outside the first plane: then both counts are the same.
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (offset) => Math.min(offset, text.length);
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points += 1) {
    units[points] = unit;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (offset) => units[Math.min(offset, points)];
}

/**
 * Cuts [begin, end) of a text at the edges of the marks: [{text, begin, end, marks}], in order and without gaps.
 * A mark is anything with `span`: [begin, end) in the unit of `units`; those that are empty or outside count for nothing.
 */
export function runs(text, [begin, end], marks, units = (offset) => offset) {
  const inside = marks.filter(({ span }) => span[0] < end && span[1] > begin && span[1] > span[0]);
  const edges = new Set([begin, end]);
  for (const { span } of inside) {
    edges.add(Math.max(begin, span[0]));
    edges.add(Math.min(end, span[1]));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => ({
    text: text.slice(units(sorted[i]), units(to)),
    begin: sorted[i],
    end: to,
    marks: inside.filter(({ span }) => span[0] <= sorted[i] && span[1] >= to),
  }));
}

/** Each mark with the block that holds its beginning, so that a block looks at its own marks only. */
export function by_block(blocks, marks) {
  const groups = blocks.map(() => []);
  for (const mark of marks) {
    for (let i = first_after(blocks, mark.span[0]); i < blocks.length && blocks[i].span[0] < mark.span[1]; i += 1) groups[i].push(mark);
  }
  return groups;
}

// Blocks are in order: the first that ends behind the offset.
function first_after(blocks, offset) {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].span[1] > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
