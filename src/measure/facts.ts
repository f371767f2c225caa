import type {Tokens} from '../model.ts'

/** Where a fact's text stands in a document, and how many edits it is off. */
export interface Occurrence {
  readonly edits: number
  /** Token after its last one. */
  readonly end: number
}

/**
 * Find where a text stands in another with the fewest edits; the first of equals.
 *
 * For facts about a letter, as in olmOCR-bench: the date line is present, the stamp is absent, the salutation stands before the signature.
 * Sellers, "The theory and computation of evolutionary distances", 1980: any part of the document is free to be left out.
 */
export function findFact(fact: Tokens, document: Tokens): Occurrence {
  let best: Occurrence = {edits: fact.keys.length, end: 0}
  for (const [place, edits] of editsByEnd(fact, document).entries()) {
    if (edits < best.edits) best = {edits, end: place + 1}
  }
  return best
}

/** True where the fact stands in the document with at most so many edits. */
export function isPresent(fact: Tokens, document: Tokens, mostEdits: number): boolean {
  return findFact(fact, document).edits <= mostEdits
}

/** True where some occurrence of the first fact ends before some occurrence of the second does, each within its edits. */
export function isInOrder(first: Tokens, second: Tokens, document: Tokens, mostEdits: number): boolean {
  const before = editsByEnd(first, document).findIndex(edits => edits <= mostEdits)
  const after = editsByEnd(second, document).findLastIndex(edits => edits <= mostEdits)
  return before >= 0 && before < after
}

/** The fewest edits with which the fact ends after each token of the document. */
function editsByEnd(fact: Tokens, document: Tokens): Int32Array {
  const n = fact.keys.length
  const column = Int32Array.from({length: n + 1}, (_, row) => row)
  return Int32Array.from(document.keys, key => {
    let across = 0
    for (let row = 1; row <= n; row++) {
      const left = column[row]!
      column[row] = Math.min(across + (fact.keys[row - 1] === key ? 0 : 1), left + 1, column[row - 1]! + 1)
      across = left
    }
    return column[n]!
  })
}
