import type {AcceptedDoubt, Difference, Ledger} from '../model.ts'
import type {Acceptance, Snapshot} from './accept.ts'
import {type Findable, matchDifferences} from './match.ts'

/** A doubt as a substitution: its word, and what the second look reads. */
export interface PlacedDoubt extends Findable, Pick<Difference, 'transcript'> {
  readonly kind: 'substitution'
  /** The scan it was seen on, as in `PageFingerprints.scan`. */
  readonly scan: string
}

/**
 * Find what people said of the doubts of now: of the word that is there now, on the scan that is there now.
 *
 * A word is found again as a difference is: by id, else by its text beside a word that stayed.
 */
export function acceptedDoubts(
  ledger: Ledger | null,
  doubts: readonly PlacedDoubt[],
): ReadonlyMap<PlacedDoubt, AcceptedDoubt> {
  const scans = [...new Set(doubts.map(({scan}) => scan))]
  return new Map(
    scans.flatMap(scan => {
      const isOn = (item: {readonly scan: string}) => item.scan === scan
      const {carried} = matchDifferences((ledger?.doubts ?? []).filter(isOn), doubts.filter(isOn))
      return carried.map(({accepted, difference}) => [difference, accepted] as const)
    }),
  )
}

/**
 * Accept one doubt, or decide anew on one that was accepted before; no page is accepted with it.
 *
 * @throws RangeError
 *   Where the snapshot has no such doubt.
 */
export function acceptDoubt(
  ledger: Ledger | null,
  {document, doubts}: Pick<Snapshot, 'document' | 'doubts'>,
  chosen: string,
  {verdict, reason, author, date}: Acceptance,
): Ledger {
  const doubt = doubts.find(({id}) => id === chosen)
  if (doubt === undefined) throw new RangeError(`Unexpected doubt \`${chosen}\` in \`${document}\``)
  const former = acceptedDoubts(ledger, doubts).get(doubt)
  const {id, page, scan, kind, reference, hypothesis, before, after} = doubt
  const line = {id, page, scan, kind, reference, hypothesis, before, after, verdict, reason, author, date}
  const others = (ledger?.doubts ?? []).filter(other => other !== former && other.id !== id)
  return {...(ledger ?? {schemaVersion: 1, document, pages: []}), doubts: [...others, line]}
}
