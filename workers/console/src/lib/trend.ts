// Values over time, as a chart draws them. Pure.

/** Of each line at one moment; null: not known. */
export interface TrendSample {
  at: number;
  values: Record<string, number | null>;
}

export const kKeptSamples = 450;

export const withSample = (samples: TrendSample[], values: TrendSample['values'], at: number): TrendSample[] =>
  [...samples, { at, values }].slice(-kKeptSamples);

/** Moments in seconds, and the values of each line; what was not known is a gap. */
export function linesOf(samples: TrendSample[], lines: string[]): [number[], ...(number | null)[][]] {
  return [
    samples.map((sample) => sample.at / 1000),
    ...lines.map((line) => samples.map((sample) => sample.values[line] ?? null)),
  ];
}
