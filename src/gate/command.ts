import type {LedgerVerdict} from '../model.ts'

/** What `scanproof accept` is told to accept; null for all. */
export interface Selection {
  readonly document: string | null
  /** Id of the page, as in `letter/2`. */
  readonly page?: string | null
  /** Id of the difference or doubt. */
  readonly difference?: string | null
}

/**
 * Write the command that accepts a page, a difference, a doubt, a document or everything, to be pasted into a shell.
 *
 * @param verdict
 *   Which side whoever accepts it finds wrong; null to leave that open.
 */
export function acceptCommand(selection: Selection, verdict: LedgerVerdict | null = null): string {
  return `scanproof accept ${acceptTarget(selection)}${verdict === null ? '' : ` --verdict ${verdict}`} --reason "..."`
}

/** Write what `scanproof accept` is told to accept, to be pasted into a shell. */
export function acceptTarget(selection: Selection): string {
  return selection.document === null ? '--all' : quoted(selectionText(selection))
}

/** Write a selection as on the command line: `document#page:difference`. */
export function selectionText({document, page = null, difference = null}: Selection): string {
  const name = document ?? ''
  const pageName = page === null ? '' : `#${page.startsWith(`${name}/`) ? page.slice(name.length + 1) : page}`
  return `${name}${pageName}${difference === null ? '' : `:${difference}`}`
}

/** Quote a text for a POSIX shell where it needs that. */
export function quoted(text: string): string {
  return /^[\w./][\w./:#@%+=,-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
