import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {renderJunit} from '../../src/report/junit.ts'
import {checkOf, failing, hostile, judgement, manyFailing, passed} from './checks.ts'
import {type Element, parseXml} from './xml.ts'

const options = {base: '', crops: new Map()}

describe('renderJunit', () => {
  test('a suite a document, a case a page, and one for what belongs to none', () => {
    const suites = read(renderJunit(failing, options))
    expect(suites.attributes).toMatchObject({name: 'scanproof', tests: '5', failures: '2', errors: '1', skipped: '0'})
    expect(suites.children.map(suite => [suite.attributes.name, suite.children.map(caseOf)])).toEqual([
      ['letter', ['letter/1 failure gate:new-difference', 'letter/2 passed', 'letter failure gate:limit']],
      ['memo', ['memo/1 passed', 'memo/2 error gate:missing-page']],
    ])
  })

  test('the content holds place, reason, both sides and the command that mends it', () => {
    const [letter] = read(renderJunit(failing, {...options, base: 'archive/'})).children
    expect(letter?.children[0]?.attributes).toMatchObject({
      classname: 'letter',
      name: 'letter/1',
      file: 'archive/transcripts/letter.md',
    })
    expect(letter?.children[0]?.children[0]?.text.split('\n')).toEqual([
      'archive/transcripts/letter.md:12:5: Unexpected `modem` in the transcript, expected `modern`, as the scan was read',
      '- transcript: in the modem world of',
      '+ scan:       in the modern world of',
      'Mend the transcript if it is wrong, or accept the difference: scanproof accept letter#1:0123456789abcdef --reason "..."',
    ])
  })

  test('pictures of the scan are attachments', () => {
    const [first] = failing.verdict.gate.judgements
    const crops = new Map([[first!, 'reports/crops/001.png']])
    const [letter] = read(renderJunit(failing, {...options, crops})).children
    expect(letter?.children[0]?.children[1]).toMatchObject({
      name: 'system-out',
      text: '[[ATTACHMENT|reports/crops/001.png]]',
    })
  })

  test('what belongs to the corpus is a suite of its own', () => {
    const corpus = checkOf({status: 'failed', judgements: [judgement({document: null, page: null, file: null})]})
    const suites = read(renderJunit(corpus, options)).children
    expect(suites.map(({attributes}) => attributes.name)).toEqual(['letter', 'memo', 'corpus'])
  })

  test('a passed check has cases, none of them failed', () => {
    expect(read(renderJunit(passed, options)).attributes).toMatchObject({tests: '3', failures: '0', errors: '0'})
  })

  test('hostile text is text', () => {
    const suites = read(renderJunit(hostile, options))
    expect(suites.children.flatMap(suite => suite.children.map(caseOf))).toHaveLength(5)
    expect(JSON.stringify(suites)).toContain('EVIL')
  })

  test('whatever was read, the file is well-formed', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 200}), text => {
        const difference = {...judgement({}).difference!, reference: text, hypothesis: text}
        const check = checkOf({status: 'failed', judgements: [judgement({reason: text, page: text, difference})]})
        read(renderJunit(check, options))
      }),
      {seed: 1},
    )
  })

  test.each([
    ['short', 'nothing'],
    ['long', '<&"\'>'.repeat(100)],
  ])('10,000 failing pages with %s texts: within the 30 MB that GitLab reads, each with its command', (_, texts) => {
    const xml = renderJunit(manyFailing(10_000, texts), options)
    expect(Buffer.byteLength(xml)).toBeLessThan(30e6)
    const suites = read(xml)
    expect(suites.attributes).toMatchObject({tests: '10000', failures: '10000'})
    for (const suite of suites.children) {
      for (const item of suite.children) expect(item.children[0]?.text).toMatch(/--reason "\.\.\."$/)
    }
  })
})

const allowed: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testcase: ['classname', 'name', 'file', 'time'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  'system-out': [],
}
const children: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['testsuite'],
  testsuite: ['testcase'],
  testcase: ['failure', 'error', 'system-out'],
}

/** Parses, and holds every element against what the readers know. */
function read(xml: string): Element {
  const root = parseXml(xml)
  const check = (element: Element): void => {
    expect(Object.keys(element.attributes).filter(name => !allowed[element.name]?.includes(name))).toEqual([])
    for (const child of element.children) {
      expect(children[element.name]).toContain(child.name)
      check(child)
    }
  }
  expect(root.name).toBe('testsuites')
  check(root)
  for (const suite of root.children) {
    const names = suite.children.map(({attributes}) => attributes.name)
    // GitLab passes over a case whose name it has seen.
    expect(new Set(names).size).toBe(names.length)
  }
  return root
}

function caseOf({attributes, children: [outcome]}: Element): string {
  return `${attributes.name} ${outcome === undefined ? 'passed' : `${outcome.name} ${outcome.attributes.type}`}`
}
