// Which columns of a table are shown, how wide they are, and in which order its rows. Pure.
import type { Json, Member, Row } from '../api/types';
import type { Sort } from './query';

const kCharacter = 7.4;
const kPadding = 36;
const kNarrowest = 56;
const kWidest = 264;
const kSample = 60;

/** In characters of the Latin alphabet: those of Chinese take two. */
export const lengthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);

/** In pixels: as wide as the texts that come first, within bounds. */
export function widthOf(heading: string, texts: string[]): number {
  const longest = Math.max(lengthOf(heading) + 1, ...texts.slice(0, kSample).map(lengthOf));
  return Math.round(Math.min(kWidest, Math.max(kNarrowest, longest * kCharacter + kPadding)));
}

export const isNumeric = (member: Member): boolean =>
  ['count', 'number', 'duration', 'duration_at_most', 'share', 'points', 'ratio'].includes(member.kind);

/** Those with a rank, in the view's order; all of a table that ranks none. */
export function suggested(members: Member[]): Member[] {
  const ranked = members.filter((member) => (member.rank ?? 0) > 0);
  return ranked.length > 0 ? ranked : members;
}

export function chosen(members: Member[], keys: string[] | null): Member[] {
  if (keys === null) return suggested(members);
  const found = keys
    .map((key) => members.find((member) => member.key === key))
    .filter((member) => member !== undefined);
  return found.length > 0 ? found : suggested(members);
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
