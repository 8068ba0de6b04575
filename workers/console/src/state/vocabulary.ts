// What the words on the wire are called.
import { plain } from '../lib/format';

export const wordOf = (word: string): string => plain(word);
