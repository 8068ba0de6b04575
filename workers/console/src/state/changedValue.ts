// What a field said before and after a change, as people read it.
import type { Words } from '../api/types';
import { shortMoment } from '../lib/format';
import { lang } from './settings';
import { wordOf } from './vocabulary';

const kMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const kWord = /^[a-z]+(_[a-z]+)+$/;

export const changedValue = (text?: string, label?: Words): string => {
  if (text === undefined) return '–';
  if (label) return label[lang.value];
  if (kMoment.test(text)) return shortMoment(text, lang.value);
  return kWord.test(text) ? wordOf(text) : text;
};

/** The command or the clock behind a change. */
export const causeOf = (
  change: { command_id?: string; command_type?: string },
  t: (key: string, named?: Record<string, string>) => string,
) =>
  change.command_id
    ? t('replay.command', {
        id: change.command_type
          ? `${wordOf(change.command_type)} (${change.command_type}) ${change.command_id}`
          : change.command_id,
      })
    : t('replay.clock');
