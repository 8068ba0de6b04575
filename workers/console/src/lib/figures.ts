// The figures above the rows of a board, in the lines that its view names, and what each counts. Pure.
import type { Filters } from '../api/client';
import type { AskedFilter, Board, Json, Member, Row, Shape } from '../api/types';
import { type Context, label, number, shown } from './format';

/** The filters that leave what a figure counts: rows of its board, or events of the log. */
export interface Lead {
  to: 'rows' | 'events';
  filters: Filters;
}

export interface Figure {
  key: string;
  name: string;
  meaning: string;
  text: string;
  /** Null: it counts neither, or nothing. */
  lead: Lead | null;
}

export interface Line {
  heading: string;
  figures: Figure[];
}

/** What a figure is of: a word or what the first member of its row says, the other members, and the board's own query. */
export interface Counted {
  own?: string;
  row?: Row;
  asked?: Filters;
}

function filtersBy(all: AskedFilter[], { own = '', row = {}, asked = {} }: Counted): Filters {
  const filters: Filters = {};
  for (const { filter, value, member, as_asked } of all) {
    const values = as_asked ? (asked[filter] ?? []) : [value ?? (member ? String(row[member]) : own)];
    if (values.length > 0) filters[filter] = [...(filters[filter] ?? []), ...values];
  }
  return filters;
}

/** Of the rows that a member counts, or without which a table is empty; null: it has none. */
export const filtersOf = (member: Member, counted: Counted = {}): Filters | null =>
  member.leads_to ? filtersBy(member.leads_to, counted) : null;

/** A share leads to what its part does, of the members beside it. */
export function leadOf(member: Member, members: Member[], counted: Counted = {}): Lead | null {
  const part = members.find((each) => each.key === member.part) ?? member;
  if (part.leads_to) return { to: 'rows', filters: filtersBy(part.leads_to, counted) };
  return part.events ? { to: 'events', filters: filtersBy(part.events, counted) } : null;
}

/** As the page of events asks for them: what is no parameter is a field of their data. */
export function eventsQuery(filters: Filters): Record<string, string> {
  const { type = [], since = [], until = [], ...fields } = filters;
  const where = Object.entries(fields).flatMap(([field, values]) => values.map((value) => `${field}=${value}`));
  const query = { type, since, until, where };
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, values.join(',')]),
  );
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

const isNothing = (member: Member, value: Json | undefined) => value === 0 && member.kind !== 'share';

function figureOf(member: Member, value: Json | undefined, members: Member[], context: Context): Figure {
  return {
    key: member.key,
    name: label(member.label, context.lang),
    meaning: member.meaning,
    text: shown(member, value, context),
    lead: isNothing(member, value) ? null : leadOf(member, members),
  };
}

/** Of counts by word that lead somewhere: each word that there is. */
const figuresByWord = (member: Member, counts: Row, context: Context): Figure[] =>
  Object.entries(counts)
    .filter(([, count]) => typeof count === 'number' && count !== 0)
    .map(([word, count]) => ({
      key: `${member.key}.${word}`,
      name: context.word(word),
      meaning: member.meaning,
      text: number(count as number, context.lang),
      lead: leadOf(member, [], { own: word }),
    }));

function headedLines(shape: Shape, board: Board, context: Context): Line[] {
  const totals = membersOf(shape, 'totals');
  const all = [
    ...totals.map((member) => ({ member, value: board.totals[member.key] })),
    ...membersOf(shape, 'metrics').map((member) => ({ member, value: board.metrics[member.key] })),
  ].filter(({ member }) => member.heading && !member.members);
  return shape.headings.map((heading) => ({
    heading: label(heading, context.lang),
    figures: all
      .filter(({ member }) => member.heading?.en === heading.en)
      .sort((a, b) => (a.member.rank ?? 0) - (b.member.rank ?? 0))
      .flatMap(({ member, value }) =>
        member.kind === 'counts' && leadOf(member, [])
          ? figuresByWord(member, value as Row, context)
          : [figureOf(member, value, totals, context)],
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
    .map((each) => figureOf(each, sums[each.key], [], context))
    .map((figure) => {
      const filters = figure.lead && both(asked, figure.lead.filters);
      return { ...figure, lead: filters && { to: 'rows' as const, filters } };
    });
  return [{ heading: label(member.label, context.lang), figures }];
}

export const linesOf = (shape: Shape, board: Board, asked: Filters, context: Context): Line[] =>
  [...headedLines(shape, board, context), ...selectedLine(shape, board, asked, context)]
    .map((line) => ({ ...line, figures: line.figures.filter((figure) => figure.text !== '') }))
    .filter((line) => line.figures.length > 0);
