// Which columns of a table are shown, how wide they are, and in which order its rows. Pure.
import type { Json, Member, Row } from '../api/types';
import type { Sort } from './query';

/** In pixels, as the style of tables has them, with a broad font: a character, what a cell keeps free, and the width at most. */
interface Measure {
  character: number;
  /** Of the first column, which names the row in bold: a number of a case is whole, however narrow the screen. */
  boldCharacter: number;
  padding: number;
  widest: number;
}
export const kRoomy: Measure = { character: 8.2, boldCharacter: 9.4, padding: 22, widest: 158 };
export const kTight: Measure = { character: 7.9, boldCharacter: 8.4, padding: 6, widest: 86 };
const kArrow = 2;
const kSample = 60;
/** In characters: a number of a case has 14. */
const kLongestName = 16;

/** In characters of the Latin alphabet: those of Chinese take two. */
export const lengthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);

/** In pixels: as wide as the texts that come first, within bounds. */
export function widthOf(heading: string, texts: string[], measure: Measure, isFirst: boolean): number {
  const longest = Math.max(lengthOf(heading) + kArrow, ...texts.slice(0, kSample).map(lengthOf));
  if (isFirst) return Math.round(Math.min(kLongestName, longest) * measure.boldCharacter + measure.padding);
  return Math.round(Math.min(measure.widest, longest * measure.character + measure.padding));
}

export const isNumeric = (member: Member): boolean =>
  ['count', 'number', 'duration', 'duration_at_most', 'share', 'points', 'ratio'].includes(member.kind);

/** Those with a rank, in the view's order, or where there is room for few by their rank; all of a table that ranks none. */
export function suggested(members: Member[], isNarrow = false): Member[] {
  const ranked = members.filter((member) => (member.rank ?? 0) > 0);
  if (ranked.length === 0) return members;
  return isNarrow ? ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)) : ranked;
}

export function chosen(members: Member[], keys: string[] | null, isNarrow = false): Member[] {
  if (keys === null) return suggested(members, isNarrow);
  const found = keys
    .map((key) => members.find((member) => member.key === key))
    .filter((member) => member !== undefined);
  return found.length > 0 ? found : suggested(members, isNarrow);
}

function compare(left: Json | undefined, right: Json | undefined, collator: Intl.Collator): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}

/** What is not known stands last either way; equals keep the board's order. */
export function sorted(rows: Row[], sort: Sort | null, lang: string): Row[] {
  if (!sort) return rows;
  const collator = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en', { numeric: true });
  const known = rows.filter((row) => row[sort.key] != null);
  const unknown = rows.filter((row) => row[sort.key] == null);
  const factor = sort.descending ? -1 : 1;
  known.sort((a, b) => factor * compare(a[sort.key], b[sort.key], collator));
  return [...known, ...unknown];
}
