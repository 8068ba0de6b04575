// Cases that what solved another one may solve, too.
import { marksIn } from '../lib/caseHead';
import type { Values } from '../lib/schema';
import type { Identity } from '../state/settings';
import { getActions } from './actions';
import { getBoard, getCase } from './client';
import type { CaseAnswer } from './types';

const kDone = ['resolved', 'closed'];
const kMost = 20;
/** What this case is to the other, and what the other is to this one. */
const kSolvesOwn = ['duplicate', 'parent'];
const kSolvedBy = ['duplicate', 'child'];

/** An open case, and which command may do for it what was done for the other; null when none may now. */
export interface SolvedWith {
  answer: CaseAnswer;
  type: string | null;
}

/** Nobody works on a duplicate that was not begun: it ends as one. */
const kEndsDuplicate = 'request.reject';

/** The open duplicates and children of a case that `type` has solved, `token` behind which it is. */
export async function openWithin(id: string, token: string, type: string, who: Identity | null): Promise<SolvedWith[]> {
  const [own, naming] = await Promise.all([
    getCase(id, token),
    getBoard('cases', { filters: { linked: [id], open: ['true'] }, limit: kMost }),
  ]);
  const { links } = marksIn(own.head);
  const relatedBy = (other: CaseAnswer, relations: string[], back: string[]) =>
    links.some((link) => link.id === other.case_id && relations.includes(link.relation)) ||
    marksIn(other.head).links.some((link) => link.id === id && back.includes(link.relation));
  const named = links.filter((link) => kSolvedBy.includes(link.relation));
  const ids = new Set([...named.map((link) => link.id), ...naming.rows.map((row) => String(row.case))]);
  const others = await Promise.all([...ids].slice(0, kMost).map((other) => getCase(other).catch(() => null)));
  const open = others
    .filter((other) => other !== null)
    .filter((other) => !kDone.includes(other.status) && relatedBy(other, kSolvedBy, kSolvesOwn));
  return Promise.all(
    open.map(async (answer) => {
      const { actions } = await getActions(answer.case_id, who).catch(() => ({ actions: [] }));
      const isAllowed = (asked: string) => actions.some((one) => one.type === asked && one.allowed);
      if (isAllowed(type)) return { answer, type };
      const ends = relatedBy(answer, ['duplicate'], ['duplicate']) && isAllowed(kEndsDuplicate);
      return { answer, type: ends ? kEndsDuplicate : null };
    }),
  );
}

/** What a command of `type` says of a case that `original` solved as `said` tells. */
export function saidOfOther(type: string, said: Values, original: string): Values {
  return type === kEndsDuplicate ? { reason_code: 'duplicate', duplicate_of: original } : said;
}
