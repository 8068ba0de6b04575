// What the words on the wire are called, why something is refused, and which codes the company's catalogues have. Loaded at the start and again
// with each form, for a policy may have been published since.
import { computed, shallowRef, watch } from 'vue';
import { getCatalogues, getWords, type Vocabulary } from '../api/client';
import type { Catalogue, Schema, Words } from '../api/types';
import { plain } from '../lib/format';
import { lang } from './settings';

const words = shallowRef<Record<string, Words>>({
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
});
const sentences = shallowRef<Record<string, Words>>({});
type Names = Pick<Vocabulary, 'departments' | 'agents' | 'roles'>;
const namesNow = shallowRef<Names>({ departments: {}, agents: {}, roles: {} });
/** Of the moment of the past that the page shows. */
const namesThen = shallowRef<Names | null>(null);
const names = computed(() => namesThen.value ?? namesNow.value);
const catalogues = shallowRef<Catalogue[]>([]);

export async function loadWords() {
  const [named, listed] = await Promise.all([getWords().catch(() => null), getCatalogues().catch(() => null)]);
  if (named) {
    words.value = { ...words.value, ...named.words };
    sentences.value = named.sentences;
    namesNow.value = named;
  }
  if (listed) catalogues.value = listed;
}

/** Until the page is left, departments, agents and roles are called what they were called at `moment`; null: now. */
export function useNamesOf(moment: () => string | null | undefined) {
  watch(
    moment,
    async (at, _, onCleanup) => {
      let left = false;
      onCleanup(() => {
        left = true;
        namesThen.value = null;
      });
      const named = at ? await getWords(at).catch(() => null) : null;
      if (!left) namesThen.value = named;
    },
    { immediate: true },
  );
}

/** A word, or, where who may be meant is a department, that one's name. */
export const wordOf = (word: string): string =>
  words.value[word]?.[lang.value] ?? names.value.departments[word] ?? plain(word);

// The name, as the policy has it, else the id.
export const departmentOf = (id: string): string => names.value.departments[id] ?? id;
export const agentOf = (id: string): string => names.value.agents[id] ?? id;
export const roleOf = (id: string): string => names.value.roles[id]?.[lang.value] ?? plain(id);

/** What words and ids of a board are called. */
export const naming = { word: wordOf, department: departmentOf, agent: agentOf, role: roleOf };

const kOurs = 'casetrail';
/** Of `agent:li.wei` the agent's name, or the id of one without; others go by kind and id, the engine's own by kind. */
export function actorOf(actor: string): string {
  const at = actor.indexOf(':');
  const [kind, id] = [actor.slice(0, Math.max(at, 0)), actor.slice(at + 1)];
  if (kind === '' || kind === 'agent') return agentOf(id);
  return id === kOurs ? wordOf(kind) : `${wordOf(kind)} ${agentOf(id)}`;
}

const kDepartmentField = /(^|[._])(department|departments|department_id|via)$/;
/** Of a text in a field of an event or a case: the name of the department, agent or role that it is the id of. */
export function nameOf(field: string, id: string): string | undefined {
  if (kDepartmentField.test(field)) return departmentOf(id);
  return names.value.agents[id] ?? names.value.roles[id]?.[lang.value];
}

// Those that the policy names.
export const departmentIds = (): string[] => Object.keys(namesNow.value.departments);
export const agentIds = (): string[] => Object.keys(namesNow.value.agents);
export const roleIds = (): string[] => Object.keys(namesNow.value.roles);
const kAgentFields = /(^|_)(agent|agent_id|owner|owner_id|reviewer|reviewer_id)$/;
/** What a field of a command may name. */
export function namedIds(field: string): string[] {
  if (field === 'department_id') return departmentIds();
  return kAgentFields.test(field) ? agentIds() : [];
}
/** What one of the choices of a schema is called. */
export function choiceOf(schema: Schema, value: string): string {
  if (schema['x-id'] === 'department') return departmentOf(value);
  return schema['x-id'] === 'agent' ? agentOf(value) : wordOf(value);
}

/** In English as the server said it; in another language what the code means, which names no ids or numbers. */
export const reasonOf = ({ code, message }: { code: string; message: string }): string =>
  (lang.value !== 'en' && sentences.value[code]?.[lang.value]) || message;

/** Keys of the fields that have to be filled in where a catalogue's code is chosen. */
export function requiredBy(schema: Schema, code: string): string[] {
  const catalogue = catalogues.value.find((each) => each.name === schema['x-catalogue']);
  return catalogue?.codes.find((each) => each.code === code)?.requires ?? [];
}

/** The values that a schema lets a person choose from; empty where it is no list. A command cannot use what was retired. */
export function choicesOf(schema: Schema, retired: 'with retired' | 'without retired'): string[] {
  if (schema['x-id'] === 'department') return departmentIds();
  const name = schema['x-catalogue'];
  if (typeof name !== 'string') return (schema.enum ?? []).filter((word) => word !== null);
  const codes = catalogues.value.find((each) => each.name === name)?.codes;
  if (!codes) return (schema['x-codes'] ?? []) as string[];
  return codes.filter((each) => retired === 'with retired' || !each.retired).map((each) => each.code);
}
