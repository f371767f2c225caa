/** Something that stands in the source and not in the text: a comment or a footnote reference. */
export interface Omission {
  /** Offset in the text at which it was left out. */
  readonly at: number
  readonly kind: 'comment' | 'footnote'
  readonly source: string
}

/** The text as far as it is written. Offsets into `body` are without the byte order mark, `origin` and `end` with it. */
export interface Draft {
  readonly body: string
  /** Length of the byte order mark: 1 or 0. */
  readonly base: number
  readonly pieces: string[]
  readonly origin: number[]
  /** Where the source of the last unit ends. */
  end: number
  /** What parts the next text from the last; written only when there is a next text. */
  pending: Separator
  /** True right after a `<br>`: a source line end that follows is the same line end. */
  broken: boolean
  /** Character references seen, decoded. */
  readonly references: Map<string, string>
  readonly omissions: Omission[]
  readonly unclosedComments: number[]
}

export type Separator = '' | ' ' | '\n' | '\n\n'

/** Begins an empty draft of a source. */
export function startDraft(source: string): Draft {
  // The parser drops a byte order mark without counting it.
  const base = source.startsWith('\ufeff') ? 1 : 0
  return {
    body: source.slice(base),
    base,
    pieces: [],
    origin: [],
    end: base,
    pending: '',
    broken: false,
    references: new Map(),
    omissions: [],
    unclosedComments: [],
  }
}

/** Appends text of which unit `i` starts at `from + i * step`, and which ends at `to`. */
export function write(draft: Draft, text: string, from: number, step: 0 | 1, to: number = from + text.length): void {
  if (text === '') return
  if (draft.pending !== '' && draft.pieces.length > 0) {
    draft.pieces.push(draft.pending)
    for (let unit = 0; unit < draft.pending.length; unit++) draft.origin.push(draft.end)
  }
  draft.pending = ''
  draft.broken = false
  draft.pieces.push(text)
  for (let unit = 0; unit < text.length; unit++) draft.origin.push(draft.base + from + unit * step)
  draft.end = draft.base + to
}

/** Ends a line, where no `<br>` has just done so. */
export function writeLineEnd(draft: Draft, start: number, end: number): void {
  if (!draft.broken) write(draft, '\n', start, 0, end)
  draft.broken = false
}

/** Parts what comes next from what stands, by at least `separator`. */
export function part(draft: Draft, separator: Separator): void {
  // A `<br>` has already ended the line.
  if (draft.broken && separator !== '\n\n') return
  if (rank(separator) > rank(draft.pending)) draft.pending = separator
}

/** Notes what is left out here. */
export function omit(draft: Draft, kind: Omission['kind'], source: string): void {
  draft.omissions.push({at: draft.origin.length, kind, source})
}

function rank(separator: Separator): number {
  return separator === '' ? 0 : separator === ' ' ? 1 : separator === '\n' ? 2 : 3
}
