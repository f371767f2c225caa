import type {Engine} from './engine.ts'
import {readRecognition} from './store.ts'

/**
 * Make an engine that replays readings kept before.
 *
 * @param folder
 *   Holds `recognitions/`.
 */
export function createRecorded(folder: string): Engine {
  return {
    identity: {name: 'recorded', version: '1', model: '', modelSha256: '', parameters: {}},
    async recognize({pageId}) {
      const {recognition, findings} = await readRecognition(folder, pageId)
      if (recognition === null) {
        throw new Error(findings[0]?.reason ?? `Missing reading of page \`${pageId}\`, read it with an engine first`)
      }
      const {fingerprint: _, ...reading} = recognition
      return reading
    },
    async close() {},
  }
}
