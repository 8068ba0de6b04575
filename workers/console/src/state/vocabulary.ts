// What the words on the wire are called, why something is refused, and which codes the company's catalogues have. Loaded at the start and again
// with each form, for a policy may have been published since.
import { shallowRef } from 'vue';
import { getCatalogues, getWords } from '../api/client';
import type { Catalogue, Schema, Words } from '../api/types';
import { plain } from '../lib/format';
import { lang } from './settings';

const words = shallowRef<Record<string, Words>>({
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
});
const sentences = shallowRef<Record<string, Words>>({});
const departments = shallowRef<Record<string, string>>({});
const agents = shallowRef<Record<string, string>>({});
const roles = shallowRef<Record<string, Words>>({});
const catalogues = shallowRef<Catalogue[]>([]);

export async function loadWords() {
  const [named, listed] = await Promise.all([getWords().catch(() => null), getCatalogues().catch(() => null)]);
  if (named) {
    words.value = { ...words.value, ...named.words };
    sentences.value = named.sentences;
    departments.value = named.departments;
    agents.value = named.agents;
    roles.value = named.roles;
  }
  if (listed) catalogues.value = listed;
}

export const wordOf = (word: string): string => words.value[word]?.[lang.value] ?? plain(word);

// The name, as the policy has it, else the id.
export const departmentOf = (id: string): string => departments.value[id] ?? id;
export const agentOf = (id: string): string => agents.value[id] ?? id;
export const roleOf = (id: string): string => roles.value[id]?.[lang.value] ?? plain(id);

/** What words and ids of a board are called. */
export const naming = { word: wordOf, department: departmentOf, agent: agentOf, role: roleOf };

const kAgent = 'agent:';
/** Of `agent:li.wei` the agent's name; whoever has none goes by kind and id. */
export function actorOf(actor: string): string {
  const id = actor.startsWith(kAgent) ? actor.slice(kAgent.length) : '';
  return agents.value[id] ?? actor;
}

/** Of a text in a field of an event or a case: the name of the department, agent or role that it is the id of. */
export function nameOf(field: string, id: string): string | undefined {
  if (field.endsWith('department_id')) return departmentOf(id);
  return agents.value[id] ?? roles.value[id]?.[lang.value];
}

// Those that the policy names.
export const departmentIds = (): string[] => Object.keys(departments.value);
export const agentIds = (): string[] => Object.keys(agents.value);
export const roleIds = (): string[] => Object.keys(roles.value);
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

/** The values that a schema lets a person choose from; empty where it is no list. A command cannot use what was retired. */
export function choicesOf(schema: Schema, retired: 'with retired' | 'without retired'): string[] {
  if (schema['x-id'] === 'department') return departmentIds();
  const name = schema['x-catalogue'];
  if (typeof name !== 'string') return (schema.enum ?? []).filter((word) => word !== null);
  const codes = catalogues.value.find((each) => each.name === name)?.codes;
  if (!codes) return (schema['x-codes'] ?? []) as string[];
  return codes.filter((each) => retired === 'with retired' || !each.retired).map((each) => each.code);
}
