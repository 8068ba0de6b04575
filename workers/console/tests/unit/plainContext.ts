// Words and ids as they are.
export const kPlainContext = {
  lang: 'en' as const,
  now: 0,
  word: (word: string) => word,
  department: (id: string) => id,
  agent: (id: string) => id,
  role: (id: string) => id,
};
