import type {CheckReport, Judgement} from '../model.ts'
import {formatCount} from './figures.ts'
import {bothSides, type CheckFormatOptions, cut, isFailing, judgedPlace, mending} from './judgements.ts'
import {xmlAttribute, xmlText} from './xml.ts'

export interface JunitOptions extends CheckFormatOptions {
  /** Paths of pictures of what judgements are about. */
  readonly crops: ReadonlyMap<Judgement, string>
}

/**
 * Writes a check as JUnit XML, in the dialect that GitLab, Jenkins and the readers for GitHub share: a suite for each
 * document, a case for each page, and one for what belongs to no page.
 *
 * `failure` is a regression, `error` is what could not be judged. The messages stand in the element's content, which
 * is what GitLab shows; pictures of the scan are attachments. No times: the same check gives the same bytes. Of many
 * failures each is told in fewer words, so that the file stays within the 30 MB that GitLab reads.
 */
export function renderJunit(report: CheckReport, options: JunitOptions): string {
  const failing = report.verdict.gate.judgements.filter(judgement => isFailing(judgement, report))
  const byPlace = new Map<string, Judgement[]>()
  for (const judgement of failing) {
    const key = placeKey(judgement.document, judgement.page)
    byPlace.set(key, [...(byPlace.get(key) ?? []), judgement])
  }
  const room = Math.min(longestContent, Math.floor(contentUnits / Math.max(1, byPlace.size)))
  const transcripts = new Map(report.documents.map(({id, transcript}) => [id, transcript]))
  const documents = new Set<string | null>([...transcripts.keys(), ...failing.map(({document}) => document)])
  const suites = [...documents].map(document => {
    const pages = report.documents.find(({id}) => id === document)?.pages.map(({id}) => id) ?? []
    const places = new Set<string | null>([
      ...pages,
      ...failing.filter(judgement => judgement.document === document).map(({page}) => page),
    ])
    const cases = [...places].map(page => {
      const judgements = byPlace.get(placeKey(document, page)) ?? []
      const file = document === null ? null : (transcripts.get(document) ?? null)
      return testcase(document ?? 'corpus', page ?? document ?? 'corpus', file, judgements, room, options)
    })
    return {name: document ?? 'corpus', cases}
  })
  const all = suites.flatMap(({cases}) => cases)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttribute('name', 'scanproof')}${countAttributes(all)}>`,
    ...suites.flatMap(({name, cases}) => [
      `  <testsuite${xmlAttribute('name', name)}${countAttributes(cases)}>`,
      ...cases.map(({xml}) => xml),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

/** UTF-16 units for the contents of all cases: escaped, each may take six bytes. */
const contentUnits = 2_000_000
const longestContent = 8000
const mostAttachments = 10

interface Testcase {
  readonly xml: string
  readonly kind: 'passed' | 'failure' | 'error'
}

function placeKey(document: string | null, page: string | null): string {
  return `${document ?? ''}\0${page ?? ''}`
}

function testcase(
  suite: string,
  name: string,
  file: string | null,
  judgements: readonly Judgement[],
  room: number,
  options: JunitOptions,
): Testcase {
  const open = `    <testcase${xmlAttribute('classname', suite)}${xmlAttribute('name', name)}${file === null ? '' : xmlAttribute('file', options.base + file)}${xmlAttribute('time', '0')}`
  const [first] = judgements
  if (first === undefined) return {xml: `${open}/>`, kind: 'passed'}
  const unjudged = judgements.find(({outcome}) => outcome === 'unjudged')
  const kind = unjudged === undefined ? 'failure' : 'error'
  const summary = cut((unjudged ?? first).reason, Math.min(200, room >> 1))
  const attachments = judgements.flatMap(judgement => options.crops.get(judgement) ?? [])
  const lines = [
    `${open}>`,
    `      <${kind}${xmlAttribute('type', (unjudged ?? first).ruleId)}${xmlAttribute('message', summary)}>${xmlText(content(judgements, room, options))}</${kind}>`,
    ...(attachments.length === 0
      ? []
      : [
          `      <system-out>${attachments
            .slice(0, mostAttachments)
            .map(path => xmlText(`[[ATTACHMENT|${path}]]`))
            .join('\n')}</system-out>`,
        ]),
    '    </testcase>',
  ]
  return {xml: lines.join('\n'), kind}
}

/** As many judgements as there is room for, at least one. */
function content(judgements: readonly Judgement[], room: number, options: JunitOptions): string {
  const items: string[] = []
  let used = 0
  for (const judgement of judgements) {
    const sides = bothSides(judgement)
    const item = [
      `${judgedPlace(judgement, options)}: ${cut(judgement.reason, Math.min(300, room >> 1))}`,
      ...(sides === null
        ? []
        : [
            `- transcript: ${cut(sides.transcript, Math.min(200, room >> 1))}`,
            `+ scan:       ${cut(sides.scan, Math.min(200, room >> 1))}`,
          ]),
      mending(judgement),
    ].join('\n')
    used += item.length
    if (items.length > 0 && used > room) break
    items.push(item)
  }
  const left = judgements.length - items.length
  if (left > 0) items.push(`and ${formatCount(left)} more here`)
  return items.join('\n\n')
}

function countAttributes(cases: readonly Testcase[]): string {
  const count = (kind: Testcase['kind']) => cases.filter(item => item.kind === kind).length
  return [
    xmlAttribute('tests', cases.length),
    xmlAttribute('failures', count('failure')),
    xmlAttribute('errors', count('error')),
    xmlAttribute('skipped', 0),
    xmlAttribute('time', '0'),
  ].join('')
}
