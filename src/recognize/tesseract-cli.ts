import {type ChildProcess, spawn} from 'node:child_process'
import process from 'node:process'
import {type PreparedPage, UserError} from '../model.ts'
import type {Engine} from './engine.ts'
import {linesOf, unit} from './hocr.ts'
import {readModels} from './model-file.ts'
import {identityOf, read, symbolParameters, type TesseractOptions, type Try, tryOf} from './tesseract.ts'

export interface TesseractCliOptions extends Pick<TesseractOptions, 'jobs' | 'timeout' | 'language' | 'symbols'> {
  /** Folder of `<language>.traineddata`; null for the one that the program itself looks in. */
  readonly tessdata: string | null
  /** Only tests give another than the `tesseract` of the PATH. */
  readonly program?: string
}

/** Answers longer than this are no page's: a page of a thousand words has 200 kB. */
const mostBytes = 64 << 20

/** Seconds in which a program says its version. */
const patience = 30

/**
 * Make an engine of the `tesseract` that is installed on this machine: a process a
 * page, `jobs` at once, each with one thread, as more only wait for each other.
 *
 * @throws UserError
 *   Where there is no such program, its version is none that is known, or its model is missing or damaged.
 */
export async function createTesseractCli(options: TesseractCliOptions): Promise<Engine> {
  const {jobs, timeout, language, tessdata, symbols = false, program = 'tesseract'} = options
  const version = await versionOf(program)
  const folder = tessdata ?? (await folderOf(program, version))
  const models = await readModels(language, folder)
  const packed = models.find(({file}) => file.endsWith('.gz'))
  if (packed !== undefined) {
    throw new UserError(`Unexpected packed model \`${packed.file}\`, expected it unpacked, \`gunzip\` it`)
  }
  const more = symbols ? symbolParameters : {}
  const identity = identityOf('tesseract-cli', version, language, models, more)
  const running = new Set<ChildProcess>()
  const seats = makeSeats(jobs)

  const readOnce = async (page: PreparedPage, settings: Readonly<Record<string, string>>): Promise<Try> => {
    const given = Object.entries({...settings, ...more, tessedit_create_hocr: '1'}).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ])
    const args = ['stdin', 'stdout', '--tessdata-dir', folder, '-l', language, '--oem', '1', '--dpi', `${page.dpi}`]
    const ask = () => {
      if (seats.isClosed()) throw new Error(stopped)
      return answerOf(program, [...args, ...given], page.image, timeout, running)
    }
    let answer = await ask()
    // Killed by another, as for want of memory: that may pass. The second time it is the page.
    if (answer.signal !== null && !seats.isClosed()) answer = await ask()
    const {stdout, stderr, code, signal} = answer
    if (seats.isClosed()) throw new Error(stopped)
    const remark = stderr.trim().split('\n').at(-1) ?? ''
    const said = remark === '' ? '' : ` (${remark})`
    if (signal !== null) throw new Error(`\`${program}\` was ended by ${signal}${said}`)
    if (code !== 0) throw new Error(`\`${program}\` ended with code ${code}${said}`)
    if (!/class=['"]ocr_page['"]/.test(stdout) || !stdout.trimEnd().endsWith('</html>')) {
      throw new Error(`\`${program}\` gave an answer that is no whole hOCR${said}`)
    }
    // The program gives no confidence in the page; the library's is the mean of the words'.
    const percents = [...stdout.matchAll(/\bx_wconf (\d+)/g)].map(([, percent]) => Number(percent))
    const mean = percents.reduce((sum, percent) => sum + percent, 0) / Math.max(1, percents.length)
    return tryOf(linesOf(stdout, page), unit(Math.round(mean)))
  }
  return {
    identity,
    recognize: page => seats.run(() => read(readOnce, page, identity)),
    async close() {
      seats.close()
      for (const child of running) kill(child)
    },
  }
}

const stopped = 'The engine was stopped'

async function versionOf(program: string): Promise<string> {
  const {stdout, stderr} = await answerOf(program, ['--version'], null, patience).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) {
      throw new UserError(
        `Cannot start \`${program}\` (\`${error.code}\`), expected it on the PATH, install it or leave out \`--engine\``,
      )
    }
    throw new UserError(`Cannot ask \`${program}\` for its version: ${error instanceof Error ? error.message : error}`)
  })
  const [first = ''] = (stdout + stderr).trim().split('\n')
  const [, major, minor] = /^tesseract v?(\d+)\.(\d+)/.exec(first) ?? []
  const known = major === '5' || (major === '4' && minor !== '0')
  if (!known) {
    const shown = first.slice(0, 80)
    throw new UserError(
      `Unexpected version \`${shown}\` of \`${program}\`, expected tesseract 4.1 to 5, install one or leave out \`--engine\``,
    )
  }
  const leptonica = /leptonica-[\w.-]+/.exec(stdout + stderr)?.[0]
  return first.replace(/^tesseract v?/, '').trim() + (leptonica === undefined ? '' : ` (${leptonica})`)
}

/** The folder in which the program looks for models; version 4 keeps it to itself. */
async function folderOf(program: string, version: string): Promise<string> {
  const {stdout, stderr} = await answerOf(program, ['--list-langs'], null, patience)
  const folder = /languages in "([^"\n]+)"/.exec(stdout + stderr)?.[1]
  if (folder !== undefined) return folder
  throw new UserError(
    `Cannot tell where \`${program}\` ${version} has its models, expected their folder, give it with \`--tessdata\``,
  )
}

interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
  /** Null where the program ended by itself. */
  readonly signal: string | null
}

/** Start a program, give it its input and wait for its end, but no longer than some seconds. */
function answerOf(
  program: string,
  args: readonly string[],
  input: Uint8Array | null,
  seconds: number,
  running: Set<ChildProcess> = new Set(),
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A group of its own: what a wrapper on the PATH starts ends with it.
    const child = spawn(program, args, {
      env: {...process.env, OMP_THREAD_LIMIT: '1'},
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    running.add(child)
    const output: Buffer[] = []
    let stderr = ''
    let bytes = 0
    const settle = (done: () => void) => {
      clearTimeout(timer)
      running.delete(child)
      done()
    }
    const giveUp = (reason: string) => {
      kill(child)
      settle(() => reject(new Error(reason)))
    }
    const timer = setTimeout(() => giveUp(`\`${program}\` gave no answer within ${seconds} seconds`), seconds * 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) giveUp(`\`${program}\` gave an answer without end`)
      else output.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk).slice(-10_000)
    })
    child.on('error', error => settle(() => reject(error)))
    child.on('close', (code, signal) =>
      settle(() => resolve({stdout: Buffer.concat(output).toString(), stderr, code, signal})),
    )
    // A program that ends before it has read all tells why by its code.
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? undefined)
  })
}

function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** Lets so many work at once, the rest in the order in which they came. */
function makeSeats(count: number) {
  const waiting: {go: () => void; fail: (error: Error) => void}[] = []
  let free = count
  let closed = false
  return {
    isClosed: () => closed,
    async run<Result>(work: () => Promise<Result>): Promise<Result> {
      if (closed) throw new Error(stopped)
      if (free > 0) free--
      else await new Promise<void>((go, fail) => waiting.push({go, fail}))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) free++
        else next.go()
      }
    },
    close() {
      closed = true
      for (const {fail} of waiting.splice(0)) fail(new Error(stopped))
    },
  }
}
