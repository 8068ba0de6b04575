// Moments of the wire, in UTC, and what a control for local time takes. Pure.

/** `2026-11-23T16:05`, in the zone of this browser; empty when it is no moment. */
export function localOfMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The same moment in UTC; empty when the control holds none. */
export function momentOfLocal(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
}
