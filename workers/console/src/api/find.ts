// A case, or the cases of a customer, by what somebody has of them.

import { type Filters, getBoard } from './client';
import type { Json } from './types';

/** A case by the text with which its address ends, or the filters of the list of cases; null: there is none. */
export type Found = { case: string } | { filters: Filters } | null;

const kCases = 'cases';

/** What is looked for may be a telephone number: it is asked for as a filter, and never as a part of a path, which logs keep. */
export async function findCases(text: string): Promise<Found> {
  const { rows, totals } = await getBoard(kCases, { filters: { case: [text] }, limit: 1 });
  const name: Json | undefined = rows[0]?.number ?? rows[0]?.case;
  if (totals.matching === 1 && name) return { case: String(name) };
  if (totals.matching !== 0) return { filters: { case: [text] } };
  const filters = { contact: [text] };
  const ofContact = await getBoard(kCases, { filters, limit: 0 });
  return ofContact.totals.matching === 0 ? null : { filters };
}
