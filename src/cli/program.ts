import type {Program} from '../index.ts'
import {codeHash, version} from '../version.ts'

/** What of this program can change a result besides its settings. */
export function thisProgram(): Program {
  return {version, rules: codeHash('normalize'), comparison: codeHash('align', 'measure')}
}
