// Follows a board by server-sent events. Whoever has missed a frame learns that from the next heartbeat, and asks.
import { type BoardQuery, boardPath } from '../api/client';
import type { Board } from '../api/types';

/** The server sends a heartbeat every 5 s: a connection that is silent for longer is none. */
const kSilence = 15_000;

export interface BoardListener {
  board: (board: Board) => void;
  /** What is shown may not be all there is. */
  missed: () => void;
  /** There is no stream now. */
  failed: () => void;
}

export function followBoard(view: string, query: BoardQuery, on: BoardListener): () => void {
  const source = new EventSource(boardPath(view, query, '/stream'));
  let has = '';
  let watch: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(watch);
    source.close();
  };
  const fail = () => {
    close();
    on.failed();
  };
  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(fail, kSilence);
  };
  source.addEventListener('board', (event) => {
    heard();
    has = event.lastEventId;
    on.board(JSON.parse(event.data) as Board);
  });
  source.addEventListener('position', (event) => {
    heard();
    if (event.lastEventId === has) return;
    has = event.lastEventId;
    on.missed();
  });
  source.addEventListener('resync', () => {
    heard();
    on.missed();
  });
  source.onerror = fail;
  heard();
  return close;
}
