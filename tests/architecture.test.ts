import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join, relative, sep} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'

const source = fileURLToPath(new URL('../src', import.meta.url))

/** What each part of src/ may import from the others, whole parts or single files; its own files are always fine. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'model.ts': [],
  'version.ts': [],
  'config.ts': ['model.ts'],
  read: ['model.ts'],
  prepare: ['model.ts'],
  recognize: ['model.ts'],
  normalize: ['model.ts'],
  align: ['model.ts'],
  measure: ['model.ts'],
  judge: ['model.ts'],
  gate: ['model.ts'],
  report: ['model.ts'],
  export: ['model.ts'],
  scale: ['model.ts'],
  pipeline: [
    'model.ts',
    'config.ts',
    'read',
    'prepare',
    'recognize',
    'normalize',
    'align',
    'measure',
    'judge',
    'gate',
    'export',
    'scale',
  ],
  'index.ts': [
    'model.ts',
    'config.ts',
    'read',
    'prepare',
    'recognize',
    'normalize',
    'align',
    'measure',
    'judge',
    'gate',
    'report',
    'scale',
    'pipeline',
  ],
  review: ['index.ts', 'config.ts', 'model.ts'],
  // The two files are what a status needs without an engine, see docs/decisions/0014.
  cli: ['index.ts', 'review', 'config.ts', 'model.ts', 'version.ts', 'report/visible.ts', 'scale/queue/status.ts'],
  'cli.ts': ['cli', 'model.ts', 'version.ts'],
  'remark.ts': ['index.ts', 'model.ts'],
  'vitest.ts': ['cli', 'index.ts', 'config.ts', 'model.ts', 'version.ts'],
}

/** Only these may touch files, the network, the clock, the console or the process; hashing with `node:crypto` is neither. */
const mayDoIo = ['read', 'recognize', 'scale', 'config.ts', 'version.ts', 'review/server', 'cli', 'cli.ts', 'vitest.ts']

const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
  .map(name => name.split(sep).join('/'))
  .filter(name => name.endsWith('.ts'))

test('every part of src/ has a row here', () => {
  expect([...new Set(files.map(part))].sort().filter(name => !(name in mayImport))).toEqual([])
})

test('imports point one way', () => {
  const wrong = files.flatMap(file =>
    imports(file)
      .filter(name => name.startsWith('.'))
      .map(name =>
        relative(source, join(source, dirname(file), name))
          .split(sep)
          .join('/'),
      )
      .filter(target => part(target) !== part(file) && !allows(mayImport[part(file)] ?? [], target))
      .map(target => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('every relative import is of a file that exists', () => {
  const wrong = files.flatMap(file =>
    imports(file)
      .filter(name => name.startsWith('.') && !existsSync(join(source, dirname(file), name)))
      .map(name => `${file} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test('the status of a queue loads no engine', () => {
  const loaded = new Set(['cli/queue-status.ts'])
  // Sets take what is added while they are gone through.
  for (const file of loaded) {
    for (const name of imports(file).filter(name => name.startsWith('.'))) {
      loaded.add(join(dirname(file), name).split(sep).join('/'))
    }
  }
  expect([...loaded]).toContain('scale/queue/connection.ts')
  expect([...loaded].filter(file => /^(?:index|pipeline|recognize|prepare)/.test(file))).toEqual([])
})

test('only the edges do I/O', () => {
  const wrong = files
    .filter(file => !mayDoIo.some(name => file === name || file.startsWith(`${name}/`)))
    .flatMap(file => [
      ...imports(file)
        // To hash and to unpack is to calculate.
        .filter(name => name.startsWith('node:') && name !== 'node:crypto' && name !== 'node:zlib')
        .map(name => `${file} imports ${name}`),
      ...[
        ...code(file).matchAll(/(?<![.\w])(?:console|process|fetch|Date|Math\.random|performance)\b(?=\s*[.(])/g),
      ].map(match => `${file} uses ${match[0]}`),
    ])
  expect(wrong).toEqual([])
})

test('one file knows each library of the field', () => {
  const users = (name: RegExp) => files.filter(file => imports(file).some(imported => name.test(imported)))
  expect(users(/^tesseract\.js/).map(part)).toEqual(users(/^tesseract\.js/).map(() => 'recognize'))
  expect(users(/^remark-/)).toEqual(['read/markdown.ts'])
})

describe('the check itself', () => {
  test.each([
    ["import {a} from './b.ts'", ['./b.ts']],
    ["export type {A} from '../c.ts'", ['../c.ts']],
    ["const x = await import('node:fs')", ['node:fs']],
    ["// from './commented.ts'", []],
    ["const url = 'https://example.org/' // not a comment before this", []],
  ])('%s', (text, expected) => {
    expect(importsOf(text)).toEqual(expected)
  })
})

function allows(parts: readonly string[], target: string): boolean {
  return parts.some(allowed => allowed === target || allowed === part(target))
}

function part(file: string): string {
  return file.split('/')[0] ?? file
}

function imports(file: string): string[] {
  return importsOf(readFileSync(join(source, file), 'utf8'))
}

function importsOf(text: string): string[] {
  return [...strip(text).matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')
}

function code(file: string): string {
  return strip(readFileSync(join(source, file), 'utf8'))
}

/** Comments out; a `//` right after a colon is taken for an address in a string. */
function strip(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')
}
