import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followBoard } from '../../src/state/boardStream';

/** What a server sends, frame by frame. */
class Source extends EventTarget {
  static last: Source;
  onerror = () => {};
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.last = this;
  }
  close() {
    this.closed = true;
  }
  send(type: string, id: string, data = '{}') {
    this.dispatchEvent(Object.assign(new Event(type), { lastEventId: id, data }));
  }
}

const on = { board: vi.fn(), missed: vi.fn(), failed: vi.fn() };
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.clearAllMocks();
});
afterEach(() => vi.useRealTimers());

const follow = () => followBoard('handoff', { filters: { state: ['pending', 'ruled'] }, limit: 200 }, on);

test('the stream is that of the query, and a frame is the board', () => {
  follow();
  expect(Source.last.url).toBe('/v1/boards/handoff/stream?state=pending&state=ruled&limit=200');
  Source.last.send('board', '0:1', '{"rows":[]}');
  expect(on.board).toHaveBeenCalledWith({ rows: [] });
});

test('a heartbeat that names another frame than the last tells once that one was missed', () => {
  follow();
  Source.last.send('board', '0:1');
  Source.last.send('position', '0:1');
  expect(on.missed).not.toHaveBeenCalled();
  Source.last.send('position', '0:2');
  Source.last.send('position', '0:2');
  expect(on.missed).toHaveBeenCalledTimes(1);
  Source.last.send('resync', '0:2');
  expect(on.missed).toHaveBeenCalledTimes(2);
});

test('of 10,000 frames of which 1 in 100 is lost, the last state is always asked for', () => {
  let server = 0;
  let shown = 0;
  on.board.mockImplementation((board) => {
    shown = board.n;
  });
  on.missed.mockImplementation(() => {
    shown = server;
  });
  follow();
  for (let n = 1; n <= 10_000; ++n) {
    server = n;
    if (n % 100 !== 0) Source.last.send('board', `0:${n}`, `{"n":${n}}`);
    if (n % 50 === 0) {
      Source.last.send('position', `0:${n}`);
      expect(shown).toBe(server);
    }
  }
  expect(on.missed).toHaveBeenCalledTimes(100);
});

test('a connection that fails, or is silent, is given up once', () => {
  follow();
  Source.last.onerror();
  expect(Source.last.closed).toBe(true);
  expect(on.failed).toHaveBeenCalledTimes(1);
  follow();
  vi.advanceTimersByTime(20_000);
  expect(Source.last.closed).toBe(true);
  expect(on.failed).toHaveBeenCalledTimes(2);
});
