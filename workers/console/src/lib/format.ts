// Values as people read them, in the language of the page. Pure.
import type { Json, Lang, Member, Row, Words } from '../api/types';

const units = [
  { ms: 86_400_000, en: 'd', zh: '天' },
  { ms: 3_600_000, en: 'h', zh: '小时' },
  { ms: 60_000, en: 'm', zh: '分' },
  { ms: 1_000, en: 's', zh: '秒' },
] as const;

/** `2h 19m`, `2小时19分`: the two largest units; what is shorter than a second is 0. */
export function duration(ms: number, lang: Lang): string {
  const sign = ms < 0 ? '−' : '';
  let rest = Math.abs(ms);
  const parts: string[] = [];
  for (const [index, unit] of units.entries()) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push(`${count}${unit[lang]}`);
    const next = units[index + 1];
    if (parts.length === 2 || (parts.length === 1 && next && Math.floor(rest / next.ms) === 0)) break;
  }
  if (parts.length === 0) return lang === 'zh' ? '0秒' : '0s';
  return sign + parts.join(lang === 'zh' ? '' : ' ');
}

const tags: Record<Lang, string> = { en: 'en-GB', zh: 'zh-CN' };

export const number = (value: number, lang: Lang): string => new Intl.NumberFormat(tags[lang]).format(value);

/** `1.5 GiB`: three digits at least, in the largest unit of which there is one. */
export function bytes(value: number, lang: Lang): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = value < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log2(value) / 10));
  const digits = new Intl.NumberFormat(tags[lang], { maximumSignificantDigits: 3 });
  return `${digits.format(value / 1024 ** step)} ${names[step]}`;
}

/** Of thousandths: `27.2 %`. */
export const percent = (permille: number): string => `${(permille / 10).toFixed(1)} %`;

export interface Zone {
  timeZone?: string;
}

/** The moment exactly, in the person's zone, which it names. */
export function exactMoment(iso: string, lang: Lang, zone: Zone = {}): string {
  const parts = new Intl.DateTimeFormat(tags[lang], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...zone,
  }).formatToParts(new Date(iso));
  // Chinese has the zone between day and hour by itself.
  const name = parts.find((each) => each.type === 'timeZoneName')?.value ?? '';
  const rest = parts.filter((each) => each.type !== 'timeZoneName').map((each) => each.value);
  return `${rest.join('').replace(/\s+/g, ' ').trim()} ${name}`;
}

/** Day and minute, in the person's zone. */
export function shortMoment(iso: string, lang: Lang, zone: Zone = {}): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const clock = `${part('hour')}:${part('minute')}`;
  return lang === 'zh' ? `${part('month')}月${part('day')}日 ${clock}` : `${part('month')}-${part('day')} ${clock}`;
}

/** `3h ago`, `3小时前`, `in 2d`: one unit. */
export function relativeMoment(iso: string, now: number, lang: Lang): string {
  const ms = new Date(iso).getTime() - now;
  const unit = units.find((each) => Math.abs(ms) >= each.ms) ?? units[3];
  const count = Math.trunc(Math.abs(ms) / unit.ms);
  if (count === 0) return lang === 'zh' ? '刚刚' : 'now';
  const span = `${count}${unit[lang]}`;
  if (lang === 'zh') return ms < 0 ? `${span}前` : `${span}后`;
  return ms < 0 ? `${span} ago` : `in ${span}`;
}

/** Where labels of words come from, and what else a value needs to be shown. */
export interface Context {
  lang: Lang;
  now: number;
  word: (word: string) => string;
  department: (id: string) => string;
  agent: (id: string) => string;
  role: (id: string) => string;
  totals?: Row;
  zone?: Zone;
}

const joined = (parts: string[], lang: Lang) => parts.join(lang === 'zh' ? '，' : ', ');
const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A share shows what it is a share of, where its description says that. */
function share(member: Member, permille: number, { lang, totals }: Context): string {
  const part = member.part ? totals?.[member.part] : undefined;
  const of = member.of ? totals?.[member.of] : undefined;
  const shown = percent(permille);
  if (typeof of !== 'number') return shown;
  const all = number(of, lang);
  if (typeof part !== 'number') return lang === 'zh' ? `${shown}（共 ${all}）` : `${shown} of ${all}`;
  return `${number(part, lang)}/${all} (${shown})`;
}

const worded = (value: { [key: string]: Json }, show: (one: number) => string, context: Context) =>
  joined(
    Object.entries(value)
      .filter(([, one]) => typeof one === 'number' && one !== 0)
      .map(([word, one]) => `${context.word(word)} ${show(one as number)}`),
    context.lang,
  );

/** Text without anything that it would need a screen for; empty when there is nothing to show. */
export function shown(member: Member, value: Json | undefined, context: Context): string {
  if (value === null || value === undefined) return '';
  const { lang } = context;
  if (typeof value === 'number') {
    if (member.kind === 'duration') return duration(value, lang);
    if (member.kind === 'duration_at_most') return `≤ ${duration(value, lang)}`;
    if (member.kind === 'share') return share(member, value, context);
    if (member.kind === 'points') return `${(value / 10).toFixed(1)}`;
    if (member.kind === 'ratio') return (value / 1000).toFixed(2);
    return number(value, lang);
  }
  if (typeof value === 'boolean') return context.word(value ? 'yes' : 'no');
  if (typeof value === 'string') {
    if (member.kind === 'word') return context.word(value);
    if (member.kind === 'moment') return shortMoment(value, lang, context.zone);
    if (member.kind === 'department') return context.department(value);
    if (member.kind === 'agent') return context.agent(value);
    return value;
  }
  if (isObject(value)) {
    if (member.kind === 'counts') return worded(value, (one) => number(one, lang), context);
    if (member.kind === 'shares') return worded(value, percent, context);
    return JSON.stringify(value);
  }
  if (member.kind === 'departments') return joined(value.map(String).map(context.department), lang);
  if (member.kind === 'agents') return joined(value.map(String).map(context.agent), lang);
  if (member.kind === 'roles') return joined(value.map(String).map(context.role), lang);
  if (member.kind === 'texts') return joined(value.map(String), lang);
  return member.members ? number(value.length, lang) : JSON.stringify(value);
}

/** What a pointer at the value shows: exact where the value is rounded, UTC where it is local, the id behind a name. */
export function exact(member: Member, value: Json | undefined, { lang, zone }: Context): string | undefined {
  if (typeof value === 'string' && member.kind === 'moment') return `${exactMoment(value, lang, zone)} · ${value}`;
  const isNamed = ['department', 'departments', 'agent', 'agents', 'roles'].includes(member.kind);
  if (isNamed && value) return [value].flat().join(', ');
  return undefined;
}

export const label = (words: Words, lang: Lang): string => words[lang] || words.en;
/** Of a column: moments are shown in the person's zone, whatever the terminal says of them. */
export const heading = (member: Member, lang: Lang): string => label(member.label, lang).replace(/ ?\(UTC\)$/, '');
/** `reason_code` → `reason code`. */
export const plain = (key: string): string => key.replaceAll('_', ' ');
