import {type ChildProcess, spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {onTestFinished, vi} from 'vitest'
import {blankPage, renderPage} from '../../scripts/facsimile/page.ts'

const program = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url))

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Run the built program as a user would, and wait for its end.
 *
 * @param node
 *   The Node to run it; that of the tests unless another is given.
 */
export async function scanproof(
  args: readonly string[],
  input = '',
  environment: NodeJS.ProcessEnv = {},
  node = process.execPath,
): Promise<Ended> {
  const {child, ended} = start(args, environment, node)
  child.stdin?.end(input)
  return ended
}

/**
 * Run the program in this process, and so without its start, which takes longer than most of what it does: for what reads no
 * input, is not ended from outside and asks nothing of the environment.
 */
export async function inside(...args: readonly string[]): Promise<Ended> {
  const {main} = await import('../../src/cli/main.ts')
  const said = {stdout: '', stderr: ''}
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      said[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
      return true
    }),
  )
  vi.stubEnv('NO_COLOR', '1')
  try {
    return {status: await main(args, new AbortController().signal), ...said}
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

/** Start the built program; `ended` settles when it has ended. */
export function start(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  node = process.execPath,
): {readonly child: ChildProcess; readonly ended: Promise<Ended>} {
  const child = spawn(node, [program, ...args], {env: {...process.env, NO_COLOR: '1', ...environment}})
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({status, stdout, stderr}))
  })
  return {child, ended}
}

/** Make a folder with these files, gone after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'scanproof-'))
  onTestFinished(() => rmSync(root, {recursive: true, force: true}))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), {recursive: true})
    writeFileSync(join(root, name), content)
  }
  return root
}

/** Draw a page with these typed lines, as a PNG. */
export async function pageImage(lines: readonly string[], seed = 1): Promise<Uint8Array> {
  return (await renderPage({...blankPage, lines, seed})).image
}
