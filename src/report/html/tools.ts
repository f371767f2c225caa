import {html, type Markup, nothing} from './markup.ts'

/**
 * Writes the bar that stays at the top. Its switches work without scripts: they
 * stand before the sections, and the style of what follows depends on them.
 */
export function controls(isLazy: boolean): Markup {
  const note = isLazy
    ? html`<span class="later-note" hidden>Pages are drawn as they come into view. <button type="button" id="draw-all">Draw all, to search or print</button></span>`
    : nothing
  return html`<input class="switch" type="checkbox" id="show-cleanup"><input class="switch" type="checkbox" id="show-doubt"><input class="switch" type="checkbox" id="scan-lines"><input class="switch" type="checkbox" id="large-scan">
<nav class="controls" id="controls" aria-label="View">
<div class="row">
<a href="#corpus">Corpus</a>
<span class="here"><bdi id="here"></bdi></span>
<button type="button" id="open-go-to" class="scripted" hidden>Go to <kbd>g</kbd></button>
<label for="show-cleanup">Cleanup <kbd>c</kbd></label>
<label for="show-doubt">Doubtful words <kbd>w</kbd></label>
<label for="scan-lines">Lines of the scan <kbd>l</kbd></label>
<label for="large-scan" class="scriptless">Large scan</label>
<button type="button" id="zoom" aria-pressed="false" class="scripted" hidden>Zoom <kbd>f</kbd></button>
<button type="button" id="open-help" hidden>Keys <kbd>?</kbd></button>
</div>
<div class="row scripted" hidden>
<span class="meter"><progress id="progress" aria-labelledby="progress-text" value="0" max="1"></progress> <span id="progress-text"></span></span>
${select('filter-state', 'Decided', [
  ['', 'Decided or not'],
  ['undecided', 'Undecided'],
  ['decided', 'Decided'],
  ...verdicts.map(({verdict, name}) => [verdict, `Decided: ${name}`] as const),
])}
${select('filter-suspect', 'Suspect', [
  ['', 'Any suspect'],
  ['transcript', 'Transcript suspected'],
  ['unsure', 'Either suspected'],
  ['ocr', 'OCR suspected'],
  ['editorial', 'Meant to differ'],
])}
${select('filter-kind', 'Kind', [
  ['', 'Any kind'],
  ['substitution', 'Substituted'],
  ['deletion', 'Lost by the OCR'],
  ['insertion', 'In the OCR only'],
  ['agreed', 'The same on both sides'],
])}
${select('filter-order', 'Order', [
  ['', 'In page order'],
  ['suspect', 'Transcript suspected first'],
])}
<label class="search"><span class="hidden">Search differences</span><input type="search" id="search" placeholder="Search  /" autocomplete="off" spellcheck="false"></label>
<span id="listed"></span>
<span id="series-filter" hidden><bdi id="series-name"></bdi> <button type="button" id="clear-series" aria-label="Show all series">×</button></span>
<button type="button" id="open-exchange"><span id="decision-count">0</span> decisions <kbd>d</kbd></button>
</div>
${note}</nav>`
}

/** Verdicts with their keys: named by the side found wrong, shown by the side that is right. */
const verdicts = [
  {verdict: 'transcript', key: 'a', name: 'OCR right'},
  {verdict: 'ocr', key: 't', name: 'Transcript right'},
  {verdict: 'both', key: 'b', name: 'Both wrong'},
  {verdict: 'illegible', key: 'i', name: 'Illegible'},
  {verdict: 'editorial', key: 'e', name: 'Meant to differ'},
  {verdict: 'unsure', key: 'u', name: 'Unsure'},
] as const

/** Causes that reviewers of scans note again and again; any other word will do. */
const tags = ['stamp', 'marginalia', 'faded', 'strike-over', 'redaction', 'hyphen', 'wrong page', 'handwriting']

/** The current difference at the foot of the window, and what can be decided of it. */
export const inspector = html`<aside class="inspector" id="inspector" aria-label="Current difference" hidden>
<div id="current"></div>
<div class="deciding">
<p class="steps"><button type="button" id="previous">Previous <kbd>k</kbd></button> <span id="position"></span> <button type="button" id="next">Next <kbd>j</kbd></button> <span class="facts"><bdi id="where"></bdi></span></p>
<div id="verdicts" class="verdicts" role="group" aria-label="Verdict">${verdicts.map(
  ({verdict, key, name}) =>
    html`<button type="button" data-verdict="${verdict}" aria-pressed="false">${name} <kbd>${key}</kbd></button>`,
)}<button type="button" id="open-series" hidden>Series of <span id="series-size"></span> <kbd>s</kbd></button></div>
<form id="reading-form" class="fields" hidden><label>What stands there <input id="reading" autocomplete="off" spellcheck="false"></label> <button>Take <kbd>Enter</kbd></button></form>
<p class="fields"><label>Note <kbd>m</kbd> <input id="note" autocomplete="off"></label> <label>Tags <kbd>#</kbd> <input id="tags" list="known-tags" autocomplete="off" placeholder="stamp, faded"></label> <button type="button" id="undo">Undo <kbd>z</kbd></button> <button type="button" id="redo">Redo <kbd>Z</kbd></button></p>
<datalist id="known-tags">${tags.map(tag => html`<option value="${tag}"></option>`)}</datalist>
<p id="complaint" class="refused" role="alert" hidden></p>
</div>
</aside>
<p class="hidden" role="status" id="announcement"></p>`

const seriesDialog = html`<dialog id="series" aria-labelledby="series-heading">
<h2 id="series-heading"></h2>
<p class="fields"><button type="button" id="series-only">Step through them only</button> <span id="series-count"></span></p>
<ol id="series-list" class="places" tabindex="0" aria-label="Places"></ol>
<p id="series-more" class="facts"></p>
<div id="series-verdicts" class="verdicts" role="group" aria-label="Verdict on all that is chosen">${verdicts
  .filter(({verdict}) => verdict !== 'both')
  .map(({verdict, name}) => html`<button type="button" data-verdict="${verdict}">${name}</button>`)}</div>
<div id="series-preview" aria-live="polite"></div>
<form method="dialog"><button>Close</button></form>
</dialog>`

const exchangeDialog = html`<dialog id="exchange" aria-labelledby="exchange-heading">
<h2 id="exchange-heading">Decisions</h2>
<dl id="tally" class="tally"></dl>
<p id="gone" class="facts"></p>
<p id="unkept" class="refused" hidden>This browser keeps nothing of this file: save the decisions before you close it.</p>
<p class="fields"><label>Your name <input id="author" autocomplete="name"></label></p>
<p class="fields"><button type="button" id="save" class="strong">Save decisions.json</button> <label class="file">Read another person's <input type="file" id="load" accept=".json,application/json"></label></p>
<p class="facts">Put into the transcripts with <code>scanproof apply decisions.json</code>.</p>
<div id="exchange-result" aria-live="polite"></div>
<form method="dialog"><button>Close</button></form>
</dialog>`

const goToDialog = html`<dialog id="go-to" aria-labelledby="go-to-heading">
<h2 id="go-to-heading">Go to</h2>
<form method="dialog"><p class="fields"><label>Document, page or words <input id="go-to-text" autocomplete="off" spellcheck="false"></label> <button>Go</button></p></form>
<ul id="targets"></ul>
<p id="no-target" class="facts" hidden>Nothing is called so.</p>
</dialog>`

const helpDialog = html`<dialog id="help" aria-labelledby="help-name">
<h2 id="help-name">Keys</h2>
<dl class="keys">
${key(['j', 'k'], 'next, previous difference; also F7 and Shift F7')}
${key(['n', 'p'], 'next, previous difference that is undecided')}
${key(['J', 'K'], 'next, previous page')}
${key(['g'], 'go to a document, a page, or words')}
${verdicts.map(({key: letter, name}) => key([letter], `${name.toLowerCase()}, and on to the next`))}
${key(['s'], 'the series: the same read for the same elsewhere')}
${key(['z', 'Z'], 'undo, redo')}
${key(['m', '#'], 'write a note, tags')}
${key(['f'], 'zoom to the difference, and out; also a double click, or the wheel with Ctrl')}
${key(['/'], 'search')}
${key(['d'], 'decisions: save, read, compare')}
${key(['c', 'w', 'l'], 'show what cleanup changed, doubtful words, lines of the scan')}
${key(['Esc'], 'let go')}
${key(['?'], 'these keys')}
</dl>
<p><label><input type="checkbox" id="keys" checked> Use single keys as shortcuts</label></p>
<form method="dialog"><button>Close</button></form>
</dialog>`

/** What opens over the page. */
export const dialogs = html`${seriesDialog}
${exchangeDialog}
${goToDialog}
${helpDialog}`

function key(keys: readonly string[], what: string): Markup {
  return html`<div><dt>${keys.map(name => html`<kbd>${name}</kbd> `)}</dt><dd>${what}</dd></div>
`
}

function select(id: string, name: string, options: readonly (readonly [string, string])[]): Markup {
  return html`<label><span class="hidden">${name}</span><select id="${id}">${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></label>`
}
