import type {Finding, Tokens} from '../model.ts'

/** A document's two sides, in words. */
export interface Pair {
  readonly document: string
  /** Path of the transcript. */
  readonly file: string
  readonly reference: Tokens
  readonly hypothesis: Tokens
}

/** A page's words, in the order of pages. */
export interface PageWords {
  readonly pageId: string
  readonly words: Tokens
}

/** Share of word pairs below which two texts are not the same one, and above which they are. */
const strange = 0.2
const alike = 0.5

/** Words below which nothing is said. */
const fewestWords = 20

/**
 * Check before scoring that each transcript belongs to its scan.
 *
 * Two texts are held to be the same where the pairs of neighbouring words of the
 * shorter stand in the longer. A transcript that hardly shares any with its own
 * scan, but most with another's, is set against the wrong scan; where no other
 * fits it is said as well. A side five times longer than the other is said whatever it shares.
 */
export function checkPairs(pairs: readonly Pair[]): readonly Finding[] {
  const findings: Finding[] = []
  const hypotheses = pairs.map(({hypothesis}) => wordPairs(hypothesis))
  for (const [index, {document, file, reference, hypothesis}] of pairs.entries()) {
    const [few, many] = [
      Math.min(reference.keys.length, hypothesis.keys.length),
      Math.max(reference.keys.length, hypothesis.keys.length),
    ]
    if (many >= fewestWords && few * 5 <= many) {
      const longer = reference.keys.length === many ? 'transcript' : 'scan'
      findings.push(
        finding(
          'measure:length',
          file,
          null,
          `Unexpected length: the ${longer} of \`${document}\` holds ${many} words, the other side ${few}, expected about as many, check that both are whole`,
        ),
      )
    }
    if (few < fewestWords) continue
    const own = wordPairs(reference)
    const share = likeness(own, hypotheses[index]!)
    if (share >= strange) continue
    const others = pairs.map((pair, other) => ({
      document: pair.document,
      share: other === index ? 0 : likeness(own, hypotheses[other]!),
    }))
    const best = others.reduce((one, other) => (other.share > one.share ? other : one))
    const fits =
      best.share >= alike
        ? `the scan of \`${best.document}\` fits better (${percent(best.share)}), check the names`
        : 'no other scan fits better, check that the transcript is this letter'
    findings.push(
      finding(
        'measure:wrong-pair',
        file,
        null,
        `Unexpected transcript for \`${document}\`: ${percent(share)} of its word pairs stand on the scan, expected most, ${fits}`,
      ),
    )
  }
  return findings
}

/**
 * Check that a document's pages are in order, whole and single.
 *
 * Each page is placed where most of its word pairs stand in the transcript. Swapped
 * pages stand in another order there, doubled ones in the same place, and a missing one leaves a stretch
 * of the transcript that no page covers. Pages of few words, or that the transcript hardly holds, are passed over.
 */
export function checkPages(reference: Tokens, pages: readonly PageWords[], file: string): readonly Finding[] {
  const places = new Map<string, number[]>()
  for (let word = 0; word + 1 < reference.keys.length; word++) {
    const pair = `${reference.keys[word]} ${reference.keys[word + 1]}`
    const known = places.get(pair)
    if (known === undefined) places.set(pair, [word])
    else known.push(word)
  }
  const placed = pages.flatMap(({pageId, words}) => {
    // A pair that stands in one place only says where the page belongs.
    const sure = [...wordPairs(words)].flatMap(pair => {
      const known = places.get(pair)
      return known?.length === 1 ? known : []
    })
    if (words.keys.length < fewestWords || sure.length * 5 < words.keys.length) return []
    sure.sort((one, other) => one - other)
    const at = (share: number): number => sure[Math.floor(share * (sure.length - 1))]!
    return [{pageId, start: at(0.1), middle: at(0.5), end: at(0.9), words: words.keys.length}]
  })
  const findings: Finding[] = []
  for (const [index, page] of placed.entries()) {
    const before = placed[index - 1]
    if (before === undefined) continue
    const common = Math.min(page.end, before.end) - Math.max(page.start, before.start)
    if (common > 0.6 * Math.min(page.end - page.start, before.end - before.start)) {
      findings.push(
        finding(
          'measure:doubled-page',
          file,
          page.pageId,
          `Unexpected page \`${page.pageId}\`: it holds the text of \`${before.pageId}\` again, expected the next page, take one of them out`,
        ),
      )
    } else if (page.middle < before.middle) {
      findings.push(
        finding(
          'measure:swapped-page',
          file,
          page.pageId,
          `Unexpected page \`${page.pageId}\` after \`${before.pageId}\`: the transcript has their text the other way round, check the order of the scans`,
        ),
      )
    }
  }
  findings.push(...missingPages(reference, placed, file))
  return findings
}

interface PlacedPage {
  readonly pageId: string
  readonly start: number
  readonly end: number
  readonly words: number
}

/** A stretch of the transcript between two pages that is at least half an average page long. */
function missingPages(reference: Tokens, placed: readonly PlacedPage[], file: string): Finding[] {
  if (placed.length < 2) return []
  const mean = placed.reduce((sum, {words}) => sum + words, 0) / placed.length
  const inOrder = [...placed].sort((one, other) => one.start - other.start)
  return inOrder.flatMap((page, index) => {
    const next = inOrder[index + 1]
    // A tenth of a page at either end was left out when it was placed.
    const gap = next === undefined ? 0 : next.start - page.end - 0.1 * (page.words + next.words)
    if (next === undefined || gap < mean / 2) return []
    const from = reference.keys.slice(page.end + 1, page.end + 6).join(' ')
    return [
      finding(
        'measure:missing-page',
        file,
        page.pageId,
        `Unexpected gap after page \`${page.pageId}\`: about ${Math.round(gap)} words of the transcript, from \`${from}\` on, stand on no page, expected none, add the missing scan`,
      ),
    ]
  })
}

function wordPairs({keys}: Tokens): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (let word = 0; word + 1 < keys.length; word++) pairs.add(`${keys[word]} ${keys[word + 1]}`)
  return pairs
}

/** Share of the smaller set that stands in the larger. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  if (small.size === 0) return 0
  let shared = 0
  for (const pair of small) if (large.has(pair)) shared++
  return shared / small.size
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function finding(ruleId: string, file: string, page: string | null, reason: string): Finding {
  return {ruleId, severity: 'warning', reason, file, page, point: null}
}
