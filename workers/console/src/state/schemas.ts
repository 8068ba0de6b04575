// The schemas of commands and events: each is asked for once.
import { getSchema } from '../api/client';
import type { Schema } from '../api/types';

const known = new Map<string, Promise<Schema>>();

export function schemaOf(name: string): Promise<Schema> {
  const found = known.get(name);
  if (found) return found;
  const asked = getSchema(name);
  known.set(name, asked);
  asked.catch(() => known.delete(name));
  return asked;
}
