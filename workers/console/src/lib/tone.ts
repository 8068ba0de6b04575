// What needs attention is seen before it is read. Pure.
import type { Json, Member } from '../api/types';

/** Classes of a value: time that is over is bad, words are tags, the first priority is bad. */
export function toneOf(member: Member, value: Json | undefined): string {
  if (member.kind === 'duration' && typeof value === 'number' && value < 0) return 'bad';
  if (member.kind === 'flag') return value === true && /overdue|breach|fail/.test(member.key) ? 'bad' : '';
  if (member.kind === 'word' && typeof value === 'string') return value === 'P1' ? 'tag bad' : 'tag';
  return '';
}
