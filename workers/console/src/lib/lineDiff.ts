// What differs between two texts, line by line, with some of what does not around it. Pure.

export interface DiffLine {
  /** `…` stands for lines that are left out. */
  sign: '+' | '-' | ' ' | '…';
  text: string;
}

const kAround = 2;

/** How long the longest common sequence of lines is behind each pair of places. */
function commonLengths(before: string[], after: string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; --i) {
    const row = lengths[i] as number[];
    for (let j = after.length - 1; j >= 0; --j)
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  return lengths;
}

function everyLine(before: string[], after: string[]): DiffLine[] {
  const lengths = commonLengths(before, after);
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      lines.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else {
      lines.push({ sign: '+', text: now ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** Empty where the texts are equal. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const all = everyLine(before.trimEnd().split('\n'), after.trimEnd().split('\n'));
  const isNear = (at: number) =>
    all.slice(Math.max(0, at - kAround), at + kAround + 1).some(({ sign }) => sign !== ' ');
  const shown: DiffLine[] = [];
  for (const [at, line] of all.entries()) {
    if (isNear(at)) shown.push(line);
    else if (shown.at(-1)?.sign !== '…') shown.push({ sign: '…', text: '' });
  }
  return shown.some(({ sign }) => sign === '+' || sign === '-') ? shown : [];
}
