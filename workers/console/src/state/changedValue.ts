// What a field said before and after a change, as people read it.
import { shortMoment } from '../lib/format';
import { lang } from './settings';
import { wordOf } from './vocabulary';

const kMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const kWord = /^[a-z]+(_[a-z]+)+$/;

export const changedValue = (text?: string): string => {
  if (text === undefined) return '–';
  if (kMoment.test(text)) return shortMoment(text, lang.value);
  return kWord.test(text) ? wordOf(text) : text;
};
