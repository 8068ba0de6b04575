// Named queries of a board, kept in this browser.
import type { ChosenQuery } from '../lib/query';
import { stored } from './stored';

export interface SavedView {
  view: string;
  name: string;
  query: ChosenQuery;
}

export const savedViews = stored<SavedView[]>('views', []);

export function saveView(view: string, name: string, query: ChosenQuery) {
  savedViews.value = [
    ...savedViews.value.filter((saved) => saved.view !== view || saved.name !== name),
    { view, name, query },
  ];
}

export function forgetView(view: string, name: string) {
  savedViews.value = savedViews.value.filter((saved) => saved.view !== view || saved.name !== name);
}
