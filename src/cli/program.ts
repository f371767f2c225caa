import type {Program} from '../index.ts'
import {codeHash, version} from '../version.ts'

/** What of this program can change a result besides its settings: all that lies between a recognition and its differences. */
export function thisProgram(): Program {
  return {
    version,
    rules: codeHash('normalize', 'recognize', 'pipeline'),
    comparison: codeHash('align', 'measure', 'read', 'pipeline'),
  }
}
