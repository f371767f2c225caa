import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'

/**
 * Try to open an address in the browser; where that fails, the address was printed.
 *
 * It leads there by a file of its own, which no one else may read: arguments of a program are seen by everyone on the
 * machine, and the address lets in.
 *
 * @returns
 *   Takes the file away.
 */
export function openBrowser(url: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'scanproof-'))
  const file = join(folder, 'review.html')
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${url}"><title>scanproof</title><a href="${url}">Review</a>\n`
  writeFileSync(file, page, {mode: 0o600})
  const address = pathToFileURL(file).href
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', address],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
  }
  const [command, ...args] = commands[process.platform] ?? ['xdg-open', address]
  const child = spawn(command, args, {stdio: 'ignore', detached: true})
  child.on('error', () => {})
  child.unref()
  return () => rmSync(folder, {recursive: true, force: true})
}
