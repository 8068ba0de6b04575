// How what is drawn of a case asks its page for an explanation.
import { type InjectionKey, inject } from 'vue';
import type { Question } from '../api/why';

export const kAskWhy: InjectionKey<(question: Question) => void> = Symbol('ask why');

/** Null where nothing is explained. */
export const useAskWhy = () => inject(kAskWhy, null);
