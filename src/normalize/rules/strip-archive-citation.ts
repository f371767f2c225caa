import type {Line} from '../document.ts'
import {findByVocabulary} from '../lexical-rule.ts'
import {type Evidence, type Found, type MarkingRule, stripLine} from '../rule.ts'

const id = 'strip-archive-citation'

/** Where a paper lies in an archive, as written on it or printed under its transcript. */
export const stripArchiveCitation: MarkingRule = {
  kind: 'marking',
  id,
  family: 'archive-citation',
  summary: 'Strip archive citations and finding-aid notes: collection, box, folder, record group.',
  why: 'The first page often bears where it was filed, in pencil or in the margin (`RRL Exec. Sec. NSC: Head of State File, USSR: Gorbachev, Box 40`), and transcripts print it above the letter.',
  source:
    'The two letters of the sample; citations of the Thatcher Foundation, the Office of the Historian and Russian archives.',
  vocabulary: {
    phrases: [
      'HEAD OF STATE FILE',
      'EXECUTIVE SECRETARIAT NSC',
      'EXECUTIVE SECRETARIAT NSC RECORDS',
      'EXEC SECRETARIAT NSC HEAD OF STATE FILE',
      'WHITE HOUSE CENTRAL FILES',
      'NATIONAL SECURITY FILE',
      'COUNTRY FILE USSR',
      'NSA HEAD OF STATE FILE',
      'PRESIDENTS SECRETARYS FILE',
    ],
    identifiers: [
      {
        name: 'a fond, inventory and file in Latin letters',
        pattern:
          /(?<!\p{L})(?:f|fond)\.?\s?\d{1,5}[a-z]?\s?[.,]\s?op(?:is)?\.?\s?\d{1,4}[a-z]?\s?[.,]\s?(?:d|delo|per|perechen|dok)\.?\s?\d{1,5}(?:\s?[.,]\s?l{1,2}\.?\s?[\d\s,ob.–-]{1,20})?/giu,
      },
      {
        name: 'a shelf mark of the Thatcher papers',
        pattern: /(?<![\p{L}])TH[CG]R\s?\d{1,2}(?:\/\d{1,4}){1,4}(?:\s?(?:f|ff|Folio|Part)\s?\d{1,4}(?:-\d{1,4})?)?/gu,
      },
      {
        name: "a shelf mark of the Prime Minister's papers",
        pattern: /(?<![\p{L}])PREM\s?\d{1,2}\/\d{2,5}(?:\s?f\s?\d{1,4})?/gu,
      },
      {
        name: 'a record group and box',
        pattern:
          /(?<![\p{L}])(?:RG|Record Group)[\s.-]{0,2}\d{1,3},?[\s,]{0,3}.{0,50}?\b[Bb]ox(?:es)?[\s.]{0,2}\d{1,5}/gu,
      },
      {
        name: 'a fond, inventory and file',
        pattern:
          /(?<!\p{L})[ФфF]\s?\.\s?[\p{L}\d-]{1,5}\s?[.,]\s?[Оо]п\s?\.\s?\d{1,4}[а-я]?\s?[.,]\s?[Дд]\s?\.\s?\d{1,5}(?:\s?[.,]\s?[Лл]{1,2}\s?\.\s?[\d\s,об.–-]{1,20})?/gu,
      },
    ],
  },
  find: document => [...findByVocabulary(document, id), ...document.lines.flatMap(citationOf)],
  examples: [
    {
      name: 'a citation over two lines',
      before:
        '*RRL Exec. Secret. NSC: Head of State File,  \nUSSR: Gorbachev, Box. 40*\n\nUnofficial translation\n\nDear Mr. President:\n\nI thank you.',
      after: 'Unofficial translation\n\nDear Mr. President:\n\nI thank you.',
    },
    {
      name: 'a sentence with a box and a file',
      before: 'The head of state filed past the box.\nPlease send me box 40 of the files.',
      after: 'The head of state filed past the box.\nPlease send me box 40 of the files.',
    },
  ],
}

/** What ends a citation: where in the collection the paper lies. */
const locator =
  /[\s,(;:]\[?(?:box(?:es)?|folder|file|reel|folio|carton|container)[\s.#]{1,3}(?:no\.?\s?)?[\dOIl]{1,5}(?:[-/]\d{1,4})?[)\]*.,\s]{0,4}$/iu
/** What a citation speaks of. */
const holding =
  /\b(?:files?|papers|records|collection|library|archives?|series|subseries|secretariat|mss|lot|fond|RRL|RRPL|RR1|NSC|NSA|NARA|WHORM|NAID|OA|subject|country|box)\b/giu
/** Who gave a transcript, below it. */
const contributor =
  /^\W{0,3}(?:contributed|transcribed|obtained|provided|submitted)\sby\s(?:\p{Lu}[\p{L}.'’-]*\s?){2,5}\W{0,3}$/u
const source = /^[*_\s([]{0,3}(?:source|citation|quelle|source of transcript)s?\s?:/iu

/**
 * A line built like a citation: names of holdings, capitals and commas, no
 * sentence, and a box or folder at its end.
 */
function citationOf(line: Line): readonly Found[] {
  const {tokens} = line.reading
  if (tokens.length > 30) return []
  const evidence: Evidence[] = []
  if (contributor.test(line.text.replace(/^(\W*)C/u, '$1c'))) {
    evidence.push({kind: 'form', score: 2, reason: 'names who gave the transcript'})
  }
  const located = locator.test(line.text)
  const holdings = new Set([...line.text.matchAll(holding)].map(([word]) => word.toLowerCase())).size
  if (source.test(line.text)) evidence.push({kind: 'form', score: 1.5, reason: 'begins as the source of a transcript'})
  if (located) evidence.push({kind: 'form', score: 2, reason: 'ends with a box or folder number'})
  if (evidence.length > 0 && holdings > 1) {
    evidence.push({kind: 'form', score: Math.min(2, holdings - 1), reason: 'names the holdings of an archive'})
  }
  if (evidence.length === 0 || (source.test(line.text) && !located && holdings === 0 && !/\d\/\d/.test(line.text)))
    return []
  // Titles are capitalised; a sentence has verbs and articles in lower case.
  const lower = tokens.filter(({text, kind}) => (kind === 'word' || kind === 'function') && /^\p{Ll}/u.test(text))
  const running = lower.filter(
    ({text}) => !/^(?:of|the|and|with|for|to|in|on|f|ff|box|folder|file|files)$/.test(text),
  ).length
  if (running > 0) evidence.push({kind: 'words', score: -running, reason: 'it has words of a sentence'})
  if (evidence.reduce((sum, {score}) => sum + score, 0) < 1) return []
  return [stripLine(line, evidence)]
}
