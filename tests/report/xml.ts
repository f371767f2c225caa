import {SaxesParser} from 'saxes'

/** An element of a parsed document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Text directly in it. */
  readonly text: string
}

/** Parses XML with a strict parser; throws where it is not well-formed. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser()
  const root = {name: '', attributes: {}, children: [] as Element[], text: ''}
  const open: (typeof root)[] = [root]
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({name, attributes}) => {
    const element = {name, attributes: attributes as Record<string, string>, children: [], text: ''}
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    open.at(-1)!.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  return root.children[0]!
}
