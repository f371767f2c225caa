import {type Finding, type Transcript, UserError} from '../model.ts'
import {claimed, finding, listFolder, shown} from './folder.ts'
import {readTranscript} from './transcript.ts'

/** The transcripts of a corpus, and what is wrong with them. */
export interface Transcripts {
  /** Files by document: more than one where names differ only in their extension or normal form. */
  readonly files: ReadonlyMap<string, readonly string[]>
  /** By document; those that two files claim, or that cannot be read, are absent. */
  readonly transcripts: ReadonlyMap<string, Transcript>
  readonly findings: readonly Finding[]
}

/** Reads `transcripts/*.md`. A folder that is missing is an empty one. */
export async function listTranscripts(root: string): Promise<Transcripts> {
  const findings: Finding[] = []
  const files = await listFiles(root, findings)
  const transcripts = new Map<string, Transcript>()
  for (const [document, claims] of files) {
    const [file] = claims
    if (claims.length > 1 || file === undefined) {
      findings.push(claimed(`transcript \`${shown(document)}\``, claims))
      continue
    }
    try {
      const read = await readTranscript(root, file, document)
      findings.push(...read.findings)
      transcripts.set(document, read.transcript)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      findings.push(finding('unreadable-file', 'error', error.message, file))
    }
  }
  return {files, transcripts, findings}
}

/** Lists transcripts and reads none; what is given reads that of a document, or gives null where there is none to use. */
export async function openTranscripts(root: string): Promise<(document: string) => Promise<Transcript | null>> {
  const files = await listFiles(root, [])
  return async document => {
    const [file, second] = files.get(document) ?? []
    if (file === undefined || second !== undefined) return null
    try {
      return (await readTranscript(root, file, document)).transcript
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return null
    }
  }
}

async function listFiles(root: string, findings: Finding[]): Promise<Map<string, string[]>> {
  const files = new Map<string, string[]>()
  for (const {name, file, kind} of await listFolder(root, 'transcripts', findings)) {
    if (kind === 'file' && /\.(?:md|markdown)$/i.test(name)) {
      const id = name.replace(/\.[^.]+$/, '').normalize('NFC')
      files.set(id, [...(files.get(id) ?? []), file])
    } else {
      const reason = `Unexpected ${kind} \`${shown(file)}\`, expected \`transcripts/<document>.md\`, rename it if it is a transcript`
      findings.push(finding('unknown-file', 'warning', reason, file))
    }
  }
  return files
}
