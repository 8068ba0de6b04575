// Where a board stands: the next offset of each partition, as a board says it and as the id of a frame does. Pure.

export type Offsets = Record<string, number>;

/** `0:12,1:40` */
export const textOfOffsets = (offsets: Offsets): string =>
  Object.entries(offsets)
    .map(([partition, next]) => `${partition}:${next}`)
    .join(',');

export const offsetsIn = (text: string): Offsets =>
  Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((one) => one.split(':'))
      .map(([partition, next]) => [partition, Number(next)]),
  );

/** In some partition, `one` has come further than `other`. */
export const isAhead = (one: Offsets, other: Offsets): boolean =>
  Object.entries(one).some(([partition, next]) => next > (other[partition] ?? -1));
