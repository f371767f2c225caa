import type {Config} from '../config.ts'
import {createTesseract, createTesseractCli, type Engine} from '../index.ts'

/** Flags by which a command that reads pages is told what to read them with. */
export const engineOptions = {
  engine: {type: 'string'},
  lang: {type: 'string'},
  tessdata: {type: 'string'},
  readings: {type: 'string'},
} as const

/** Open the engine that the settings ask for. */
export function openEngine(config: Config): Promise<Engine> {
  const {engine, jobs, pageTimeout: timeout, lang: language, tessdata, symbols} = config
  const open = engine === 'tesseract-cli' ? createTesseractCli : createTesseract
  return open({jobs, timeout, language, tessdata, symbols})
}
