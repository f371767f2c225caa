/** Scripts of words and Latin look-alikes, after UTS #39 (Unicode security mechanisms). */

/** What scripts the letters of a token belong to; digits and punctuation are common to all. */
export type ScriptSet = 'none' | 'latin' | 'cyrillic' | 'mixed' | 'other'

const latin = /\p{Script=Latin}/u
const cyrillic = /\p{Script=Cyrillic}/u
const letter = /\p{L}/u

/** The scripts of a token's letters. */
export function scriptsOf(token: string): ScriptSet {
  // Nearly every token is ASCII, and the property tests are slow.
  if (/^[\x00-\x7f]*$/.test(token)) return /[A-Za-z]/.test(token) ? 'latin' : 'none'
  const hasLatin = latin.test(token)
  const hasCyrillic = cyrillic.test(token)
  if (hasLatin && hasCyrillic) return 'mixed'
  if (hasLatin) return 'latin'
  if (hasCyrillic) return 'cyrillic'
  return letter.test(token) ? 'other' : 'none'
}

/**
 * Latin letters that look like Cyrillic ones, in print or capitals.
 *
 * Source: Unicode `confusables.txt` (UTS #39), the letters of Russian and
 * Ukrainian; below it what scans of English typescript read as Cyrillic show
 * beyond that table (`З` for S, `И` for N, `Я` for R).
 */
const confusable: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  һ: 'h',
  ԁ: 'd',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ј: 'J',
  Ѕ: 'S',
  Ү: 'Y',
  ѵ: 'v',
  ԛ: 'q',
  ԝ: 'w',
}

/** Letters that only resemble a Latin one; enough to read a word by, in a word that is otherwise sure. */
const similar: Readonly<Record<string, string>> = {
  к: 'k',
  м: 'm',
  н: 'h',
  т: 't',
  в: 'b',
  и: 'u',
  п: 'n',
  г: 'r',
  З: 'S',
  Б: 'B',
  И: 'N',
  Я: 'R',
  Ю: 'IO',
  П: 'II',
  Г: 'T',
  Ї: 'I',
  ї: 'i',
  Є: 'E',
  є: 'e',
  з: 's',
  б: 'b',
  я: 'r',
  Л: 'JI',
  Д: 'D',
  У: 'V',
  у: 'u',
}

/** From a Latin letter to its Russian twin. */
const twins: ReadonlyMap<string, string> = new Map(
  Object.entries(confusable)
    .filter(([character]) => /[а-яА-Я]/.test(character))
    .map(([character, twin]) => [twin, character]),
)

/** Whether every Cyrillic letter of a token has a Latin twin, so that it can be read as Latin at all. */
export function isLookalike(token: string): boolean {
  return [...token].every(character => !cyrillic.test(character) || confusable[character] !== undefined)
}

/**
 * The ways a token may read in Latin letters, the strict one of UTS #39 first.
 *
 * At most four spellings; empty where a Cyrillic letter resembles no Latin one.
 */
export function latinReadings(token: string): readonly string[] {
  const strict = spell(token, character => confusable[character])
  const loose = spell(token, character => similar[character] ?? confusable[character])
  const mixed = spell(token, character => confusable[character] ?? similar[character])
  return [...new Set([strict, mixed, loose].filter(reading => reading !== null))]
}

/** A token with its Latin letters as the Cyrillic ones of the same look; null where one has none. */
export function cyrillicReading(token: string): string | null {
  let spelled = ''
  for (const character of token) {
    const twin = latin.test(character) ? twins.get(character) : character
    if (twin === undefined) return null
    spelled += twin
  }
  return spelled
}

/** The Latin letter one character looks like, in capitals; null for none. */
export function latinCapital(character: string): string | null {
  return (confusable[character] ?? similar[character])?.toUpperCase() ?? null
}

/** Whether a character belongs to Ukrainian and not to Russian: in a Russian context a sign of a misreading. */
export function isUkrainianOnly(character: string): boolean {
  return /[іїєґІЇЄҐ]/.test(character)
}

function spell(token: string, twin: (character: string) => string | undefined): string | null {
  let spelled = ''
  for (const character of token) {
    if (!cyrillic.test(character)) {
      spelled += character
      continue
    }
    const read = twin(character)
    if (read === undefined) return null
    spelled += read
  }
  return spelled
}
