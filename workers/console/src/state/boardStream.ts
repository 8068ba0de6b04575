// Follows a board by server-sent events. Whoever has missed a frame learns that from the next change, and begins anew, or from the
// next heartbeat, and asks.
import { type BoardQuery, streamPath } from '../api/client';
import type { Board, BoardChange } from '../api/types';
import { changedPage, type SentBoard } from '../lib/boardChange';
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
  function start(from = on.stands()) {
    stop();
    let page: SentBoard | null = null;
    const show = (sent: SentBoard) => {
      page = sent;
      // A view that begins again comes from behind, and what was asked for may be newer than what was sent.
      if (!isAhead(on.stands(), sent.offsets)) on.board(sent);
    };
    source = new EventSource(streamPath(view, query, from));
    source.onerror = lost;
    source.onopen = heard;
    source.addEventListener('board', (event) => {
      heard();
      show(JSON.parse(event.data) as SentBoard);
    });
    source.addEventListener('change', (event) => {
      heard();
      const changed = changedPage(page, JSON.parse(event.data) as BoardChange);
      if (changed) show(changed);
      else start({});
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
