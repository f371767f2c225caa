import type {Database, Row} from './database.ts'

/** Raised with every change of the tables below. */
export const tablesVersion = 1

/**
 * Make the tables beside pg-boss's own; what is there stays.
 *
 * `page` has a row for every page that is done: read, with the hash of its recognition, or failed for good, with the
 * reason. Its key is what makes a page count once, whoever reads it how often.
 */
export async function createTables(sql: Database['sql']): Promise<void> {
  // Two that start at once would make the same schema twice.
  await sql(`
    DO $$ BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('scanproof'));
      CREATE SCHEMA IF NOT EXISTS scanproof;
      CREATE TABLE IF NOT EXISTS scanproof.version (version int NOT NULL);
      INSERT INTO scanproof.version SELECT ${tablesVersion} WHERE NOT EXISTS (SELECT FROM scanproof.version);
      CREATE TABLE IF NOT EXISTS scanproof.plan (
        hash text PRIMARY KEY,
        tool_version text NOT NULL,
        fingerprint text NOT NULL,
        pages int NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE IF NOT EXISTS scanproof.plan_part (
        plan text NOT NULL,
        part int NOT NULL,
        lines text NOT NULL,
        PRIMARY KEY (plan, part)
      );
      CREATE TABLE IF NOT EXISTS scanproof.page (
        page text NOT NULL COLLATE "C",
        plan text NOT NULL COLLATE "C",
        fingerprint text NOT NULL COLLATE "C",
        recognition text COLLATE "C",
        failure text,
        milliseconds int NOT NULL,
        done_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (page, plan),
        CHECK ((recognition IS NULL) <> (failure IS NULL))
      );
      CREATE INDEX IF NOT EXISTS page_done ON scanproof.page (plan, done_at) INCLUDE (milliseconds);
      CREATE INDEX IF NOT EXISTS page_failed ON scanproof.page (plan, page) WHERE failure IS NOT NULL;
    END $$`)
}

/** Null where the tables were never made. */
export async function readTablesVersion(sql: Database['sql']): Promise<number | null> {
  const [{there} = {there: false}] = await sql(`SELECT to_regclass('scanproof.version') IS NOT NULL AS there`)
  if (there !== true) return null
  const [row] = await sql('SELECT version FROM scanproof.version')
  return row === undefined ? null : Number(row.version)
}

/** A page that is done, as it is written down. */
export interface DonePage {
  readonly page: string
  readonly fingerprint: string
  readonly recognition: string | null
  readonly failure: string | null
  readonly milliseconds: number
}

/** Write down a page that is done. What was read stays; a reading takes the place of a failure. */
export async function keepPage(sql: Database['sql'], plan: string, done: DonePage): Promise<void> {
  const {page, fingerprint, recognition, failure, milliseconds} = done
  await sql(
    `INSERT INTO scanproof.page (page, plan, fingerprint, recognition, failure, milliseconds)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (page, plan) DO UPDATE
     SET recognition = EXCLUDED.recognition, failure = NULL, milliseconds = EXCLUDED.milliseconds, done_at = now()
     WHERE page.recognition IS NULL AND EXCLUDED.recognition IS NOT NULL`,
    // PostgreSQL text cannot hold a zero byte, which a message of a damaged file may.
    [page, plan, fingerprint, recognition, failure?.replaceAll('\0', '\u{FFFD}') ?? null, Math.round(milliseconds)],
  )
}

/** Which of these pages are done, under this plan or, with the same fingerprint, under an older one: page to recognition. */
export async function findDone(
  sql: Database['sql'],
  plan: string,
  pages: readonly {readonly id: string; readonly fingerprint: string}[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = await sql(
    `SELECT DISTINCT ON (p.page) p.page, p.plan, p.recognition, p.failure
     FROM scanproof.page p JOIN unnest($1::text[], $2::text[]) AS asked(page, fingerprint)
       ON p.page = asked.page AND (p.plan = $3 OR (p.fingerprint = asked.fingerprint AND p.recognition IS NOT NULL))
     ORDER BY p.page, p.plan = $3 DESC`,
    [pages.map(({id}) => id), pages.map(({fingerprint}) => fingerprint), plan],
  )
  return new Map(rows.map(row => [String(row.page), row]))
}
