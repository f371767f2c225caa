/** Something that stands in the source and not in the text: a comment or a footnote reference. */
export interface Omission {
  /** Offset in the text at which it was left out. */
  readonly at: number
  readonly kind: 'comment' | 'footnote'
  readonly source: string
}

/** The text as far as it is written. */
export interface Draft {
  /** What was parsed, and what offsets of nodes lead into. */
  readonly body: string
  /** Leads from an offset in `body` to one in the source. */
  readonly place: (offset: number) => number
  readonly pieces: string[]
  /** In the source, as is `end`. */
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
  /** In the source. */
  readonly unclosedComments: number[]
}

export type Separator = '' | ' ' | '\n' | '\n\n'

/** Begins an empty draft. */
export function startDraft(body: string, place: (offset: number) => number): Draft {
  return {
    body,
    place,
    pieces: [],
    origin: [],
    end: place(0),
    pending: '',
    broken: false,
    references: new Map(),
    omissions: [],
    unclosedComments: [],
  }
}

/** Appends text of which unit `i` starts at `from + i * step` of the body, and which ends at `to`. */
export function write(draft: Draft, text: string, from: number, step: 0 | 1, to: number = from + text.length): void {
  if (text !== '') append(draft, text, draft.place(from), step, draft.place(to))
}

/** Appends text as `write` does, `from` and `to` being offsets in the source. */
export function append(draft: Draft, text: string, from: number, step: 0 | 1, to: number): void {
  if (draft.pending !== '' && draft.pieces.length > 0) {
    draft.pieces.push(draft.pending)
    for (let unit = 0; unit < draft.pending.length; unit++) draft.origin.push(draft.end)
  }
  draft.pending = ''
  draft.broken = false
  draft.pieces.push(text)
  for (let unit = 0; unit < text.length; unit++) draft.origin.push(from + unit * step)
  draft.end = to
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
  draft.pending = separators[Math.max(separators.indexOf(draft.pending), separators.indexOf(separator))]!
}

/** Notes what is left out here. */
export function omit(draft: Draft, kind: Omission['kind'], source: string): void {
  draft.omissions.push({at: draft.origin.length, kind, source})
}

/** The weakest first. */
const separators: readonly Separator[] = ['', ' ', '\n', '\n\n']
