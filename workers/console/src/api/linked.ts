// Cases that what solved another one may solve, too.
import { marksIn } from '../lib/caseHead';
import { getBoard, getCase } from './client';
import type { CaseAnswer } from './types';

const kDone = ['resolved', 'closed'];
const kMost = 20;
/** What this case is to the other, and what the other is to this one. */
const kSolvesOwn = ['duplicate', 'parent'];
const kSolvedBy = ['duplicate', 'child'];

/** The open duplicates and children of a case, `token` behind which it is. */
export async function openWithin(id: string, token: string): Promise<CaseAnswer[]> {
  const [own, naming] = await Promise.all([
    getCase(id, token),
    getBoard('cases', { filters: { linked: [id], open: ['true'] }, limit: kMost }),
  ]);
  const named = marksIn(own.head).links.filter((link) => kSolvedBy.includes(link.relation));
  const ids = new Set([...named.map((link) => link.id), ...naming.rows.map((row) => String(row.case))]);
  const others = await Promise.all([...ids].slice(0, kMost).map((other) => getCase(other).catch(() => null)));
  const belongs = (other: CaseAnswer) =>
    named.some((link) => link.id === other.case_id) ||
    marksIn(other.head).links.some((link) => link.id === id && kSolvesOwn.includes(link.relation));
  return others.filter((other) => other !== null).filter((other) => !kDone.includes(other.status) && belongs(other));
}
