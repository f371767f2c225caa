import type {EngineIdentity, LookReading, PreparedPage, Recognition} from '../model.ts'

/** What an engine read; the caller adds the fingerprint. */
export type Reading = Omit<Recognition, 'fingerprint'>

/** Something that reads prepared pages. */
export interface Engine {
  /** Everything about the engine that can change its text. */
  readonly identity: EngineIdentity
  /**
   * Read one page. May be called for many pages at once; they queue.
   *
   * @throws Error
   *   Where this page cannot be read; the message says why. Other pages are not touched.
   */
  recognize(page: PreparedPage): Promise<Reading>
  /**
   * Read pictures of single words (Netpbm `P5`), each on its own, for a second look; absent where the engine cannot.
   *
   * @throws Error
   *   Where one of them cannot be read.
   */
  look?(pictures: readonly Uint8Array[]): Promise<readonly LookReading[]>
  /** Stop at once; pages still in work or waiting reject. */
  close(): Promise<void>
}
