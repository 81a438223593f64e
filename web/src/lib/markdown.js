// SPDX-License-Identifier: Apache-2.0
// As much Markdown as our own model card and codebook use, as blocks of text to be shown: nothing here gives markup.
// Blocks: {kind: 'heading', level, runs}, {kind: 'paragraph', runs}, {kind: 'list', ordered, items: [runs]},
// {kind: 'table', head: [runs], rows: [[runs]]}, {kind: 'code', text}; runs: [{text, strong?, code?, em?}].

/** `code`, **strong**, *em* and [words](link): of a link the words, since its target may be a file that is not here. */
export function runs_of(text) {
  const runs = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\([^)]*\)/g;
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) runs.push({ text: text.slice(end, found.index) });
    if (found[1] !== undefined) runs.push({ text: found[1], code: true });
    else if (found[2] !== undefined) runs.push({ text: found[2].replace(/[`]/g, ''), strong: true });
    else if (found[3] !== undefined) runs.push({ text: found[3], em: true });
    else runs.push({ text: found[4] });
    end = found.index + found[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end) });
  return runs;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => runs_of(cell.trim().replaceAll('\\|', '|')));
const is_item = (line) => /^\s*([-*]|\d+\.)\s+/.test(line);

export function blocks_of(markdown) {
  const lines = markdown.replace(/<!--[\s\S]*?-->/g, '').split('\n');
  const blocks = [];
  let i = 0;
  const while_lines = (holds) => {
    const begin = i;
    while (i < lines.length && holds(lines[i])) i += 1;
    return lines.slice(begin, i);
  };
  while (i < lines.length) {
    const line = lines[i];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (!line.trim()) {
      i += 1;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1].length, runs: runs_of(heading[2]) });
      i += 1;
    } else if (/^```/.test(line)) {
      i += 1;
      blocks.push({ kind: 'code', text: while_lines((one) => !/^```/.test(one)).join('\n') });
      i += 1;
    } else if (/^ {4}\S/.test(line)) {
      blocks.push({ kind: 'code', text: while_lines((one) => /^ {4}/.test(one)).map((one) => one.slice(4)).join('\n') });
    } else if (/^\|/.test(line)) {
      const [head, , ...rows] = while_lines((one) => /^\|/.test(one));
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
    } else if (is_item(line)) {
      const items = [];
      for (const one of while_lines((next) => is_item(next) || /^\s+\S/.test(next))) {
        if (is_item(one)) items.push(one.replace(/^\s*([-*]|\d+\.)\s+/, ''));
        else items[items.length - 1] += ` ${one.trim()}`;
      }
      blocks.push({ kind: 'list', ordered: /^\s*\d/.test(line), items: items.map(runs_of) });
    } else {
      const words = while_lines((one) => one.trim() && !/^(#|```|\|)/.test(one) && !is_item(one));
      blocks.push({ kind: 'paragraph', runs: runs_of(words.join(' ')) });
    }
  }
  return blocks;
}
