import {UserError} from '../../model.ts'
import type {Row, Sql} from './connection.ts'

/** Raised with every change of the tables below, or of what jobs hold. */
const tablesVersion = 2

/**
 * Make the tables beside pg-boss's own; what is there stays.
 *
 * `page` has a row for every page that is done: read, with the hash of its recognition, or failed for good, with the
 * reason. Its key is what makes a page count once, whoever reads it how often.
 *
 * `tally` has how many rows of `page` a plan has: the database keeps it in the same transaction, so that it is exact at every
 * moment. Its `slot` is the connection's, so that workers seldom wait for each other.
 */
export async function createTables(sql: Sql): Promise<void> {
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
        looks text COLLATE "C",
        failure text,
        milliseconds int NOT NULL,
        done_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (page, plan),
        CHECK ((recognition IS NULL) <> (failure IS NULL))
      );
      CREATE INDEX IF NOT EXISTS page_done ON scanproof.page (plan, done_at);
      CREATE INDEX IF NOT EXISTS page_failed ON scanproof.page (plan, page) WHERE failure IS NOT NULL;
      CREATE TABLE IF NOT EXISTS scanproof.tally (
        plan text NOT NULL COLLATE "C",
        slot int NOT NULL,
        done bigint NOT NULL,
        failed bigint NOT NULL,
        PRIMARY KEY (plan, slot)
      ) WITH (fillfactor = 50);
      CREATE OR REPLACE FUNCTION scanproof.keep_tally() RETURNS trigger LANGUAGE plpgsql AS $keep$ BEGIN
        IF TG_OP IN ('INSERT', 'UPDATE') THEN
          INSERT INTO scanproof.tally SELECT plan, pg_backend_pid() % 16, count(*), count(failure) FROM added GROUP BY plan
          ON CONFLICT (plan, slot) DO UPDATE SET done = tally.done + EXCLUDED.done, failed = tally.failed + EXCLUDED.failed;
        END IF;
        IF TG_OP IN ('DELETE', 'UPDATE') THEN
          INSERT INTO scanproof.tally SELECT plan, pg_backend_pid() % 16, -count(*), -count(failure) FROM taken GROUP BY plan
          ON CONFLICT (plan, slot) DO UPDATE SET done = tally.done + EXCLUDED.done, failed = tally.failed + EXCLUDED.failed;
        END IF;
        RETURN NULL;
      END $keep$;
      CREATE OR REPLACE TRIGGER tally_added AFTER INSERT ON scanproof.page
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION scanproof.keep_tally();
      CREATE OR REPLACE TRIGGER tally_changed AFTER UPDATE ON scanproof.page
        REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION scanproof.keep_tally();
      CREATE OR REPLACE TRIGGER tally_taken AFTER DELETE ON scanproof.page
        REFERENCING OLD TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION scanproof.keep_tally();
    END $$`)
}

/**
 * See that the tables are those of this version.
 *
 * @throws UserError
 *   Where they are not, or were never made.
 */
export async function demandTables(sql: Sql, place: string): Promise<void> {
  const found = await readTablesVersion(sql)
  if (found === tablesVersion) return
  const remedy =
    found === null
      ? 'run `scanproof queue start` with it'
      : found < tablesVersion
        ? 'an older scanproof made them: let that one finish and merge its plans, then drop the schemas `scanproof` and `scanproof_queue`, and run `scanproof queue start`'
        : 'another scanproof made them, install a newer one here'
  throw new UserError(
    `Unexpected tables of version \`${found ?? 'none'}\` in \`${place}\`, expected \`${tablesVersion}\`: ${remedy}`,
  )
}

/** Null where the tables were never made. */
async function readTablesVersion(sql: Sql): Promise<number | null> {
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
  readonly looks: string | null
  readonly failure: string | null
  readonly milliseconds: number
}

/** Write down a page that is done. What was read stays; a reading takes the place of a failure. */
export async function keepPage(sql: Sql, plan: string, done: DonePage): Promise<void> {
  const {page, fingerprint, recognition, looks, failure, milliseconds} = done
  await sql(
    `INSERT INTO scanproof.page (page, plan, fingerprint, recognition, looks, failure, milliseconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (page, plan) DO UPDATE
     SET recognition = EXCLUDED.recognition, looks = EXCLUDED.looks, failure = NULL, milliseconds = EXCLUDED.milliseconds, done_at = now()
     WHERE page.recognition IS NULL AND EXCLUDED.recognition IS NOT NULL`,
    [
      ...[page, plan, fingerprint, recognition, looks],
      // PostgreSQL text cannot hold a zero byte, which a message of a damaged file may.
      failure?.replaceAll('\0', '\u{FFFD}') ?? null,
      Math.round(milliseconds),
    ],
  )
}

/** Which of these pages are done, under this plan or, with the same fingerprint, under an older one: page to recognition. */
export async function findDone(
  sql: Sql,
  plan: string,
  pages: readonly {readonly id: string; readonly fingerprint: string}[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = await sql(
    `SELECT DISTINCT ON (p.page) p.page, p.plan, p.recognition, p.looks, p.failure
     FROM scanproof.page p JOIN unnest($1::text[], $2::text[]) AS asked(page, fingerprint)
       ON p.page = asked.page AND (p.plan = $3 OR (p.fingerprint = asked.fingerprint AND p.recognition IS NOT NULL))
     ORDER BY p.page, p.plan = $3 DESC`,
    [pages.map(({id}) => id), pages.map(({fingerprint}) => fingerprint), plan],
  )
  return new Map(rows.map(row => [String(row.page), row]))
}
