import { describe, expect, it } from 'vitest';
import { isAhead, offsetsIn, textOfOffsets } from '../../src/lib/offsets';

describe('offsets', () => {
  it('are the text that a frame has as its id', () => {
    expect(offsetsIn('0:12,1:40')).toEqual({ 0: 12, 1: 40 });
    expect(textOfOffsets({ 0: 12, 1: 40 })).toBe('0:12,1:40');
    expect(offsetsIn('')).toEqual({});
    expect(textOfOffsets({})).toBe('');
  });

  it('are ahead of others when one partition is, however far behind the rest is', () => {
    expect(isAhead(offsetsIn('0:13,1:0'), offsetsIn('0:12,1:40'))).toBe(true);
    expect(isAhead(offsetsIn('0:12,1:40'), offsetsIn('0:12,1:40'))).toBe(false);
    expect(isAhead(offsetsIn('0:11,1:40'), offsetsIn('0:12,1:40'))).toBe(false);
  });

  it('are ahead of a page that shows nothing yet, even at the beginning of a log', () => {
    expect(isAhead({ 0: 0 }, {})).toBe(true);
    expect(isAhead({}, { 0: 0 })).toBe(false);
  });
});
