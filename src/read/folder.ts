import type {Dirent} from 'node:fs'
import {readdir, realpath, stat} from 'node:fs/promises'
import {join} from 'node:path'
import type {Finding} from '../model.ts'
import {compareNames} from './natural-order.ts'
import {codeOf, leadsInside} from './paths.ts'

/** A file or folder of the corpus. */
export interface Entry {
  readonly name: string
  readonly file: string
  readonly kind: 'file' | 'folder'
}

/**
 * Lists files and folders that may be used, in natural order; links are followed
 * where they stay in the corpus. A folder that is missing is an empty one.
 */
export async function listFolder(root: string, folder: string, findings: Finding[]): Promise<readonly Entry[]> {
  let found: Dirent[]
  try {
    const path = await realpath(join(root, folder))
    if (!(await leadsInside(root, path))) {
      findings.push(leadsOut(folder))
      return []
    }
    found = await readdir(path, {withFileTypes: true})
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    const reason = `Cannot list \`${shown(folder)}\` (${codeOf(error)}), expected a folder that may be read, see its rights`
    findings.push(finding('unreadable-folder', 'error', reason, folder))
    return []
  }
  const entries: Entry[] = []
  for (const entry of found.sort((a, b) => compareNames(a.name, b.name))) {
    if (passedOver.test(entry.name)) continue
    const file = `${folder}/${entry.name}`
    const kind = await kindOf(root, file, entry, findings)
    if (kind) entries.push({name: entry.name, file, kind})
  }
  return entries
}

const passedOver = /^(?:\..*|readme(?:\.(?:md|markdown|txt))?|thumbs\.db|desktop\.ini)$/is

/** Names that could not be a page's id: they would break a line, a path or a reader's eye (bidirectional controls). */
const hostile = /[\p{Cc}\p{Cs}\\\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u

async function kindOf(root: string, file: string, entry: Dirent, findings: Finding[]): Promise<Entry['kind'] | null> {
  if (hostile.test(entry.name)) {
    const reason = `Unexpected characters in the name \`${shown(file)}\`, expected no control characters and no backslash, rename it`
    findings.push(finding('hostile-name', 'error', reason, file))
    return null
  }
  let type: Pick<Dirent, 'isFile' | 'isDirectory'> = entry
  if (entry.isSymbolicLink()) {
    try {
      const path = await realpath(join(root, file))
      if (!(await leadsInside(root, path))) {
        findings.push(leadsOut(file))
        return null
      }
      type = await stat(path)
    } catch (error) {
      const reason = `Cannot follow the link \`${shown(file)}\` (${codeOf(error)}), expected a file in the corpus, mend or remove it`
      findings.push(finding('broken-link', 'error', reason, file))
      return null
    }
  }
  if (type.isFile()) return 'file'
  if (type.isDirectory()) return 'folder'
  findings.push(
    finding('special-file', 'error', `Unexpected \`${shown(file)}\`, expected a file or folder, take it away`, file),
  )
  return null
}

function leadsOut(file: string): Finding {
  return finding(
    'link-leads-out',
    'error',
    `Unexpected link \`${shown(file)}\` that leads out of the corpus, expected a file within, copy it there`,
    file,
  )
}

/** Makes a finding of a file of the corpus. */
export function finding(name: string, severity: Finding['severity'], reason: string, file: string | null): Finding {
  return {ruleId: `read:${name}`, severity, reason, file, page: null, point: null}
}

/** Finds several files that claim to be one thing, as in `page \`letter/1\``. */
export function claimed(what: string, files: readonly string[]): Finding {
  const names = [...files].sort(compareNames)
  const list = names.map(name => `\`${shown(name)}\``).join(' and ')
  return finding(
    'claimed-twice',
    'error',
    `Unexpected ${list} for one ${what}, expected one of them, take away or rename the rest`,
    names[0]!,
  )
}

/** A name as it may stand in a message: control characters and the like as `\u{…}`. */
export function shown(name: string): string {
  return name.replace(
    /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    unit => `\\u{${unit.codePointAt(0)!.toString(16)}}`,
  )
}
