import {UserError} from '../../model.ts'

/** Where the bytes of a run lie when no disk is shared: objects that are written once, under keys made of their hash. */
export interface ObjectStore {
  /** As shown in messages, without a secret. */
  readonly name: string
  /** Null where there is none. */
  readonly get: (key: string) => Promise<Uint8Array | null>
  /** Whole or not at all; the same key always has the same bytes, so whoever comes second changes nothing. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>
  readonly has: (key: string) => Promise<boolean>
  /** Keys that begin with `prefix`, in code unit order. */
  readonly list: (prefix: string) => Promise<readonly string[]>
  /** Nothing happens where there is none. */
  readonly delete: (key: string) => Promise<void>
}

/** The store is at fault, not what was asked of it. */
export class StoreError extends UserError {
  /** True where the same may work a little later without anyone's help, as when a server starts anew. */
  readonly passing: boolean

  constructor(message: string, passing = false) {
    super(message)
    this.passing = passing
  }
}

/** What lies in a store: files of scans, recognitions, and second looks; each under the SHA-256 of its bytes. */
export type ObjectKind = 'scans' | 'recognitions' | 'looks'

/** The key of bytes with this SHA-256 (lower-case hex). */
export function objectKey(kind: ObjectKind, sha256: string): string {
  return checkedKey(`v1/${kind}/${sha256.slice(0, 2)}/${sha256}`)
}

const keyForm = /^v1\/(?:scans|recognitions|looks)\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/

/**
 * Let only keys pass that `objectKey` makes: whatever a plan, a database or a listing says never becomes another path.
 *
 * @throws UserError
 *   For any other text.
 */
export function checkedKey(key: string): string {
  if (keyForm.test(key)) return key
  throw new UserError(`Unexpected key ${JSON.stringify(key).slice(0, 100)}, expected \`v1/<kind>/<aa>/<SHA-256>\``)
}

/** Whether a listing's entry is a key; others are passed over. */
export function isKey(text: string): boolean {
  return keyForm.test(text)
}
