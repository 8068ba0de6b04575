// Asks /v1. Every failure is a `Refusal` with the sentence of the server.
import { type Offsets, textOfOffsets } from '../lib/offsets';
import type {
  Board,
  BoardDiff,
  BoardName,
  CaseAnswer,
  Catalogue,
  Contact,
  Diff,
  EventsAnswer,
  HeldInterval,
  HeldTotals,
  History,
  ProblemBody,
  Reason,
  Schema,
  Shape,
  Words,
} from './types';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
    /** Of a command that was refused: a read with it covers what the refusal knew. */
    readonly token?: string,
    /** How much of what was asked for is made, from 0 to 1. */
    readonly share?: number,
    /** What a node waits for that is not ready. */
    readonly reasons: Reason[] = [],
  ) {
    super(sentence);
  }
}

export const asRefusal = (failure: unknown): Refusal =>
  failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));

export const kOffline = 'offline';
export const kUnauthenticated = 'unauthenticated';

/** Called when the server no longer knows who asks. */
let whenUnauthenticated = () => {};
export function onUnauthenticated(listener: () => void) {
  whenUnauthenticated = listener;
}

export interface AskOptions {
  method?: string;
  body?: unknown;
  signal?: AbortSignal;
  /** To sign in with; what follows is known by its cookie. */
  token?: string;
}

export async function ask<T>(path: string, options: AskOptions = {}): Promise<T> {
  const request: RequestInit = { method: options.method ?? 'GET' };
  if (options.signal) request.signal = options.signal;
  if (request.method !== 'GET') {
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(options.body ?? {});
  }
  if (options.token) request.headers = { ...request.headers, authorization: `Bearer ${options.token}` };
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(0, kOffline, '');
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const problem = (answer ?? {}) as Partial<ProblemBody> & { message?: string };
  if (problem.code === kUnauthenticated) whenUnauthenticated();
  const sentence = problem.detail ?? problem.message ?? response.statusText;
  const { records_done: done = 0, records_total: total = 0 } = problem;
  const share = total > 0 ? done / total : undefined;
  throw new Refusal(response.status, problem.code ?? '', sentence, problem.token, share, problem.reasons);
}

const segment = encodeURIComponent;

export const queryOf = (members: Record<string, string | number | string[] | undefined>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
};

export const getBoards = () => ask<{ boards: BoardName[] }>('/v1/boards').then((answer) => answer.boards);
export const getShape = (view: string) => ask<Shape>(`/v1/boards/${segment(view)}/shape`);

/** By name; a row passes that has one of the values of each. */
export type Filters = Record<string, string[]>;

export interface BoardQuery {
  filters: Filters;
  limit: number;
  after?: string;
  /** As it stood then, and not as it stands. */
  asOf?: string;
}
export const boardPath = (view: string, { filters, limit, after, asOf }: BoardQuery) =>
  `/v1/boards/${segment(view)}${queryOf({ ...filters, limit, after, as_of: asOf })}`;
/** Goes on from where what is shown stands. */
export const streamPath = (view: string, { filters, limit }: BoardQuery, stands: Offsets) =>
  `/v1/boards/${segment(view)}/stream${queryOf({ ...filters, limit, changes: 1, last_event_id: textOfOffsets(stands) || undefined })}`;
/** What is of the past may have to be made first: `making` is told how much of it is, from 0 to 1. */
async function askUntilMade<T>(path: string, signal?: AbortSignal, making: (share: number) => void = () => {}) {
  for (;;) {
    try {
      return await ask<T>(path, signal ? { signal } : {});
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code !== 'being_made') throw failure;
      making(failure.share ?? 0);
    }
  }
}
export const getBoard = (
  view: string,
  query: BoardQuery,
  signal?: AbortSignal,
  making?: (share: number) => void,
): Promise<Board> => askUntilMade<Board>(boardPath(view, query), signal, making);
/** Without `to`, as it stands. */
export const getBoardDiff = (
  view: string,
  filters: Filters,
  from: string,
  to: string | undefined,
  signal: AbortSignal,
) =>
  askUntilMade<BoardDiff>(`/v1/boards/${segment(view)}/diff${queryOf({ ...filters, from, to, limit: 200 })}`, signal);

const tokenIn = (token?: string) => queryOf({ token });
export const getCase = (id: string, token?: string) => ask<CaseAnswer>(`/v1/cases/${segment(id)}${tokenIn(token)}`);
/** As it stood behind that event. */
export const getCaseAt = (id: string, seq: number, signal: AbortSignal) =>
  ask<CaseAnswer>(`/v1/cases/${segment(id)}${queryOf({ seq })}`, { signal });
/** From behind the event to now. */
export const getDiff = (id: string, from: number, signal: AbortSignal) =>
  ask<Diff>(`/v1/cases/${segment(id)}/diff${queryOf({ from })}`, { signal });
export const getHeld = (id: string, signal: AbortSignal) =>
  ask<{ intervals: HeldInterval[] }>(`/v1/cases/${segment(id)}/held`, { signal }).then((answer) => answer.intervals);
/** Each may be left out. */
export interface HeldQuery {
  by?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}
export const getHeldTotals = (query: HeldQuery, signal: AbortSignal) =>
  ask<HeldTotals>(`/v1/held${queryOf({ ...query })}`, { signal });
/** `access` is the event that recorded why. */
export const getContact = (id: string, access: number, token: string) =>
  ask<Contact>(`/v1/cases/${segment(id)}/contact${queryOf({ access, token })}`);
export const getHistory = (id: string, after?: string, token?: string) =>
  ask<History>(`/v1/cases/${segment(id)}/history${queryOf({ after, token })}`);

/** Of the log from its beginning, or from the `next` of the page before. */
export const getEvents = (query: Record<string, string>, from: string | undefined, signal: AbortSignal) =>
  ask<EventsAnswer>(`/v1/events${queryOf({ ...query, from, limit: 200 })}`, { signal });

export const getSchema = (name: string) => ask<Schema>(`/v1/schemas/${segment(name)}`);
export const getCatalogues = () =>
  ask<{ catalogues: Catalogue[] }>('/v1/catalogues').then((answer) => answer.catalogues);
/** Of words on the wire, and of the codes with which something is refused. */
export interface Vocabulary {
  words: Record<string, Words>;
  sentences: Record<string, Words>;
  // Their names, by their ids.
  departments: Record<string, string>;
  agents: Record<string, string>;
  roles: Record<string, Words>;
}
/** Names are those of the policy of now, or of the moment. */
export const getWords = (asOf?: string) => ask<Vocabulary>(`/v1/words${queryOf({ as_of: asOf })}`);
