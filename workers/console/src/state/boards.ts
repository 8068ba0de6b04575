// The boards of this server, in its order.
import { ref, shallowRef } from 'vue';
import { getBoards, getShape } from '../api/client';
import type { BoardName, Shape } from '../api/types';
import { may } from './session';

const shapes = new Map<string, Promise<Shape>>();

/** The shape does not change while the page is open. */
export function shapeOf(view: string): Promise<Shape> {
  const known = shapes.get(view);
  if (known) return known;
  const asked = getShape(view);
  shapes.set(view, asked);
  asked.catch(() => shapes.delete(view));
  return asked;
}

/** A view whose answer names a case is about one case, and has no list of its own. */
const isOfAllCases = (shape: Shape) => !shape.members.some((member) => member.key === 'case');

export const boards = shallowRef<BoardName[]>([]);
export const boardsFailed = ref(false);

/** Until they are there, as long as who asks may see them. */
export async function loadBoards() {
  if (!may('read')) return;
  try {
    const names = await getBoards();
    const all = await Promise.all(names.map((name) => shapeOf(name.view)));
    boards.value = names.filter((_, index) => isOfAllCases(all[index] as Shape));
    boardsFailed.value = false;
  } catch {
    boardsFailed.value = true;
    setTimeout(loadBoards, 2000);
  }
}
