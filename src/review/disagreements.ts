import {foldTypography} from '../index.ts'
import type {Decision, Disagreement} from '../model.ts'

/** Decisions of several people: those that agree, and what they disagree on. */
export interface Compared {
  /** One a difference, the first that was met of those that agree; in order. */
  readonly agreed: readonly Decision[]
  readonly disagreements: readonly Disagreement[]
}

/**
 * Holds decisions against each other.
 *
 * Of two decisions of one person on a difference the later counts. Differences are the same by id, or by what they say
 * and the words on one side. People disagree where their verdicts differ, or what they read does.
 */
export function compareDecisions(decisions: readonly Decision[]): Compared {
  const groups = new Map<string, Decision[][]>()
  const ordered: Decision[][] = []
  for (const decision of decisions) {
    const content = contentOf(decision)
    const known = groups.get(content) ?? []
    const group = known.find(members => members.some(member => isSame(member, decision)))
    if (group === undefined) {
      const members = [decision]
      groups.set(content, [...known, members])
      ordered.push(members)
      continue
    }
    const own = group.findIndex(({author}) => author === decision.author)
    if (own >= 0) group.splice(own, 1)
    group.push(decision)
  }
  const differ = (group: readonly Decision[]) => new Set(group.map(saidBy)).size > 1
  return {
    agreed: ordered.flatMap(group => (differ(group) ? [] : group.slice(0, 1))),
    disagreements: ordered.filter(differ).map(group => ({
      document: group[0]!.document,
      id: group[0]!.id,
      decisions: group,
    })),
  }
}

/** What a disagreement is about, in words, for a person. */
export function describeDisagreement({decisions}: Disagreement): string {
  const said = decisions.map(
    ({author, date, verdict, reading}) =>
      `${author} decided \`${verdict}\`${reading === null ? '' : ` (\`${reading}\`)`} on ${date}`,
  )
  return `${said.join(', ')}: settle it, leave one of them in the file, and apply it again`
}

function saidBy({verdict, reading}: Decision): string {
  return `${verdict}\0${reading === null ? '' : foldTypography(reading)}`
}

function isSame(a: Decision, b: Decision): boolean {
  return a.id === b.id || a.before === b.before || a.after === b.after
}

function contentOf({document, kind, reference, hypothesis}: Decision): string {
  return [document, kind, foldTypography(reference), foldTypography(hypothesis)].join('\0')
}
