import {createHash} from 'node:crypto'
import {isAbsolute, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {UserError} from '../../model.ts'
import {openFileStore} from './file.ts'
import {openS3Store, type S3Access} from './s3.ts'
import {type ObjectKind, type ObjectStore, objectKey} from './store.ts'

/**
 * Open the store that `--store` names: `file:FOLDER`, a plain folder, or `s3://BUCKET/PREFIX`.
 *
 * @throws UserError
 *   For another scheme, or where what the driver needs is missing.
 */
export async function openStore(place: string, access: S3Access | null): Promise<ObjectStore> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(place)?.[1]?.toLowerCase()
  if (scheme === 's3') {
    if (access === null) {
      throw new UserError(
        `Cannot open \`${place}\`, expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment`,
      )
    }
    return openS3Store(place.replace(/^s3:\/*/i, ''), access)
  }
  if (scheme === undefined) return openFileStore(resolve(place))
  if (scheme !== 'file')
    throw new UserError(`Unexpected --store \`${scheme}:…\`, expected \`file:FOLDER\` or \`s3://BUCKET/PREFIX\``)
  if (place.startsWith('file://')) {
    try {
      return openFileStore(fileURLToPath(place))
    } catch {
      throw new UserError(`Unexpected --store \`${place}\`, expected \`file:FOLDER\` or \`file:///FOLDER\``)
    }
  }
  const folder = place.slice('file:'.length)
  return openFileStore(isAbsolute(folder) ? folder : resolve(folder))
}

/** Put bytes under their own hash; gives it. */
export async function putHashed(store: ObjectStore, kind: ObjectKind, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await store.put(objectKey(kind, sha256), bytes)
  return sha256
}

/**
 * Get what lies under a hash, and see that it is that.
 *
 * @throws UserError
 *   Where it is missing or its bytes are others.
 */
export async function getHashed(store: ObjectStore, kind: ObjectKind, sha256: string): Promise<Uint8Array> {
  const key = objectKey(kind, sha256)
  const bytes = await store.get(key)
  if (bytes === null)
    throw new UserError(`Missing \`${key}\` in the store \`${store.name}\`, expected it there, add the plan again`)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new UserError(
      `Unexpected bytes of \`${key}\` in the store \`${store.name}\`, expected those of its hash, delete it and add the plan again`,
    )
  }
  return bytes
}
