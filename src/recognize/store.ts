import {randomUUID} from 'node:crypto'
import {mkdir, open, readdir, readFile, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {type Finding, type Recognition, UserError} from '../model.ts'
import {isRecognition, recognitionFault} from './recognition-fault.ts'
import {expand, serialize} from './recognition-file.ts'

/** Folder of the readings, under the output folder. */
export const recognitionsFolder = 'recognitions'

/** A reading from disk; `recognition` is null where there is none to use, and a finding says why unless there never was one. */
export interface Stored {
  readonly recognition: Recognition | null
  readonly findings: readonly Finding[]
}

/**
 * Read what was read on a page before.
 *
 * A damaged file, or one of another version, counts as not there: the page is
 * read again and the file replaced.
 *
 * @param out
 *   Folder that holds `recognitions/`.
 */
export async function readRecognition(out: string, pageId: string): Promise<Stored> {
  const file = recognitionFile(pageId)
  const place = join(out, file)
  let source: string
  try {
    source = await readFile(place, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return {recognition: null, findings: []}
    return unusable(file, pageId, `cannot be read: \`${code}\``)
  }
  try {
    const value = expand(JSON.parse(source))
    if (!isRecognition(value)) return unusable(file, pageId, recognitionFault(value) ?? 'is damaged')
    if (value.pageId !== pageId) return unusable(file, pageId, `is of page \`${value.pageId}\``)
    return {recognition: value, findings: []}
  } catch {
    return unusable(file, pageId, 'is no JSON')
  }
}

/**
 * Keep a reading as `recognitions/<page id>.json`.
 *
 * The same reading gives the same bytes; one row a line of text, so that a
 * change shows as a change of that row. Written beside, then renamed: whatever
 * happens, the file is either the old or the new one.
 *
 * @throws UserError
 *   Where it cannot be written.
 */
export async function writeRecognition(out: string, recognition: Recognition): Promise<void> {
  await writeBeside(out, recognitionFile(recognition.pageId), serialize(recognition))
}

/**
 * Write a file beside its place, then rename it.
 *
 * @throws UserError
 *   Where it cannot be written.
 */
export async function writeBeside(out: string, file: string, text: string): Promise<void> {
  const place = join(out, file)
  const beside = `${place}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(place), {recursive: true})
    const handle = await open(beside, 'wx')
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await rename(beside, place)
  } catch (error) {
    await rm(beside, {force: true}).catch(() => {})
    const code = codeOf(error)
    throw new UserError(
      `Cannot write \`${file}\`: ${reasons[code] ?? `\`${code}\``}, make room or the folder writable, or choose another with \`--out\``,
    )
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than is allowed',
}

/** What a killed run was writing bears such a name; nobody takes longer than `staleAfter` milliseconds for a file. */
const leftOver = /\.json\.[0-9a-f-]{36}\.tmp$/
const staleAfter = 60_000

/** Remove what runs that were killed left half-written; a file that cannot be removed does no harm and stays. */
export async function removeLeftovers(out: string): Promise<void> {
  const folder = join(out, recognitionsFolder)
  const names = await readdir(folder, {recursive: true}).catch(() => [])
  for (const name of names.filter(name => leftOver.test(name))) {
    const place = join(folder, name)
    const age = await stat(place).then(
      ({mtimeMs}) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > staleAfter) await rm(place, {force: true}).catch(() => {})
  }
}

/**
 * Where a page's reading lies, relative to the output folder, `/` between parts.
 *
 * @throws UserError
 *   Where the id would lead out of the folder.
 */
export function recognitionFile(pageId: string): string {
  const parts = pageId.split('/')
  if (parts.length < 2 || parts.some(part => /^\.{0,2}$|[\\\u0000-\u001f]/.test(part))) {
    throw new UserError(`Unexpected page id \`${pageId}\`, expected \`document/page\`, rename the scan`)
  }
  return `${recognitionsFolder}/${pageId}.json`
}

function unusable(file: string, page: string, fault: string): Stored {
  const reason = `Unexpected content of \`${file}\`: it ${fault}, expected a reading by this version, the page is read again`
  return {
    recognition: null,
    findings: [{ruleId: 'recognize:unusable-record', severity: 'info', reason, file, page, point: null}],
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
