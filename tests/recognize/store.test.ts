import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {Recognition} from '../../src/model.ts'
import {readRecognitionJson} from '../../src/read/readings/recognition-json.ts'
import {fingerprint} from '../../src/recognize/fingerprint.ts'
import {pageText} from '../../src/recognize/page-text.ts'
import {isRecognition} from '../../src/recognize/recognition-fault.ts'
import {expand, serialize} from '../../src/recognize/recognition-file.ts'
import {createRecorded} from '../../src/recognize/recorded.ts'
import {readRecognition, recognitionFile, writeRecognition} from '../../src/recognize/store.ts'
import {greyPage} from './pages.ts'

const box = {x: 1, y: 2, width: 30, height: 10}
const choices = [
  {text: 'D', confidence: 0.6},
  {text: 'O', confidence: 0.2},
]
const recognition: Recognition = {
  schemaVersion: 1,
  pageId: 'd/1',
  fingerprint: 'f',
  engine: {name: 'e', version: '1', model: 'eng', modelSha256: '', parameters: {b: '2', a: '1'}},
  width: 100,
  height: 200,
  confidence: 0.5,
  lines: [
    {
      box,
      angle: 0,
      baseline: {x1: 1, y1: 11, x2: 31, y2: 11.5},
      paragraphStart: true,
      words: [
        {text: 'Dear', box, confidence: 0.9, symbols: [{text: 'D', box, confidence: 0.8, choices}]},
        {text: 'Ron', box, confidence: 0.8},
      ],
    },
    {box, angle: 0.25, paragraphStart: false, words: [{text: 'I\fam\u0000', box, confidence: 0.7}]},
    {box, angle: 0, paragraphStart: true, words: [{text: '\n', box, confidence: 0.7}]},
    {box, angle: 0, paragraphStart: true, words: [{text: 'well.', box, confidence: 0.7}]},
  ],
  regions: [{kind: 'stamp', box, score: 0.9, text: null}],
  findings: [{ruleId: 'prepare:x', severity: 'info', reason: 'r', file: null, page: 'd/1', point: null}],
}

let out: string
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'scanproof-store-'))
})
afterEach(() => rmSync(out, {recursive: true}))

describe('the store', () => {
  test('what was written is read', async () => {
    await writeRecognition(out, recognition)
    expect(await readRecognition(out, 'd/1')).toEqual({recognition, findings: []})
    expect(readdirSync(join(out, 'recognitions/d'))).toEqual(['1.json'])
  })

  test('one row a line of text, keys in a fixed order', () => {
    const {lines, pageId, ...rest} = recognition
    const shuffled: Recognition = {lines, ...rest, pageId, engine: {...rest.engine, parameters: {a: '1', b: '2'}}}
    expect(serialize(shuffled)).toBe(serialize(recognition))
    expect(serialize(recognition).split('\n')[9]).toBe(
      '{"box":[1,2,30,10],"angle":0,"baseline":[1,11,31,11.5],"paragraphStart":true,"words":[["Dear",1,2,30,10,0.9,[["D",1,2,30,10,0.8,[["D",0.6],["O",0.2]]]]],["Ron",1,2,30,10,0.8]]},',
    )
  })

  test('a record with every key written out is read as well', async () => {
    mkdirSync(join(out, 'recognitions/d'), {recursive: true})
    writeFileSync(join(out, 'recognitions/d/1.json'), JSON.stringify(recognition))
    expect(await readRecognition(out, 'd/1')).toEqual({recognition, findings: []})
  })

  test('a reader of single files reads both', () => {
    for (const source of [serialize(recognition), JSON.stringify(recognition)]) {
      expect(readRecognitionJson(Buffer.from(source), 'd/1.json')).toEqual([recognition])
    }
    const damaged = serialize(recognition).replace('["O",0.2]', '["O"]')
    expect(() => readRecognitionJson(Buffer.from(damaged), 'd/1.json')).toThrow(/Unexpected `lines.0.words.0/)
  })

  test('whatever the words, the same words come back, from the same bytes', () => {
    const text = fc.string({unit: 'grapheme'})
    const pixel = fc.integer({min: 0, max: 20_000})
    const anyBox = fc.record({x: pixel, y: pixel, width: pixel, height: pixel})
    const share = fc.integer({min: 0, max: 1000}).map(value => value / 1000)
    const plain = {text, box: anyBox, confidence: share}
    const choices = fc.array(fc.record({text, confidence: share}))
    const symbols = fc.array(fc.record({...plain, choices}))
    const word = fc.record({...plain, symbols}, {requiredKeys: ['text', 'box', 'confidence']})
    const baseline = fc.record({x1: pixel, y1: pixel, x2: pixel, y2: pixel})
    const line = fc.record(
      {box: anyBox, angle: share, baseline, paragraphStart: fc.boolean(), words: fc.array(word)},
      {requiredKeys: ['box', 'angle', 'paragraphStart', 'words']},
    )
    fc.assert(
      fc.property(fc.array(line), lines => {
        const source = serialize({...recognition, lines})
        const back = expand(JSON.parse(source))
        expect(back).toEqual(JSON.parse(JSON.stringify({...recognition, lines})))
        expect(isRecognition(back) && serialize(back)).toBe(source)
      }),
      {seed: 1},
    )
  })

  test('a page that was never read has no finding', async () => {
    expect(await readRecognition(out, 'd/1')).toEqual({recognition: null, findings: []})
  })

  for (const [name, source, reason] of [
    ['cut', serialize(recognition).slice(0, -20), /it is no JSON/],
    ['older', serialize(recognition).replace('"schemaVersion":1', '"schemaVersion":0'), /schema version `0`/],
    ['empty', '', /it is no JSON/],
    ['other page', serialize({...recognition, pageId: 'd/2'}), /it is of page `d\/2`/],
    ['no record', '[]', /it is no record/],
    ['words damaged', serialize(recognition).replace('["Dear"', '[4'), /field `lines`/],
    ['a word cut', serialize(recognition).replace('1,2,30,10,0.8]', '1,2]'), /field `lines`/],
    ['a symbol damaged', serialize(recognition).replace('["O",0.2]', '["O"]'), /field `lines`/],
    ['a baseline damaged', serialize(recognition).replace('31,11.5', '31'), /field `lines`/],
    ['confidence over 1', serialize(recognition).replace('"confidence":0.5', '"confidence":50'), /confidence/],
    ['unknown region', serialize(recognition).replace('"stamp"', '"blot"'), /field `regions`/],
    ['finding damaged', serialize(recognition).replace('"severity":"info"', '"severity":"bad"'), /field `findings`/],
    ['engine damaged', serialize(recognition).replace('"a":"1"', '"a":1'), /field `engine`/],
  ] as const) {
    test(`a file that cannot be used counts as not there: ${name}`, async () => {
      mkdirSync(join(out, 'recognitions/d'), {recursive: true})
      writeFileSync(join(out, 'recognitions/d/1.json'), source)
      const {recognition: found, findings} = await readRecognition(out, 'd/1')
      expect(found).toBeNull()
      expect(findings).toMatchObject([{file: 'recognitions/d/1.json', page: 'd/1', severity: 'info'}])
      expect(findings[0]!.reason).toMatch(reason)
    })
  }

  test('a failed write leaves the old file and nothing beside it', async () => {
    await writeRecognition(out, recognition)
    mkdirSync(join(out, 'recognitions/d/2.json'))
    await expect(writeRecognition(out, {...recognition, pageId: 'd/2'})).rejects.toThrow(
      /Cannot write `recognitions\/d\/2\.json`/,
    )
    expect(readdirSync(join(out, 'recognitions/d')).sort()).toEqual(['1.json', '2.json'])
    expect(readFileSync(join(out, 'recognitions/d/1.json'), 'utf8')).toBe(serialize(recognition))
  })

  test.each(['', 'd', '/1', 'd/', '../1', 'd/..', 'd/../../1', './1', 'd\\1/2', 'd/\u0000'])(
    'the id %j cannot leave the folder',
    id => {
      expect(() => recognitionFile(id)).toThrow(/Unexpected page id/)
    },
  )

  test('the recorded engine replays it', async () => {
    await writeRecognition(out, recognition)
    const engine = createRecorded(out)
    const {fingerprint: _, ...reading} = recognition
    expect(await engine.recognize(greyPage('d/1', new Uint8Array(1), 1, 1))).toEqual(reading)
    await expect(engine.recognize(greyPage('d/2', new Uint8Array(1), 1, 1))).rejects.toThrow(
      /Missing reading of page `d\/2`/,
    )
    await engine.close()
  })
})

describe('text of a page', () => {
  test('words, lines and paragraphs are parted; white space and controls in a word go', () => {
    const {text, words} = pageText(recognition)
    expect(text).toBe('Dear Ron\nIam\n\nwell.')
    expect(words.map(({span}) => text.slice(span.start, span.end))).toEqual(['Dear', 'Ron', 'Iam', 'well.'])
  })

  test('spans ascend and cut out each word, whatever the words', () => {
    const word = fc.record({text: fc.string({unit: 'binary'}), box: fc.constant(box), confidence: fc.constant(0.5)})
    const line = fc.record({
      box: fc.constant(box),
      angle: fc.constant(0),
      paragraphStart: fc.boolean(),
      words: fc.array(word),
    })
    fc.assert(
      fc.property(fc.array(line), lines => {
        const {text, words} = pageText({...recognition, lines})
        expect(text).not.toMatch(/\f|^\s|\s$/)
        expect(words.map(({span}) => text.slice(span.start, span.end))).toEqual(
          text.split(/\s+/).filter(part => part !== ''),
        )
      }),
      {seed: 1},
    )
  })
})

describe('fingerprint', () => {
  const scan = {file: 'scans/d/1.png', format: 'png' as const, frame: 0, sha256: 'aa'}
  const preparation = {version: '1', parameters: {x: '1', y: '2'}}
  const base = fingerprint(scan, preparation, recognition.engine)

  test('depends neither on the name of the file nor on the order of parameters', () => {
    expect(base).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint({...scan, file: 'other.png', format: 'jpeg'}, preparation, recognition.engine)).toBe(base)
    const swapped = {...recognition.engine, parameters: {a: '1', b: '2'}}
    expect(fingerprint(scan, {version: '1', parameters: {y: '2', x: '1'}}, swapped)).toBe(base)
  })

  test.each<Parameters<typeof fingerprint>>([
    [{...scan, sha256: 'bb'}, preparation, recognition.engine],
    [{...scan, frame: 1}, preparation, recognition.engine],
    [scan, {...preparation, version: '2'}, recognition.engine],
    [scan, {...preparation, parameters: {x: '1'}}, recognition.engine],
    [scan, preparation, {...recognition.engine, name: 'o'}],
    [scan, preparation, {...recognition.engine, version: '2'}],
    [scan, preparation, {...recognition.engine, model: 'rus'}],
    [scan, preparation, {...recognition.engine, modelSha256: 'cc'}],
    [scan, preparation, {...recognition.engine, parameters: {}}],
  ])('changes with everything that can change the text (%#)', (...parts) => {
    expect(fingerprint(...parts)).not.toBe(base)
  })
})
