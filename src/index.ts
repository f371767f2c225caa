/** The library: what the command line uses, and anyone else may. */
export {type Config, type ConfigFlags, configFileName, readConfig} from './config.ts'
export {
  type Acceptance,
  acceptDifference,
  acceptedOf,
  acceptImprovements,
  acceptPages,
  keyOf,
  type Snapshot,
} from './gate/accept.ts'
export {acceptCommand, acceptTarget, quoted} from './gate/command.ts'
export {decideDifferences, reasonOf} from './gate/decide.ts'
export {acceptDoubt, acceptedDoubts, type PlacedDoubt} from './gate/doubts.ts'
export {historyEntry, parseHistory, serializeHistory} from './gate/history.ts'
export {ledgerFile, parseLedger, serializeLedger} from './gate/ledger.ts'
export {
  type Findable,
  findDifference,
  foldTypography,
  matchDifferences,
  type PlacedAccepted,
  type PlacedDifference,
} from './gate/match.ts'
export {type ConventionName, conventionNames} from './measure/compat/conventions.ts'
export type * from './model.ts'
export {InterruptedError, UserError} from './model.ts'
export {explain} from './normalize/explain.ts'
export {lintRules} from './normalize/lint/lint.ts'
export {type NormalizeOptions, normalize} from './normalize/normalize.ts'
export {restore} from './normalize/restore.ts'
export {type CheckOptions, type CheckRun, check, checkedDocument} from './pipeline/check.ts'
export {cleaningOf} from './pipeline/cleaning.ts'
export {compareDocument} from './pipeline/comparison.ts'
export {draftFindings, type ReadCorpus} from './pipeline/corpus.ts'
export {cropJudgements, cropPlaces} from './pipeline/crops.ts'
export {type Draft, draftTranscripts} from './pipeline/draft.ts'
export {type ExportedFile, type ExportFormat, exportCorpus, exportFormats} from './pipeline/export.ts'
export {openGuess} from './pipeline/guess.ts'
export {ledgerTrends} from './pipeline/ledger-trends.ts'
export {type LintedCorpus, lintCorpus, lintTranscript} from './pipeline/lint.ts'
export {planAndHash, planParts} from './pipeline/planning.ts'
export {drawScan, type PreviewStore, previewPages, previewWhileReading} from './pipeline/previews.ts'
export {lanesFor, scansFrom, scansIn, storedReadings, uploadScans, workWith} from './pipeline/queue.ts'
export type {ReadingEvents} from './pipeline/reading.ts'
export {type ComparedDocument, reportCorpus} from './pipeline/reporting.ts'
export {compareOne, type Run, readCorpus, run, type Shared, sharedBy} from './pipeline/run.ts'
export {
  type Merge,
  mergeShards,
  pageFingerprint,
  type ReadVouched,
  readShard,
  shardReadings,
  toolFingerprint,
} from './pipeline/shard.ts'
export {inputsOf, type Program, settledSuspects, snapshotOf} from './pipeline/snapshot.ts'
export {takeReading} from './pipeline/taking.ts'
export {
  compareFolders,
  compareReadingsOf,
  compareTexts,
  conventionOf,
  type Side,
  type SidePair,
  sideOf,
} from './pipeline/text-comparison.ts'
export {pageTexts, plainPages} from './pipeline/texts.ts'
export {type Corpus, listDocuments} from './read/documents.ts'
export {readLedgers} from './read/ledgers.ts'
export {type Rewrite, rewrite} from './read/rewrite.ts'
export {parseTranscript, pointAt} from './read/transcript.ts'
export type {Engine} from './recognize/engine.ts'
export {pageText} from './recognize/page-text.ts'
export {createRecorded} from './recognize/recorded.ts'
export {createTesseract} from './recognize/tesseract.ts'
export {createTesseractCli} from './recognize/tesseract-cli.ts'
export {renderCheckText} from './report/check-text.ts'
export {renderComparison, renderFolderComparison, renderReadingsComparison} from './report/comparison.ts'
export {defuseCommands, renderGithub, withoutCommands} from './report/github.ts'
export {renderGithubActionBenchmark} from './report/github-action-benchmark.ts'
export {renderGitlab} from './report/gitlab.ts'
export {type HtmlOptions, renderHtml} from './report/html/render.ts'
export {joinScripts} from './report/html/scripts.ts'
export {renderJson} from './report/json.ts'
export {renderJunit} from './report/junit.ts'
export {renderLint} from './report/lint.ts'
export {commentBytes, renderMarkdown, summaryBytes} from './report/markdown.ts'
export {renderNdjson} from './report/ndjson.ts'
export {renderNumbers} from './report/numbers.ts'
export {renderSarif} from './report/sarif.ts'
export {parseReport} from './report/schema.ts'
export {
  checkOfSuspects,
  renderSuspects,
  renderSuspectsJson,
  type SuspectPlace,
  suspectsOf,
} from './report/suspects.ts'
export {renderTap} from './report/tap.ts'
export {renderTerminal} from './report/terminal.ts'
export {renderTrend} from './report/trend.ts'
export {visibleLine} from './report/visible.ts'
export {type Blob, blobFile, parseBlob, type ShardPage, serializeBlob, shardsFolder} from './scale/blob.ts'
export type {FoundBlob} from './scale/complete.ts'
export {
  type HashedPlan,
  headLine,
  inChunks,
  type Plan,
  type PlannedPage,
  parsePlan,
  partLines,
  planLines,
} from './scale/plan.ts'
export {openPlanFile, type PlanFile} from './scale/plan-file.ts'
export {type Database, openDatabase} from './scale/queue/database.ts'
export {startEmbedded} from './scale/queue/embedded.ts'
export {mostPages} from './scale/queue/jobs.ts'
export {addPlan, donePages, loadPlan, retryFailed} from './scale/queue/plans.ts'
export {choosePlan, demandPlans, listPlans, queueName} from './scale/queue/queued.ts'
export {work} from './scale/queue/work.ts'
export {parseShard, type Shard, slice} from './scale/slice.ts'
export {openStore} from './scale/store/open.ts'
export type {ObjectStore} from './scale/store/store.ts'
