import {UserError} from '../model.ts'
import {writeWhole} from './write.ts'

/** One `--format NAME[:FILE]`; `file` null for standard output. */
export interface FormatRequest<Name extends string> {
  readonly name: Name
  readonly file: string | null
}

/**
 * Read the `--format` and `--json` flags.
 *
 * @param beside
 *   A format that may go to standard output together with another.
 * @throws UserError
 *   For a format the command does not have, or two that go to standard output.
 */
export function parseFormats<Name extends string>(
  {format, json}: {readonly format?: readonly string[] | undefined; readonly json?: boolean | undefined},
  names: readonly Name[],
  fallback: Name,
  beside: Name | null = null,
): readonly FormatRequest<Name>[] {
  const asked = [...(format ?? []), ...(json ? ['json'] : [])]
  const requests = asked.map(text => {
    const [given = '', ...rest] = text.split(':')
    const name = names.find(candidate => candidate === given)
    if (name === undefined) {
      throw new UserError(`Unexpected --format \`${given}\`, expected one of ${names.join(', ')}`)
    }
    return {name, file: rest.length > 0 ? rest.join(':') : null}
  })
  if (requests.filter(({name, file}) => file === null && name !== beside).length > 1) {
    throw new UserError(
      'Unexpected second --format on standard output, expected one, give the others a file: NAME:FILE',
    )
  }
  return requests.length > 0 ? requests : [{name: fallback, file: null}]
}

/** Write each format asked for, to its file or standard output. */
export function writeFormats<Name extends string>(
  requests: readonly FormatRequest<Name>[],
  render: (name: Name) => string,
  out: (text: string) => void,
): void {
  for (const {name, file} of requests) {
    if (file === null) out(render(name))
    else writeWhole(file, render(name))
  }
}
