import type {Nodes} from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {type Processor, unified} from 'unified'

/** Parses Markdown with front matter, tables, footnotes and strikethrough; every node has its position. */
export function parseMarkdown(source: string): Nodes {
  return processor.parse(source)
}

/**
 * Decodes one character reference as Markdown does.
 *
 * @param reference
 *   As in `&amp;` or `&#65;`; one that Markdown does not know comes back as it is.
 */
export function decodeReference(reference: string): string {
  const tree = processor.parse(`a${reference}a`)
  const paragraph = tree.children[0]
  const text = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
  return text?.type === 'text' ? text.value.slice(1, -1) : reference
}

/**
 * Takes bare web and mail addresses as plain text.
 *
 * As links they would read the same, but finding them costs as much as all other
 * parsing together, and the nodes that the tree pass makes of them have no position.
 */
function withoutBareLinks(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map(extension => ({
    ...extension,
    text: Object.fromEntries(
      Object.entries(extension.text ?? {}).flatMap(([code, found]) => {
        const constructs = [found ?? []].flat().filter(({name}) => !bareLinks.has(name ?? ''))
        return constructs.length > 0 ? [[code, constructs]] : []
      }),
    ),
  }))
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).map(extension =>
    [extension].flat().map(({transforms: _, ...rest}) => rest),
  )
}

const bareLinks: ReadonlySet<string> = new Set(['wwwAutolink', 'protocolAutolink', 'emailAutolink'])

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(withoutBareLinks).freeze()
