// Keys that mean something wherever no text is written.

/** The key that was pressed alone; nothing where it writes a text. */
export function commandKey(event: KeyboardEvent): string | undefined {
  const at = event.target as HTMLElement;
  const writes = at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName);
  return writes || event.ctrlKey || event.metaKey || event.altKey ? undefined : event.key;
}
