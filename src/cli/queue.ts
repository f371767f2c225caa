import {UserError} from '../model.ts'
import {nearest} from './options.ts'

type Action = (args: readonly string[], signal: AbortSignal) => Promise<number>

/** Loaded when called for: status is asked again and again, and waits for no engine. */
const actions: Readonly<Record<string, () => Promise<Action>>> = {
  start: async () => (await import('./queue-start.ts')).start,
  add: async () => (await import('./queue-add.ts')).add,
  work: async () => (await import('./queue-work.ts')).runWorker,
  status: async () => (await import('./queue-status.ts')).status,
  retry: async () => (await import('./queue-merge.ts')).retry,
  merge: async () => (await import('./queue-merge.ts')).merge,
}

export async function queue(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name = '', ...rest] = args
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined) {
    const near = nearest(name, Object.keys(actions))
    throw new UserError(
      `Unexpected \`queue ${name}\`, expected one of ${Object.keys(actions).join(', ')}${near === null ? '' : `, perhaps \`${near}\``}, see \`scanproof queue --help\``,
    )
  }
  return (await action())(rest, signal)
}
