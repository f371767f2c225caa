import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {readConfig} from '../src/config.ts'
import {UserError} from '../src/model.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scanproof-config-'))
})
afterEach(() => rmSync(root, {recursive: true, force: true}))

test('without a file the defaults hold, and recognitions and reports go to the root', () => {
  const config = readConfig({root})
  expect(config).toMatchObject({root, out: root, equality: 'reading', profile: 'letter', maxCharacterErrorRate: null})
  expect(config.jobs).toBeGreaterThan(0)
  expect(Object.isFrozen(config)).toBe(true)
})

test('flags win over the file, the file over defaults', () => {
  write({jobs: 3, equality: 'strict', maxCharacterErrorRate: 0.02})
  expect(readConfig({root})).toMatchObject({jobs: 3, equality: 'strict', maxCharacterErrorRate: 0.02})
  expect(readConfig({root, jobs: '5'}).jobs).toBe(5)
})

test('an engine and its models: a folder in the file is seen from the corpus, one in a flag from here', () => {
  expect(readConfig({root})).toMatchObject({engine: 'tesseract.js', lang: 'eng', tessdata: null})
  write({engine: 'tesseract-cli', lang: 'eng+rus', tessdata: 'models'})
  expect(readConfig({root})).toMatchObject({
    engine: 'tesseract-cli',
    lang: 'eng+rus',
    tessdata: join(root, 'models'),
  })
  expect(readConfig({root, engine: 'tesseract.js', lang: 'rus', tessdata: 'own'})).toMatchObject({
    engine: 'tesseract.js',
    lang: 'rus',
    tessdata: resolve('own'),
  })
  expect(messageOf(() => readConfig({root, engine: 'abbyy'}))).toContain('expected one of tesseract.js, tesseract-cli')
})

test('a byte order mark in the file is no error', () => {
  writeFileSync(join(root, 'scanproof.config.json'), '\uFEFF{"jobs": 2}')
  expect(readConfig({root}).jobs).toBe(2)
})

describe('what is wrong is named, with what was expected', () => {
  test('unknown keys and bad values, all at once', () => {
    write({tresholds: 1, jobs: 0, equality: 'loose'})
    const message = messageOf(() => readConfig({root}))
    expect(message).toContain('scanproof.config.json')
    expect(message).toContain('unexpected key `tresholds`')
    expect(message).toContain('`maxCharacterErrorRate`')
    expect(message).toContain('`jobs`')
    expect(message).toContain('`equality`')
  })
  test('a file that is not JSON', () => {
    writeFileSync(join(root, 'scanproof.config.json'), '{"jobs": 2')
    expect(messageOf(() => readConfig({root}))).toMatch(/scanproof\.config\.json.*expected JSON/s)
  })
  test('a root that does not exist', () => {
    expect(messageOf(() => readConfig({root: join(root, 'absent')}))).toContain('--root')
  })
  test('a settings file that does not exist', () => {
    expect(messageOf(() => readConfig({root, config: join(root, 'absent.json')}))).toContain('--config')
  })
  test.each(['0', '-1', '1.5', 'many', '257'])('--jobs %s', jobs => {
    expect(messageOf(() => readConfig({root, jobs}))).toContain('from 1 to 256')
  })
})

function write(settings: unknown): void {
  writeFileSync(join(root, 'scanproof.config.json'), JSON.stringify(settings))
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return error instanceof Error ? error.message : ''
  }
  return ''
}
