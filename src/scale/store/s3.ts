import {UserError} from '../../model.ts'
import {checkedKey, isKey, type ObjectStore, StoreError} from './store.ts'

/** Who asks, and whom: what the environment says in the names that all S3 tools use. */
export interface S3Access {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | null
  readonly region: string
  /** As in `http://127.0.0.1:9000`, for servers other than Amazon's; null for Amazon's. */
  readonly endpoint: string | null
}

/** Milliseconds after which a request is given up; the next try is the caller's. */
const patience = 60_000

/**
 * Open a store in a bucket of S3, or of a server that speaks as S3 does.
 *
 * @param place
 *   `bucket` or `bucket/prefix`.
 * @throws UserError
 *   Where the package `aws4fetch` is not installed.
 */
export async function openS3Store(place: string, access: S3Access): Promise<ObjectStore> {
  const {AwsClient} = await import('aws4fetch').catch(() => {
    throw new UserError(
      'Cannot find the package `aws4fetch`, expected it for `s3:` stores, run `npm install aws4fetch@1.0.20`',
    )
  })
  const name = `s3://${place}`
  const [bucket = '', ...parts] = place.split('/').filter(part => part !== '')
  if (
    !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ||
    parts.some(part => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part))
  ) {
    throw new UserError(
      `Unexpected --store \`${name}\`, expected \`s3://BUCKET/PREFIX\` of letters, digits, \`-\`, \`_\` and \`.\``,
    )
  }
  const prefix = parts.map(part => `${part}/`).join('')
  const base = `${(access.endpoint ?? `https://s3.${access.region}.amazonaws.com`).replace(/\/$/, '')}/${bucket}`
  const {accessKeyId, secretAccessKey, sessionToken, region} = access
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === null ? {} : {sessionToken}),
    region,
    service: 's3',
    retries: 4,
  })
  const ask = async (method: string, path: string, body?: Uint8Array): Promise<Response> => {
    try {
      return await client.fetch(`${base}${path}`, {
        method,
        signal: AbortSignal.timeout(patience),
        ...(body === undefined ? {} : {body: Buffer.from(body)}),
      })
    } catch (error) {
      throw new StoreError(
        `Cannot reach the store \`${name}\` at \`${base}\`: ${causeOf(error)}, see that it runs and the network`,
        true,
      )
    }
  }
  const demand = async (response: Response, what: string): Promise<Response> => {
    if (response.ok) return response
    const code = /<Code>([\w.]{1,60})<\/Code>/.exec(await response.text().catch(() => ''))?.[1] ?? ''
    throw new StoreError(
      `Cannot ${what} the store \`${name}\`: ${response.status} ${code}, ${response.status === 403 ? 'see AWS_ACCESS_KEY_ID, its rights and the bucket' : 'see the bucket and the server'}`,
      response.status >= 500,
    )
  }
  const path = (key: string) => `/${prefix}${checkedKey(key)}`
  return {
    name,
    async get(key) {
      const response = await ask('GET', path(key))
      if (response.status === 404 && !(await isNoBucket(response))) return null
      return new Uint8Array(await (await demand(response, 'read')).arrayBuffer())
    },
    async put(key, bytes) {
      await (await demand(await ask('PUT', path(key), bytes), 'write to')).arrayBuffer()
    },
    async has(key) {
      const response = await ask('HEAD', path(key))
      if (response.status === 404) return false
      await demand(response, 'read')
      return true
    },
    async list(start) {
      const keys: string[] = []
      for (let token: string | null = ''; token !== null; ) {
        const query = new URLSearchParams({'list-type': '2', prefix: `${prefix}${start}`})
        if (token !== '') query.set('continuation-token', token)
        const text = await (await demand(await ask('GET', `/?${query}`), 'list')).text()
        // Keys of ours hold nothing that XML escapes; others are passed over.
        for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
          const own = key.slice(prefix.length)
          if (key.startsWith(prefix) && isKey(own)) keys.push(own)
        }
        const next = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1]
        token = next === undefined ? null : unescapeXml(next)
      }
      return keys.sort()
    },
    async delete(key) {
      const response = await ask('DELETE', path(key))
      if (response.status !== 404) await (await demand(response, 'delete from')).arrayBuffer()
    },
  }
}

/** A bucket that is not there must not look like a key that is not there. */
async function isNoBucket(response: Response): Promise<boolean> {
  return (await response.clone().text()).includes('NoSuchBucket')
}

function unescapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'"}
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, name => names[name] ?? name)
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const {cause} = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.name === 'TimeoutError' ? 'no answer' : error.message
}
