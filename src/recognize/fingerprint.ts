import {createHash} from 'node:crypto'
import type {EngineIdentity, Scan} from '../model.ts'

/** The part of preparation that can change what is read. */
export interface PreparationIdentity {
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Hash everything that can change what is read on a page: the scan's bytes, the
 * image within it, preparation and engine. The file's name and place do not count.
 *
 * @returns
 *   SHA-256, lower-case hex.
 */
export function fingerprint(scan: Scan, preparation: PreparationIdentity, engine: EngineIdentity): string {
  const parts = [
    scan.sha256,
    scan.frame,
    preparation.version,
    sorted(preparation.parameters),
    engine.name,
    engine.version,
    engine.model,
    engine.modelSha256,
    sorted(engine.parameters),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function sorted(parameters: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(parameters).sort(([left], [right]) => (left < right ? -1 : 1))
}
