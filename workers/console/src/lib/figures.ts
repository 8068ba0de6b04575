// The figures above the rows of a board, in the lines that its view names, and the rows that each counts. Pure.
import type { Filters } from '../api/client';
import type { Board, Json, Member, Row, Shape } from '../api/types';
import { type Context, label, number, shown } from './format';

export interface Figure {
  key: string;
  name: string;
  meaning: string;
  text: string;
  /** The filters that leave the rows that it counts; null: it counts no rows, or none are left. */
  rows: Filters | null;
}

export interface Line {
  heading: string;
  figures: Figure[];
}

/** `own` is the word, or what the first member of the row says, that is counted. */
export function filtersOf(member: Member, own = ''): Filters | null {
  if (!member.leads_to) return null;
  const filters: Filters = {};
  for (const { filter, value } of member.leads_to) filters[filter] = [...(filters[filter] ?? []), value ?? own];
  return filters;
}

/** Those that leave what both leave; null where one query cannot say it. */
export function both(asked: Filters, also: Filters): Filters | null {
  const all = { ...asked };
  for (const [name, values] of Object.entries(also)) {
    const common = asked[name] ? values.filter((value) => asked[name]?.includes(value)) : values;
    if (common.length === 0) return null;
    all[name] = common;
  }
  return all;
}

const membersOf = (shape: Shape, key: string) => shape.members.find((member) => member.key === key)?.members ?? [];

function figureOf(member: Member, value: Json | undefined, context: Context): Figure {
  return {
    key: member.key,
    name: label(member.label, context.lang),
    meaning: member.meaning,
    text: shown(member, value, context),
    rows: value === 0 ? null : filtersOf(member),
  };
}

/** Of counts by word whose rows can be shown: each word that there is. */
const figuresByWord = (member: Member, counts: Row, context: Context): Figure[] =>
  Object.entries(counts)
    .filter(([, count]) => typeof count === 'number' && count !== 0)
    .map(([word, count]) => ({
      key: `${member.key}.${word}`,
      name: context.word(word),
      meaning: member.meaning,
      text: number(count as number, context.lang),
      rows: filtersOf(member, word),
    }));

function headedLines(shape: Shape, board: Board, context: Context): Line[] {
  const all = [
    ...membersOf(shape, 'totals').map((member) => ({ member, value: board.totals[member.key] })),
    ...membersOf(shape, 'metrics').map((member) => ({ member, value: board.metrics[member.key] })),
  ].filter(({ member }) => member.heading && !member.members);
  return shape.headings.map((heading) => ({
    heading: label(heading, context.lang),
    figures: all
      .filter(({ member }) => member.heading?.en === heading.en)
      .sort((a, b) => (a.member.rank ?? 0) - (b.member.rank ?? 0))
      .flatMap(({ member, value }) =>
        member.kind === 'counts' && member.leads_to
          ? figuresByWord(member, value as Row, context)
          : [figureOf(member, value, context)],
      ),
  }));
}

/** Sums over what the filters leave: those that count something, and how many rows there are. */
function selectedLine(shape: Shape, board: Board, asked: Filters, context: Context): Line[] {
  const member = shape.members.find((each) => each.key === 'selected');
  const sums = board.selected as Row | null | undefined;
  if (!member || !sums) return [];
  const figures = (member.members ?? [])
    .filter((each) => sums[each.key] !== 0 || each.leads_to?.length === 0)
    .map((each) => figureOf(each, sums[each.key], context))
    .map((figure) => ({ ...figure, rows: figure.rows && both(asked, figure.rows) }));
  return [{ heading: label(member.label, context.lang), figures }];
}

export const linesOf = (shape: Shape, board: Board, asked: Filters, context: Context): Line[] =>
  [...headedLines(shape, board, context), ...selectedLine(shape, board, asked, context)]
    .map((line) => ({ ...line, figures: line.figures.filter((figure) => figure.text !== '') }))
    .filter((line) => line.figures.length > 0);
