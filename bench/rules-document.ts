/** Writes docs/rules.md: the rules as they say themselves, and what was measured of them. */
import {flagScore, stripScore} from '../src/normalize/judge.ts'
import {type Profile, profileRules, profiles, treatmentOf} from '../src/normalize/profiles.ts'
import type {Rule} from '../src/normalize/rule.ts'
import {type FamilyOutcome, type Figures, type Outcome, totalOf} from './rules-figures.ts'

/** The measured parts: of labelled lines, and of the corpus. */
type Part = 'figures' | 'corpus'

/** The whole document. */
export function renderRules(rules: readonly Rule[], figures: string, corpus: string): string {
  return `${[
    '# Rules of the normalizer',
    '',
    'Made from the rules by `npm run bench:rules -- --write`; a test fails when it is out of date. Do not edit it.',
    '',
    ...judging(),
    ...profileTable(rules),
    ...ownRules(),
    '## What was measured',
    '',
    ...measured('figures', figures),
    ...measured('corpus', corpus),
    '## The rules, in the order they run',
    '',
    ...rules.flatMap(renderRule),
  ]
    .join('\n')
    .trimEnd()}\n`
}

/** The measured part of a document, to be kept where the labelled lines are not at hand. */
export function figuresIn(document: string, part: Part): string {
  const begin = `<!-- ${part} -->\n`
  const start = document.indexOf(begin)
  const end = document.indexOf(`\n<!-- end of ${part} -->`)
  return start < 0 || end < 0 ? '' : document.slice(start + begin.length, end)
}

function measured(part: Part, text: string): readonly string[] {
  return [`<!-- ${part} -->`, text, `<!-- end of ${part} -->`, '']
}

function judging(): readonly string[] {
  return [
    '## How a line is judged',
    '',
    'A rule never deletes: it finds candidates, and each is judged by evidence for and against it. The sum decides:',
    '',
    `- from ${stripScore} on it is **stripped**, if its own wording is unmistakable or a second kind of witness speaks for it;`,
    `- from ${flagScore} on it is **flagged**: kept in the text and shown in the report;`,
    '- below that it is kept.',
    '',
    '| witness | score |',
    '|---|---|',
    '| form: a structured number (`CIA-RDP80-01601R000100140001-8`), or a whole unmistakable wording | +4 |',
    '| form: a short wording, or a long one misread (costs by what engines confuse, allowance by length) | +2 to +3.5 |',
    '| form: a part of a stamp whose lines break anywhere | +2 to +3 |',
    '| form: a bare word (SECRET, COPY), exact in capitals; misread or in title case less | +0.5 to +2 |',
    '| form: wording that heads paragraphs as well (CURRENT STATUS); goes beside a sure marking alone | +1 to +1.5 |',
    '| form: other wordings on the same line; letters set apart | +1 each |',
    '| repetition: the same marking on two pages or more; twice on one page | +2; +1 |',
    '| place: above or below all lines of the letter; set apart from them | +1; +2 |',
    '| block: next to a marking that is sure, or to another line of its stamp; on the very next line | +2; +2.5 |',
    '| interruption: the sentence around it goes on without it | +2 |',
    '| ink: preparation found a stamp, a strike, turned text or handwriting there | +1 |',
    '| confidence: the engine was less than 60 % sure; less than 30 % | +1; +2 |',
    '| script: Cyrillic in a Latin letter | +2 |',
    '| against, words: each word on the line that is no part of the marking, twice beside a bare word | −0.5 to −2 |',
    '| against, sentence: the line before ends in *marked*, *classified*, *as* …, or the line goes on with its sentence | −2 to −3 |',
    '| against, mention: in quotation marks; on a subject line | −2; −3 |',
    '| against, script: Russian stands next to it | −3 |',
    '',
    'Then the rest is judged again as if what was stripped had never been there, until nothing more changes: a clean text is',
    'left as it is. Every edit keeps its rule, its reasons and its place, and `restore(edits, clean)` gives the raw text back.',
    '`scanproof clean --explain LINE` prints all of this for a line.',
    '',
  ]
}

function profileTable(rules: readonly Rule[]): readonly string[] {
  const names: readonly Profile[] = ['letter', 'diplomatic', 'frus', 'thatcher', 'raw']
  const families = [...new Set(rules.filter(({kind}) => kind === 'marking').map(({family}) => family))].sort()
  return [
    '## Profiles',
    '',
    "What counts as the letter. `strip`: taken out; `note`: kept and flagged; `keep`: the letter's own.",
    'The settings may say otherwise for a family.',
    '',
    `| family | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---').join('|')}|`,
    ...families.map(
      family => `| ${family} | ${names.map(name => treatmentOf(profileRules(name), family)).join(' | ')} |`,
    ),
    `| joins and blank lines | ${names.map(name => (profiles[name].joins ? 'made' : 'left')).join(' | ')} |`,
    `| look-alike letters | ${names.map(name => (profiles[name].repairs ? 'repaired' : 'note')).join(' | ')} |`,
    '',
  ]
}

function ownRules(): readonly string[] {
  return [
    '## Rules of your own',
    '',
    '`scanproof.config.json` may bring rules, and every command that cleans takes them:',
    '',
    '```json',
    JSON.stringify(
      {
        families: {letterhead: 'strip'},
        words: ['Ruritania', 'Zenda'],
        rules: [
          {
            id: 'strip-embassy-stamp',
            family: 'embassy-stamp',
            words: ['Registratur'],
            phrases: ['Received at the Chancery'],
            stamps: ['Embassy of Ruritania, declassified by order of the Archivist of the Kingdom'],
            numbers: [{name: 'a chancery number', pattern: 'Z\\.\\s?\\d{3}/\\d{2}'}],
            examples: [
              {name: 'a stamp', before: 'Received at the Chancery\n\nDear Sir,', after: 'Dear Sir,'},
              {name: 'a sentence', before: 'It was received today.', after: 'It was received today.'},
            ],
          },
        ],
      },
      null,
      2,
    ),
    '```',
    '',
    '`words` of a rule are words that letters use too, `phrases` unmistakable wording on a line of its own, `stamps` wording whose',
    'lines break anywhere, `numbers` structured numbers; all but the last are found misread as well. The examples, one at least',
    'that changes and one that stays, are run before anything is cleaned: a rule that does not keep its word is an error. `words`',
    'beside `rules` are names and words of the letters: no stamp is taken for a misreading of them, and line ends may cut them.',
    '',
  ]
}

/** What `bench/rules.ts` measured. */
export function renderFigures({halves, documents, letters, interruptions}: Figures): string {
  const all = [...halves.tune, ...halves['held-out']]
  const body = totalOf(all, 'body', false).lines + totalOf(all, 'body', true).lines
  return [
    'Real lines of declassified files, one at a time with no document around them, under the profile `letter`. *Detected* is',
    'stripped or flagged. The lines are halved by their source; the rules were made looking at the half `tune`.',
    '',
    '| lines | half | n | stripped | flagged | detected |',
    '|---|---|--:|--:|--:|--:|',
    ...(['tune', 'held-out'] as const).flatMap(half => [
      totalRow('markings, clean', half, totalOf(halves[half], 'marking', false)),
      totalRow('markings, garbled', half, totalOf(halves[half], 'marking', true)),
      totalRow('body', half, sum(totalOf(halves[half], 'body', false), totalOf(halves[half], 'body', true))),
    ]),
    totalRow('markings, clean', 'both', totalOf(all, 'marking', false)),
    totalRow('markings, garbled', 'both', totalOf(all, 'marking', true)),
    totalRow('body', 'both', sum(totalOf(all, 'body', false), totalOf(all, 'body', true))),
    '',
    `By family, both halves; ${body} body lines are near misses of all kinds:`,
    '',
    '| label | family | clean: n | detected | garbled: n | detected |',
    '|---|---|--:|--:|--:|--:|',
    ...merged(all).map(
      ({label, family, clean, garbled}) =>
        `| ${label} | ${family} | ${clean.lines || '–'} | ${detected(clean)} | ${garbled.lines || '–'} | ${detected(garbled)} |`,
    ),
    '',
    'In documents of four pages assembled from these lines, two at the top and two at the bottom of each page, with',
    'a near miss in the prose of each; stray Cyrillic is left out, as it is no line that a page bears:',
    '',
    '| documents | marking lines | stripped | body characters lost |',
    '|---|--:|--:|--:|',
    ...Object.entries({
      'same lines on all pages': documents.repeated,
      'other lines on each page': documents.single,
    }).map(
      ([name, figures]) =>
        `| ${name} | ${figures.markings} | ${rate(figures.stripped, figures.markings)} | ${figures.bodyCharactersLost} |`,
    ),
    '',
    'Letters without a marking, which speak of secrets, releases, copies, certificates and file numbers, quote Russian, list and',
    `count (\`bench/letter-lines.ts\`): of ${letters.lines.lines} lines alone ${letters.lines.stripped} stripped and ${letters.lines.flagged} flagged; of ${letters.characters} letters and figures in`,
    `${letters.documents} documents ${letters.charactersLost} lost, and ${letters.charactersLostAmongMarkings} with markings above and below each page.`,
    '',
    `Sentences cut by a stamp or page break: ${interruptions.right} of ${interruptions.sentences} are whole again.`,
  ].join('\n')
}

function totalRow(name: string, half: string, {lines, stripped, flagged}: Outcome): string {
  return `| ${name} | ${half} | ${lines} | ${stripped} | ${flagged} | ${rate(stripped + flagged, lines)} |`
}

function detected({lines, stripped, flagged}: Outcome): string {
  return lines === 0 ? '–' : rate(stripped + flagged, lines)
}

function rate(part: number, whole: number): string {
  return (part / whole).toFixed(3)
}

/** The two halves of each family as one, markings first. */
function merged(outcomes: readonly FamilyOutcome[]): readonly FamilyOutcome[] {
  const byName = new Map<string, FamilyOutcome>()
  for (const outcome of outcomes) {
    const name = `${outcome.label === 'marking' ? 0 : 1} ${outcome.family}`
    const other = byName.get(name)
    byName.set(
      name,
      other === undefined
        ? outcome
        : {...outcome, clean: sum(outcome.clean, other.clean), garbled: sum(outcome.garbled, other.garbled)},
    )
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, outcome]) => outcome)
}

function sum(a: Outcome, b: Outcome): Outcome {
  return {lines: a.lines + b.lines, stripped: a.stripped + b.stripped, flagged: a.flagged + b.flagged}
}

function renderRule(rule: Rule): readonly string[] {
  const vocabulary = rule.kind === 'marking' ? rule.vocabulary : undefined
  return [
    `### ${rule.id}`,
    '',
    `Family \`${rule.family}\`. ${rule.summary}`,
    '',
    `**Why.** ${rule.why}`,
    '',
    `**Source.** ${rule.source}`,
    '',
    ...wordings('Bare words', vocabulary?.words),
    ...wordings('Wordings', vocabulary?.phrases),
    ...wordings('Stamps, of which any part counts', vocabulary?.stamps),
    ...wordings(
      'Numbers',
      vocabulary?.identifiers?.map(({name}) => name),
    ),
    ...rule.examples.flatMap(({name, before, after}) => [
      before === after ? `- ${name}: stays as it is` : `- ${name}`,
      '',
      ...fenced(before),
      ...(before === after ? [] : ['  becomes', '', ...fenced(after)]),
    ]),
  ]
}

function wordings(name: string, list: readonly string[] | undefined): readonly string[] {
  return list === undefined || list.length === 0 ? [] : [`**${name}:** ${list.join(' · ')}`, '']
}

/** An example as a code block within a list; a form feed is shown as `␌`. */
function fenced(text: string): readonly string[] {
  return [
    '  ```text',
    ...text
      .replaceAll('\f', '␌')
      .split('\n')
      .map(line => `  ${line}`.trimEnd()),
    '  ```',
    '',
  ]
}
