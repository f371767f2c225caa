import {parseOptions} from './options.ts'

export async function clean(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseOptions('clean', args, {
    config: {type: 'string'},
    format: {type: 'string', multiple: true},
    json: {type: 'boolean'},
    'each-line': {type: 'boolean'},
  })
}
