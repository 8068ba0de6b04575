// Follows a board by server-sent events. Whoever has missed a frame learns that from the next heartbeat, and asks.
import { type BoardQuery, streamPath } from '../api/client';
import type { Board } from '../api/types';
import { isAhead, type Offsets, offsetsIn } from '../lib/offsets';

/** The server sends a heartbeat every 5 s: a connection that is silent for longer is none. */
const kSilence = 15_000;
/** How long a stream that has ended is left alone. */
const kPause = 3000;

export interface BoardListener {
  /** Where what is shown stands; nothing when there is none. */
  stands: () => Offsets;
  board: (board: Board) => void;
  /** A frame was missed: the server has more than what is shown. */
  missed: () => void;
  /** What is shown is of another log. */
  resync: () => void;
  /** The server was heard: what is shown is all there is. */
  live: () => void;
  /** There is no stream now; another one is tried. */
  lost: () => void;
}

/** Goes on until the answer is called, from where what is shown stands. Nobody looks at a page in the background: it asks nothing. */
export function followBoard(view: string, query: BoardQuery, on: BoardListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop() {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }
  function lost() {
    stop();
    on.lost();
    timer = setTimeout(start, kPause);
  }
  function heard() {
    clearTimeout(timer);
    timer = setTimeout(lost, kSilence);
  }
  function start() {
    stop();
    source = new EventSource(streamPath(view, query, on.stands()));
    source.onerror = lost;
    source.onopen = heard;
    source.addEventListener('board', (event) => {
      heard();
      const board = JSON.parse(event.data) as Board;
      // A view that begins again comes from behind, and what was asked for may be newer than what was sent.
      if (!isAhead(on.stands(), board.offsets)) on.board(board);
    });
    source.addEventListener('position', (event) => {
      heard();
      if (isAhead(offsetsIn(event.lastEventId), on.stands())) on.missed();
      else on.live();
    });
    source.addEventListener('resync', () => {
      heard();
      on.resync();
    });
    heard();
  }

  const look = () => (document.hidden ? stop() : start());
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop();
  };
}
