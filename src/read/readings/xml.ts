import {SaxesParser} from 'saxes'
import {UserError} from '../../model.ts'
import {decodeStrict} from '../utf8.ts'

/** An element of an XML file, without its namespace. */
export interface XmlElement {
  /** Local name. */
  readonly name: string
  /** By local name; attributes of other namespaces (`xlink:href`) are left out. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
}

/**
 * Parses XML strictly, in the encoding that it declares.
 *
 * Nothing outside the file is ever looked at: a document type declaration, and with
 * it every entity but the five of XML, is refused, as is nesting deeper than 500.
 *
 * @param name
 *   What to call the file in a message. Whatever is wrong with it throws a `UserError`.
 */
export function parseXml(bytes: Uint8Array, name: string): XmlElement {
  const parser = new SaxesParser({xmlns: true})
  const top: Open = {name: '', attributes: new Map(), children: []}
  const open: Open[] = [top]
  parser.on('error', error => {
    const {line, column} = parser
    const said = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
    throw new UserError(
      `Cannot read \`${name}\` at ${line}:${column + 1}: ${said}, expected well-formed XML, export it again`,
    )
  })
  parser.on('doctype', () => {
    throw new UserError(
      `Unexpected document type declaration in \`${name}\`, expected none, take \`<!DOCTYPE …>\` out of it`,
    )
  })
  parser.on('opentag', ({local, attributes}) => {
    if (open.length > 500)
      throw new UserError(`Unexpected depth of \`${name}\`, expected 500 elements at most within each other`)
    const own = Object.values(attributes).filter(({prefix}) => prefix === '')
    const element: Open = {name: local, attributes: new Map(own.map(({local, value}) => [local, value])), children: []}
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (text: string): void => {
    open.at(-1)!.children.push(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(decodeMarkup(bytes, name)).close()
  // A parser that did not complain has seen one root.
  return top.children.find(child => typeof child !== 'string')!
}

/** Decodes XML or HTML by its byte order mark, else by its XML declaration, else as UTF-8; without a byte order mark. */
export function decodeMarkup(bytes: Uint8Array, name: string): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    head.replace(/^\xef\xbb\xbf/, ''),
  )?.[1]
  const encoding = head.startsWith('\xff\xfe')
    ? 'utf-16le'
    : head.startsWith('\xfe\xff')
      ? 'utf-16be'
      : (declared ?? 'utf-8')
  if (/^utf-?8$/i.test(encoding)) return decodeStrict(bytes, name)
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes)
  } catch {
    throw new UserError(
      `Cannot read \`${name}\` as \`${encoding}\`, which it says it is, expected UTF-8, save the file as UTF-8`,
    )
  }
}

/** Child elements of a name. */
export function childrenOf(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && names.includes(child.name),
  )
}

/** Elements of a name at any depth, in the order of the file; none within another of them. */
export function outermost(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap(child => {
    if (typeof child === 'string') return []
    return child.name === name ? [child] : outermost(child, name)
  })
}

/** Text of an element and all in it. */
export function textOf(element: XmlElement): string {
  return element.children.map(child => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** A finite number of an attribute; null where it has none. */
export function numberOf(element: XmlElement, attribute: string): number | null {
  const value = element.attributes.get(attribute)?.trim()
  return value !== undefined && value !== '' && Number.isFinite(Number(value)) ? Number(value) : null
}

interface Open extends XmlElement {
  readonly children: (XmlElement | string)[]
}
