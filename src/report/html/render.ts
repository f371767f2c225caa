import {createHash} from 'node:crypto'
import type {Finding, HistoryEntry, LedgerTrend, Preview, Report} from '../../model.ts'
import {formatAmount} from '../figures.ts'
import {findingPlace, sortedFindings} from '../findings.ts'
import {readersOf} from '../readers.ts'
import {corpusSections} from './corpus.ts'
import {dataBlock} from './data.ts'
import {figures} from './figures.ts'
import {gateSection} from './gate.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import {later, pageArticle} from './page.ts'
import {documentStatus, pageTable} from './tables.ts'
import {controls, dialogs, inspector} from './tools.ts'
import {type DocumentView, viewsOf} from './views.ts'

/** The page's script (see `joinScripts`) and style (`report.css`), as text, read by the caller. */
export interface HtmlAssets {
  readonly script: string
  readonly style: string
}

export interface HtmlOptions {
  /** Pictures of pages by page id; a page may have none. */
  readonly previews: ReadonlyMap<string, Preview>
  /** Addresses of pictures that lie beside the file, relative to it, by page id: for a report too large for one file. */
  readonly pictures?: ReadonlyMap<string, string> | undefined
  readonly assets: HtmlAssets
  /** Heading of the report; `Transcripts against their scans` where none is given. */
  readonly title?: string
  /** Checks of the corpus so far, oldest first, for the plot of its error rate over time. */
  readonly history?: readonly HistoryEntry[] | undefined
  /** What the ledgers last had and what is there now, by document id; none where it was not held against them. */
  readonly trends?: ReadonlyMap<string, LedgerTrend> | undefined
  /** Where `scanproof review` serves the page: the token by which it may write. */
  readonly live?: {readonly token: string} | undefined
}

/**
 * Writes the report as one HTML file that needs nothing else: no network, no
 * script to be read, each picture once.
 *
 * Everything from the report is escaped; the policy in the file allows only this
 * script and this style, by their hash, and pictures in the file itself.
 */
export function renderHtml(
  report: Report,
  {
    previews,
    assets,
    title = 'Transcripts against their scans',
    live,
    pictures,
    history = [],
    trends = new Map(),
  }: HtmlOptions,
): string {
  const views = viewsOf(report, previews, pictures)
  const isLazy = views.reduce((sum, {pages}) => sum + pages.length, 0) > maxPagesAtOnce
  const script = asset(assets.script)
  const style = asset(assets.style)
  const policy = contentPolicy({script, style}, live !== undefined, pictures !== undefined)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{markup: policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${`${report.tool.name} ${report.tool.version}`}">
${
  live === undefined
    ? nothing
    : html`<meta name="scanproof-token" content="${live.token}">
`
}<link rel="icon" href="data:,">
<title>${title}</title>
<style>${{markup: style}}</style>
</head>
<body>
<a class="skip" href="#corpus">Skip to the documents</a>
${masthead(report, title)}
<main>
${controls(isLazy)}
${corpusSections(report, views, {history, trends})}
${gateSection(report.verdict, views)}
${findingSection(sortedFindings(report), views)}
${views.map(view => documentSection(view, isLazy))}
</main>
${footer(report)}
${inspector}
${dialogs}
${dataBlock(report, views)}
<script>${{markup: script}}</script>
</body>
</html>
`.markup
}

/**
 * Writes the policy of the page: this script and this style by their hash, pictures of the file itself, nothing else.
 *
 * @param isLive
 *   Whether the page may also talk to the server it came from and show its scans.
 * @param hasFiles
 *   Whether pictures lie beside it.
 */
function contentPolicy({script, style}: HtmlAssets, isLive: boolean, hasFiles: boolean): string {
  return [
    "default-src 'none'",
    `img-src data:${isLive || hasFiles ? " 'self'" : ''}${hasFiles ? ' file:' : ''}`,
    ...(isLive ? ["connect-src 'self'"] : []),
    `style-src ${hashOf(asset(style))}`,
    `script-src ${hashOf(asset(script))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Up to this many pages are drawn at once, so that the browser's own search finds everything. */
const maxPagesAtOnce = 100

const verdicts: Readonly<Record<Report['verdict']['status'], string>> = {
  passed: 'Passed',
  failed: 'Failed',
  incomplete: 'Incomplete: something could not be judged',
}

function masthead(report: Report, title: string): Markup {
  const {documents, totals, verdict} = report
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  const differences = documents.reduce((sum, document) => sum + document.differences.length, 0)
  const edits = documents.reduce((sum, document) => sum + document.edits.length, 0)
  const failed = verdict.checks.filter(check => !check.passed)
  return html`<header class="masthead">
<p class="tool">${report.tool.name}</p>
<h1><bdi>${title}</bdi></h1>
<p class="verdict ${verdict.status}">${verdicts[verdict.status]}</p>
${failed.length === 0 ? nothing : html`<ul class="checks">${failed.map(check => html`<li><bdi>${check.place}</bdi>: ${check.name}: expected ${check.expected}, found ${check.found}</li>`)}</ul>`}
${figures(totals)}
<p class="amounts">${formatAmount(documents.length, 'document')}, ${formatAmount(pages, 'page')}, ${formatAmount(differences, 'difference')} left after ${formatAmount(edits, 'edit')} by cleanup</p>
<p class="legend">In the text, <del>underlined</del> is what the transcript says, <ins>in brackets</ins> what was read there on the scan. Character (CER) and word error rates (WER) are shown before and after cleanup.</p>
</header>`
}

function findingSection(findings: readonly Finding[], views: readonly DocumentView[]): Markup {
  if (findings.length === 0) return nothing
  const anchors = new Map(
    views.flatMap(({pages}) => pages.map(({page, anchor}) => [page?.id ?? null, anchor] as const)),
  )
  const items = findings.map(finding => {
    const place = html`<bdi class="path">${findingPlace(finding) ?? 'corpus'}</bdi>`
    const anchor = finding.page === null ? undefined : anchors.get(finding.page)
    const link = anchor === undefined ? place : html`<a href="#${anchor}">${place}</a>`
    return html`<li class="${finding.severity}"><b class="severity">${finding.severity}</b> ${link}<br>${reason(finding.reason)} <code>${finding.ruleId}</code></li>
`
  })
  return html`<section id="findings" aria-labelledby="findings-name"><h2 id="findings-name">${formatAmount(findings.length, 'finding')}</h2>
<ul class="findings">${items}</ul></section>`
}

/** Sets the values in a reason, which stand in backticks, as code. */
function reason(text: string): Markup {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return shown(text)
  const markup = parts.map((part, index) =>
    index % 2 === 0 ? shown(part) : html`<code><bdi>${shown(part)}</bdi></code>`,
  )
  return html`${markup}`
}

function documentSection({document, anchor, pages}: DocumentView, isLazy: boolean): Markup {
  const {id, title, transcript, totals, exact} = document
  const heading = html`<header><h2 id="${`${anchor}-name`}"><a href="#${anchor}"><bdi>${title ?? id}</bdi></a></h2>
<p class="facts"><bdi class="path">${transcript ?? id}</bdi> <span>${documentStatus[document.status]}</span>${exact ? nothing : html` <span>not proven least: the rates may be a little too high</span>`}</p>
${figures(totals)}
${pages.length > 1 ? html`<div class="wide" tabindex="0" role="group" aria-label="${`Pages of ${title ?? id}`}">${pageTable(document, pages)}</div>` : nothing}</header>`
  return html`<section class="document" id="${anchor}" aria-labelledby="${`${anchor}-name`}">
${isLazy ? later('heading', heading) : heading}
${pages.map(page => pageArticle(page, isLazy))}
</section>
`
}

function footer(report: Report): Markup {
  const {tool, engine, config} = report
  const readers = readersOf(report).map(({name, pages}) => `${formatAmount(pages, 'page')} by ${name}`)
  const parameters = Object.entries(engine.parameters).map(([name, value]) => `${name} ${value}`)
  return html`<footer><p>${tool.name} ${tool.version}. Read by ${engine.name} ${engine.version}, model ${engine.model}${engine.modelSha256 === '' ? nothing : html` <code>${engine.modelSha256.slice(0, 12)}</code>`}${parameters.length === 0 ? '' : `, ${parameters.join(', ')}`}. ${readers.length > 1 ? `Read: ${readers.join(', ')}. ` : ''}Equality ${config.equality}, profile ${config.profile}.</p></footer>`
}

/**
 * Makes an asset fit to be inlined. The HTML parser turns every line end into
 * `\n` before the browser hashes, so a checkout with CRLF must not change the hash.
 */
function asset(text: string): string {
  if (/<\/(?:script|style)|<!--/i.test(text))
    throw new Error('Cannot inline an asset that holds an end tag or a comment')
  return text.replace(/\r\n?/g, '\n')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
