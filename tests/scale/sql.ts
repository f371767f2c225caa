import {createRequire} from 'node:module'

interface Client {
  connect(): Promise<void>
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{readonly rows: readonly Readonly<Record<string, unknown>>[]}>
  end(): Promise<void>
}

/** The driver that pg-boss brings along. */
const {Client} = createRequire(createRequire(import.meta.url).resolve('pg-boss'))('pg') as {
  readonly Client: new (url: string) => Client
}

/** Ask a database something. */
export async function sql(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await (values.length > 0 ? client.query(text, values) : client.query(text))).rows
  } finally {
    await client.end()
  }
}
